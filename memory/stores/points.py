"""What the room asks of a vector store: the points of one learner, never of two."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from infra.scope import Scope
from providers.ports import Vector

Payload = Mapping[str, Any]


class Points(Protocol):
    """One learner's points. Cosine scores; every search is exact."""

    def upsert(self, point_id: str, vector: Sequence[float], payload: Payload) -> None: ...

    def delete(self, point_id: str) -> None: ...

    def get(self, point_id: str) -> Payload | None: ...

    def all(self) -> list[tuple[str, Payload]]: ...

    def count(self) -> int: ...

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        """Ids with their cosines, best first."""
        ...


class Store(Protocol):
    """Hands out learners' points. Calls block: run them on an executor."""

    def lease(self, scope: Scope) -> AbstractContextManager[Points]:
        """The learner's points for the length of a `with` block; calls for one learner take turns."""
        ...

    def erase(self, scope: Scope) -> int:
        """Removes the learner's points and whatever held them; returns how many there were."""
        ...

    def ping(self) -> str:
        """A line about the store's health. Raises Unavailable when it cannot be used."""
        ...

    def close(self) -> None: ...
