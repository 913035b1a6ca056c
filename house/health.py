"""Asks every backend how it is."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from redis.asyncio import Redis

from infra.database import Database
from infra.errors import CoachError, Unavailable
from infra.redis import ping
from infra.settings import Settings
from memory.service import Memories
from providers.config import load_providers
from tools.executor import ToolExecutor


async def health_of(
    database: Database, redis: Redis, memory: Memories, tools: ToolExecutor, settings: Settings
) -> Sequence[Mapping[str, Any]]:
    """One row a backend: `name`, `ok`, `needed` (no turn without it), `detail`, and `remedy` where it is not well.

    Nothing is raised.
    """

    async def checkpoints() -> str:
        return str(await ping(redis))

    async def loaded() -> str:
        if loading := tools.warming():
            raise Unavailable(f"loading {', '.join(loading)}", retry_after=2)
        return f"{len(tools.names())} tools"

    async def providers() -> str:
        return ", ".join([*(provider.name for provider in load_providers(settings)), "scripted"])

    return await asyncio.gather(
        _checked("database", database.ping, "Check COACH_DATABASE_URL, or unset it to use SQLite."),
        _checked("checkpoints", checkpoints, "Check COACH_REDIS_URL, or unset it to use the embedded Valkey."),
        _checked("memory", memory.ping, "Check COACH_QDRANT_URL, or unset it to keep memories in the data folder."),
        _checked("tools", loaded, "They are loading: wait a few seconds.", needed=False),
        _checked("providers", providers, "Check config/providers.yaml and COACH_PROVIDERS."),
    )


async def _checked(
    name: str, ping: Callable[[], Awaitable[str]], remedy: str, *, needed: bool = True
) -> Mapping[str, Any]:
    try:
        return {"name": name, "ok": True, "needed": needed, "detail": await ping()}
    except Exception as error:  # a health report must not fail itself
        detail = error.detail if isinstance(error, CoachError) else type(error).__name__
        return {"name": name, "ok": False, "needed": needed, "detail": detail, "remedy": remedy}
