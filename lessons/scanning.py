"""Looks for words at a place of a sentence: the ground of both translation grammars, with a bound on the work."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from lessons.lexicon import Line
from lessons.tokens import bare

MAX_SPAN = 6  # the longest entry of the lexicon that is looked for, in words
MAX_LOOKUPS = 6000  # a sentence a child says takes a few hundred; a grammar that backtracks must stop somewhere

Places = Iterator[tuple[int, str]]


class TooHard(Exception):
    """The sentence has too many readings to go through: it is not understood."""


class Scanner:
    """Words of one sentence, lower case, and what stands where. Positions count words; 0 also says "not here"."""

    def __init__(self, low: Sequence[str], *, unmarked: bool = False) -> None:
        self._low = list(low)
        self._end = len(low)
        self._unmarked = unmarked
        self._lookups = 0
        self._found: dict[int, list[tuple[int, Line]]] = {}

    def _is(self, at: int, words: str) -> int:
        """The position behind `words` when they stand at `at`, else 0."""
        parts = words.split()
        said = self._low[at : at + len(parts)]
        if said == parts or (self._unmarked and said == [_bare(part) for part in parts]):
            return at + len(parts)
        return 0

    def _one_of(self, at: int, table: Collection[str]) -> Places:
        """Every entry of `table` that stands at `at`, the longest first."""
        self._spend()
        if at >= self._end:
            return
        first = self._low[at]
        for words in _by_first(tuple(table), self._unmarked).get(first, ()):
            if end := self._is(at, words):
                yield end, words

    def _lines(self, at: int, kinds: Sequence[str]) -> Iterator[tuple[int, Line]]:
        """Every line of the lexicon of these parts of speech that stands at `at`, the longest first."""
        self._spend()
        if at not in self._found:
            self._found[at] = list(self._look_up(at))
        return (found for found in self._found[at] if found[1].pos in kinds)

    def _look_up(self, at: int) -> Iterator[tuple[int, Line]]:
        for end in range(min(self._end, at + MAX_SPAN), at, -1):
            yield from ((end, line) for line in self._spelt(" ".join(self._low[at:end]), end - at))

    def _spelt(self, words: str, count: int) -> Sequence[Line]:
        """The lines of the lexicon that are spelt `words`."""
        raise NotImplementedError

    def _spend(self) -> None:
        self._lookups += 1
        if self._lookups > MAX_LOOKUPS:
            raise TooHard


@lru_cache(maxsize=256)
def _by_first(table: tuple[str, ...], unmarked: bool) -> dict[str, list[str]]:
    """The entries by their first word, as it may be typed; the longest first."""
    grouped: dict[str, list[str]] = {}
    for words in sorted(table, key=lambda words: -len(words)):
        first = words.split()[0]
        for typed in {first, _bare(first)} if unmarked else {first}:
            grouped.setdefault(typed, []).append(words)
    return grouped


_bare = lru_cache(maxsize=4096)(bare)
