"""Finishes turns that nobody plays any more: their process was killed, or Redis was away."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from graphs.turns.ledger import Turn, TurnLedger
from infra.clock import Clock
from infra.errors import CoachError

_log = logging.getLogger(__name__)

PAGE = 100
AT_ONCE = 8

Adopt = Callable[[Turn, bool], Awaitable[None]]


class Recovery:
    """Reads the list of open turns at every lease's length and has the abandoned ones adopted, oldest first."""

    def __init__(self, ledger: TurnLedger, clock: Clock, adopt: Adopt) -> None:
        self._ledger = ledger
        self._clock = clock
        self._adopt = adopt
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._task: asyncio.Task[None] | None = None

    def start(self, *, alone: bool) -> None:
        """`alone`: no other process uses this Redis, so that no turn can be running elsewhere."""
        self._task = asyncio.create_task(self._watch(alone))

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self, alone: bool) -> None:
        lease_s = self._ledger.lease_ms / 1000
        started = self._clock.now().timestamp()
        forced = alone
        while True:
            try:
                # turns that are younger than a lease have a live holder, but for those from before the start
                before = max(started, self._clock.now().timestamp() - lease_s)
                await self._pass(started if forced else before, forced=forced)
                forced = False
            except CoachError as error:
                _log.warning("open turns could not be looked for: %s", error.code)
            await asyncio.sleep(lease_s)

    async def _pass(self, before: float, *, forced: bool) -> None:
        start = 0
        while turns := await self._ledger.unfinished(before, start, PAGE):
            await asyncio.gather(*(self._one(turn, forced) for turn in turns))
            start += PAGE

    async def _one(self, turn: Turn, forced: bool) -> None:
        async with self._at_once:
            await self._adopt(turn, forced)
