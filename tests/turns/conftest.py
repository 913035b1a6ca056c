from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from redis.asyncio import Redis

from evals.drills.light import Place, database_in, service_on
from graphs.turns import CoachService
from infra.database import Database
from infra.redis import open_redis
from infra.settings import load_settings

Build = Callable[..., CoachService]


@pytest.fixture
async def redis(tmp_path: Path) -> AsyncIterator[Redis]:
    async with open_redis(load_settings({"COACH_DATA_DIR": str(tmp_path)})) as client:
        yield client


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = database_in(tmp_path)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def build(redis: Redis, database: Database, tmp_path: Path) -> AsyncIterator[Build]:
    """Light coaches on the same stores, as if each were a process of its own."""
    async with AsyncExitStack() as stack:

        def build(lease_ms: int = 500, fenced: bool = True) -> CoachService:
            place = Place(tmp_path / "unused", "", tmp_path, lease_ms=lease_ms, fenced=fenced)
            service = service_on(redis, database, place)
            stack.push_async_callback(service.close)
            return service

        yield build
