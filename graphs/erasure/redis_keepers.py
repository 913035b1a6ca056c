"""What Redis knows of a learner: conversations, turns that run or ran, and the log of what was written."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import cast
from urllib.parse import unquote

from redis.asyncio import Redis

from graphs.turns import CoachService
from graphs.turns.keys import GROUPS, open_turns
from graphs.turns.ledger import Input
from infra.clock import Clock
from infra.redis import redis_errors, rewrite_log
from infra.scope import Scope

SCAN_PAGE = 1000
REWRITE_WAIT_S = 10.0
REWRITE_POLL_S = 0.01


class TurnsKeeper:
    """Checkpoints, the ledger with its finished turns, runs, and the turns that are being played."""

    name = "conversations"
    note = ""

    def __init__(self, client: Redis, coach: CoachService, *, prefix: str = "coach") -> None:
        self._client = client
        self._coach = coach
        self._prefix = prefix

    async def canaries(self, scope: Scope) -> Sequence[str]:
        """Ids of what was uploaded for the learner's turns."""
        with redis_errors():
            turns = [key for key in await self._keys(scope) if key.startswith(f"{self._prefix}:turn:")]
            inputs = [cast(bytes | None, await self._client.hget(key, "input")) for key in turns]
        asked = [Input.loaded(input).request for input in inputs if input is not None]
        return [name for request in asked for name in (request.recording, request.picture) if name]

    async def remove(self, scope: Scope, canaries: Sequence[str]) -> int:
        await self._coach.abandon(scope)
        keys = sorted(await self._keys(scope), key=self._order)
        threads = {_thread(key, scope) for key in keys}
        for thread in threads:
            await self._coach.runs.forget(scope.tenant, thread)
        with redis_errors():
            removed = sum([int(await self._client.unlink(key)) for key in keys])
            for list_key, members in await self._listed(scope):
                removed += int(await self._client.zrem(list_key, *members))
        return removed

    async def traces(self, scope: Scope, canaries: Sequence[str]) -> int:
        return len(await self._keys(scope)) + sum(len(members) for _, members in await self._listed(scope))

    def _order(self, key: str) -> int:
        """Queues first: nobody takes up a turn then. Locks next: whoever plays one can write no more."""
        kinds = (f"{self._prefix}:turn-queue:", f"{self._prefix}:turn-lock:")
        return next((place for place, kind in enumerate(kinds) if key.startswith(kind)), len(kinds))

    async def _keys(self, scope: Scope) -> list[str]:
        """Keys whose name holds the learner's: ids have no character that a pattern would take for more."""
        with redis_errors():
            found = [key.decode() async for key in self._client.scan_iter(match=f"*{scope.key}:*", count=SCAN_PAGE)]
        return [key for key in found if f":{scope.key}:" in key or f"{{{scope.key}:" in key]

    async def _listed(self, scope: Scope) -> list[tuple[str, list[bytes]]]:
        """Places of the learner's turns in the lists that recovery reads."""
        found = []
        for group in range(GROUPS):
            key = open_turns(self._prefix, group)
            with redis_errors():
                members = cast(list[bytes], await self._client.zrange(key, 0, -1))
            mine = [member for member in members if member.partition(b" ")[2].startswith(f"{scope.key}:".encode())]
            if mine:
                found.append((key, mine))
        return found


class RedisLogKeeper:
    """The append-only file, written anew so that deleted bytes leave the disk."""

    name, note = "redis log", ""

    def __init__(self, client: Redis, clock: Clock, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._client = client
        self._clock = clock
        self._sleep = sleep

    async def canaries(self, scope: Scope) -> Sequence[str]:
        return ()

    async def remove(self, scope: Scope, canaries: Sequence[str]) -> int:
        if not await self._info("aof_enabled"):
            return 0
        await self._settled()  # one that is under way began before the deletions
        await rewrite_log(self._client)
        await self._settled()
        return 0

    async def traces(self, scope: Scope, canaries: Sequence[str]) -> int:
        """1 while the old log may still be there; its bytes are searched with the files."""
        return int(await self._rewriting())

    async def _settled(self) -> None:
        deadline = self._clock.monotonic() + REWRITE_WAIT_S
        while await self._rewriting() and self._clock.monotonic() < deadline:
            await self._sleep(REWRITE_POLL_S)

    async def _rewriting(self) -> int:
        return await self._info("aof_rewrite_in_progress") or await self._info("aof_rewrite_scheduled")

    async def _info(self, field: str) -> int:
        with redis_errors():
            found = await self._client.info("persistence")
        return int(found.get(field, 0))


def _thread(key: str, scope: Scope) -> str:
    return unquote(key.rpartition(f"{scope.key}:")[2].rstrip("}"))
