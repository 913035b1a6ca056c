"""Waiting for something to hold, without a guess how long that takes."""

import asyncio
from collections.abc import Awaitable, Callable

LONGEST_S = 20.0


async def until(holds: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(LONGEST_S):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.005)
