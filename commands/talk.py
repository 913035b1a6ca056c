"""Two ways to talk with the coach from a terminal: through the running server, or with the house opened here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

from infra.settings import Settings


class Talk(Protocol):
    """A way to say something to the coach: through the running server, or in this process."""

    def stream(self, body: dict[str, Any]) -> AsyncIterator[dict[str, Any]]: ...

    async def health(self) -> list[dict[str, Any]]: ...


class Here:
    """The house in this process."""

    def __init__(self, house: Any) -> None:
        self._house = house

    async def stream(self, body: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        from graphs.turns import TurnRequest
        from infra.scope import scope_of

        request = TurnRequest.model_validate(body)
        async for event in self._house.coach.stream(request, scope_of(request.learner_id)):
            yield dict(event)

    async def health(self) -> list[dict[str, Any]]:
        return [dict(row) for row in await self._house.health()]


class There:
    """The server that is already running."""

    def __init__(self, url: str, settings: Settings) -> None:
        self._url = url
        self._headers = _key_headers(settings)

    async def stream(self, body: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        from langserve import RemoteRunnable

        coach: Any = RemoteRunnable(f"{self._url}/coach", headers=self._headers)
        async for event in coach.astream(body):
            yield event

    async def health(self) -> list[dict[str, Any]]:
        import httpx

        async with httpx.AsyncClient(base_url=self._url, headers=self._headers) as client:
            rows: list[dict[str, Any]] = (await client.get("/api/v1/health")).raise_for_status().json()
            return rows


def _key_headers(settings: Settings) -> dict[str, str]:
    keys = [key.get_secret_value().rpartition(":")[2] for key in settings.api_keys]
    return {"X-API-Key": keys[0]} if keys else {}


@asynccontextmanager
async def talk_with(settings: Settings) -> AsyncIterator[Talk]:
    """The running server where there is one on this data folder, else the house opened here."""
    from house import House, running_server

    url = running_server(settings)
    if url is not None:
        yield There(url, settings)
        return
    house = House(settings)
    async with house.opened():
        yield Here(house)
        await house.relay.drain()
