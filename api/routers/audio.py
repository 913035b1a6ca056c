"""A recording on its way to a turn or a tool."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from api.auth import Callers
from api.ports import House
from infra.errors import BadInput
from infra.files import STORED, TTL_SECONDS

PATH = "/api/v1/audio"
MAX_RECORDING_BYTES = 10 * 1024 * 1024


class Recording(BaseModel):
    """`id`: the `recording` of a turn. `audio_url`: the same for a tool. It is deleted after the turn that used it, and
    in any case after `expires_in` seconds.
    """

    id: str
    audio_url: str
    expires_in: int = TTL_SECONDS


def router(house: House, callers: Callers) -> APIRouter:
    """/api/v1/audio."""
    routes = APIRouter(tags=["audio"])
    body = {"required": True, "content": {"audio/*": {"schema": {"type": "string", "format": "binary"}}}}

    @routes.post(PATH, status_code=201, openapi_extra={"requestBody": body})
    async def store(request: Request, tenant: Annotated[str, Depends(callers.tenant)]) -> Recording:
        """Keeps a recording for a while: the file as the body, wav, mp3, m4a, webm, ogg, flac or amr, at most 10 MB."""
        content = await request.body()
        if not content:
            raise BadInput("The body is empty: send the recording as it is, with Content-Type audio/...")
        stored = await asyncio.to_thread(house.files.put, tenant, content)
        return Recording(id=stored, audio_url=STORED + stored)

    return routes
