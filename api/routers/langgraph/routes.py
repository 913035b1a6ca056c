"""Everything under /langgraph, the base URL for LangGraph's clients."""

from fastapi import APIRouter

from api.auth import Callers
from api.ports import House
from api.routers.langgraph import assistants, runs_routes, threads
from api.routers.langgraph.room import Room
from infra.clock import Clock, SystemClock

PREFIX = "/langgraph"


def router(house: House, callers: Callers, clock: Clock | None = None) -> APIRouter:
    routes = APIRouter(prefix=PREFIX, tags=["langgraph"])
    room = Room(house, clock or SystemClock())
    routes.include_router(assistants.router(house, callers))
    routes.include_router(threads.router(room, callers))
    routes.include_router(runs_routes.router(room, callers))
    return routes
