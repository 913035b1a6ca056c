"""Is the process up, can it serve, and what has it done."""

from typing import Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from api.auth import Callers
from api.ports import House

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


def router(house: House, callers: Callers) -> APIRouter:
    """/healthz answers as long as the process runs; /readyz asks every backend; /api/v1/health tells details.

    /metrics is for a Prometheus server, which sends the key as `authorization` where keys are configured.
    """
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "up"}

    @routes.get("/readyz")
    async def readyz() -> JSONResponse:
        health = await house.health()
        rows: list[dict[str, Any]] = [{"name": row["name"], "ok": row["ok"]} for row in health]
        ready = all(row["ok"] or not row["needed"] for row in health)
        return JSONResponse({"ready": ready, "backends": rows}, status_code=200 if ready else 503)

    @routes.get("/api/v1/health", dependencies=[Depends(callers.tenant)])
    async def details() -> list[dict[str, Any]]:
        return [dict(row) for row in await house.health()]

    @routes.get("/metrics", dependencies=[Depends(callers.tenant)], response_class=PlainTextResponse)
    async def metrics() -> Response:
        return Response(house.metrics(), media_type=EXPOSITION)

    return routes
