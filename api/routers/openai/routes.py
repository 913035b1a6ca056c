"""/v1/models and /v1/chat/completions."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from api.auth import Callers
from api.failures import error_of
from api.ports import House
from api.routers.openai.asked import asked
from api.routers.openai.errors import OpenAIRoute
from api.routers.openai.schemas import MODEL, ChatRequest
from api.routers.openai.wire import Answer, completion, lines, opening
from graphs.turns import TurnEvent
from infra.clock import Clock, SystemClock
from infra.errors import NotFound
from infra.scope import Scope

_CARD = {"id": MODEL, "object": "model", "created": 1767225600, "owned_by": "pika"}  # 2026-01-01
_NO_CACHE = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def router(house: House, callers: Callers, clock: Clock | None = None) -> APIRouter:
    """OpenAI's routes; errors in its own shape."""
    routes = APIRouter(prefix="/v1", tags=["openai"], route_class=OpenAIRoute)
    now = (clock or SystemClock()).now
    Tenant = Annotated[str, Depends(callers.tenant)]

    @routes.get("/models")
    async def models(tenant: Tenant) -> dict[str, Any]:
        return {"object": "list", "data": [_CARD]}

    @routes.get("/models/{model}")
    async def model(tenant: Tenant, model: str) -> dict[str, Any]:
        if model != MODEL:
            raise NotFound(f"There is no model of this name. Use '{MODEL}'.")
        return _CARD

    @routes.post("/chat/completions")
    async def chat(tenant: Tenant, body: ChatRequest, request: Request) -> Response:
        turn = asked(body, tenant, request.headers)
        events = house.coach.stream(turn, Scope(tenant=tenant, learner_id=turn.learner_id))
        turn_id, first = await _begun(events)
        answer = Answer(
            turn_id=turn_id,
            created=int(now().timestamp()),
            prompt=turn.text,
            both_languages=turn.vietnamese_help,
            usage=body.stream_options is not None and body.stream_options.include_usage,
        )
        if body.stream:
            return StreamingResponse(_streamed(first, events, answer), 200, _NO_CACHE, "text/event-stream")
        return JSONResponse(completion(await _final(first, events), answer))

    return routes


async def _begun(events: AsyncIterator[TurnEvent]) -> tuple[str, TurnEvent]:
    """The turn's id and its first word. Raises what kept it from speaking, while there still is a status to send."""
    turn_id = ""
    async for event in events:
        turn_id = event.get("turn_id", turn_id)
        if event["event"] == "error":
            raise error_of(event)
        if event["event"] != "status":
            return turn_id, event
    raise RuntimeError("a turn ended without an event")


async def _final(first: TurnEvent, events: AsyncIterator[TurnEvent]) -> TurnEvent:
    last = first
    async for event in events:
        last = event
    if last["event"] == "error":
        raise error_of(last)
    return last


async def _streamed(first: TurnEvent, events: AsyncIterator[TurnEvent], answer: Answer) -> AsyncIterator[str]:
    yield opening(answer)
    for line in lines(first, answer):
        yield line
    async for event in events:
        for line in lines(event, answer):
            yield line
