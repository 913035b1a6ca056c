"""The one call path of every tool: validated, cached, coalesced, bounded, under a deadline."""

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from infra.clock import Clock, SystemClock
from infra.errors import BadInput, CoachError, DeadlineExceeded, NotFound, Unavailable
from infra.executors import BoundedExecutor
from tools.cache import AnswerCache
from tools.call import Call
from tools.content import content_key, is_settled, normalized
from tools.described import described
from tools.embedded import EMBEDDED, contained, embedded_answer
from tools.ports import AnyTool, Outcome, Route, Status, ToolAnswer, ToolRequest, terms_of
from tools.tally import Tally

logger = logging.getLogger(__name__)

BEHIND_AT_ONCE = 2  # of the pools' threads; the others are for children who wait
NO_ROUTES: Mapping[str, Route] = MappingProxyType({})

_FAILED: Mapping[Status, str] = {
    "timeout": "The tool took longer than its deadline: try again, or send less.",
    "unavailable": "The tool cannot answer just now: try again soon.",
    "failed": "The tool broke on this request. Try again; if it stays, tell us.",
}


class ToolExecutor:
    """Runs tools by name for one event loop.

    ``deadline_ms`` bounds each call whose tool declares no deadline of its own (milliseconds; the tools' own pool slot
    stays taken until an abandoned thread ends). Tools that declare a longer one run on ``long_executor``, so that quick
    ones never wait behind them. ``cache_size`` is the number of answers kept; 0 keeps none. Only good answers of the
    route that was meant to answer are cached. ``routes``: second routes (a model) by tool name.
    """

    def __init__(
        self,
        tools: Sequence[AnyTool],
        executor: BoundedExecutor,
        *,
        deadline_ms: float,
        cache_size: int,
        long_executor: BoundedExecutor | None = None,
        routes: Mapping[str, Route] = NO_ROUTES,
        clock: Clock | None = None,
    ) -> None:
        self._tools = {tool.name: tool for tool in tools}
        if len(self._tools) != len(tools):
            raise ValueError("two tools have the same name")
        self._executor = executor
        self._long_executor = long_executor or executor
        self._deadline_ms = deadline_ms
        self._routes = routes
        self._clock = clock or SystemClock()
        self._cache = AnswerCache(cache_size)
        self._running: dict[str, Call] = {}
        self._tallies = {name: Tally() for name in self._tools}
        self._warming: set[str] = set()
        self._room_behind = {is_quick: asyncio.Semaphore(BEHIND_AT_ONCE) for is_quick in (True, False)}

    def forget_answers(self) -> int:
        """Empties the cache, whose keys and answers hold what children said; returns how many answers there were."""
        return self._cache.clear()

    def names(self) -> tuple[str, ...]:
        return tuple(self._tools)

    def tool(self, name: str) -> AnyTool:
        """Raises NotFound."""
        try:
            return self._tools[name]
        except KeyError:
            raise NotFound(f"There is no such tool. Known: {', '.join(sorted(self._tools))}.") from None

    def warming(self) -> tuple[str, ...]:
        """Tools that are being loaded just now: calls to them are told that they are unavailable."""
        return tuple(sorted(self._warming))

    def deadline_ms(self, name: str) -> float:
        """Milliseconds a call of the tool may take. Raises NotFound."""
        return terms_of(self.tool(name)).deadline_ms or self._deadline_ms

    def quick(self) -> tuple[str, ...]:
        """Tools that answer within the executor's own deadline; the others are heavy, and load at their first call."""
        return tuple(name for name in self._tools if self.deadline_ms(name) <= self._deadline_ms)

    def room_behind(self, name: str) -> asyncio.Semaphore:
        """What calls of batches and jobs take their turn at: one for all quick tools, one for all others."""
        return self._room_behind[name not in self._tools or name in self.quick()]

    def describe(self) -> list[dict[str, Any]]:
        """What `described` gives, one object per tool."""
        return [self.described(name) for name in self._tools]

    def described(self, name: str) -> dict[str, Any]:
        """Name, purpose, deadline, routes, and JSON schemas of request and answer. Raises NotFound."""
        routes = [EMBEDDED, *(["model"] if name in self._routes else [])]
        return described(self.tool(name), self.deadline_ms(name), routes)

    def stats(self) -> dict[str, dict[str, Any]]:
        """Counts by status and route, and durations in milliseconds, per tool."""
        return {name: tally.report() for name, tally in self._tallies.items()}

    async def run(self, name: str, request: ToolRequest | Mapping[str, Any]) -> Outcome:
        """What became of the call. Raises NotFound (no such tool) and BadInput (a request it cannot read)."""
        started = self.start(name, request)
        return started if isinstance(started, Outcome) else await started.outcome()

    def check(self, name: str, request: Mapping[str, Any]) -> None:
        """Raises NotFound and BadInput, as `start` would."""
        self._accepted(self.tool(name), request)

    def start(self, name: str, request: ToolRequest | Mapping[str, Any]) -> Call | Outcome:
        """The call, begun or joined; its outcome where that is known already. Raises NotFound and BadInput."""
        tool = self.tool(name)
        accepted = self._accepted(tool, request)
        if name in self._warming:  # it would hold a thread, and the caller, until it has loaded
            return _without_answer(name, Unavailable("The tool is still loading.", retry_after=1), took=0)
        key = content_key(name, accepted)
        if (known := self._cache.get(key)) is not None:
            self._tallies[name].count("cached")
            steps = (f"answered from the cache, by {known.source}",)
            return Outcome(tool=name, status="ok", answer=known, milliseconds=0, cached=True, steps=steps)
        if (running := self._running.get(key)) is not None:
            self._tallies[name].count("coalesced")
            return running
        call = Call(lambda call: self._play(tool, accepted, key, call))
        self._running[key] = call
        call.when_done(lambda: self._forget(key))
        return call

    def ahead(self, name: str, request: ToolRequest | Mapping[str, Any]) -> None:
        """Begins a call whose answer will soon be asked for, while its caller waits for something else.

        Not where a model has a part in it: what was not screened yet does not leave the process. Raises as `start`.
        """
        if name not in self._routes:
            self.start(name, request)

    async def warm(self, names: Collection[str] | None = None) -> tuple[str, ...]:
        """Warms these tools on the pool, all without `names`. Returns those that could not be warmed (logged).

        A call to a tool that is being warmed is told at once that it is unavailable.
        """
        chosen = [self.tool(name) for name in (self._tools if names is None else names)]
        room = asyncio.Semaphore(max(1, self._executor.pending - self._executor.in_flight))
        self._warming.update(tool.name for tool in chosen)
        warmed = await asyncio.gather(*(self._warm_one(tool, room) for tool in chosen))
        return tuple(tool.name for tool, good in zip(chosen, warmed, strict=True) if not good)

    async def _warm_one(self, tool: AnyTool, room: asyncio.Semaphore) -> bool:
        try:
            async with room:
                await self._executor.run(contained, tool.warm)
        except Exception as error:
            logger.warning("tool %s could not be warmed: %s", tool.name, type(error).__name__)
            return False
        finally:
            self._warming.discard(tool.name)
        return True

    def _accepted(self, tool: AnyTool, request: ToolRequest | Mapping[str, Any]) -> ToolRequest:
        fields = request.model_dump() if isinstance(request, ToolRequest) else dict(request)
        try:
            return tool.request.model_validate(normalized(fields))
        except ValidationError as error:
            self._tallies[tool.name].count("bad_input")
            raise BadInput(f"{tool.name}: {_places(error)}") from None

    async def _play(self, tool: AnyTool, request: ToolRequest, key: str, call: Call) -> Outcome:
        started, tally = self._clock.monotonic(), self._tallies[tool.name]
        try:
            answer, is_meant = await self._answered(tool, request, call)
        except BadInput:
            tally.count("bad_input")
            raise
        except Exception as error:
            outcome = _without_answer(tool.name, error, self._since(started), call.steps)
            if outcome.status == "failed":  # the type alone: an error's text may quote the child
                logger.warning("tool %s failed: %s", tool.name, type(error).__name__)
            tally.ran(outcome.status, outcome.milliseconds)
            return outcome
        took = self._since(started)
        tally.ran("ok", took)
        tally.answered(answer.source)
        call.tell(f"answered by {answer.source}")
        if is_meant and is_settled(request):
            self._cache.keep(key, answer)
        return Outcome(tool=tool.name, status="ok", answer=answer, milliseconds=took, steps=tuple(call.steps))

    def _since(self, started: float) -> float:
        return (self._clock.monotonic() - started) * 1000

    def _forget(self, key: str) -> None:
        del self._running[key]

    async def _answered(self, tool: AnyTool, request: ToolRequest, call: Call) -> tuple[ToolAnswer, bool]:
        """The answer, and whether the route that was meant to gave it."""
        route = self._routes.get(tool.name)
        if route is None:
            return await self._embedded(tool, request, call), True
        proposing = asyncio.create_task(route.propose(request, call.tell))
        try:
            embedded = await self._embedded(tool, request, call)
        except BaseException:
            proposing.cancel()
            raise
        settled = await _settled(route, request, embedded, proposing, call)
        return (embedded, False) if settled is None else (settled, True)

    async def _embedded(self, tool: AnyTool, request: ToolRequest, call: Call) -> ToolAnswer:
        """The tool's own answer; long work has a pool of its own."""
        deadline_ms = self.deadline_ms(tool.name)
        pool = self._long_executor if deadline_ms > self._deadline_ms else self._executor
        return await embedded_answer(tool, request, pool, deadline_ms, call.tell)


async def _settled(
    route: Route, request: ToolRequest, embedded: ToolAnswer, proposing: asyncio.Task[object | None], call: Call
) -> ToolAnswer | None:
    """What the route makes of both answers; None when it does not hold, or breaks: the tool has answered already."""
    try:
        proposal = await proposing
        return None if proposal is None else route.settle(request, embedded, proposal, call.tell)
    except Exception as error:
        logger.warning("a second route failed: %s", type(error).__name__)
        call.tell("model: broke")
        return None


def _without_answer(name: str, error: Exception, took: float, steps: Sequence[str] = ()) -> Outcome:
    known = error if isinstance(error, CoachError) else None
    status = _status_of(error)
    return Outcome(
        tool=name,
        status=status,
        milliseconds=took,
        detail=known.detail if known else _FAILED[status],
        retry_after=known.retry_after if known else None,
        steps=(*steps, f"no answer: {status}"),
    )


def _status_of(error: Exception) -> Status:
    if isinstance(error, TimeoutError | DeadlineExceeded):
        return "timeout"
    return "unavailable" if isinstance(error, Unavailable) else "failed"


def _places(error: ValidationError) -> str:
    """Fields and reasons without the values, which are a child's words."""
    return "; ".join(f"{'.'.join(map(str, item['loc'])) or 'request'}: {item['msg']}" for item in error.errors())
