"""Runs: streamed, waited for, started in the background, joined, stopped."""

import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter, ValidationError

from api.auth import Callers
from api.routers.langgraph.played import Done, Played, nothing, places
from api.routers.langgraph.room import Room
from api.routers.langgraph.runs import Run
from api.routers.langgraph.schemas import MAX_PAGE, Mode, Modes, RunCreate
from api.routers.langgraph.starting import start, start_alone
from graphs.turns.ledger import Stop
from infra.errors import BadInput

_MODES: TypeAdapter[tuple[Mode, ...]] = TypeAdapter(Modes)


def router(room: Room, callers: Callers) -> APIRouter:
    """/threads/{thread_id}/runs and below, and /runs for runs without a thread."""
    routes = APIRouter()
    Tenant = Annotated[str, Depends(callers.tenant)]
    Last = Annotated[str | None, Header(alias="Last-Event-ID")]
    Wanted = Annotated[list[str] | None, Query(alias="stream_mode")]

    Goes = Annotated[bool, Query(alias="cancel_on_disconnect")]
    played = Played(room.runs)

    def tidied(tenant: str, run: Run, body: RunCreate) -> Done:
        async def remove() -> None:
            await room.remove(tenant, run.thread_id)

        return nothing if body.on_completion == "keep" else remove

    @routes.post("/threads/{thread_id}/runs/stream")
    async def stream(tenant: Tenant, thread_id: UUID, body: RunCreate) -> Response:
        run = await start(room, tenant, str(thread_id), body)
        return played.streamed(run, body.stream_mode, goes=_goes(body))

    @routes.post("/threads/{thread_id}/runs/wait")
    async def wait(request: Request, tenant: Tenant, thread_id: UUID, body: RunCreate) -> Response:
        return await played.waited(request, await start(room, tenant, str(thread_id), body), goes=_goes(body))

    @routes.post("/threads/{thread_id}/runs")
    async def create(tenant: Tenant, thread_id: UUID, body: RunCreate) -> Response:
        run = await start(room, tenant, str(thread_id), body)
        return JSONResponse(run.view("running"), headers=places(run, "stream"))

    @routes.post("/runs/stream")
    async def stream_alone(tenant: Tenant, body: RunCreate) -> Response:
        run = await start_alone(room, tenant, body)
        return played.streamed(run, body.stream_mode, goes=_goes(body), done=tidied(tenant, run, body))

    @routes.post("/runs/wait")
    async def wait_alone(request: Request, tenant: Tenant, body: RunCreate) -> Response:
        run = await start_alone(room, tenant, body)
        return await played.waited(request, run, goes=_goes(body), done=tidied(tenant, run, body))

    @routes.get("/threads/{thread_id}/runs")
    async def listed(
        tenant: Tenant,
        thread_id: UUID,
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 10,
        offset: Annotated[int, Query(ge=0)] = 0,
        status: str | None = None,
    ) -> list[dict[str, Any]]:
        await room.threads.get(tenant, str(thread_id))
        found = [(run, now) for run, now in await room.runs.of(tenant, str(thread_id)) if status in (None, now)]
        return [run.view(now) for run, now in found[offset : offset + limit]]

    @routes.get("/threads/{thread_id}/runs/{run_id}")
    async def get(tenant: Tenant, thread_id: UUID, run_id: UUID) -> dict[str, Any]:
        run = await room.runs.get(tenant, str(run_id), str(thread_id))
        return run.view(await room.runs.status(run))

    @routes.get("/threads/{thread_id}/runs/{run_id}/join")
    async def join(request: Request, tenant: Tenant, thread_id: UUID, run_id: UUID, goes: Goes = False) -> Response:
        return await played.waited(request, await room.runs.get(tenant, str(run_id), str(thread_id)), goes=goes)

    @routes.get("/threads/{thread_id}/runs/{run_id}/stream")
    async def join_stream(
        tenant: Tenant, thread_id: UUID, run_id: UUID, last: Last = None, wanted: Wanted = None, goes: Goes = False
    ) -> Response:
        run = await room.runs.get(tenant, str(run_id), str(thread_id))
        return played.streamed(run, _modes(wanted) or run.modes, last, goes=goes)

    @routes.get("/runs/{run_id}/stream")
    async def join_stream_alone(
        tenant: Tenant, run_id: UUID, last: Last = None, wanted: Wanted = None, goes: Goes = False
    ) -> Response:
        run = await room.runs.get(tenant, str(run_id))
        return played.streamed(run, _modes(wanted) or run.modes, last, goes=goes)

    @routes.post("/threads/{thread_id}/runs/{run_id}/cancel", status_code=202)
    async def cancel(
        tenant: Tenant, thread_id: UUID, run_id: UUID, wait: bool = False, action: Stop = "interrupt"
    ) -> Response:
        run = await room.runs.get(tenant, str(run_id), str(thread_id))
        await room.runs.stop(run, action)
        if wait:
            await room.runs.last(run)
        return Response(status_code=204 if wait else 202)

    return routes


def _modes(wanted: list[str] | None) -> tuple[Mode, ...]:
    """Modes of a query: repeated, or as one JSON list, as the JavaScript client sends them."""
    named = [mode for mode in wanted or () if mode]  # the Python client sends an empty one for None
    if not named:
        return ()
    try:
        given = json.loads(named[0]) if named[0].startswith("[") else named
        return _MODES.validate_python(given)
    except (ValueError, ValidationError):
        raise BadInput("stream_mode: unknown.") from None


def _goes(body: RunCreate) -> bool:
    """Whether the turn shall stop when its listener goes away."""
    return body.on_disconnect == "cancel"
