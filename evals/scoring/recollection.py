"""Tells whether a reply holds what was told, with or without diacritics."""

import unicodedata
from collections.abc import Sequence

from evals.scoring.phrases import holds


def has_any(reply: str, phrases: Sequence[str]) -> bool:
    return any(holds(reply, phrase) or holds(bare(reply), bare(phrase)) for phrase in phrases)


def bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
