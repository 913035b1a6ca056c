"""Runs a tool's own function on a pool: under one deadline, tried again where its terms say so, panics contained."""

import asyncio
from collections.abc import Callable
from typing import Any

from infra.errors import Unavailable
from infra.executors import BoundedExecutor
from tools.ports import AnyTool, Tell, ToolAnswer, ToolRequest, terms_of

EMBEDDED = "embedded"
RETRY_PAUSE_S = 0.1


async def embedded_answer(
    tool: AnyTool, request: ToolRequest, pool: BoundedExecutor, deadline_ms: float, tell: Tell
) -> ToolAnswer:
    """The tool's answer. Raises what it raises, TimeoutError at the deadline, TypeError for what is not its answer.

    At the deadline the thread is abandoned, not stopped: it keeps its place in the pool until it ends.
    """
    tell(f"{EMBEDDED}: begun")
    async with asyncio.timeout(deadline_ms / 1000):
        answer = await _tried(tool, request, pool, tell)
    if not isinstance(answer, tool.answer):
        raise TypeError("the tool returned something that is not its answer")
    return answer


async def _tried(tool: AnyTool, request: ToolRequest, pool: BoundedExecutor, tell: Tell) -> Any:
    attempts = terms_of(tool).attempts
    for attempt in range(1, attempts):
        try:
            return await pool.run(contained, tool.run, request)
        except Unavailable:
            if pool.in_flight >= pool.pending:  # a full pool is no reason to come again at once
                raise
        tell(f"{EMBEDDED}: tried again")
        await asyncio.sleep(RETRY_PAUSE_S * attempt)
    return await pool.run(contained, tool.run, request)


def contained(call: Callable[..., Any], *args: Any) -> Any:
    """`call(*args)`, a native library's panic (a BaseException) turned into an ordinary error."""
    try:
        return call(*args)
    except Exception:
        raise
    except BaseException as panic:
        raise RuntimeError(type(panic).__name__) from None
