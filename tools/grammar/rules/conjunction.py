"""Two joining words where one is enough: although...but, because...so."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed
from tools.grammar.parse import Parse
from tools.grammar.phrases import noun_phrase
from tools.grammar.rule import Change, Rule, drop, lexical


def _pairs(parse: Parse) -> Iterator[Change]:
    opening = ""
    for index, token in enumerate(parse.tokens):
        if token.segment < 0:
            opening = ""
            continue
        starts = (
            not parse.near(index - 1, index)
            or parse.near(index - 1, index) in {"and", "but", ",", "even"} | closed.INTERJECTIONS
        )
        if starts and token.low in {"although", "though", "because", "if", "when"}:
            opening = token.low
            at = index
        elif opening and token.low in {"but", "so", "then", "yet"} and index > at + 2:
            wrong = (token.low in {"but", "yet"} and opening in {"although", "though"}) or (
                token.low == "so" and opening in {"because", "if"} and parse.near(index + 1, index) != "that"
            )
            if wrong and _clause_after(parse, index + 1):
                yield drop(parse, index)
                opening = ""


def _clause_after(parse: Parse, index: int) -> bool:
    """ "so hot" and "but not" stay; "so I stayed", "but he came" begin a clause."""
    low = parse.near(index, index - 1)
    if low in closed.SUBJECTS | {"there", "this", "that"}:
        return True
    return any(clause.subject.start == index for clause in parse.clauses) or (
        noun_phrase(parse, index) is not None and (low in closed.POSSESSIVES | {"the"})
    )


RULES = (
    Rule("conjunction.and_but", "conjunction", lexical(
        (r"(?:\w+) (?P<fix>(?:and but|but and))(?= \w)(?! also\b)", "but"),
        (r"(?:because)[^.?!]{4,60} (?P<fix>(?:that's why|that is why|so that's why) )(?=(?:i|we|he|she|they|it|my)\b)", ""),
    ), "One joining word is enough: but.", "Chỉ cần một từ nối: but.", 0.9),
    Rule("conjunction.double", "conjunction", _pairs,
         "One joining word is enough.", "Chỉ cần một từ nối: although hoặc but, because hoặc so.", 0.95),
)  # fmt: skip
