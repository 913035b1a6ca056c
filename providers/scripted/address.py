"""Says "con" for "bạn" in lines written with "bạn", where the family prefers it."""

import re

from providers.directive import Bilingual, Directive

# "bạn" also means friend: then it stays
_YOU = re.compile(
    r"(?<!các )(?<!người )(?<!những )(?<!một )(?<!hai )(?<!mấy )(?<!nhiều )(?<!làm )(?<!kết )(?<!robot )(?<!tình )"
    r"\b(bạn|Bạn)\b(?! (?:bè|thân|ấy|gái|trai|nhỏ|tốt|mới|của|đó|này|khác|nào|cùng lớp)\b)"
)
WRITTEN = "bạn"


def readdressed(vietnamese: str, address: str) -> str:
    """`vietnamese` with "you" as `address`; "bạn" as friend is left."""
    if address == WRITTEN:
        return vietnamese
    return _YOU.sub(lambda you: address.capitalize() if you[1][0].isupper() else address, vietnamese)


def with_address(directive: Directive) -> Directive:
    """`directive` with the Vietnamese of lesson content spoken to this child."""
    address = directive.learner.address
    if address == WRITTEN:
        return directive
    parts = {"prompt": directive.prompt, "hint": directive.hint, "previous": directive.previous}
    update: dict[str, object] = {name: _line(part, address) for name, part in parts.items() if part}
    if directive.correction:
        explanation = _line(directive.correction.explanation, address)
        update["correction"] = directive.correction.model_copy(update={"explanation": explanation})
    if directive.tip:
        update["tip"] = directive.tip.model_copy(update={"how": _line(directive.tip.how, address)})
    return directive.model_copy(update=update)


def _line(line: Bilingual, address: str) -> Bilingual:
    return line.model_copy(update={"vi": readdressed(line.vi, address)})
