"""What the child was asked to say: words with their phones, from written text."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import product

from infra.errors import BadInput
from tools.pronunciation import lexicon
from tools.pronunciation.numerals import spoken

MAX_VARIANTS = 6
_TOKEN = re.compile(r"[$£€]?\d[\d,.:]*(?:st|nd|rd|th|s)?%?|[^\W\d_]+(?:['.-][^\W\d_]+)*|&|\+|=", re.IGNORECASE)
_SIGNS = {"&": "and", "+": "plus", "=": "equals"}
_CONSONANTS_ONLY = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,5}")


@dataclass(frozen=True)
class Word:
    """One word of the reference: as written, how it may be pronounced (the usual first), and whether that is listed."""

    text: str
    variants: tuple[lexicon.Pronunciation, ...]
    listed: bool = True


def read(text: str) -> tuple[Word, ...]:
    """The words of a text. Raises BadInput when there is none that English could say."""
    plain = unicodedata.normalize("NFKC", text).replace("\u2019", "'").replace("\u2018", "'")
    words = tuple(word for token in _TOKEN.findall(plain) if (word := _word(token)) is not None)
    if not words:
        raise BadInput("The text to compare with has no English words: send what was to be said.")
    return words


def _word(token: str) -> Word | None:
    if token in _SIGNS:
        return Word(token, lexicon.pronunciations(_SIGNS[token]))
    readings = spoken(token) if any(letter.isdigit() for letter in token) else (token,)
    said = [_pronounced(reading) for reading in readings]
    variants = tuple(dict.fromkeys(variant for variants, _ in said for variant in variants))[:MAX_VARIANTS]
    return Word(token, variants, all(listed for _, listed in said)) if variants else None


def _pronounced(reading: str) -> tuple[tuple[lexicon.Pronunciation, ...], bool]:
    """Variants of one reading of a token (it may be several words), and whether all of it is listed."""
    whole = lexicon.pronunciations(reading.lower())
    if whole:
        return whole, True
    parts = [_part(part) for part in re.split(r"[\s.-]+", reading) if part]
    joined = (sum(choice, ()) for choice in product(*(variants[:2] for variants, _ in parts)))
    return tuple(variant for variant in joined if variant), all(listed for _, listed in parts)


def _part(part: str) -> tuple[tuple[lexicon.Pronunciation, ...], bool]:
    plain = _without_marks(part.lower())
    listed = lexicon.pronunciations(plain)
    if listed:
        return listed, plain == part.lower()
    if plain.endswith("'s") and (base := lexicon.pronunciations(plain[:-2])):
        return tuple((*variant, _plural(variant[-1])) for variant in base), True
    if _CONSONANTS_ONLY.fullmatch(plain):
        letters = (lexicon.pronunciations(letter)[0] for letter in plain)
        return (sum(letters, ()),), True
    guessed = lexicon.guess(plain) if plain.isascii() else ()
    return ((guessed,) if guessed else ()), False


def _plural(last: str) -> str:
    return "S" if last in {"P", "T", "K", "F", "TH"} else "Z"


def _without_marks(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
