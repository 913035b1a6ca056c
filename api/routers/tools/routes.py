"""/api/v1/tools and the contract's /api/tools/execute."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse

from api.auth import Callers
from api.ports import House
from api.routers.tools import jobs
from api.routers.tools.schemas import Accept, Batch, Execute, Executed, Prefer, wants_events, wants_job
from api.routers.tools.wire import batch_events, call_events, streamed
from tools.batch import ToolCall, result_of, results
from tools.failures import failure_of
from tools.legacy import request_of
from tools.legacy import result_of as legacy_result_of
from tools.ports import LegacyCall, Outcome

PATH = "/api/v1/tools"
EXECUTE_PATH = "/api/tools/execute"


def router(house: House, callers: Callers) -> APIRouter:
    """The routes. Those with a fixed name stand before the ones that take a tool's name."""
    routes = APIRouter(tags=["tools"])
    Tenant = Annotated[str, Depends(callers.tenant)]
    known = [Depends(callers.tenant)]

    @routes.post(EXECUTE_PATH, dependencies=known)
    async def execute(body: Execute) -> Executed:
        """The contract's one address for all tools; errors are problems, as everywhere."""
        tool = house.tools.tool(body.tool_name)
        call = LegacyCall.model_validate(body.model_dump())
        outcome = await house.tools.run(tool.name, request_of(tool, call))
        if outcome.answer is None:
            raise failure_of(outcome)
        return Executed(status="success", result=dict(legacy_result_of(tool, outcome.answer)))

    @routes.get(PATH, dependencies=known)
    async def listed() -> dict[str, Any]:
        """Every tool with its schemas."""
        return {"tools": house.tools.describe()}

    @routes.get(f"{PATH}/stats", dependencies=known)
    async def stats() -> dict[str, Any]:
        """Counts, routes, cache hits and durations of every tool, since this process began."""
        return {"tools": house.tools.stats()}

    @routes.post(f"{PATH}/batch")
    async def batch(tenant: Tenant, body: Batch, prefer: Prefer = None, accept: Accept = "*/*") -> Response:
        """Several calls at once: each has a result or an error of its own."""
        if wants_job(prefer):
            return jobs.accepted(await house.tool_jobs.start(tenant, body.calls))
        if wants_events(accept):
            return streamed(batch_events(house.tools, body.calls))
        return JSONResponse({"results": await _in_order(house, body.calls)})

    routes.include_router(jobs.router(house, callers), prefix=f"{PATH}/jobs")

    @routes.get(f"{PATH}/{{name}}", dependencies=known)
    async def described(name: str) -> dict[str, Any]:
        """One tool with its schemas."""
        return house.tools.described(name)

    @routes.post(f"{PATH}/{{name}}/run")
    async def run(
        tenant: Tenant, name: str, body: dict[str, Any], prefer: Prefer = None, accept: Accept = "*/*"
    ) -> Response:
        """One call, its body in the shape of the tool's own request."""
        if wants_job(prefer):
            house.tools.check(name, body)
            return jobs.accepted(await house.tool_jobs.start(tenant, [ToolCall(tool=name, request=body)]))
        started = house.tools.start(name, body)
        if wants_events(accept):
            return streamed(call_events(name, started))
        outcome = started if isinstance(started, Outcome) else await started.outcome()
        if outcome.answer is None:
            raise failure_of(outcome)
        return JSONResponse(result_of(outcome))

    return routes


async def _in_order(house: House, calls: Sequence[ToolCall]) -> list[dict[str, Any]]:
    found = {item["index"]: item["result"] async for item in results(house.tools, calls)}
    return [found[index] for index in range(len(calls))]
