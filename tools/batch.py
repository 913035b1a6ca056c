"""Many calls as one piece of work: few at a time, whoever sent them, each with its own result."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, TypedDict

from pydantic import BaseModel, ConfigDict, Field

from infra.errors import CoachError, ModelFailed
from tools.executor import ToolExecutor
from tools.failures import failure_of
from tools.ports import Outcome

_log = logging.getLogger(__name__)

MOST_CALLS = 64

Result = dict[str, Any]


class ToolCall(BaseModel):
    """One call: the tool's name and its request, in the tool's own shape."""

    model_config = ConfigDict(extra="forbid")

    tool: str = Field(max_length=64)
    request: dict[str, Any]


class Item(TypedDict):
    """The result of the call at `index`."""

    index: int
    result: Result


async def results(executor: ToolExecutor, calls: Sequence[ToolCall]) -> AsyncGenerator[Item, None]:
    """Every call's result, in the order in which they end. Closing it starts no further calls."""
    ended = asyncio.Queue[Item]()

    async def play(index: int, call: ToolCall) -> None:
        async with executor.room_behind(call.tool):
            ended.put_nowait({"index": index, "result": await result(executor, call.tool, call.request)})

    playing = [asyncio.create_task(play(index, call)) for index, call in enumerate(calls)]
    try:
        for _ in calls:
            yield await ended.get()
    finally:
        for task in playing:
            task.cancel()


async def result(executor: ToolExecutor, tool: str, request: Mapping[str, Any]) -> Result:
    """The call's result as plain data; an error has `error` instead of `answer`."""
    try:
        outcome = await executor.run(tool, request)
    except CoachError as error:
        return failed(tool, error)
    except Exception as error:  # one call that breaks the house must not end the others
        _log.error("a call of %s broke", tool, exc_info=error)
        return failed(tool, ModelFailed("The tool broke on this request. Try again; if it stays, tell us."))
    return result_of(outcome)


def failed(tool: str, error: CoachError) -> Result:
    return {"tool": tool, "status": "error", "error": error_view(error)}


def result_of(outcome: Outcome) -> Result:
    shown = outcome.model_dump(mode="json", include={"tool", "milliseconds", "cached", "steps"})
    if outcome.answer is None:
        return {**shown, "status": "error", "error": error_view(failure_of(outcome))}
    return {**shown, "status": "success", "answer": outcome.answer.model_dump(mode="json")}


def error_view(error: CoachError) -> dict[str, Any]:
    """The error as it stands inside a result: `actor` says who acts next."""
    return {
        "code": error.code,
        "status": error.status,
        "detail": error.detail,
        "actor": error.actor,
        "retry_after": error.retry_after,
    }
