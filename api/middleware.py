"""What happens to every request before a router sees it: correlation id, allowed hosts, body limit."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from infra.clock import new_id
from infra.errors import TooLarge
from infra.logs import correlation_id

CORRELATION_HEADER = "X-Correlation-ID"
MAX_BODY_BYTES = 64 * 1024
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class CorrelationId:
    """Takes the caller's correlation id or makes one, and gives it back with the response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(CORRELATION_HEADER, "")
        value = given if _SAFE_ID.fullmatch(given) else new_id()
        token = correlation_id.set(value)

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[CORRELATION_HEADER] = value
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            correlation_id.reset(token)


class AllowedHosts:
    """Refuses requests for another host name: a page elsewhere must not reach a loopback server by DNS rebinding."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _host(Headers(scope=scope)) not in self._hosts:
            refusal = problem(
                HTTPStatus.MISDIRECTED_REQUEST, "wrong_host", "This server answers to localhost only.", actor="caller"
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _host(headers: Headers) -> str:
    """The host without its port; "[::1]" keeps its brackets."""
    return re.sub(r":\d+$", "", headers.get("host", "")).lower()


class BodyLimit:
    """Refuses a body over the limit, announced or streamed, without reading the rest of it.

    `larger` names the paths with a limit, in bytes, of their own; one that ends in "/" stands for all below it.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[str, int] = MappingProxyType({})) -> None:
        self._app = app
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdigit() or int(announced) > limit:
            await _too_large(limit)(scope, receive, send)
            return
        await self._app(scope, _counted(receive, limit), send)

    def _limit(self, path: str) -> int:
        own = (
            size for name, size in self._larger.items() if path == name or (name[-1] == "/" and path.startswith(name))
        )
        return next(own, MAX_BODY_BYTES)


def _counted(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLarge(f"The body may have {limit} bytes.")
        return message

    return counted


def _too_large(limit: int) -> ASGIApp:
    detail = f"The body may have {limit} bytes."
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TooLarge.code, detail, actor="caller")
