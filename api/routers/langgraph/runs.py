"""Owns what a run is: a turn under the id that LangGraph's clients know it by, in any process and after a restart."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from api.failures import error_of
from api.ports import House
from api.routers.langgraph.schemas import Mode
from api.routers.langgraph.states import States
from api.routers.langgraph.views import ASSISTANT
from api.routers.langgraph.wire import Turn, turn_in
from graphs.turns import TurnEvent, TurnRequest
from graphs.turns.ledger import Stop
from infra.clock import Clock
from infra.errors import CoachError, Conflict, NotFound, RolledBack
from infra.scope import Scope

Status = Literal["running", "success", "error", "interrupted"]


@dataclass(frozen=True)
class Run:
    """A turn as a client named it, and what it asked for."""

    run_id: str
    thread_id: str
    turn_id: str
    scope: Scope
    strategy: str
    modes: tuple[Mode, ...]
    created_at: datetime
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        learner = {"learner_id": self.scope.learner_id, "created_at": self.created_at.isoformat()}
        return {**vars(self), **learner, "scope": None}

    @classmethod
    def recorded(cls, tenant: str, record: Mapping[str, Any]) -> "Run":
        known = {name: record[name] for name in ("run_id", "thread_id", "turn_id", "strategy", "metadata")}
        scope, created_at = Scope(tenant, record["learner_id"]), datetime.fromisoformat(record["created_at"])
        return cls(**known, scope=scope, modes=tuple(record["modes"]), created_at=created_at)

    def view(self, status: Status) -> dict[str, Any]:
        return {
            "run_id": self.run_id,
            "thread_id": self.thread_id,
            "assistant_id": ASSISTANT,
            "created_at": self.created_at.isoformat(),
            "updated_at": self.created_at.isoformat(),
            "status": status,
            "metadata": dict(self.metadata),
            "multitask_strategy": self.strategy,
            "kwargs": {},
        }


class Runs:
    """Started turns by their run id. A turn that began is finished, whoever listens, unless somebody stops it."""

    def __init__(self, house: House, states: States, clock: Clock) -> None:
        self._house = house
        self._states = states
        self._clock = clock
        self._tasks: set[asyncio.Task[Any]] = set()

    async def start(
        self, run_id: str, request: TurnRequest, scope: Scope, *, strategy: str, modes: tuple[Mode, ...], **more: Any
    ) -> Run:
        """The run, once its turn is accepted. Raises what kept it from being."""
        turn_id, now = request.turn_id or run_id, self._clock.now()
        run = Run(run_id, request.thread_id, turn_id, scope, strategy, modes, now, **more)
        book, place = self._house.coach.runs, (scope.tenant, run.thread_id, run_id)
        await book.add(*place, run.record())
        async with aclosing(self._house.coach.stream(request, scope)) as events:
            first = await anext(events)
        if first["event"] == "error":
            await book.remove(*place)
            raise error_of(first)
        return run

    async def get(self, tenant: str, run_id: str, thread_id: str | None = None) -> Run:
        """Raises NotFound."""
        book = self._house.coach.runs
        thread_id = thread_id or await book.thread_of(tenant, run_id)
        record = await book.get(tenant, thread_id, run_id) if thread_id else None
        if record is None:
            raise NotFound("There is no such run; ended runs are kept for a day.")
        return Run.recorded(tenant, record)

    async def of(self, tenant: str, thread_id: str) -> Sequence[tuple[Run, Status]]:
        """The thread's runs with how they stand, the newest first; without those of turns that are forgotten."""
        runs = [Run.recorded(tenant, record) for record in await self._house.coach.runs.of(tenant, thread_id)]
        stands = await asyncio.gather(*(self._status(run) for run in runs))
        return [(run, status) for run, status in zip(runs, stands, strict=True) if status is not None]

    async def status(self, run: Run) -> Status:
        """Raises NotFound when the run's turn is forgotten."""
        status = await self._status(run)
        if status is None:
            raise NotFound("There is no such run; ended runs are kept for a day.")
        return status

    async def _status(self, run: Run) -> Status | None:
        followed = await self._house.coach.stored(run.scope, run.thread_id, run.turn_id)
        if followed.state is None:
            return None
        return "running" if followed.state == "open" else _ended(followed.events[-1][1])

    async def follow(self, run: Run) -> AsyncIterator[tuple[int, TurnEvent]]:
        """Every event with its number, from the first to the turn's end."""
        number = 0
        async for event in self._house.coach.follow(run.scope, run.thread_id, run.turn_id):
            yield number, event
            number += 1

    async def last(self, run: Run) -> TurnEvent:
        """The turn's last event, once it has come."""
        return [event async for _, event in self.follow(run)][-1]

    async def turn(self, run: Run) -> Turn:
        """What the run's events are translated with: what was said, and the conversation before it."""
        messages = (await self._states.values(run.scope, run.thread_id)).get("messages", ())
        asked = await self._house.coach.asked(run.scope, run.thread_id, run.turn_id)
        return turn_in(messages, run.run_id, run.thread_id, run.turn_id, asked)

    async def values(self, run: Run) -> Mapping[str, Any]:
        return await self._states.values(run.scope, run.thread_id)

    async def stop(self, run: Run, how: Stop) -> None:
        """Stops the run's turn, as `CoachService.stop` says. Raises Conflict when it has ended."""
        if await self._house.coach.stop(run.scope, run.thread_id, run.turn_id, how) != "open":
            raise Conflict("This run has ended already.")

    def stop_behind(self, run: Run) -> None:
        """Interrupts the run's turn if it goes on: whoever listened has gone away."""
        self._behind(self._stop_quietly(run))

    async def _stop_quietly(self, run: Run) -> None:
        try:
            await self.stop(run, "interrupt")
        except CoachError:
            return  # it has ended, or goes on to its end

    def _behind(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _ended(last: TurnEvent) -> Status:
    if last["event"] == "final":
        return "interrupted" if last["outcome"]["interrupted"] else "success"
    return "interrupted" if last["code"] == RolledBack.code else "error"
