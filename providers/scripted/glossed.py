"""Decides in which direction a word or sentence is put into the other language."""

import unicodedata
from typing import Literal

from providers.directive import Gloss


def target(gloss: Gloss) -> Literal["en", "vi"]:
    """The language asked for: the one that `term` is not in."""
    term = gloss.term.strip()
    if gloss.en and term.casefold() == gloss.en.casefold():
        return "vi"
    if not term.isascii() or (gloss.vi and bare(term) == bare(gloss.vi)):
        return "en"
    return "vi" if gloss.vi else "en"


def known(gloss: Gloss) -> bool:
    return gloss.known and bool(gloss.vi if target(gloss) == "vi" else gloss.en)


def shown_term(gloss: Gloss) -> str:
    """The term with the diacritics it was typed without."""
    term = gloss.term.strip().strip("\"'“”?.! ")
    return gloss.vi if gloss.vi and term != gloss.vi and bare(term) == bare(gloss.vi) else term


def bare(text: str) -> str:
    """`text` without diacritics, lower case."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()
