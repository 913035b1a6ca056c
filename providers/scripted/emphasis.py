"""Decides which words of a corrected sentence are printed strong."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from providers.scripted.second_person import Piece, pieces


def emphasised(recast: str, wrong: str, right: str, said: str) -> list[Piece]:
    """The pieces of `recast`, strong where `right` says something that `wrong` did not.

    Without a `right` that is found in it, strong is what `said` did not have.
    """
    parts = pieces(recast)
    words = [index for index, part in enumerate(parts) if part.is_word]
    span = _found([parts[i].word for i in words], _words(right))
    if span is None:
        new = _new(_words(said), [parts[i].word for i in words]) if said else set()
    else:
        new = {span + offset for offset in _new(_words(wrong), _words(right))}
    strong = {words[index] for index in new}
    return [replace(part, strong=index in strong) for index, part in enumerate(parts)]


def marked(parts: Sequence[Piece]) -> str:
    """The sentence with ** around each run of strong words."""
    return "".join(_marked(parts))


def _marked(parts: Sequence[Piece]) -> Iterator[str]:
    inside = False
    for index, part in enumerate(parts):
        runs_on = inside and part.text.isspace() and index + 1 < len(parts) and parts[index + 1].strong
        if (part.strong or runs_on) != inside:
            inside = not inside
            yield "**"
        yield part.text
    if inside:
        yield "**"


def _words(text: str) -> list[str]:
    return [part.word for part in pieces(text) if part.is_word]


def _found(words: Sequence[str], wanted: Sequence[str]) -> int | None:
    size = len(wanted)
    return next((i for i in range(len(words) - size + 1) if size and list(words[i : i + size]) == list(wanted)), None)


def _new(old: Sequence[str], new: Sequence[str]) -> set[int]:
    """Indices of `new` that are not carried over from `old`; all of them when nothing else differs."""
    matcher = difflib.SequenceMatcher(a=list(old), b=list(new), autojunk=False)
    kept = {match.b + offset for match in matcher.get_matching_blocks() for offset in range(match.size)}
    return set(range(len(new))) - kept
