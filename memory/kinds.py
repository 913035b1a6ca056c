"""Widens a question for a kind of thing ("which sports ...?") by members of that kind, which is what people tell."""

import re
from functools import cache
from importlib.resources import files

from memory.text import concepts, fold


def members(question: str) -> frozenset[str]:
    """Concepts that belong to the kinds which `question` names; none when it names no kind."""
    asked = set(re.findall(r"[a-z]+", fold(question)))
    phrases = f" {' '.join(re.findall(r'[a-z]+', fold(question)))} "
    found = (
        belonging
        for kinds, belonging in _table()
        if any(k in asked if " " not in k else f" {k} " in phrases for k in kinds)
    )
    return frozenset[str]().union(*found)


@cache
def _table() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    lines = files("memory").joinpath("kinds.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return tuple((tuple(kinds.split("|")), frozenset(concepts(belonging))) for kinds, belonging in rows)
