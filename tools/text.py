"""Pure text: cleaning, folding of Vietnamese marks, words, and the shape of a Vietnamese syllable."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "…": "..."})
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_STRETCHED = re.compile(r"(\w)\1{2,}")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_MARKS = _TONES | frozenset("\u0302\u0306\u031b")

_MARKED = frozenset("đĐ") | {
    letter
    for base in "aeiouyAEIOUY"
    for shape in ("", "\u0302", "\u0306", "\u031b")
    for tone in ("", *_TONES)
    if shape + tone and len(letter := unicodedata.normalize("NFC", base + shape + tone)) == 1
}

_ONSETS_ANY = ("b", "ch", "d", "gi", "h", "kh", "l", "m", "n", "nh", "ph", "r", "s", "t", "th", "tr", "v", "x", "")
_ONSETS_BACK = ("c", "g", "ng")
_ONSETS_FRONT = ("k", "gh", "ngh")
_RHYMES = frozenset(
    [
        "a",
        "ac",
        "ach",
        "ai",
        "am",
        "an",
        "ang",
        "anh",
        "ao",
        "ap",
        "at",
        "au",
        "ay",
        "e",
        "ec",
        "ech",
        "em",
        "en",
        "eng",
        "enh",
        "eo",
        "ep",
        "et",
        "eu",
        "i",
        "ia",
        "ich",
        "iec",
        "iem",
        "ien",
        "ieng",
        "iep",
        "iet",
        "ieu",
        "im",
        "in",
        "inh",
        "ip",
        "it",
        "iu",
        "o",
        "oa",
        "oac",
        "oach",
        "oai",
        "oam",
        "oan",
        "oang",
        "oanh",
        "oat",
        "oay",
        "oc",
        "oe",
        "oen",
        "oeo",
        "oet",
        "oi",
        "om",
        "on",
        "ong",
        "oong",
        "op",
        "ot",
        "u",
        "ua",
        "uan",
        "uang",
        "uat",
        "uay",
        "uc",
        "ue",
        "uech",
        "uenh",
        "ui",
        "um",
        "un",
        "ung",
        "uo",
        "uoc",
        "uoi",
        "uom",
        "uon",
        "uong",
        "uop",
        "uot",
        "uou",
        "up",
        "ut",
        "uu",
        "uy",
        "uya",
        "uych",
        "uyen",
        "uyet",
        "uynh",
        "uyt",
        "uyu",
        "y",
        "yem",
        "yen",
        "yet",
        "yeu",
    ]
)
_AFTER_Q = frozenset(
    [
        "ua",
        "uac",
        "uach",
        "uai",
        "uan",
        "uang",
        "uanh",
        "uao",
        "uat",
        "uau",
        "uay",
        "ue",
        "uen",
        "ueo",
        "uet",
        "uech",
        "uenh",
        "ui",
        "uit",
        "uo",
        "uoc",
        "uy",
        "uyen",
        "uyet",
        "uynh",
        "uyt",
        "uat",
        "uan",
        "uang",
        "uyt",
    ]
)


def clean(text: str) -> str:
    """NFC, without control and zero-width characters, straight quotes, single spaces."""
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_QUOTES)
    kept = "".join(" " if unicodedata.category(character) == "Cc" else character for character in shown)
    return " ".join(kept.split())


def strip_marks(text: str) -> str:
    """`text` without Vietnamese tone and quality marks (đ becomes d); other letters stay, lengths are kept in NFC."""
    if text.isascii():
        return text
    bare = (character for character in unicodedata.normalize("NFD", text) if character not in _MARKS)
    return unicodedata.normalize("NFC", "".join(bare)).replace("đ", "d").replace("Đ", "D")


def fold(text: str) -> str:
    """Clean, lower case, without marks: what patterns are matched against."""
    return strip_marks(clean(text).lower())


def has_marks(text: str) -> bool:
    """Whether any letter carries a mark that Vietnamese spelling uses."""
    return not _MARKED.isdisjoint(unicodedata.normalize("NFC", text))


def words(text: str) -> list[str]:
    """The words of a cleaned, lower-cased text; apostrophes and hyphens inside a word stay."""
    return _WORD.findall(clean(text).lower())


def unstretch(word: str) -> str:
    """`word` with three or more equal letters in a row reduced to one ("noooo" is "no")."""
    return _STRETCHED.sub(r"\1", word)


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a lower-case word has the spelling of one Vietnamese syllable (with marks or without)."""
    return _bare_syllable(strip_marks(word)) and _tone_fits(word)


def _bare_syllable(bare: str) -> bool:
    if bare.startswith("qu"):
        return bare[1:] in _AFTER_Q
    if bare.startswith("gi") and (bare == "gi" or bare[2:] in _RHYMES or bare[1:] in _RHYMES):
        return True
    if any(bare.startswith(onset) and bare[len(onset) :] in _RHYMES for onset in _ONSETS_ANY):
        return True
    vowel = bare.lstrip("bcdghklmnpqrstvx")[:1]
    onset = bare[: len(bare) - len(bare.lstrip("bcdghklmnpqrstvx"))]
    allowed = _ONSETS_FRONT if vowel in ("e", "i", "y") else _ONSETS_BACK
    return onset in allowed and bare[len(onset) :] in _RHYMES


def _tone_fits(word: str) -> bool:
    """A syllable that ends in a stop carries only the acute or the dot-below tone, when it is marked at all."""
    tones = [mark for mark in unicodedata.normalize("NFD", word) if mark in _TONES]
    if len(tones) > 1:
        return False
    return not (tones and strip_marks(word).endswith(("p", "t", "c", "ch")) and tones[0] not in "\u0301\u0323")
