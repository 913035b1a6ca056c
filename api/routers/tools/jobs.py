"""Jobs of tools: looked at, watched, cancelled."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Response
from fastapi.responses import JSONResponse

from api.auth import Callers
from api.ports import House
from api.routers.tools.wire import job_events, streamed
from tools.jobs import JobView

PATH = "/api/v1/tools/jobs"
LOOK_AGAIN_S = "1"


def router(house: House, callers: Callers) -> APIRouter:
    routes = APIRouter()
    Tenant = Annotated[str, Depends(callers.tenant)]
    Last = Annotated[str | None, Header(alias="Last-Event-ID")]

    @routes.get("")
    async def listed(tenant: Tenant) -> dict[str, Any]:
        """The caller's jobs that are kept, the newest first, without their results."""
        views = await house.tool_jobs.views(tenant)
        return {"jobs": [view.model_dump(exclude={"results"}) for view in views]}

    @routes.get("/{job}")
    async def view(tenant: Tenant, job: str) -> JobView:
        """The job as it stands."""
        return await house.tool_jobs.view(tenant, job)

    @routes.get("/{job}/events")
    async def events(tenant: Tenant, job: str, last: Last = None) -> Response:
        """The job's events to its end; a client that lost the connection sends the last id it saw."""
        await house.tool_jobs.view(tenant, job)
        return streamed(job_events(house.tool_jobs, tenant, job, _number(last)))

    @routes.delete("/{job}")
    async def cancel(tenant: Tenant, job: str) -> Response:
        """Cancels a running job (202, and the job as it stands); forgets one that has ended (204)."""
        cancelled = await house.tool_jobs.cancel(tenant, job)
        return Response(status_code=204) if cancelled is None else JSONResponse(cancelled.model_dump(), 202)

    return routes


def accepted(job: JobView) -> Response:
    headers = {
        "Location": f"{PATH}/{job.job}",
        "Retry-After": LOOK_AGAIN_S,
        "Preference-Applied": "respond-async",
    }
    return JSONResponse(job.model_dump(), 202, headers)


def _number(last_event_id: str | None) -> int:
    """The number of the event a client has seen last; -1 for none."""
    known = last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 7
    return int(last_event_id or "") if known else -1
