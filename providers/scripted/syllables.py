"""Splits an English word into parts to be said slowly: "butterfly" -> but, ter, fly."""

import re
from itertools import pairwise

# letters that are one sound are never torn apart; "qu" and a final silent "e" count as no vowel of their own
_UNITS = re.compile(r"qu|ch|sh|th|ph|wh|ck|gh|[bcdfgkpt][lr](?!e$)|[aeiouy]+|[^aeiouy]")
_NAMED = re.compile(r"\b(?:say|read|spell|nói|đọc|từ|chữ)\s+(?:(?:the|word|từ|chữ|chậm|lại)\s+)*[\"'*]?([a-z]{3,})")
_NO_WORDS = frozenset(
    {"that", "this", "again", "slowly", "slow", "slower", "more", "please", "one", "the", "word", "once", "your"}
)  # fmt: skip
_VOWEL = re.compile(r"[aeiouy]")
_LE_END = re.compile(r"(?<=[a-z])[^aeiouyl]le$")  # ap-ple, ta-ble
_SILENT_END = re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$")


def parts(word: str) -> list[str]:
    """The parts of `word` (letters), by spelling: one consonant goes with the vowel after it, the first of two stays.

    A rule of thumb for reading aloud, not a dictionary's hyphenation.
    """
    if _LE_END.search(word):
        return [*parts(word[:-3]), word[-3:]]
    silent = "e" if _SILENT_END.search(word) and len(_VOWEL.findall(word)) > 1 else ""
    units = _UNITS.findall(word[: len(word) - len(silent)])
    starts = _starts(units)
    edges = [*starts, len(units)]
    split = ["".join(units[a:b]) for a, b in pairwise(edges)]
    return [*split[:-1], split[-1] + silent] if split else [word]


def slow_word(said: str) -> str:
    """The word that is to be said slowly in "say butterfly slowly"; "" when none is named."""
    named = _NAMED.search(said.casefold())
    return named[1] if named and named[1] not in _NO_WORDS else ""


def _starts(units: list[str]) -> list[int]:
    """Indices of the units at which a part begins."""
    vowels = [index for index, unit in enumerate(units) if _VOWEL.match(unit)]
    starts = [0]
    for before, vowel in pairwise(vowels):
        consonants = vowel - before - 1
        if consonants:
            starts.append(vowel - 1 if consonants < 3 else vowel - 2)
    return starts
