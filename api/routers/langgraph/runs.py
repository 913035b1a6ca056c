"""Owns the runs of this process: those that go on and the newest of those that ended, each with its events."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from api.failures import error_of
from api.ports import House
from api.routers.langgraph.schemas import Mode
from api.routers.langgraph.states import States
from api.routers.langgraph.views import ASSISTANT
from api.routers.langgraph.wire import Turn
from graphs.turns import TurnEvent, TurnRequest
from infra.clock import Clock
from infra.errors import Conflict, NotFound, RolledBack
from infra.scope import Scope

MAX_ENDED = 500
Status = Literal["running", "success", "error", "interrupted"]


@dataclass(eq=False)
class Run:
    """A turn as a client sees it. `values` is the thread's state once it ended well."""

    turn: Turn
    request: TurnRequest
    scope: Scope
    strategy: str
    modes: tuple[Mode, ...]
    metadata: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime
    status: Status = "running"
    values: Mapping[str, Any] = field(default_factory=dict)
    events: list[TurnEvent] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def ended(self) -> bool:
        return self.status != "running"

    def tell(self, event: TurnEvent) -> None:
        self.events.append(event)
        self._wake()

    def end(self, status: Status, at: datetime) -> None:
        self.status, self.updated_at = status, at
        self._wake()

    async def follow(self) -> AsyncIterator[tuple[int, TurnEvent]]:
        """Every event with its number, from the first to the run's end."""
        number = 0
        while True:
            while number < len(self.events):
                yield number, self.events[number]
                number += 1
            if self.ended:
                return
            await self._news.wait()

    async def over(self) -> None:
        """Returns when the run has ended."""
        async for _ in self.follow():
            pass

    def view(self) -> dict[str, Any]:
        return {
            "run_id": self.turn.run_id,
            "thread_id": self.turn.thread_id,
            "assistant_id": ASSISTANT,
            "created_at": self.created_at.isoformat(),
            "updated_at": self.updated_at.isoformat(),
            "status": self.status,
            "metadata": dict(self.metadata),
            "multitask_strategy": self.strategy,
            "kwargs": {},
        }

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


class Runs:
    """Started turns by their run id. A turn that began is finished, whoever listens."""

    def __init__(self, house: House, states: States, clock: Clock) -> None:
        self._house = house
        self._states = states
        self._clock = clock
        self._runs: dict[str, Run] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(
        self,
        turn: Turn,
        request: TurnRequest,
        scope: Scope,
        *,
        strategy: str,
        modes: tuple[Mode, ...],
        metadata: Mapping[str, Any],
    ) -> Run:
        """The run, once its turn is accepted. Raises what kept it from being."""
        now = self._clock.now()
        run = Run(turn, request, scope, strategy, modes, metadata, now, now)
        self._forget_oldest()
        self._runs[turn.run_id] = run
        task = asyncio.create_task(self._play(run))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        async for _, event in run.follow():
            if event["event"] == "error":
                del self._runs[turn.run_id]
                raise error_of(event)
            break
        return run

    def get(self, tenant: str, run_id: str, thread_id: str | None = None) -> Run:
        """Raises NotFound."""
        run = self._runs.get(run_id)
        if run is None or run.scope.tenant != tenant or thread_id not in (None, run.turn.thread_id):
            raise NotFound("There is no such run; ended runs are kept for a while only.")
        return run

    def of(self, tenant: str, thread_id: str) -> list[Run]:
        """The thread's runs, the newest first."""
        return [r for r in self._runs.values() if (r.scope.tenant, r.turn.thread_id) == (tenant, thread_id)][::-1]

    def busy(self, tenant: str, thread_id: str) -> bool:
        return any(not run.ended for run in self.of(tenant, thread_id))

    def stop(self, run: Run) -> None:
        """Ends the run for its listeners; the turn itself is finished behind it. Raises Conflict when it has ended."""
        if run.ended:
            raise Conflict("This run has ended already.")
        run.end("interrupted", self._clock.now())

    async def _play(self, run: Run) -> None:
        status: Status = "error"
        try:
            async for event in self._house.coach.stream(run.request, run.scope):
                if event["event"] == "final":
                    run.values = await self._states.values(run.scope, run.turn.thread_id)
                    status = "success"
                elif event["event"] == "error" and event["code"] == RolledBack.code:
                    status = "interrupted"
                if not run.ended:
                    run.tell(event)
        finally:
            if not run.ended:
                run.end(status, self._clock.now())

    def _forget_oldest(self) -> None:
        ended = [run_id for run_id, run in self._runs.items() if run.ended]
        for run_id in ended[: max(0, len(ended) - MAX_ENDED)]:
            del self._runs[run_id]
