"""English rules for what somebody likes, fears, can do or wants, tolerant of learners' grammar."""

import re
from collections.abc import Iterator

from memory.facts.clause import Clause, value_from, values_from
from memory.facts.english_grammar import BE, NOT, REST, SOFT, Rule
from memory.facts.entity import ME, Entity
from memory.facts.fact import Fact
from memory.facts.lexicon import find
from memory.text import slug

_DOING = re.compile(r"^(?:play|do|speak|ride)\s+(?:a little\s+|the\s+|a\s+)?")


def _likes(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(
        rf"{SOFT}(?P<no>{NOT}\s+)?{SOFT}(?:like|likes|love|loves|enjoy|enjoys|(?:{BE}\s+)?into"
        rf"|(?:{BE}\s+)?(?:a\s+)?fan of)\s+(?:to\s+)?{REST}"
    )
    if match:
        told = clause.span(match, "value")
        liked, _, unliked = told.partition(" not ")
        yield from _multi(clause, who, "dislikes" if match["no"] else "likes", liked)
        yield from _multi(clause, who, "dislikes", unliked)
        subject = find("subject", value_from(liked))
        if subject and re.search(r"\bthe most\b|\bbest\b", liked.lower()):
            yield clause.fact(who, "favorite:subject", subject, shown="favorite subject")
    match = clause.match(rf"{SOFT}(?:hate|hates|dislike|dislikes|can\s*not stand|can't stand)\s+(?:to\s+)?{REST}")
    if match:
        yield from _multi(clause, who, "dislikes", clause.span(match, "value"))


def _fear(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(
        rf"(?:{BE}\s+)?(?P<no>not\s+|n't\s+|no longer\s+)?{SOFT}(?:afraid|scared|scare|frightened"
        rf"|fear)\s*(?:of\s+|about\s+)?{REST}"
    )
    if match:
        yield from _multi(clause, who, "fears", clause.span(match, "value"), denied=bool(match["no"]))


def _multi(clause: Clause, who: Entity, attribute: str, told: str, *, denied: bool = False) -> Iterator[Fact]:
    words = {"likes": "what {} like", "dislikes": "what {} don't like", "fears": "what {} are afraid of"}
    if who != ME:
        words = {"likes": "what {} likes", "dislikes": "what {} doesn't like", "fears": "what {} is afraid of"}
    owner = "you" if who == ME else who.possessive("").removesuffix("'s ")
    for value in values_from(told):
        yield Fact(
            f"{who.key}:{attribute}:{slug(value)}", value, words[attribute].format(owner), clause.quote, denied=denied
        )


def favourite(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.search(rf"\bfavou?rite\s+(?P<thing>(?:\w+\s+){{0,2}}?)(?:{BE}|was)\s+{REST}")
    if match:
        thing = clause.span(match, "thing")
        value = value_from(clause.span(match, "value"))
    else:
        match = clause.search(
            rf"^(?:(?:now|and|but|so)\s+)*(?P<value>.+?)\s+{BE}\s+(?:still\s+|now\s+)?my\s+favou?rite\s*(?P<thing>\w*)"
        )
        if not match:
            return
        thing, value = clause.span(match, "thing"), value_from(clause.span(match, "value"))
    if not thing and not _kind_of(value):
        value = value.split()[0] if value else ""
    kind = find("thing", thing) or _kind_of(value)
    if not kind and not thing:
        return
    kind = kind or thing.lower()
    if value and not re.match(r"not\b", value.lower()):
        yield clause.fact(
            ME if match.re.pattern.startswith("^") else who, f"favorite:{slug(kind)}", value, shown=f"favorite {kind}"
        )


def _kind_of(value: str) -> str:
    for shelf, kind in (("colour", "colour"), ("subject", "subject"), ("species", "animal")):
        if find(shelf, value):  # type: ignore[arg-type]  # the shelves are named right here
            return kind
    return ""


def _can(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(
        rf"{SOFT}(?P<can>can\s*not|can't|cannot|can|am good at|is good at|'m good at|know how to"
        rf"|know to)\s+{SOFT}{REST}"
    )
    value = value_from(clause.span(match, "value")) if match else ""
    if (
        match
        and value
        and not re.match(
            r"(?:not|you|i|we|have|go|say|see|tell|speak with|talk)\b|.*\bfor (?:\w+ )?(?:day|week|month|year)s?\b",
            value.lower(),
        )
    ):
        denied = "n't" in match["can"] or "not" in match["can"]
        skill = slug(_DOING.sub("", value.lower())).split("-")[0]
        yield Fact(
            f"{who.key}:can:{skill}",
            value,
            f"what {'you' if who == ME else who.possessive('').removesuffix(chr(39) + 's ')} can do",
            clause.quote,
            denied=denied,
        )


def _wants(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(
        rf"{SOFT}(?:want|wants|wanna|dream|would like|'d like|hope)\s+(?:to\s+|of\s+)?(?:be|become"
        rf"|being|becoming)\s+(?:an?\s+|the\s+)?{REST}"
    )
    if match and (value := value_from(clause.span(match, "value"))):
        yield clause.fact(who, "wants_to_be", find("job", value) or value, shown="dream job")
        return
    match = clause.match(
        rf"{SOFT}(?P<no>{NOT}\s+)?(?:want|wants|would like)\s+(?:to\s+(?:have|get|buy)\s+)?(?!to\b"
        rf"|you\b|my\b|more\b|it\b)(?P<value>.+)$"
    )
    if match and (value := value_from(clause.span(match, "value"))):
        yield clause.fact(
            who, f"wants:{slug(value)}" if match["no"] else "wants", value, shown="wish", denied=bool(match["no"])
        )


def _allergy(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(rf"(?:{BE}\s+|have\s+|has\s+)?(?:an?\s+)?{SOFT}allerg(?:ic|y)\s*(?:to|with|of)?\s+{REST}")
    for value in values_from(clause.span(match, "value")) if match else ():
        owner = "you are" if who == ME else f"{who.possessive('').removesuffix(chr(39) + 's ')} is"
        yield Fact(f"{who.key}:allergy:{slug(value)}", value, f"what {owner} allergic to", clause.quote)


def _hobby(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(rf"{SOFT}(?P<verb>play|plays|practi[cs]e|practi[cs]es|learn|learns|collect|collects)\s+{REST}")
    value = value_from(clause.span(match, "value")) if match else ""
    if value and match and not clause.search(r"\b(?:yesterday|today|last|ago|again|tomorrow|at school about|about)\b"):
        thing = re.split(r"\s+(?:on|with|at|in|every|after|before)\b", value.lower())[0]
        if thing not in {"", "with", "on", "game", "games", "outside"}:
            yield Fact(
                f"{who.key}:hobby:{slug(thing)}",
                value,
                "your hobby" if who == ME else f"{who.possessive('hobby')}",
                clause.quote,
            )
    match = clause.match(rf"(?:'?s\s+)?hobb(?:y|ies)\s+{BE}\s+{REST}")
    for value in values_from(clause.span(match, "value")) if match else ():
        yield Fact(f"{who.key}:hobby:{slug(value)}", value, who.possessive("hobby"), clause.quote)


RULES: tuple[Rule, ...] = (_likes, _fear, favourite, _can, _wants, _allergy, _hobby)
