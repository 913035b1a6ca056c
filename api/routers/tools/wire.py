"""The server-sent events of a call, a batch and a job."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from fastapi.responses import StreamingResponse

from api.routers.tools.schemas import EVENT_STREAM
from infra.errors import CoachError
from tools.batch import ToolCall, failed, result_of, results
from tools.call import Call
from tools.executor import ToolExecutor
from tools.jobs import ToolJobs
from tools.ports import Outcome

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def streamed(lines: AsyncIterator[str]) -> StreamingResponse:
    return StreamingResponse(lines, 200, _HEADERS, EVENT_STREAM)


async def call_events(tool: str, started: Call | Outcome) -> AsyncIterator[str]:
    """`step` for each step of the call, then `result` once."""
    if isinstance(started, Outcome):
        yield sse("result", result_of(started))
        return
    async for step in started.follow():
        yield sse("step", {"step": step})
    try:
        yield sse("result", result_of(await started.outcome()))
    except CoachError as error:
        yield sse("result", failed(tool, error))


async def batch_events(executor: ToolExecutor, calls: Sequence[ToolCall]) -> AsyncIterator[str]:
    """`result` for each call as it ends, with `done` and `total`, then `done` once."""
    done = 0
    async with aclosing(results(executor, calls)) as items:
        async for item in items:
            done += 1
            yield sse("result", {**item, "done": done, "total": len(calls)})
    yield sse("done", {"done": done, "total": len(calls)})


async def job_events(jobs: ToolJobs, tenant: str, job: str, after: int) -> AsyncIterator[str]:
    """The job's events (`tools.jobs.JobEvent`) after the one numbered `after`; their numbers are the ids."""
    async for number, event in jobs.events(tenant, job, after):
        yield sse(event["event"], event, number)


def sse(name: str, body: Mapping[str, Any], number: int | None = None) -> str:
    identity = "" if number is None else f"\r\nid: {number}"
    return f"event: {name}\r\ndata: {json.dumps(body, ensure_ascii=False)}{identity}\r\n\r\n"
