"""Puts the HTTP face together: routers, middleware, error handlers, the page."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles

from api import langserve, problems
from api.auth import Callers
from api.middleware import CORRELATION_HEADER, AllowedHosts, BodyLimit, CorrelationId
from api.page_headers import PageHeaders
from api.ports import House
from api.routers import health, learners, memories, uploads
from api.routers.langgraph import routes as langgraph
from api.routers.openai import routes as openai
from api.routers.tools import routes as tools
from infra.settings import ROOT, Settings

PAGE = ROOT / "web" / "dist"
MEDIA_BODY_BYTES = 14 * 1024 * 1024  # the largest file that is read (`infra.fetch`), in base64
LARGER_BODIES = {
    "/v1/chat/completions": 1024 * 1024,  # OpenAI's clients send the whole conversation every time
    tools.EXECUTE_PATH: MEDIA_BODY_BYTES,
    f"{tools.PATH}/": MEDIA_BODY_BYTES,
    **uploads.LIMITS,
}
READABLE_HEADERS = ("Content-Location", "Location", "Preference-Applied", "Retry-After", CORRELATION_HEADER)
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def create_api(
    house: House, settings: Settings, opened: Callable[[], AbstractAsyncContextManager[None]], page: Path | None = PAGE
) -> FastAPI:
    """The app. `opened` opens the house for as long as the app runs; `page` None: no page at /."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opened():
            yield

    callers = Callers(settings.api_keys)
    app = FastAPI(title="Pika Coach", version="1", lifespan=lifespan, docs_url="/api/docs", redoc_url=None)
    problems.install(app)
    app.include_router(health.router(house, callers))
    app.include_router(learners.router(house, callers))
    app.include_router(memories.router(house, callers))
    app.include_router(uploads.router(house, callers))
    app.include_router(tools.router(house, callers))
    app.include_router(langserve.router(house, callers))
    app.include_router(openai.router(house, callers))
    app.include_router(langgraph.router(house, callers))
    app.add_middleware(BodyLimit, larger=LARGER_BODIES)
    if not settings.api_keys:
        app.add_middleware(AllowedHosts, hosts=LOOPBACK)
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=("GET", "POST", "PATCH", "DELETE"),
            allow_headers=("*",),
            expose_headers=READABLE_HEADERS,
        )
    app.add_middleware(CorrelationId)
    if page is not None:
        app.mount("/", PageHeaders(StaticFiles(directory=page, html=True, check_dir=False)), name="page")
    return app
