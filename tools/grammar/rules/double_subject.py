"""A subject said twice: "my mother she cooks"."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import reading
from tools.grammar.lexicon.nouns import FEMALE, MALE, NOUNS, PEOPLE
from tools.grammar.lexicon.verbs import NOUN_LIKE
from tools.grammar.parse import DAY_PARTS, Parse
from tools.grammar.phrases import KIN, noun_phrase
from tools.grammar.rule import Change, Rule, drop, lexical, swap
from tools.grammar.rules.common import be_for

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
        nxt in _PREDICATES | ADJECTIVES or reading(nxt)[0]
    ):
        return
    if (low == "it" and (head in PEOPLE)) or (comma and low == "it"):
        return
    if (comma and head not in PEOPLE) or _another_subject(parse, start, pronoun):
        return
    if not comma and (be := _be_instead(parse, pronoun, person)):
        yield swap(parse, pronoun, be)
        return
    yield drop(parse, pronoun - 1 if comma else pronoun, pronoun)


def _another_subject(parse: Parse, start: int, pronoun: int) -> bool:
    """ "the vase she broke is ...", "how much money she had", "after the match he slept": two that differ."""
    before = {parse.near(start - 1, start), parse.near(start - 2, start)}
    if (
        before & {"how", "much", "many", "which", "what", "whose"}
        or parse.near(start - 1, start) in closed.PREPOSITIONS
    ):
        return True
    if parse.low(start) not in closed.DETERMINERS | KIN and parse.low(start) in NOUN_LIKE:
        return True  # "stay and help he clean"
    finite = next((clause for clause in parse.clauses if clause.subject.start == pronoun), None)
    end = finite.end if finite else pronoun + 2
    verb = reading(parse.near(pronoun + 1, start))[1] or parse.near(pronoun + 1, start) in closed.HAVE
    later = [at for at in range(pronoun + 2, end) if parse.low(at) in closed.FINITE_BE | closed.HAVE]
    joined = {"and", "but", "because", "so", "that", "when", "what", "if", "which", "who"}
    return bool(verb) and bool(later) and joined.isdisjoint(parse.lows(pronoun + 2, later[0]))


def _be_instead(parse: Parse, pronoun: int, person: str) -> str:
    """ "my hobby it visiting temples": the pronoun stands where be is wanted; "" otherwise."""
    at = pronoun + 1
    while parse.near(at, pronoun) in {"very", "so", "really", "too", "still", "always"}:
        at += 1
    low, nxt = parse.near(at, pronoun), parse.near(at + 1, pronoun)
    told = low in ADJECTIVES and (not reading(low)[0] or nxt in {"", ",", "and", "but", "because"}) and nxt not in NOUNS
    wanted = low in closed.NOT or reading(low)[1] == {"ing"} or told
    return be_for(person, past=False) if wanted else ""


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
    Rule("double_subject.told", "double_subject", lexical(
        (r"(?:the|this|that|my) (?:\w+ )?\w+ (?:that |which )?(?:i|we|you|he|she|they) (?:watched|saw|bought|made|read|ate|played|have|like|love|want|got|went to|visited|drew|wrote|found|lost|met|wear|eat) (?P<fix>(?:it|he|she) )(?=(?:is|was|looks|looked|has|makes|tastes)\b)", ""),
    ), "Say it only once: the film we saw was fun.", "Chỉ nói chủ ngữ một lần: the film we saw was fun.", 0.9),
)  # fmt: skip
