"""One call on its way, which several callers may wait for and watch."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from tools.ports import Outcome


class Call:
    """Steps are told as they happen; the outcome comes once. Callers that leave end nothing."""

    def __init__(self, play: Callable[["Call"], Coroutine[Any, Any, Outcome]]) -> None:
        self.steps: list[str] = []
        self._news = asyncio.Event()
        self._task = asyncio.create_task(play(self))
        self._task.add_done_callback(self._ended)

    def tell(self, step: str) -> None:
        self.steps.append(step)
        self._wake()

    async def outcome(self) -> Outcome:
        """Raises BadInput where the tool did."""
        return await asyncio.shield(self._task)

    async def follow(self) -> AsyncIterator[str]:
        """Every step, from the first to the call's end."""
        seen = 0
        while True:
            while seen < len(self.steps):
                yield self.steps[seen]
                seen += 1
            if self._task.done():
                return
            await self._news.wait()

    def when_done(self, act: Callable[[], None]) -> None:
        self._task.add_done_callback(lambda _: act())

    def _ended(self, task: asyncio.Task[Outcome]) -> None:
        if not task.cancelled():
            task.exception()  # retrieved even when every caller has gone
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
