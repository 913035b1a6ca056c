"""The one seam to LangServe: a Runnable over the turn service, mounted at /coach.

LangServe would also expose the graph itself, but drops thread ids, leaks inner model calls and cuts the
connection on an exception; through this adapter only our own events leave.
"""

from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from langchain_core.runnables import Runnable, RunnableConfig
from langserve import add_routes

from api.auth import Callers
from api.failures import error_of
from api.ports import House
from graphs.turns import TurnEvent, TurnRequest
from infra.scope import LOCAL_TENANT, Scope

PATH = "/coach"
_TENANT = "pika_tenant"


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
        async for event in self._house.coach.stream(request, _scope(request, config)):
            yield event


def _scope(request: TurnRequest, config: RunnableConfig | None) -> Scope:
    metadata = (config or {}).get("metadata", {})
    return Scope(tenant=str(metadata.get(_TENANT, LOCAL_TENANT)), learner_id=request.learner_id)


def router(house: House, callers: Callers) -> APIRouter:
    """/coach/invoke, /coach/stream, schemas and playground. A client's own `config` changes nothing."""
    routes = APIRouter()

    def with_tenant(config: dict[str, Any], request: Request) -> dict[str, Any]:
        return {"metadata": {_TENANT: callers.tenant(request)}}

    add_routes(
        routes,
        CoachRunnable(house).with_types(input_type=TurnRequest, output_type=dict[str, Any]),  # type: ignore[arg-type]
        path=PATH,
        config_keys=(
            "configurable",
        ),  # LangGraph's server adds one of its own to every request; `with_tenant` drops it
        per_req_config_modifier=with_tenant,
        enabled_endpoints=["invoke", "stream", "input_schema", "output_schema", "config_schema", "playground"],
    )
    return routes
