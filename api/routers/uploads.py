"""A recording or a picture on its way to a turn or a tool."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from api.auth import Callers
from api.ports import House
from infra.errors import BadInput
from infra.files import STORED, TTL_SECONDS

AUDIO, PICTURES = "/api/v1/audio", "/api/v1/pictures"
MEBIBYTE = 1024 * 1024
LIMITS = {AUDIO: 10 * MEBIBYTE, PICTURES: 8 * MEBIBYTE}


class Recording(BaseModel):
    """`id`: the `recording` of a turn. `audio_url`: the same for a tool. It is deleted after the turn that used it, and
    in any case after `expires_in` seconds.
    """

    id: str
    audio_url: str
    expires_in: int = TTL_SECONDS


class Shown(BaseModel):
    """`id`: the `picture` of a turn. `image_url`: the same for a tool. It is deleted as a recording is."""

    id: str
    image_url: str
    expires_in: int = TTL_SECONDS


def router(house: House, callers: Callers) -> APIRouter:
    """/api/v1/audio and /api/v1/pictures."""
    routes = APIRouter(tags=["uploads"])

    async def stored(request: Request, tenant: Annotated[str, Depends(callers.tenant)]) -> str:
        content = await request.body()
        if not content:
            raise BadInput("The body is empty: send the file as it is, with its Content-Type.")
        return await asyncio.to_thread(house.files.put, tenant, content)

    Stored = Annotated[str, Depends(stored)]

    @routes.post(AUDIO, status_code=201, openapi_extra=_body("audio/*"))
    async def hear(name: Stored) -> Recording:
        """Keeps a recording for a while: the file as the body, wav, mp3, m4a, webm, ogg, flac or amr, at most 10 MB."""
        return Recording(id=name, audio_url=STORED + name)

    @routes.post(PICTURES, status_code=201, openapi_extra=_body("image/*"))
    async def see(name: Stored) -> Shown:
        """Keeps a picture for a while: the file as the body, JPEG, PNG, WebP, GIF or BMP, at most 8 MB."""
        return Shown(id=name, image_url=STORED + name)

    return routes


def _body(kind: str) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {kind: {"schema": {"type": "string", "format": "binary"}}}}}
