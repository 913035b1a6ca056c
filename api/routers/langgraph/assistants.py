"""The one assistant, and what this server is."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends

from api.auth import Callers
from api.ports import House
from api.routers.langgraph import views
from api.routers.langgraph.schemas import AssistantSearch


def router(house: House, callers: Callers) -> APIRouter:
    """/ok, /info and /assistants."""
    routes = APIRouter()
    protected = [Depends(callers.tenant)]

    @routes.get("/ok")
    async def ok() -> dict[str, bool]:
        return {"ok": True}

    @routes.get("/info", dependencies=protected)
    async def info() -> dict[str, Any]:
        flags = {"assistants": True, "crons": False, "langsmith": False}
        return {"version": "1", "flags": flags, "metadata": {"name": "pika-coach"}}

    @routes.post("/assistants/search", dependencies=protected)
    async def search(body: AssistantSearch) -> list[dict[str, Any]]:
        found = _wanted(body)
        return found[body.offset : body.offset + body.limit]

    @routes.post("/assistants/count", dependencies=protected)
    async def count(body: AssistantSearch) -> int:
        return len(_wanted(body))

    @routes.get("/assistants/{assistant_id}", dependencies=protected)
    async def get(assistant_id: Annotated[str, Depends(_known)]) -> dict[str, Any]:
        return views.assistant()

    @routes.get("/assistants/{assistant_id}/schemas", dependencies=protected)
    async def schemas(assistant_id: Annotated[str, Depends(_known)]) -> dict[str, Any]:
        return views.schemas()

    @routes.get("/assistants/{assistant_id}/graph", dependencies=protected)
    async def graph(assistant_id: Annotated[str, Depends(_known)]) -> dict[str, Any]:
        return views.graph(house.coach.drawn())

    @routes.get("/assistants/{assistant_id}/subgraphs", dependencies=protected)
    async def subgraphs(assistant_id: Annotated[str, Depends(_known)]) -> dict[str, Any]:
        return {}  # there are none

    return routes


def _known(assistant_id: str) -> str:
    views.check_assistant(assistant_id)
    return assistant_id


def _wanted(query: AssistantSearch) -> list[dict[str, Any]]:
    one = views.assistant()
    fits = query.graph_id in (None, views.GRAPH) and (query.name or "").lower() in one["name"].lower()
    same = all(one["metadata"].get(key) == value for key, value in (query.metadata or {}).items())
    return [one] if fits and same else []
