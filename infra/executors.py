"""Named, bounded thread pools for blocking work, so that the event loop never blocks."""

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from infra.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")


class BoundedExecutor:
    """`threads` workers and at most `pending` calls waiting or running; one more is refused, not queued.

    Abandoning the await (a deadline, a disconnect) does not stop a running call: its place is given
    back only when it ends, so that abandoned work still counts against the bound.
    """

    def __init__(self, name: str, *, threads: int, pending: int) -> None:
        self.name = name
        self.pending = pending
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._in_flight = 0

    @property
    def in_flight(self) -> int:
        return self._in_flight

    async def run(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs `call` on the pool. Raises Unavailable at once when the pool is full."""
        if self._in_flight >= self.pending:
            raise Unavailable(f"The {self.name} pool is full.", retry_after=1)
        loop = asyncio.get_running_loop()
        self._in_flight += 1
        future = self._pool.submit(functools.partial(call, *args, **kwargs))
        future.add_done_callback(lambda _: self._call_back(loop))
        return await asyncio.wrap_future(future)

    def _call_back(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            loop.call_soon_threadsafe(self._leave)
        except RuntimeError:  # the loop is closed: nobody is counting any more
            self._leave()

    def _leave(self) -> None:
        self._in_flight -= 1

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
