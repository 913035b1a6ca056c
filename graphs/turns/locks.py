"""Keeps the locks of running turns alive, and tells a turn what others want of it."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from graphs.turns.attempt import Attempt
from graphs.turns.ledger import LeaseLost, TurnLedger
from infra.errors import CoachError

_log = logging.getLogger(__name__)

LONGEST_BEAT_S = 0.1  # how late another process's interrupt may be heard while nothing is said


@dataclass(eq=False)
class Running:
    """An attempt and the task that plays it."""

    attempt: Attempt
    task: asyncio.Task[Any]
    is_withdrawn: bool = False
    is_lost: bool = False


class Heartbeat:
    """Renews the lock of every running turn at a third of its life or earlier; stops turns that others want stopped."""

    def __init__(self, ledger: TurnLedger) -> None:
        self._ledger = ledger
        self._beat_s = min(ledger.lease_ms / 3000, LONGEST_BEAT_S)
        self._running: set[Running] = set()
        self._now = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def watch(self, running: Running) -> None:
        self._running.add(running)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._beat())

    def leave(self, running: Running) -> None:
        self._running.discard(running)

    def at_once(self) -> None:
        """Looks now: a message that wants something of a running turn has just come in."""
        self._now.set()

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _beat(self) -> None:
        while self._running:
            try:
                async with asyncio.timeout(self._beat_s):
                    await self._now.wait()
            except TimeoutError:
                pass
            self._now.clear()
            await asyncio.gather(*(self._renew(running) for running in tuple(self._running)))

    async def _renew(self, running: Running) -> None:
        attempt = running.attempt
        try:
            mark = await self._ledger.renew(attempt.turn, attempt.token)
        except LeaseLost:
            running.is_lost = True
            running.task.cancel()
        except CoachError as error:
            _log.warning("a turn's lock could not be renewed: %s", error.code)
        else:
            if mark == "interrupt":
                attempt.stopped.set()
            if mark == "rollback":
                running.is_withdrawn = True
                running.task.cancel()
