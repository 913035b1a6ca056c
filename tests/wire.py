"""Local servers that speak the providers' real wire protocols, driven by the real client libraries in tests."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

Behaviour = Literal["ok", "error_500", "error_401", "error_429", "stall", "cut", "silent", "garbage"]


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Runs an ASGI app on a free loopback port in a thread; gives its base URL."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    config = uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise RuntimeError("the server ended before it started")
            threading.Event().wait(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


def wait_until_ready(url: str, seconds: float = 60) -> None:
    """Waits until every room is open and every tool loaded, which is a moment after the first turn is possible."""
    deadline = time.monotonic() + seconds
    while not is_settled(httpx.get(f"{url}/readyz", timeout=10)):
        if time.monotonic() > deadline:
            raise RuntimeError("the coach did not become ready")
        time.sleep(0.05)


def is_settled(readyz: httpx.Response) -> bool:
    return readyz.status_code == 200 and all(row["ok"] for row in readyz.json()["backends"])


@dataclass
class ModelServer:
    """OpenAI's, Groq's and Gemini's chat endpoints. `tokens` is what it says, `behaviour` how it fails.

    Offered tools, it calls `calls` (name, arguments in JSON) first; without `calls` the first tool, with what it says.
    """

    tokens: tuple[str, ...] = ("You ", "went ", "to school! ", "Who ", "did you ", "play with?")
    behaviour: Behaviour = "ok"
    calls: tuple[tuple[str, str], ...] = ()
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def app(self) -> Starlette:
        routes = [
            Route("/v1/chat/completions", self._openai, methods=["POST"]),
            Route("/openai/v1/chat/completions", self._openai, methods=["POST"]),
            Route("/v1beta/models/{model}:streamGenerateContent", self._gemini, methods=["POST"]),
            Route("/v1beta/models/{model}:generateContent", self._gemini_whole, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    async def _openai(self, request: Request) -> Response:
        body = await self._note(request)
        if self.behaviour.startswith("error_"):
            return _error(int(self.behaviour.removeprefix("error_")))
        if not body.get("stream"):
            if self.behaviour == "stall":
                await asyncio.sleep(30)
            return JSONResponse(_openai_whole("".join(self.tokens), body["model"], self._called(body)))
        return StreamingResponse(self._openai_events(body["model"]), media_type="text/event-stream")

    async def _openai_events(self, model: str) -> AsyncIterator[str]:
        async for delta in self._spoken():
            yield f"data: {json.dumps(_openai_chunk({'content': delta}, model))}\n\n"
        yield f"data: {json.dumps(_openai_chunk({}, model, finish='stop'))}\n\n"
        yield "data: [DONE]\n\n"

    async def _gemini(self, request: Request) -> Response:
        await self._note(request)
        if self.behaviour.startswith("error_"):
            return _error(int(self.behaviour.removeprefix("error_")))
        return StreamingResponse(self._gemini_events(), media_type="text/event-stream")

    async def _gemini_events(self) -> AsyncIterator[str]:
        async for delta in self._spoken():
            yield f"data: {json.dumps(_gemini_chunk(delta))}\r\n\r\n"

    def _called(self, body: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        if not body.get("tools") or body["messages"][-1]["role"] == "tool":
            return ()
        return self.calls or ((body["tools"][0]["function"]["name"], "".join(self.tokens)),)

    async def _gemini_whole(self, request: Request) -> Response:
        await self._note(request)
        if self.behaviour.startswith("error_"):
            return _error(int(self.behaviour.removeprefix("error_")))
        if self.behaviour == "stall":
            await asyncio.sleep(30)
        return JSONResponse(_gemini_chunk("".join(self.tokens)))

    async def _spoken(self) -> AsyncIterator[str]:
        if self.behaviour == "garbage":
            yield "\x00\x01 {not json"
            return
        for index, token in enumerate(() if self.behaviour == "silent" else self.tokens):
            if self.behaviour == "stall":
                await asyncio.sleep(30)
            if self.behaviour == "cut" and index == len(self.tokens) - 1:
                raise ConnectionResetError("cut on purpose")
            yield token
            await asyncio.sleep(0)

    async def _note(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        return body


def _error(status: int) -> JSONResponse:
    message = {"message": "refused on purpose", "type": "test", "code": status, "status": "UNAVAILABLE"}
    return JSONResponse({"error": message}, status)


def _openai_chunk(delta: dict[str, str], model: str, finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": [choice]}


def _openai_whole(text: str, model: str, calls: tuple[tuple[str, str], ...] = ()) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": text}
    if calls:
        called = [{"name": name, "arguments": arguments} for name, arguments in calls]
        parts = [{"id": f"call-{at}", "type": "function", "function": one} for at, one in enumerate(called)]
        message = {"role": "assistant", "content": None, "tool_calls": parts}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if calls else "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [choice],
        "usage": usage,
    }


def _gemini_chunk(text: str) -> dict[str, Any]:
    content = {"role": "model", "parts": [{"text": text}]}
    usage = {"promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2}
    return {"candidates": [{"content": content, "finishReason": "STOP", "index": 0}], "usageMetadata": usage}
