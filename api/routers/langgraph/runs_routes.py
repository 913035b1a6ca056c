"""Runs: streamed, waited for, started in the background, joined, stopped."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import TypeAdapter, ValidationError

from api.auth import Callers
from api.routers.langgraph.room import Room
from api.routers.langgraph.runs import Run
from api.routers.langgraph.schemas import MAX_PAGE, Mode, Modes, RunCreate
from api.routers.langgraph.starting import start, start_alone
from api.routers.langgraph.wire import END, Translation, after, sse
from infra.errors import BadInput

_NO_CACHE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_MODES: TypeAdapter[tuple[Mode, ...]] = TypeAdapter(Modes)
Done = Callable[[], Awaitable[None]]


async def _nothing() -> None:
    """Nothing is left to do after the run."""


def router(room: Room, callers: Callers) -> APIRouter:
    """/threads/{thread_id}/runs and below, and /runs for runs without a thread."""
    routes = APIRouter()
    Tenant = Annotated[str, Depends(callers.tenant)]
    Last = Annotated[str | None, Header(alias="Last-Event-ID")]
    Wanted = Annotated[list[str] | None, Query(alias="stream_mode")]

    def tidied(tenant: str, run: Run, body: RunCreate) -> Done:
        async def remove() -> None:
            await room.remove(tenant, run.turn.thread_id)

        return _nothing if body.on_completion == "keep" else remove

    @routes.post("/threads/{thread_id}/runs/stream")
    async def stream(tenant: Tenant, thread_id: UUID, body: RunCreate) -> Response:
        return _streamed(await start(room, tenant, str(thread_id), body), body.stream_mode, None)

    @routes.post("/threads/{thread_id}/runs/wait")
    async def wait(tenant: Tenant, thread_id: UUID, body: RunCreate) -> Response:
        return await _waited(await start(room, tenant, str(thread_id), body))

    @routes.post("/threads/{thread_id}/runs")
    async def create(tenant: Tenant, thread_id: UUID, body: RunCreate) -> Response:
        run = await start(room, tenant, str(thread_id), body)
        return JSONResponse(run.view(), headers=_places(run, "stream"))

    @routes.post("/runs/stream")
    async def stream_alone(tenant: Tenant, body: RunCreate) -> Response:
        run = await start_alone(room, tenant, body)
        return _streamed(run, body.stream_mode, None, tidied(tenant, run, body))

    @routes.post("/runs/wait")
    async def wait_alone(tenant: Tenant, body: RunCreate) -> Response:
        run = await start_alone(room, tenant, body)
        return await _waited(run, tidied(tenant, run, body))

    @routes.get("/threads/{thread_id}/runs")
    async def listed(
        tenant: Tenant,
        thread_id: UUID,
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 10,
        offset: Annotated[int, Query(ge=0)] = 0,
        status: str | None = None,
    ) -> list[dict[str, Any]]:
        await room.threads.get(tenant, str(thread_id))
        found = [run for run in room.runs.of(tenant, str(thread_id)) if status in (None, run.status)]
        return [run.view() for run in found[offset : offset + limit]]

    @routes.get("/threads/{thread_id}/runs/{run_id}")
    async def get(tenant: Tenant, thread_id: UUID, run_id: UUID) -> dict[str, Any]:
        return room.runs.get(tenant, str(run_id), str(thread_id)).view()

    @routes.get("/threads/{thread_id}/runs/{run_id}/join")
    async def join(tenant: Tenant, thread_id: UUID, run_id: UUID) -> Response:
        return await _waited(room.runs.get(tenant, str(run_id), str(thread_id)))

    @routes.get("/threads/{thread_id}/runs/{run_id}/stream")
    async def join_stream(
        tenant: Tenant, thread_id: UUID, run_id: UUID, last: Last = None, wanted: Wanted = None
    ) -> Response:
        run = room.runs.get(tenant, str(run_id), str(thread_id))
        return _streamed(run, _modes(wanted) or run.modes, last)

    @routes.get("/runs/{run_id}/stream")
    async def join_stream_alone(tenant: Tenant, run_id: UUID, last: Last = None, wanted: Wanted = None) -> Response:
        run = room.runs.get(tenant, str(run_id))
        return _streamed(run, _modes(wanted) or run.modes, last)

    @routes.post("/threads/{thread_id}/runs/{run_id}/cancel", status_code=202)
    async def cancel(
        tenant: Tenant, thread_id: UUID, run_id: UUID, wait: bool = False, action: str = "interrupt"
    ) -> Response:
        if action != "interrupt":
            raise BadInput("action must be 'interrupt': what was said to Pika is not taken back.")
        room.runs.stop(room.runs.get(tenant, str(run_id), str(thread_id)))
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


def _places(run: Run, kind: str) -> dict[str, str]:
    """Where the run is, and where a client that lost the connection goes on; relative to the client's base URL."""
    place = f"/threads/{run.turn.thread_id}/runs/{run.turn.run_id}"
    return {"Content-Location": place, "Location": f"{place}/{kind}"}


def _streamed(run: Run, modes: tuple[Mode, ...], last_event_id: str | None, done: Done = _nothing) -> Response:
    headers = {**_NO_CACHE, **_places(run, "stream")}
    return StreamingResponse(_lines(run, modes, last_event_id, done), 200, headers, "text/event-stream")


async def _lines(run: Run, modes: tuple[Mode, ...], last_event_id: str | None, done: Done) -> AsyncIterator[str]:
    """The run's parts from the one after `last_event_id` on; their ids are event number and part number."""
    translation, seen = Translation(run.turn, modes), after(last_event_id)
    number = -1
    async for number, event in run.follow():
        for index, part in enumerate(translation.parts(event, run.values)):
            if (number, index) > seen:
                yield sse(part, f"{number}-{index}")
    await done()
    yield sse(END, f"{number + 1}-0")


async def _waited(run: Run, done: Done = _nothing) -> Response:
    """The thread's values at the run's end; an error inside, as LangGraph's clients expect it."""
    await run.over()
    await done()
    last = run.events[-1] if run.events else None
    if last is not None and last["event"] == "error":
        return JSONResponse(
            {"__error__": {"error": last["code"], "message": last["detail"]}}, headers=_places(run, "join")
        )
    return JSONResponse(dict(run.values), headers=_places(run, "join"))
