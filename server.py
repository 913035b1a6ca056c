"""The HTTP server, and what LangGraph Studio loads: the graph and the same app."""

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI
from sse_starlette.sse import AppStatus

from api.app import create_api
from graphs.services import TurnContext
from graphs.state import CoachInput, CoachOutput, CoachState
from house import SERVER_ADDRESS, Announce, House, shared_house
from infra.errors import Misconfigured
from infra.settings import Settings, load_settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
GRACE_SECONDS = 15
STOPPING = (signal.SIGINT, signal.SIGTERM)


def create_app(settings: Settings) -> FastAPI:
    """The app over a house of its own; the house opens when the app starts."""
    house = House(settings)
    return create_api(house, settings, lambda: house.opened(settled=False))


def check_address(settings: Settings) -> None:
    """Raises Misconfigured where strangers could reach the coach without a key."""
    if settings.host not in LOOPBACK and not settings.api_keys:
        raise Misconfigured(
            f"COACH_HOST={settings.host} can be reached from outside: set COACH_API_KEYS first, or use 127.0.0.1."
        )


def bind(settings: Settings) -> socket.socket:
    """A listening socket, taken before anything is loaded. Raises Misconfigured when the port is in use."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise Misconfigured(
            f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). Set COACH_PORT to a free port."
        ) from None
    return listener


@asynccontextmanager
async def _already_open() -> AsyncIterator[None]:
    yield


class Server(uvicorn.Server):
    """uvicorn that tells when it is ready, goes on answering while the turns that run come to their end, and leaves
    without raising the signal again: rooms are still open then.
    """

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None], drain: Callable[[], Any]) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._drain = drain
        self._draining: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal drains, then stops; the second stops at once."""
        if self._loop is None or self._draining is not None:
            super().handle_exit(sig, frame)
        else:
            self._loop.call_soon_threadsafe(self._begin_to_stop, sig)

    def _begin_to_stop(self, sig: int) -> None:
        self._draining = asyncio.create_task(self._drained(sig))

    async def _drained(self, sig: int) -> None:
        try:
            await self._drain()
        finally:
            if not self.should_exit:
                super().handle_exit(sig, None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._loop = asyncio.get_running_loop()
            self._on_ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in STOPPING:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in STOPPING:
                loop.remove_signal_handler(number)


def serve(settings: Settings, announce: Announce, on_ready: Callable[[str], None]) -> None:
    """Runs until Ctrl-C or SIGTERM. Turns that run then are finished, for at most `GRACE_SECONDS`."""
    check_address(settings)
    listener = bind(settings)
    host, port = listener.getsockname()[:2]
    # sse-starlette ends its streams at SIGTERM; uvicorn's grace lets the running turn finish instead
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # `on_ready` says it better
    AppStatus.disable_automatic_graceful_drain()  # type: ignore[no-untyped-call]
    # the house opens before uvicorn runs: what keeps it from opening is told as a sentence, not as a traceback
    house = House(settings)
    config = uvicorn.Config(
        create_api(house, settings, _already_open),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    address = settings.data_dir / SERVER_ADDRESS

    def ready() -> None:
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        address.write_text(url, "utf-8")  # where `coach say` and the others find this server
        on_ready(url)

    async def run() -> None:
        async with house.opened(announce, settled=False):
            await Server(config, ready, house.drain).serve(sockets=[listener])

    try:
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(run())
    finally:
        address.unlink(missing_ok=True)
        listener.close()


@asynccontextmanager
async def studio(config: dict[str, Any]) -> AsyncIterator[Any]:
    """The graph for LangGraph Studio and its server, which bring their own checkpointer and threads."""
    house = shared_house()
    await house.open()
    await house.settled()
    yield house.graph().compile(name="coach")


app: FastAPI


def __getattr__(name: str) -> FastAPI:
    """`app` for LangGraph's server, made when it is asked for: importing this module reads no settings.

    Without the page: at / it would stand before that server's own routes.
    """
    if name != "app":
        raise AttributeError(name)
    house = shared_house()
    return create_api(house, load_settings(), house.opened, page=None)


__all__ = ["CoachInput", "CoachOutput", "CoachState", "TurnContext", "check_address", "create_app", "serve", "studio"]
