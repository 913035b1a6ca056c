"""LangGraph's routes over a light coach whose sentences come as slowly as a test wants; it can be started again."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI

from api import langserve, problems
from api.auth import Callers
from api.ports import House
from api.routers.langgraph import routes as langgraph
from evals.drills.light import Place, database_in, learners_on, service_on
from graphs.checkpoint import RedisSaver
from infra.redis import connect
from tests.wire import serving


class LightHouse:
    """What the routes need of a house. `lessons` is what they never ask for."""

    lessons: Any = None

    def __init__(self, folder: Path, redis_url: str, lease_ms: int) -> None:
        self._place = Place(folder / "unused", redis_url, folder, lease_ms=lease_ms)

    async def health(self) -> Sequence[Mapping[str, Any]]:
        return []

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        self.database = database_in(self._place.folder)
        await self.database.open()
        self.learners = learners_on(self.database)
        async with connect(self._place.redis_url) as redis:
            self.saver = RedisSaver(redis, ttl_days=1)
            self.coach = service_on(redis, self.database, self._place)
            await self.coach.start()
            yield
            await self.coach.drain(0)  # what runs is left to the next start
            await self.coach.close()
        await self.database.close()


@contextmanager
def light_server(folder: Path, redis_url: str, lease_ms: int = 500) -> Iterator[str]:
    """Its base URL. Two of them on one folder and Redis are siblings."""
    house = LightHouse(folder, redis_url, lease_ms)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with house.opened():
            yield

    app, callers = FastAPI(lifespan=lifespan), Callers(())
    problems.install(app)
    app.include_router(langgraph.router(cast(House, house), callers))
    app.include_router(langserve.router(cast(House, house), callers))
    with serving(app) as url:
        yield url
