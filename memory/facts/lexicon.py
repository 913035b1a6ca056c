"""Looks up who and what children tell about: kin, animals, colours, numbers, jobs, in English and Vietnamese."""

import re
from functools import cache
from importlib.resources import files
from typing import Literal

from memory.text import composed, fold

Shelf = Literal["kin", "species", "colour", "number", "job", "thing", "subject", "possession"]

WIDER = {
    "older_sister": "sister",
    "younger_sister": "sister",
    "older_brother": "brother",
    "younger_brother": "brother",
}


def find(shelf: Shelf, phrase: str) -> str | None:
    """The canonical name of `phrase`. Diacritics decide when it has any ("bà" is no "ba"); plurals are understood."""
    exact, folded = _tables(shelf)
    word = composed(phrase).lower()
    if word != fold(word):
        return exact.get(word)
    return (
        exact.get(word) or folded.get(word) or exact.get(word.removesuffix("s")) or exact.get(word.removesuffix("es"))
    )


@cache
def forms(shelf: Shelf) -> str:
    """A regular expression for any form, on folded text; check what it caught with `find`."""
    _, folded = _tables(shelf)
    longest_first = sorted(folded, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first) + ")s?"


def number(phrase: str) -> int | None:
    """Digits or words up to 99, English or Vietnamese."""
    word = composed(phrase).lower().replace("-", " ")
    if word.isascii() and word.isdigit():
        return int(word)
    whole = find("number", word)
    if whole:
        return int(whole)
    tens, _, units = word.rpartition(" ")
    high, low = find("number", tens), find("number", units)
    return int(high) + int(low) if high and low and int(high) % 10 == 0 and int(low) < 10 else None


@cache
def _tables(shelf: Shelf) -> tuple[dict[str, str], dict[str, str]]:
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    for line in files("memory.facts").joinpath("lexicon.tsv").read_text("utf-8").splitlines():
        kind, name, written = line.split("\t")
        for form in written.split("|") if kind == shelf else ():
            exact.setdefault(form, name)
            folded.setdefault(fold(form), name)
    return exact, folded
