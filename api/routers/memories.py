"""What the coach knows of a learner, to be read, corrected and deleted by the family."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.auth import Callers
from api.memory_views import MemoryChange, MemoryView, NewMemory, StatsView
from api.ports import House
from graphs.turns.schemas import LearnerId
from infra.scope import Scope

MOST_LISTED = 200


def router(house: House, callers: Callers) -> APIRouter:
    """/api/v1/learners/{learner_id}/memories/..."""
    routes = APIRouter(prefix="/api/v1/learners/{learner_id}/memories", tags=["memories"])

    async def scope(request: Request, learner_id: LearnerId) -> Scope:
        owned = Scope(tenant=callers.tenant(request), learner_id=learner_id)
        await house.settled()
        return owned

    Owned = Annotated[Scope, Depends(scope)]
    MemoryId = Annotated[str, Path(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]

    @routes.get("")
    async def listed(
        owned: Owned,
        kind: Annotated[str | None, Query(pattern="^(episodic|semantic|procedural)$")] = None,
        current: bool = True,
        limit: Annotated[int, Query(ge=1, le=MOST_LISTED)] = 50,
        after: Annotated[int, Query(ge=0)] = 0,
    ) -> Sequence[MemoryView]:
        """The newest first. `current`: without facts that do not hold any more."""
        found = [m for m in await house.memories.export(owned) if kind in (None, m.kind)]
        kept = [m for m in reversed(found) if not current or m.valid_to is None]
        return [MemoryView.of(memory) for memory in kept[after : after + limit]]

    @routes.get("/search")
    async def search(
        owned: Owned,
        q: Annotated[str, Query(min_length=1, max_length=300)],
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
    ) -> Sequence[MemoryView]:
        vector = await house.embedder.query(q)
        return [MemoryView.of(memory) for memory in await house.memories.retrieve(owned, q, vector, limit=limit)]

    @routes.get("/stats")
    async def stats(owned: Owned) -> StatsView:
        return StatsView.model_validate((await house.memories.stats(owned)).model_dump())

    @routes.get("/export")
    async def export(owned: Owned, response: Response) -> Sequence[MemoryView]:
        """Everything, oldest first, as a file to keep."""
        response.headers["Content-Disposition"] = f'attachment; filename="memories-{owned.learner_id}.json"'
        return [MemoryView.of(memory) for memory in await house.memories.export(owned)]

    @routes.post("", status_code=201)
    async def add(owned: Owned, new: NewMemory) -> MemoryView:
        return MemoryView.of(await house.memories.add(owned, new.text, by=new.by))

    @routes.get("/{memory_id}")
    async def one(owned: Owned, memory_id: MemoryId) -> MemoryView:
        return MemoryView.of(await house.memories.get(owned, memory_id))

    @routes.patch("/{memory_id}")
    async def change(owned: Owned, memory_id: MemoryId, asked: MemoryChange) -> MemoryView:
        """A corrected value has a new id; the old one stays as history."""
        changed = await house.memories.update(owned, memory_id, value=asked.value, pinned=asked.pinned, by=asked.by)
        return MemoryView.of(changed)

    @routes.delete("/{memory_id}", status_code=204)
    async def delete(owned: Owned, memory_id: MemoryId) -> None:
        await house.memories.delete(owned, memory_id)

    @routes.get("/{memory_id}/history")
    async def history(owned: Owned, memory_id: MemoryId) -> Sequence[MemoryView]:
        return [MemoryView.of(memory) for memory in await house.memories.history(owned, memory_id)]

    return routes
