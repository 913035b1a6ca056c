from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from redis.asyncio import Redis

from evals.drills.light import Place, database_in, service_on
from graphs.turns import CoachService
from infra.database import Database
from infra.redis import connect, open_redis
from infra.settings import load_settings
from tests.valkeys import Guarded, Server, cluster, cluster_url, guarded

Build = Callable[..., CoachService]


@pytest.fixture(scope="session")
def valkey_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, ...]]:
    with cluster(tmp_path_factory.mktemp("cluster")) as nodes:
        yield nodes


@pytest.fixture(scope="session")
def valkey_guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    with guarded(tmp_path_factory.mktemp("guarded"), sentinels=1) as servers:
        yield servers


@pytest.fixture
def redis_at(request: pytest.FixtureRequest) -> str:
    """The URL of the Redis of a test: the embedded one, unless the test is parametrized with another."""
    where = getattr(request, "param", "embedded")
    if where == "cluster":
        return cluster_url(request.getfixturevalue("valkey_cluster"))
    if where == "sentinel":
        return str(request.getfixturevalue("valkey_guarded").url)
    return ""


@pytest.fixture
async def redis(redis_at: str, tmp_path: Path) -> AsyncIterator[Redis]:
    async with AsyncExitStack() as stack:
        opening = connect(redis_at) if redis_at else open_redis(load_settings({"COACH_DATA_DIR": str(tmp_path)}))
        client = await stack.enter_async_context(opening)
        if redis_at:  # shared by the tests of a run
            await client.flushall()
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
