"""A subject said twice: "my mother she cooks"."""

from collections.abc import Iterator

from tools.grammar.lexicon import closed
from tools.grammar.lexicon.forms import reading
from tools.grammar.lexicon.nouns import FEMALE, MALE, PEOPLE
from tools.grammar.parse import DAY_PARTS, Parse
from tools.grammar.phrases import noun_phrase
from tools.grammar.rule import Change, Rule, drop

_PREDICATES = closed.AUXILIARIES | closed.ADVERBS | {"like", "no"}


def _twice(parse: Parse) -> Iterator[Change]:
    for clause in parse.clauses:
        if clause.subject.pronoun or not clause.initial:
            continue
        pronoun = clause.subject.end
        yield from _double(parse, clause.subject.start, pronoun, clause.subject.person, clause.subject.head)
    for index, token in enumerate(parse.tokens):
        if token.segment >= 0 and (index == 0 or parse.tokens[index - 1].segment != token.segment):
            phrase = noun_phrase(parse, index)
            if phrase and parse.low(index) in closed.POSSESSIVES | {"the"} and parse.near(phrase[0], index) == ",":
                yield from _double(parse, index, phrase[0] + 1, phrase[1], phrase[2], comma=True)


def _double(parse: Parse, start: int, pronoun: int, person: str, head: str, *, comma: bool = False) -> Iterator[Change]:
    low = parse.near(pronoun, start)
    if head in DAY_PARTS:
        return  # "every evening it sings"
    nxt = parse.near(pronoun + 1, start)
    if not (_same(low, person, head) or (low == "we" and _with_me(parse, start, pronoun))) or not (
        nxt in _PREDICATES or reading(nxt)[0]
    ):
        return
    if (low == "it" and (head in PEOPLE)) or (comma and low == "it"):
        return
    if comma and head not in PEOPLE:
        return
    yield drop(parse, pronoun - 1 if comma else pronoun, pronoun)


def _with_me(parse: Parse, start: int, end: int) -> bool:
    """ "me and my sister we": the speaker is among them."""
    named = parse.lows(start, end)
    return "and" in named and bool({"me", "i"} & set(named))


def _same(pronoun: str, person: str, head: str) -> bool:
    if pronoun == "they":
        return person == "they" or head in {"family"}
    if pronoun == "she":
        return person == "he" and head not in MALE
    if pronoun == "he":
        return person == "he" and head not in FEMALE
    return pronoun == "it" and person == "he" and head not in PEOPLE


RULES = (
    Rule("double_subject.pronoun", "double_subject", _twice,
         "Say who only once: my mother cooks.", "Chỉ nói chủ ngữ một lần: my mother cooks.", 0.92),
)  # fmt: skip
