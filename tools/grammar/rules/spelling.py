"""Slips of the pen in words children use: "tommorow", "freind", "beautifull"."""

import functools
import itertools
from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES, COMPARATIVES
from tools.grammar.lexicon.forms import known_forms
from tools.grammar.lexicon.nouns import NOUNS
from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule, swap
from tools.text import is_syllable

_SHORTEST = 5  # letters; shorter words have too many neighbours
_OFTEN = words(
    """
    because tomorrow yesterday really always usually sometimes together everyone everybody everything something
    someone another around before after again about through maybe finally suddenly favorite favourite different
    vietnamese english vietnam chocolate breakfast delicious computer vegetables exercise wednesday thursday saturday
    february january beautifully carefully quickly slowly fifth sixth eighth ninth tenth service minute
    """
)
_SHORT_SLIPS = {
    "hte": "the", "teh": "the", "wich": "which", "whit": "with", "wiht": "with", "hihg": "high", "thier": "their",
    "alot": "a lot", "becuz": "because", "becaus": "because", "frend": "friend", "frends": "friends", "thay": "they",
    "verry": "very", "wery": "very", "liek": "like", "sience": "science", "skool": "school", "nise": "nice",
    "peple": "people", "evry": "every", "helo": "hello", "moring": "morning", "tomorow": "tomorrow",
    "diffrent": "different", "intresting": "interesting", "favrite": "favorite", "definately": "definitely",
    "tommorow": "tomorrow", "tommorrow": "tomorrow", "beautifull": "beautiful",
    "beatiful": "beautiful", "beutiful": "beautiful", "becose": "because", "bicause": "because",
    "choclate": "chocolate",
    "untill": "until", "wierd": "weird", "writting": "writing", "comming": "coming", "eatting": "eating",
    "swiming": "swimming", "runing": "running", "makeing": "making", "dinning": "dining", "geting": "getting",
}  # fmt: skip
_VOWELS = frozenset("aeiouy")
_CALLED = {"name", "named", "called", "names"}


def _near(parse: Parse) -> Iterator[Change]:
    for token in parse.tokens:
        if token.foreign or token.segment < 0 or not token.low.isalpha():
            continue
        right = _SHORT_SLIPS.get(token.low) or _slip(token.low)
        if token.text[:1].isupper() and (right not in _OFTEN or parse.near(token.index - 1, token.index)):
            continue  # a name
        if right and _CALLED.isdisjoint(parse.lows(max(0, token.index - 4), token.index)):
            yield swap(parse, token.index, right)


@functools.lru_cache(maxsize=4096)
def _slip(word: str) -> str:
    """The one word of the lexicon that `word` is a letter away from; "" when it is a word itself or unclear."""
    if len(word) < _SHORTEST or word in _lexicon() or is_syllable(word) or _is_english(word):
        return ""
    found = {
        right
        for key in _without_a_letter(word)
        for right in _index().get(key, ())
        if right[0] == word[0] and _one_slip(word, right)
    }
    return found.pop() if len(found) == 1 else ""


def _one_slip(word: str, right: str) -> bool:
    """A letter left out, one written twice, a vowel for another, or two neighbours that changed places.

    Other letters are not taken for slips: that is how names differ from words ("Steven", "Messi").
    """
    if len(right) == len(word) + 1:
        return any(right[:at] + right[at + 1 :] == word for at in range(1, len(right)))
    if len(right) == len(word) - 1:
        extra = [at for at in range(1, len(word)) if word[:at] + word[at + 1 :] == right]
        return any(word[at] == word[at - 1] or word[at] in _VOWELS for at in extra)
    differ = [at for at, (one, two) in enumerate(zip(word, right, strict=True)) if one != two]
    if len(differ) == 1:
        at = differ[0]
        return word[at] in _VOWELS and right[at] in _VOWELS and at < len(word) - 1
    one, two = differ[0], differ[-1]
    return len(differ) == 2 and two == one + 1 and word[one] == right[two] and word[two] == right[one]


def _is_english(word: str) -> bool:
    import lemminflect

    return bool(lemminflect.getAllLemmas(word))


@functools.cache
def _lexicon() -> frozenset[str]:
    compared = set(itertools.chain.from_iterable(COMPARATIVES.values()))
    small = closed.PREPOSITIONS | closed.ADVERBS | closed.DAYS | closed.MONTHS | closed.NUMBERS | closed.SUBORDINATORS
    known = NOUNS | ADJECTIVES | compared | known_forms() | small | _OFTEN | closed.DETERMINERS
    return frozenset(word for word in known if word.isalpha())


@functools.cache
def _index() -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for word in _lexicon():
        if len(word) >= _SHORTEST:
            for key in _without_a_letter(word):
                made.setdefault(key, []).append(word)
    return made


def _without_a_letter(word: str) -> set[str]:
    """`word` and what is left of it without one of its letters (symmetric deletes)."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


RULES = (
    Rule("spelling.slip", "other", _near,
         "Look at the letters of this word again.", "Từ này viết nhầm chữ cái một chút.", 0.9),
)  # fmt: skip
