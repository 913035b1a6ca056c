"""The one seam to LangServe: a Runnable over the turn service, mounted at /coach.

LangServe would also expose the graph itself, but drops thread ids, leaks inner model calls and cuts the
connection on an exception; through this adapter only our own events leave. LangServe sends no event ids and reads no
Last-Event-ID; the route for /coach/stream adds both.
"""

import json
from collections.abc import AsyncIterable, AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from langchain_core.runnables import Runnable, RunnableConfig
from langserve import APIHandler, add_routes
from sse_starlette.sse import EventSourceResponse

from api.auth import Callers
from api.failures import error_of
from api.ports import House
from graphs.turns import TurnEvent, TurnRequest
from infra.scope import LOCAL_TENANT, Scope

PATH = "/coach"
_TENANT, _SEEN = "pika_tenant", "pika_seen"


class CoachRunnable(Runnable[TurnRequest, TurnEvent]):
    """`ainvoke` gives the final event and raises on failure; `astream` gives every event and never raises."""

    def __init__(self, house: House) -> None:
        self._house = house  # its coach is there once the house is open

    def invoke(self, input: TurnRequest, config: RunnableConfig | None = None, **kwargs: Any) -> TurnEvent:
        raise NotImplementedError("Use ainvoke: the coach is asynchronous.")

    async def ainvoke(self, input: TurnRequest, config: RunnableConfig | None = None, **kwargs: Any) -> TurnEvent:
        request = TurnRequest.model_validate(input)
        event = await self._house.coach.final(request, _scope(request, config))
        if event["event"] == "error":
            raise error_of(event)
        return event

    async def astream(
        self, input: TurnRequest, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[TurnEvent]:
        request = TurnRequest.model_validate(input)
        seen = (config or {}).get("metadata", {}).get(_SEEN)
        async for event in self._house.coach.stream(request, _scope(request, config), last_event_id=seen):
            yield event


def _scope(request: TurnRequest, config: RunnableConfig | None) -> Scope:
    metadata = (config or {}).get("metadata", {})
    return Scope(tenant=str(metadata.get(_TENANT, LOCAL_TENANT)), learner_id=request.learner_id)


def router(house: House, callers: Callers) -> APIRouter:
    """/coach/invoke, /coach/stream, schemas and playground. A client's own `config` changes nothing."""
    routes = APIRouter()

    def asked(config: dict[str, Any], request: Request) -> dict[str, Any]:
        return {"metadata": {_TENANT: callers.tenant(request), _SEEN: request.headers.get("last-event-id")}}

    runnable = CoachRunnable(house).with_types(input_type=TurnRequest, output_type=dict[str, Any])  # type: ignore[arg-type]
    # LangGraph's server adds a "configurable" of its own to every request; `asked` drops it
    options: dict[str, Any] = {"path": PATH, "config_keys": ("configurable",), "per_req_config_modifier": asked}
    handler = APIHandler(runnable, **options)

    @routes.post(f"{PATH}/stream", include_in_schema=False)  # before LangServe's own, which sends no ids
    async def stream(request: Request) -> EventSourceResponse:
        answer = await handler.stream(request)
        answer.body_iterator = _with_ids(answer.body_iterator)
        return answer

    add_routes(
        routes,
        runnable,
        enabled_endpoints=["invoke", "stream", "input_schema", "output_schema", "config_schema", "playground"],
        **options,
    )
    return routes


async def _with_ids(parts: AsyncIterable[Any]) -> AsyncIterator[dict[str, Any]]:
    """Server-sent events that carry our event's id as their own, as `Last-Event-ID` wants it back."""
    async for part in parts:  # dicts, as LangServe makes them
        event_id = json.loads(part["data"]).get("id") if part["event"] == "data" else None
        yield {**part, "id": event_id} if event_id else part
