"""Patterns in Vietnamese that match the same words typed with or without their marks."""

import re
import unicodedata
from functools import cache

from tools.text import strip_marks

_TONE_PAIRS = (("óa", "oá"), ("òa", "oà"), ("ỏa", "oả"), ("úy", "uý"), ("ùy", "uỳ"), ("ủy", "uỷ"), ("óe", "oé"))
_FIRST_VOWEL = {second: first for first, second in _TONE_PAIRS}
_SECOND_VOWEL = re.compile(rf"(?:{'|'.join(_FIRST_VOWEL)})(?!\w)")


@cache
def loose(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled so that a marked letter also matches its bare form, but no other marked form.

    "muốn" matches "muốn", "muon" and "muôn", never "mượn". Match against clean lower-case NFC text.
    """
    return re.compile("".join(_letter(character) for character in unicodedata.normalize("NFC", pattern)))


def _letter(letter: str) -> str:
    bare = strip_marks(letter)
    if bare == letter:
        return letter
    without_tone = _without_tone(letter)
    return f"[{''.join(dict.fromkeys((letter, without_tone, bare)))}]"


def _without_tone(letter: str) -> str:
    kept = (mark for mark in unicodedata.normalize("NFD", letter) if mark not in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(kept))


def new_style(text: str) -> str:
    """`text` with the tone of a final oa, oe and uy on the first vowel, as the patterns write it ("hoà" is "hòa").

    Before another letter the tone has one place only: "xoài" stays.
    """
    return _SECOND_VOWEL.sub(lambda found: _FIRST_VOWEL[found[0]], text)
