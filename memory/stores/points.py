"""What the room asks of a vector store: the points of one learner, never of two."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from infra.scope import Scope
from memory.lexical import Words
from providers.ports import Vector

Payload = Mapping[str, Any]
Row = tuple[str, Payload]  # a point's id and what is stored beside its vectors

KIND, AT = "kind", "at"  # fields of the payload that are searched: a keyword, and Unix seconds
MEANING, WORDS = "", "words"  # the two vectors of a point


@dataclass(frozen=True, slots=True)
class Point:
    """`vector` is its meaning (dense), `words` its BM25 weights (sparse, not empty)."""

    id: str
    vector: Sequence[float]
    words: Words
    payload: Payload


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found: the cosine of every point, and the BM25 scores for each list of words, best first."""

    cosines: Mapping[str, float]
    scores: Sequence[Mapping[str, float]]


class Points(Protocol):
    """One learner's points. Scores are exact, and the cost of a search hardly grows with what is stored."""

    def upsert(self, points: Sequence[Point]) -> None: ...

    def describe(self, point_id: str, payload: Payload) -> None:
        """Puts `payload` in place of the point's; its vectors stay."""
        ...

    def delete(self, ids: Sequence[str]) -> None: ...

    def get(self, ids: Sequence[str]) -> dict[str, Payload]:
        """Payloads by id; ids that are not there are left out."""
        ...

    def all(self) -> list[Row]: ...

    def of_kinds(self, kinds: Sequence[str]) -> list[Row]: ...

    def told(self, spans: Sequence[tuple[float, float]], limit: int) -> list[Row]:
        """The newest turns (kind "episodic") said within any of `spans` (Unix seconds, both ends included)."""
        ...

    def count(self) -> int: ...

    def stamp(self) -> int:
        """Differs when somebody else may have written since; what was read before is then read again."""
        ...

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """Ids with their cosines, best first."""
        ...

    def cosines(self, vector: Vector, ids: Sequence[str]) -> dict[str, float]: ...

    def search(self, vector: Vector, wanted: Sequence[Words], limit: int, *, nearest: int = 0) -> Hits:
        """The best `limit` points for each list of words and the `nearest` to `vector`, in one call."""
        ...


class Store(Protocol):
    """Hands out learners' points. Calls block: run them on an executor."""

    def lease(self, scope: Scope) -> AbstractContextManager[Points]:
        """The learner's points for the length of a `with` block; calls for one learner take turns."""
        ...

    def erase(self, scope: Scope) -> int:
        """Removes the learner's points and whatever held them; returns how many there were."""
        ...

    def compact(self, scope: Scope) -> None:
        """Overwrites what deleted points left behind, where the store keeps it in files of its own."""
        ...

    def learners(self) -> Iterator[Scope]:
        """Every learner who has points."""
        ...

    def older(self) -> Iterator[Scope]:
        """Every learner who has points under another version."""
        ...

    def has_older(self, scope: Scope) -> bool: ...

    def older_rows(self, scope: Scope) -> list[Row]:
        """The learner's points under other versions, without their vectors."""
        ...

    def drop_older(self, scope: Scope) -> None: ...

    def ping(self) -> str:
        """A line about the store's health. Raises Unavailable when it cannot be used."""
        ...

    def close(self) -> None: ...
