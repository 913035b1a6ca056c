"""What the routes of this protocol share: threads, states, runs and the clock."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from langgraph.checkpoint.base import CheckpointTuple

from api.ports import House
from api.routers.langgraph.runs import Runs
from api.routers.langgraph.states import States
from api.routers.langgraph.views import thread_view
from infra.clock import Clock, new_id
from infra.scope import Scope
from learners.threads import Thread, Threads


class Room:
    """One for the app; it asks the house for its stores when they are needed, for a house may still be closed."""

    def __init__(self, house: House, clock: Clock) -> None:
        self._house = house
        self._clock = clock
        self.states = States(house)
        self.runs = Runs(house, self.states, clock)

    @property
    def threads(self) -> Threads:
        """Raises Unavailable while the house is not open."""
        _ = self._house.coach
        return Threads(self._house.database, self._clock)

    async def newest(self, tenant: str, thread_id: str) -> CheckpointTuple | None:
        """The thread's newest checkpoint. Raises NotFound for no thread; None for one without a turn."""
        scope = _scope(tenant, await self.threads.get(tenant, thread_id))
        return await self.states.newest(scope, thread_id) if scope else None

    async def shown(self, tenant: str, thread: Thread) -> dict[str, Any]:
        """The thread with its values and whether a turn runs on it."""
        scope = _scope(tenant, thread)
        values = await self.states.values(scope, thread.thread_id) if scope else {}
        (status,) = await self.statuses(tenant, [thread])
        return thread_view(thread, values, status)

    async def statuses(self, tenant: str, threads: Sequence[Thread]) -> Sequence[str]:
        """Of each thread: "busy" while it has a turn that has not ended, else "idle"."""
        owned = [(Scope(tenant, thread.learner_id), thread.thread_id) for thread in threads if thread.learner_id]
        found = await self._house.coach.busy(owned)
        busy = {thread_id for (_, thread_id), is_busy in zip(owned, found, strict=True) if is_busy}
        return ["busy" if thread.thread_id in busy else "idle" for thread in threads]

    async def remove(self, tenant: str, thread_id: str) -> None:
        """Removes the thread and its state; what was said stays in the learner's transcript. Raises NotFound."""
        thread = await self.threads.get(tenant, thread_id)
        await self.threads.delete(tenant, thread_id)
        scope = _scope(tenant, thread)
        await self._house.coach.runs.forget(tenant, thread_id)
        if scope:
            await self.states.remove(scope, thread_id)


def _scope(tenant: str, thread: Thread) -> Scope | None:
    return Scope(tenant, thread.learner_id) if thread.learner_id else None


def new_uuid() -> str:
    """A fresh id in the form that LangGraph's clients expect."""
    return str(UUID(new_id()))
