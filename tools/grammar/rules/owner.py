"""A pronoun where its possessive belongs: "me dog", "she lost she phone"."""

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import reading
from tools.grammar.lexicon.nouns import ALSO_MASS, COUNTABLE, FEMALE, MALE, NEEDS_THE, PEOPLE, PLURALS
from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule, swap

_OWN = {"me": "my", "i": "my", "he": "his", "him": "his", "she": "her", "we": "our", "us": "our", "they": "their",
        "them": "their", "you": "your"}  # fmt: skip
# After these a person may be followed by the thing given, told, or called.
_TWO_OBJECTS = words(
    """
    give buy show tell send teach bring make cook draw read sing call pass lend ask pay get offer feed name write cost
    wish save leave find let watch help keep have choose promise bake build order throw hand win earn sell do owe
    """
)
_TIMES_AND_PLACES = words(
    """
    home school class day night morning afternoon evening week month year time weekend second minute hour
    birthday holiday christmas house twin animal number one team group pair line place fan
    """
) | NEEDS_THE - {"garden", "kitchen"}  # fmt: skip
_THINGS = (COUNTABLE | set(PLURALS)) - _TIMES_AND_PLACES
_DESCRIBING = ADJECTIVES - {"ready", "sure", "sorry"} | {"best"}
_HIS_OWN = {"house", "school", "birthday", "class", "team"}
_ENDS = {
    "",
    ",",
    "and",
    "but",
    "so",
    "because",
    "in",
    "on",
    "at",
    "to",
    "with",
    "for",
    "yesterday",
    "today",
    "very",
    "when",
    "then",
}


def _for_my(parse: Parse) -> Iterator[Change]:
    for token in parse.tokens:
        if token.low not in _OWN or token.foreign or token.segment < 0:
            continue
        noun = token.index + 1
        while parse.near(noun, token.index) in _DESCRIBING:
            noun += 1
        low = parse.near(noun, token.index)
        if (
            low not in _THINGS | (_HIS_OWN if noun == token.index + 1 else set())
            or parse.tokens[noun].text[:1].isupper()
        ):
            continue
        if _opens(parse, token.index, noun) or _is_taken(parse, token.index, noun):
            yield swap(parse, token.index, _OWN[token.low])


def _opens(parse: Parse, at: int, noun: int) -> bool:
    """ "me dog is big": at the head of a clause, with a predicate behind the noun."""
    before, low, nxt = parse.near(at - 1, at), parse.low(at), parse.near(noun + 1, noun)
    if before not in {"", "because", "but", ","} or low == "i" or parse.low(noun) in reading(parse.low(noun))[0]:
        return False
    if low in {"we", "you", "us", "they", "he", "she"} and (parse.low(noun) in PLURALS or noun > at + 1):
        return False  # "you boys", "he big dog"
    if low in {"he", "she", "they"} and parse.low(noun) in PEOPLE - FEMALE - MALE - {"friend"}:
        return False  # "she teacher": be is missing
    return nxt in closed.AUXILIARIES | {"name"} or bool({"s", "past"} & reading(nxt)[1])


def _is_taken(parse: Parse, at: int, noun: int) -> bool:
    """ "he lost him bag": behind a verb that takes one object, the thing ends the phrase."""
    before, low, nxt = parse.near(at - 1, at), parse.low(at), parse.near(noun + 1, noun)
    if nxt not in _ENDS or (low == "you" and before not in {"this", "that", "these", "those"}):
        return False
    if low == "i" or (parse.low(noun) in ALSO_MASS and low in {"me", "us", "them"}):
        return False
    if before in closed.FINITE_BE:
        return low in {"me", "they", "we"} and parse.near(at - 2, at) in {"this", "that", "it", "these", "those"}
    base = reading(before)[0]
    if low in closed.SUBJECT_ONLY and before not in closed.COMPLEMENT_VERBS:
        return bool(base)
    return before in {"this", "that"} if low == "you" else bool(base) and base not in _TWO_OBJECTS


RULES = (
    Rule("possessive.owner", "possessive", _for_my,
         "Before a thing we say my, his, her.", "Trước danh từ dùng my, his, her, our, their.", 0.88),
)  # fmt: skip
