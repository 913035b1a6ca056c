"""Removes a learner from every place that may know them, looks again, and says what was removed where."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from infra.clock import Clock
from infra.scope import Scope


class Place(BaseModel):
    """One place: how many things were removed, and how many traces a scan found afterwards (0 when it is clean)."""

    model_config = ConfigDict(frozen=True)

    place: str
    removed: int
    traces: int
    note: str = ""


class Receipt(BaseModel):
    """What a learner's family gets: when, how long it took, every place. `clean`: no trace was found anywhere."""

    model_config = ConfigDict(frozen=True)

    learner_id: str
    at: datetime
    milliseconds: float
    places: Sequence[Place]

    @property
    def clean(self) -> bool:
        return not any(place.traces for place in self.places)


class Keeper(Protocol):
    """A place that may know a learner. `note` says what a reader of the receipt must know."""

    name: str
    note: str

    async def canaries(self, scope: Scope) -> Sequence[str]:
        """Strings that nobody else's data holds, read before anything is removed."""
        ...

    async def remove(self, scope: Scope, canaries: Sequence[str]) -> int: ...

    async def traces(self, scope: Scope, canaries: Sequence[str]) -> int: ...


class Erasure:
    """`keepers` in the order of removal: first what writes, last what keeps the bytes of what was deleted."""

    def __init__(self, keepers: Sequence[Keeper], clock: Clock) -> None:
        self._keepers = keepers
        self._clock = clock

    async def forget(self, scope: Scope) -> Receipt:
        """Safe to repeat; what a crash left is removed by the next call."""
        began = self._clock.monotonic()
        canaries = [canary for keeper in self._keepers for canary in await keeper.canaries(scope)]
        removed = {keeper.name: await keeper.remove(scope, canaries) for keeper in self._keepers}
        places = [
            Place(
                place=keeper.name,
                removed=removed[keeper.name],
                traces=await keeper.traces(scope, canaries),
                note=keeper.note,
            )
            for keeper in self._keepers
        ]
        return Receipt(
            learner_id=scope.learner_id,
            at=self._clock.now(),
            milliseconds=round((self._clock.monotonic() - began) * 1000, 1),
            places=places,
        )
