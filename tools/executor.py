"""The one call path of every tool: validated, cached, coalesced, bounded, under a deadline."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from infra.clock import Clock, SystemClock
from infra.errors import BadInput, DeadlineExceeded, NotFound, Unavailable
from infra.executors import BoundedExecutor
from tools.content import content_key, normalized
from tools.ports import Outcome, Tool, ToolAnswer, ToolRequest
from tools.tally import Tally

logger = logging.getLogger(__name__)

AnyTool = Tool[Any, ToolAnswer]


class ToolExecutor:
    """Runs tools by name for one event loop.

    ``deadline_ms`` bounds each call (milliseconds; the tools' own pool slot stays taken until an abandoned
    thread ends). ``cache_size`` is the number of answers kept; 0 keeps none. Only good answers are cached.
    """

    def __init__(
        self,
        tools: Sequence[AnyTool],
        executor: BoundedExecutor,
        *,
        deadline_ms: float,
        cache_size: int,
        clock: Clock | None = None,
    ) -> None:
        self._tools = {tool.name: tool for tool in tools}
        if len(self._tools) != len(tools):
            raise ValueError("two tools have the same name")
        self._executor = executor
        self._deadline_ms = deadline_ms
        self._cache_size = cache_size
        self._clock = clock or SystemClock()
        self._cache: OrderedDict[str, ToolAnswer] = OrderedDict()
        self._running: dict[str, asyncio.Task[Outcome]] = {}
        self._tallies = {name: Tally() for name in self._tools}
        self._warming: set[str] = set()

    def names(self) -> tuple[str, ...]:
        return tuple(self._tools)

    def warming(self) -> tuple[str, ...]:
        """Tools that are being loaded just now: calls to them are told that they are unavailable."""
        return tuple(sorted(self._warming))

    def describe(self) -> list[dict[str, Any]]:
        """Name and JSON schemas of request and answer, one object per tool."""
        return [
            {
                "name": tool.name,
                "request": tool.request.model_json_schema(),
                "answer": tool.answer.model_json_schema(mode="serialization"),
            }
            for tool in self._tools.values()
        ]

    def stats(self) -> dict[str, dict[str, Any]]:
        """Counts by status and durations in milliseconds, per tool."""
        return {name: tally.report() for name, tally in self._tallies.items()}

    async def run(self, name: str, request: ToolRequest | Mapping[str, Any]) -> Outcome:
        """What became of the call. Raises NotFound (no such tool) and BadInput (a request it cannot read)."""
        tool = self._tool(name)
        accepted = self._accepted(tool, request)
        if name in self._warming:  # it would hold a thread, and the caller, until it has loaded
            return Outcome(tool=name, status="unavailable", milliseconds=0)
        key = content_key(name, accepted)
        if (known := self._recalled(key)) is not None:
            self._tallies[name].count("cached")
            return Outcome(tool=name, status="ok", answer=known, milliseconds=0, cached=True)
        running = self._running.get(key)
        if running is None:
            running = asyncio.create_task(self._call(tool, accepted, key))
            self._running[key] = running
            running.add_done_callback(lambda task: self._forget(key, task))
        else:
            self._tallies[name].count("coalesced")
        return await asyncio.shield(running)  # one caller's disconnect must not end the call of the others

    async def warm(self, names: Collection[str] | None = None) -> tuple[str, ...]:
        """Warms these tools on the pool, all without `names`. Returns those that could not be warmed (logged).

        A call to a tool that is being warmed is told at once that it is unavailable.
        """
        chosen = [self._tool(name) for name in (self._tools if names is None else names)]
        room = asyncio.Semaphore(max(1, self._executor.pending - self._executor.in_flight))
        self._warming.update(tool.name for tool in chosen)
        warmed = await asyncio.gather(*(self._warm_one(tool, room) for tool in chosen))
        return tuple(tool.name for tool, good in zip(chosen, warmed, strict=True) if not good)

    async def _warm_one(self, tool: AnyTool, room: asyncio.Semaphore) -> bool:
        try:
            async with room:
                await self._executor.run(_contained, tool.warm)
        except Exception as error:
            logger.warning("tool %s could not be warmed: %s", tool.name, type(error).__name__)
            return False
        finally:
            self._warming.discard(tool.name)
        return True

    def _tool(self, name: str) -> AnyTool:
        try:
            return self._tools[name]
        except KeyError:
            raise NotFound(f"There is no such tool. Known: {', '.join(sorted(self._tools))}.") from None

    def _accepted(self, tool: AnyTool, request: ToolRequest | Mapping[str, Any]) -> ToolRequest:
        fields = request.model_dump() if isinstance(request, ToolRequest) else dict(request)
        try:
            return tool.request.model_validate(normalized(fields))
        except ValidationError as error:
            self._tallies[tool.name].count("bad_input")
            raise BadInput(f"{tool.name}: {_places(error)}") from None

    async def _call(self, tool: AnyTool, request: ToolRequest, key: str) -> Outcome:
        started = self._clock.monotonic()
        outcome: Outcome
        try:
            answer = await asyncio.wait_for(self._executor.run(_contained, tool.run, request), self._deadline_ms / 1000)
            if not isinstance(answer, tool.answer):
                raise TypeError("the tool returned something that is not its answer")
            self._keep(key, answer)
            outcome = Outcome(tool=tool.name, status="ok", answer=answer, milliseconds=self._since(started))
        except BadInput:
            self._tallies[tool.name].count("bad_input")
            raise
        except (TimeoutError, DeadlineExceeded):
            outcome = Outcome(tool=tool.name, status="timeout", milliseconds=self._since(started))
        except Unavailable:
            outcome = Outcome(tool=tool.name, status="unavailable", milliseconds=self._since(started))
        except Exception as error:
            # The type alone: an error's text may quote the child.
            logger.warning("tool %s failed: %s", tool.name, type(error).__name__)
            outcome = Outcome(tool=tool.name, status="failed", milliseconds=self._since(started))
        self._tallies[tool.name].ran(outcome.status, outcome.milliseconds)
        return outcome

    def _since(self, started: float) -> float:
        return (self._clock.monotonic() - started) * 1000

    def _recalled(self, key: str) -> ToolAnswer | None:
        if (answer := self._cache.get(key)) is not None:
            self._cache.move_to_end(key)
        return answer

    def _keep(self, key: str, answer: ToolAnswer) -> None:
        self._cache[key] = answer
        while len(self._cache) > self._cache_size:
            self._cache.popitem(last=False)

    def _forget(self, key: str, task: asyncio.Task[Outcome]) -> None:
        self._running.pop(key, None)
        if not task.cancelled():
            task.exception()  # retrieved even when every caller has gone


def _contained(call: Any, *args: Any) -> Any:
    """`call(*args)`, a native library's panic (a BaseException) turned into an ordinary error."""
    try:
        return call(*args)
    except Exception:
        raise
    except BaseException as panic:
        raise RuntimeError(type(panic).__name__) from None


def _places(error: ValidationError) -> str:
    """Fields and reasons without the values, which are a child's words."""
    return "; ".join(f"{'.'.join(map(str, item['loc'])) or 'request'}: {item['msg']}" for item in error.errors())
