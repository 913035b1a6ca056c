"""Threads: made, found, labelled, read and deleted."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from api.auth import Callers
from api.routers.langgraph.room import Room, new_uuid
from api.routers.langgraph.schemas import CheckpointQuery, HistoryQuery, ThreadCreate, ThreadPatch, ThreadSearch
from api.routers.langgraph.views import matches, state
from infra.errors import Conflict, NotFound
from learners.threads import Thread

Found = list[dict[str, Any]]


def router(room: Room, callers: Callers) -> APIRouter:
    """/threads and below, without runs."""
    routes = APIRouter(prefix="/threads")
    Tenant = Annotated[str, Depends(callers.tenant)]

    @routes.post("")
    async def create(tenant: Tenant, body: ThreadCreate) -> dict[str, Any]:
        labels = {key: value for key, value in (body.metadata or {}).items() if value is not None}
        named = str(body.thread_id or new_uuid())
        try:
            made = await room.threads.create(tenant, named, labels)
        except Conflict:
            if body.if_exists != "do_nothing":
                raise
            made = await room.threads.get(tenant, named)
        return await room.shown(tenant, made)

    @routes.post("/search")
    async def search(tenant: Tenant, body: ThreadSearch) -> Found:
        found = await _found(room, tenant, body)
        page = found[body.offset : body.offset + body.limit]
        return list(await asyncio.gather(*(room.shown(tenant, thread) for thread in page)))

    @routes.post("/count")
    async def count(tenant: Tenant, body: ThreadSearch) -> int:
        return len(await _found(room, tenant, body))

    @routes.get("/{thread_id}")
    async def get(tenant: Tenant, thread_id: UUID) -> dict[str, Any]:
        return await room.shown(tenant, await room.threads.get(tenant, str(thread_id)))

    @routes.patch("/{thread_id}")
    async def label(tenant: Tenant, thread_id: UUID, body: ThreadPatch) -> dict[str, Any]:
        return await room.shown(tenant, await room.threads.label(tenant, str(thread_id), body.metadata))

    @routes.delete("/{thread_id}", status_code=204)
    async def delete(tenant: Tenant, thread_id: UUID) -> Response:
        thread = await room.threads.get(tenant, str(thread_id))
        if await room.statuses(tenant, [thread]) == ["busy"]:
            raise Conflict("A turn runs on this thread: delete it when the turn has ended.", retry_after=1)
        await room.remove(tenant, str(thread_id))
        return Response(status_code=204)

    @routes.get("/{thread_id}/state")
    async def current(tenant: Tenant, thread_id: UUID) -> dict[str, Any]:
        return state(await room.newest(tenant, str(thread_id)), str(thread_id))

    @routes.get("/{thread_id}/state/{checkpoint_id}")
    async def at(tenant: Tenant, thread_id: UUID, checkpoint_id: str) -> dict[str, Any]:
        return await _state_at(room, tenant, str(thread_id), checkpoint_id)

    @routes.post("/{thread_id}/state/checkpoint")
    async def at_checkpoint(tenant: Tenant, thread_id: UUID, body: CheckpointQuery) -> dict[str, Any]:
        return await _state_at(room, tenant, str(thread_id), body.checkpoint.get("checkpoint_id"))

    @routes.get("/{thread_id}/history")
    async def past(tenant: Tenant, thread_id: UUID) -> Found:
        return await _history(room, tenant, str(thread_id), None)

    @routes.post("/{thread_id}/history")
    async def history(tenant: Tenant, thread_id: UUID, body: HistoryQuery) -> Found:
        return await _history(room, tenant, str(thread_id), body.before)

    return routes


async def _found(room: Room, tenant: str, query: ThreadSearch) -> list[Thread]:
    """All threads that match, in the order asked for."""
    wanted = {key: value for key, value in (query.metadata or {}).items() if value is not None}
    owner = wanted.pop("learner_id", None)
    ids = None if query.ids is None else {str(identity) for identity in query.ids}
    found = [
        thread
        for thread in await room.threads.newest(tenant, None if owner is None else str(owner))
        if (ids is None or thread.thread_id in ids) and matches(thread.labels, wanted)
    ]
    if query.status is not None:
        statuses = await room.statuses(tenant, found)
        found = [thread for thread, status in zip(found, statuses, strict=True) if status == query.status]
    return _sorted(found, query)


def _sorted(found: list[Thread], query: ThreadSearch) -> list[Thread]:
    keys = {"thread_id": lambda thread: thread.thread_id, "created_at": lambda thread: thread.created_at}
    by = keys.get(query.sort_by or "", lambda thread: thread.updated_at)
    return sorted(found, key=by, reverse=query.sort_order != "asc")


async def _state_at(room: Room, tenant: str, thread_id: str, checkpoint_id: str | None) -> dict[str, Any]:
    """The state at a checkpoint: the newest is kept, so older ones are NotFound."""
    found = await room.newest(tenant, thread_id)
    if checkpoint_id and (found is None or found.checkpoint["id"] != checkpoint_id):
        raise NotFound("This checkpoint is not kept: a thread has its newest one only.")
    return state(found, thread_id)


async def _history(room: Room, tenant: str, thread_id: str, before: str | Mapping[str, Any] | None) -> Found:
    """The states there are, the newest first: one, or none before the first turn and before the newest."""
    found = await room.newest(tenant, thread_id)
    return [] if found is None or before else [state(found, thread_id)]
