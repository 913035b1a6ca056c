"""Which words belong to no language of their own: names, cultural loans, interjections."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tools.text import strip_marks


@cache
def table() -> dict[str, frozenset[tuple[str, ...]]]:
    """Kind (a row's first word) to word tuples, each in its marked and its bare form."""
    kinds: dict[str, frozenset[tuple[str, ...]]] = {}
    for row in (Path(__file__).parent / "names.txt").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            kind, entries = row.split(":", 1)
            marked = [tuple(entry.split("_")) for entry in entries.split()]
            kinds[kind] = frozenset(marked) | {tuple(strip_marks(word) for word in entry) for entry in marked}
    return kinds


def listed(word: str, kind: str) -> bool:
    return (word,) in table()[kind]


def is_person(word: str) -> bool:
    return listed(word, "people") or listed(word, "people_en")


def covered(words: Sequence[str], kind: str) -> frozenset[int]:
    """Positions of the lower-case `words` that an entry of `kind` covers (longest entry first)."""
    entries = table()[kind]
    hits: set[int] = set()
    for start in range(len(words)):
        for length in (2, 1):
            if tuple(words[start : start + length]) in entries:
                hits.update(range(start, start + length))
                break
    return frozenset(hits)
