"""What jobs over all memories share: the room as they see it, and the walk from learner to learner."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar

from infra.scope import Scope
from memory.archive import Archive
from memory.records import Record

T = TypeVar("T")

Progress = Callable[[int, int], None]  # learners done, learners to do


class Room(Protocol):
    """What the jobs ask of the room."""

    @property
    def archive(self) -> Archive: ...

    async def write(self, call: Callable[..., T], *given: Any) -> T: ...

    async def keep(self, scope: Scope, records: Sequence[Record]) -> None: ...


async def for_each(scopes: Sequence[Scope], do: Callable[[Scope], Awaitable[int]], progress: Progress) -> int:
    """Does it for one learner after another; the sum of what each call counts."""
    total = 0
    for done, scope in enumerate(scopes):
        progress(done, len(scopes))
        total += await do(scope)
    progress(len(scopes), len(scopes))
    return total
