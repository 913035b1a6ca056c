"""Answers with what a run comes to: as a stream of parts, or as the values at its end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from fastapi import Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from api.routers.langgraph.runs import Run, Runs
from api.routers.langgraph.schemas import Mode
from api.routers.langgraph.wire import END, Translation, after, sse

_NO_CACHE = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
Done = Callable[[], Awaitable[None]]


async def nothing() -> None:
    """Nothing is left to do after the run."""


def places(run: Run, kind: str) -> dict[str, str]:
    """Where the run is, and where a client that lost the connection goes on; relative to the client's base URL."""
    place = f"/threads/{run.thread_id}/runs/{run.run_id}"
    return {"Content-Location": place, "Location": f"{place}/{kind}"}


class Played:
    """`goes` in its calls: the turn is stopped when its listener goes away before its end."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs

    def streamed(
        self, run: Run, modes: tuple[Mode, ...], last_event_id: str | None = None, *, goes: bool, done: Done = nothing
    ) -> Response:
        headers = {**_NO_CACHE, **places(run, "stream")}
        lines = self._lines(run, modes, last_event_id, goes, done)
        return StreamingResponse(lines, 200, headers, "text/event-stream")

    async def _lines(
        self, run: Run, modes: tuple[Mode, ...], last_event_id: str | None, goes: bool, done: Done
    ) -> AsyncIterator[str]:
        is_whole = False
        try:
            async for line in self._parts(run, modes, last_event_id):
                yield line
            is_whole = True
        finally:
            if goes and not is_whole:
                self._runs.stop_behind(run)
        await done()

    async def _parts(self, run: Run, modes: tuple[Mode, ...], last_event_id: str | None) -> AsyncIterator[str]:
        """The run's parts from the one after `last_event_id` on; their ids are event number and part number."""
        translation, seen = Translation(await self._runs.turn(run), modes), after(last_event_id)
        number, place = -1, last_event_id or ""
        async for number, event in self._runs.follow(run):
            values = await self._runs.values(run) if event["event"] == "final" else {}
            for index, part in enumerate(translation.parts(event, values)):
                if (number, index) > seen:
                    # an event that only ends the listening has no place: the next connection goes on before it
                    place = f"{number}-{index}" if "id" in event else place
                    yield sse(part, place)
        yield sse(END, f"{number + 1}-0")

    async def waited(self, request: Request, run: Run, *, goes: bool, done: Done = nothing) -> Response:
        """The thread's values at the run's end; an error inside, as LangGraph's clients expect it."""
        ending = asyncio.ensure_future(self._runs.last(run))
        leaving = asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait((ending, leaving) if goes else (ending,), return_when=asyncio.FIRST_COMPLETED)
            if not ending.done():
                self._runs.stop_behind(run)
            last = await ending
        finally:
            leaving.cancel()
            ending.cancel()
        values = dict(await self._runs.values(run))
        await done()
        if last["event"] == "error":
            values = {"__error__": {"error": last["code"], "message": last["detail"]}}
        return JSONResponse(values, headers=places(run, "join"))


async def _left(request: Request) -> None:
    """Returns when the caller has gone away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
