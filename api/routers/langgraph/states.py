"""Reads and removes a thread's checkpointed state."""

from typing import Any

from langgraph.checkpoint.base import CheckpointTuple

from api.ports import House
from api.routers.langgraph.views import values_of
from graphs.turns.service import thread_key
from infra.scope import Scope


class States:
    """States by scope and thread. The coach keeps the newest checkpoint of a thread only."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def newest(self, scope: Scope, thread_id: str) -> CheckpointTuple | None:
        """None for a thread without a turn. Raises Unavailable."""
        name = thread_key(scope, thread_id)
        return await self._house.saver.aget_tuple({"configurable": {"thread_id": name}})

    async def values(self, scope: Scope, thread_id: str) -> dict[str, Any]:
        return values_of(await self.newest(scope, thread_id))

    async def remove(self, scope: Scope, thread_id: str) -> None:
        await self._house.saver.adelete_thread(thread_key(scope, thread_id))
