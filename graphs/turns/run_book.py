"""Which turn a run is: for protocols whose clients know a turn by a run's id, in any process and after a restart."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from redis.asyncio import Redis

from graphs.turns.keys import thread_key
from infra.redis import redis_errors

TTL_MS = 24 * 60 * 60 * 1000  # as long as the events of a turn that has ended
MOST_RUNS = 100

# KEYS: the thread's runs (hash of id to record), their order (list). ARGV: id, record, ttl_ms, most runs
ADD = """
local runs, order = unpack(KEYS)
local id, record, ttl_ms, most = unpack(ARGV)
if redis.call('HSET', runs, id, record) == 1 then redis.call('RPUSH', order, id) end
while redis.call('LLEN', order) > tonumber(most) do redis.call('HDEL', runs, redis.call('LPOP', order)) end
redis.call('PEXPIRE', runs, ttl_ms)
redis.call('PEXPIRE', order, ttl_ms)
"""

# KEYS: as of ADD. ARGV: id
REMOVE = """
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('LREM', KEYS[2], 0, ARGV[1])
"""

# KEYS: as of ADD. The newest first.
LIST = """
local found = {}
for _, id in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do table.insert(found, 1, redis.call('HGET', KEYS[1], id)) end
return found
"""

Record = Mapping[str, Any]


class RunBook:
    """Records of runs, plain JSON, kept for a day: the newest `MOST_RUNS` of a thread. Raises Unavailable."""

    def __init__(self, client: Redis, prefix: str = "coach") -> None:
        self._client = client
        self._prefix = prefix
        self._add, self._remove, self._list = (client.register_script(script) for script in (ADD, REMOVE, LIST))

    async def add(self, tenant: str, thread_id: str, run_id: str, record: Record) -> None:
        with redis_errors():
            await asyncio.gather(
                self._add(self._keys(tenant, thread_id), [run_id, json.dumps(record), TTL_MS, MOST_RUNS]),
                self._client.set(self._place(tenant, run_id), thread_id, px=TTL_MS),
            )

    async def remove(self, tenant: str, thread_id: str, run_id: str) -> None:
        with redis_errors():
            await self._remove(self._keys(tenant, thread_id), [run_id])

    async def get(self, tenant: str, thread_id: str, run_id: str) -> Record | None:
        with redis_errors():
            found = await self._client.hget(self._keys(tenant, thread_id)[0], run_id)
        return None if found is None else cast(Record, json.loads(found))

    async def of(self, tenant: str, thread_id: str) -> Sequence[Record]:
        """The thread's runs, the newest first."""
        with redis_errors():
            return [json.loads(record) for record in await self._list(self._keys(tenant, thread_id)) if record]

    async def thread_of(self, tenant: str, run_id: str) -> str | None:
        with redis_errors():
            found = cast(bytes | None, await self._client.get(self._place(tenant, run_id)))
        return None if found is None else found.decode()

    async def forget(self, tenant: str, thread_id: str) -> None:
        with redis_errors():
            await self._client.delete(*self._keys(tenant, thread_id))

    def _keys(self, tenant: str, thread_id: str) -> tuple[str, str]:
        thread = f"{tenant}:{thread_id}"
        return thread_key(self._prefix, "runs", thread), thread_key(self._prefix, "run-order", thread)

    def _place(self, tenant: str, run_id: str) -> str:
        return thread_key(self._prefix, "run", f"{tenant}:{run_id}")
