"""Asks the configured chat models for one object of a given shape: in order, each behind a breaker, in one deadline."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from langchain_core.messages import BaseMessage
from pydantic import BaseModel

from infra.clock import Clock
from infra.errors import DeadlineExceeded, ModelFailed, Unavailable
from providers.breaker import Breaker
from providers.chat import Connection, connect
from providers.config import Kind, Provider

_log = logging.getLogger(__name__)

MAX_TOKENS = 1024
# How each protocol is best held to a schema: not every model behind Groq's knows json_schema, all know tools.
_METHODS: Mapping[Kind, Literal["json_schema", "function_calling"]] = {
    "openai": "json_schema",
    "groq": "function_calling",
    "gemini": "json_schema",
}

ShapeT = TypeVar("ShapeT", bound=BaseModel)


@dataclass
class _Backend:
    provider: Provider
    breaker: Breaker
    opening: asyncio.Task[Connection] | None = field(default=None)

    async def connection(self, timeout_s: float) -> Connection:
        """Made once, off the event loop; a caller that gives up waiting does not end the making."""
        if self.opening is None or (self.opening.done() and self.opening.exception() is not None):
            self.opening = asyncio.create_task(asyncio.to_thread(connect, self.provider, timeout_s=timeout_s))
        return await asyncio.shield(self.opening)


class StructuredModels:
    """Models that answer in a shape, without temperature and without streaming. `deadline_s` bounds a whole `ask`."""

    def __init__(self, providers: Sequence[Provider], *, deadline_s: float, clock: Clock) -> None:
        self._backends = [_Backend(_exact(provider), Breaker(clock)) for provider in providers]
        self._deadline_s = deadline_s

    async def ask(self, shape: type[ShapeT], messages: Sequence[BaseMessage]) -> tuple[ShapeT, str]:
        """The first model's answer that has the shape, and that model's provider.

        Raises Unavailable (none could be reached), ModelFailed (none kept the shape) and DeadlineExceeded.
        """
        is_misshapen = False
        try:
            async with asyncio.timeout(self._deadline_s):
                for backend in self._backends:
                    if backend.breaker.is_open:
                        continue
                    try:
                        return await self._asked(backend, shape, messages), backend.provider.name
                    except ModelFailed:
                        is_misshapen = True
                    except Exception as error:  # any client library's error: the next one is asked
                        _log.warning("provider %s failed: %s", backend.provider.name, type(error).__name__)
                        backend.breaker.failed()
        except TimeoutError:
            raise DeadlineExceeded("No model answered in time.") from None
        if is_misshapen:
            raise ModelFailed("No model kept to the shape that was asked for.")
        raise Unavailable("No model can be reached.", retry_after=1)

    async def close(self) -> None:
        for backend in self._backends:
            if backend.opening is not None:
                opened = await asyncio.gather(backend.opening, return_exceptions=True)
                for connection in opened:
                    if isinstance(connection, Connection):
                        await connection.close()
            backend.opening = None

    async def _asked(self, backend: _Backend, shape: type[ShapeT], messages: Sequence[BaseMessage]) -> ShapeT:
        connection = await backend.connection(self._deadline_s)
        model = connection.model.with_structured_output(shape, method=_METHODS[backend.provider.kind], include_raw=True)
        try:
            found = await model.ainvoke(list(messages))
        except asyncio.CancelledError:
            backend.breaker.failed()  # too late for us: asked again and again it would cost every caller its deadline
            raise
        backend.breaker.succeeded()
        if not isinstance(found, dict) or not isinstance(found.get("parsed"), shape):
            raise ModelFailed("The model did not keep to the shape.")
        parsed: ShapeT = found["parsed"]
        return parsed


def _exact(provider: Provider) -> Provider:
    params = provider.params.model_copy(update={"temperature": 0.0, "stream": False, "max_tokens": MAX_TOKENS})
    return provider.model_copy(update={"params": params})
