"""Jobs in Redis: each the list of its events, so that any process that shares the Redis can tell of it."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from redis.asyncio import Redis

from infra.errors import RateLimited
from infra.redis import redis_errors
from tools.jobs.events import JobEvent

TTL_S = 60 * 60
LEASE_MS = 10_000
MOST_OPEN = 16
MOST_KEPT = 200
BUSY_RETRY_S = 2.0


class JobStore:
    """All keys of a tenant share a hash tag. Every method raises Unavailable when Redis is down.

    A job whose process is silent for `LEASE_MS` is lost. `prefix` starts every key. EXISTS and UNLINK are written out:
    redis-py's methods of these names do nothing in a Cluster's pipeline.
    """

    def __init__(self, client: Redis, *, prefix: str = "coach") -> None:
        self._client = client
        self._prefix = prefix

    async def open(self, tenant: str, job: str, first: JobEvent, now: float) -> None:
        """Keeps a new job; the oldest ones make room. `now`: Unix time. Raises RateLimited when too many are open."""
        is_open, kept = self._index(tenant, "open"), self._index(tenant, "kept")
        with redis_errors():
            async with self._client.pipeline() as pipe:
                pipe.zremrangebyscore(is_open, "-inf", now - LEASE_MS / 1000)
                pipe.zadd(is_open, {job: now})
                pipe.zcard(is_open)
                pipe.expire(is_open, TTL_S)
                count = (await pipe.execute())[2]
            if count > MOST_OPEN:
                await self._client.zrem(is_open, job)
                raise RateLimited(f"{MOST_OPEN} jobs are open already. Wait for one to end.", retry_after=BUSY_RETRY_S)
            async with self._client.pipeline() as pipe:
                pipe.set(self._key(tenant, job, "alive"), 1, px=LEASE_MS)
                pipe.rpush(self._key(tenant, job, "events"), json.dumps(first))
                pipe.expire(self._key(tenant, job, "events"), TTL_S)
                pipe.zadd(kept, {job: now})
                pipe.zrange(kept, 0, -MOST_KEPT - 1)
                pipe.zremrangebyrank(kept, 0, -MOST_KEPT - 1)
                pipe.expire(kept, TTL_S)
                surplus = (await pipe.execute())[4]
            for old in surplus:
                await self._client.unlink(self._key(tenant, old.decode(), "events"))

    async def append(self, tenant: str, job: str, event: JobEvent, *, is_last: bool) -> None:
        events = self._key(tenant, job, "events")
        with redis_errors():
            async with self._client.pipeline() as pipe:
                pipe.rpushx(events, json.dumps(event, ensure_ascii=False))  # nothing when it was forgotten meanwhile
                pipe.expire(events, TTL_S)
                if is_last:
                    pipe.execute_command("UNLINK", self._key(tenant, job, "alive"))
                    pipe.execute_command("UNLINK", self._key(tenant, job, "cancel"))
                    pipe.zrem(self._index(tenant, "open"), job)
                await pipe.execute()

    async def read(self, tenant: str, job: str, after: int = -1) -> tuple[list[JobEvent], bool]:
        """The events after the one numbered `after`, and whether the job's process lives."""
        with redis_errors():
            async with self._client.pipeline() as pipe:
                pipe.lrange(self._key(tenant, job, "events"), after + 1, -1)
                pipe.execute_command("EXISTS", self._key(tenant, job, "alive"))
                found, alive = await pipe.execute()
        return [json.loads(event) for event in found], bool(alive)

    async def renew(self, tenant: str, jobs: Collection[str], now: float) -> set[str]:
        """Says that these jobs' process lives. Returns those that somebody wants cancelled."""
        is_open = self._index(tenant, "open")
        with redis_errors():
            async with self._client.pipeline() as pipe:
                for job in jobs:
                    pipe.execute_command("EXISTS", self._key(tenant, job, "cancel"))
                for job in jobs:
                    pipe.set(self._key(tenant, job, "alive"), 1, px=LEASE_MS)
                pipe.zadd(is_open, dict.fromkeys(jobs, now), xx=True)
                wanted = await pipe.execute()
        return {job for job, is_wanted in zip(jobs, wanted, strict=False) if is_wanted}

    async def ask_to_cancel(self, tenant: str, job: str) -> None:
        with redis_errors():
            await self._client.set(self._key(tenant, job, "cancel"), 1, px=LEASE_MS)

    async def forget(self, tenant: str, job: str) -> None:
        with redis_errors():
            async with self._client.pipeline() as pipe:
                for part in ("events", "alive", "cancel"):
                    pipe.execute_command("UNLINK", self._key(tenant, job, part))
                pipe.zrem(self._index(tenant, "open"), job)
                pipe.zrem(self._index(tenant, "kept"), job)
                await pipe.execute()

    async def names(self, tenant: str, now: float) -> Sequence[str]:
        """Ids of the tenant's jobs that are kept, the newest first."""
        with redis_errors():
            found: list[Any] = await self._client.zrangebyscore(self._index(tenant, "kept"), now - TTL_S, "+inf")
        return [name.decode() for name in reversed(found)]

    def _key(self, tenant: str, job: str, part: str) -> str:
        return f"{self._prefix}:tools:{{{tenant}}}:{job}:{part}"

    def _index(self, tenant: str, name: str) -> str:
        return f"{self._prefix}:tools:{{{tenant}}}:{name}"
