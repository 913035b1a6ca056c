"""Doing something as the subject: "swim is fun", "play games is bad for my eyes"."""

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.forms import inflect, reading
from tools.grammar.lexicon.nouns import ALSO_MASS, MASS, NOUNS, PLURALS
from tools.grammar.lexicon.verbs import NOUN_LIKE
from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule, swap

_DOINGS = words(
    """
    swim play eat read watch learn study speak listen write cook draw sing dance ride run drink make clean help
    collect visit travel go do get build climb plant brush exercise practice practise fish walk
    """
)
_ALONE = {"swim", "read", "learn", "sing", "write", "eat", "speak", "ride", "draw", "listen", "go"}
_HEAD_OF_COMPOUND = words("time room date ground book class dress game ball dough station lesson club team water day")
_OPENERS = {"", "think", "because", "but", "and", "so", "that", "hope", "know", "say", "says", "when", ","}
_SAID = closed.FINITE_BE - {"are", "am", "were", "m", "'m", "'re", "be"} | {"makes", "helps", "can"}
_LONGEST = 5  # tokens between the verb and what is said of it


def _as_subject(parse: Parse) -> Iterator[Change]:
    for token in parse.tokens:
        if token.low not in _DOINGS or token.foreign or token.segment < 0:
            continue
        if parse.near(token.index - 1, token.index) not in _OPENERS:
            continue
        if _said_of_it(parse, token.index):
            yield swap(parse, token.index, inflect(token.low, "ing"))


def _said_of_it(parse: Parse, verb: int) -> bool:
    """Whether "is" or "makes" follows with nothing but the verb's object between."""
    for at in range(verb + 1, verb + _LONGEST + 2):
        low = parse.near(at, verb)
        if low in _SAID:
            return _complete(parse, verb, at)
        if not low or low in closed.SUBJECTS | closed.AUXILIARIES | closed.SUBORDINATORS | {",", "and", "or", "not"}:
            return False
        if reading(low)[0] and low not in NOUNS and low not in NOUN_LIKE and at > verb + 1:
            return False
    return False


def _complete(parse: Parse, verb: int, said: int) -> bool:
    low, first, last = parse.low(verb), parse.low(verb + 1), parse.low(said - 1)
    if parse.near(said + 1, verb) in closed.SUBJECTS | closed.WH | {"", "?"} or parse.low(said) == "'s":
        return False
    if said == verb + 1:
        return low in _ALONE and parse.low(said) != "can"
    if first in closed.WH | closed.OBJECTS | {"that", "what", "time"}:
        return False
    if said == verb + 2 and first in _HEAD_OF_COMPOUND:
        return False
    if low in NOUN_LIKE and said == verb + 2 and first in NOUNS - set(PLURALS) - MASS - ALSO_MASS - {"badminton"}:
        return first in {"football", "soccer", "chess", "basketball", "volleyball", "tennis", "piano", "guitar"}
    alone = first in closed.DETERMINERS or first in NOUNS or parse.tag(verb + 1).startswith(("NN", "RB", "JJ", "IN"))
    return alone and last not in {"to"}


RULES = (
    Rule("gerund_infinitive.subject", "gerund_infinitive", _as_subject,
         "Doing it is the subject: Swimming is fun.", "Việc làm đứng đầu câu thì thêm -ing: Swimming is fun.", 0.88),
)  # fmt: skip
