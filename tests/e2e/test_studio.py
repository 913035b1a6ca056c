"""LangGraph's own server loads our graph and our app, offline, and its client holds a conversation."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from langgraph_sdk import get_client

from infra.settings import ROOT
from tests.e2e.processes import environment

START_SECONDS = 90


@pytest.fixture(scope="module")
def studio_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("studio")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = environment(
        folder / "var", LANGGRAPH_CLI_NO_ANALYTICS="1", LANGSMITH_TRACING="false", PATH=_path_with_our_commands()
    )
    command = [sys.executable, "-m", "langgraph_cli", "dev", "--no-browser", "--no-reload", "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    with (folder / "log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait_for(url, process, folder / "log")
            yield url
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=30)


def _path_with_our_commands() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            if httpx.get(f"{url}/ok", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))


async def test_a_client_holds_a_whole_conversation(studio_url: str) -> None:
    async with get_client(url=studio_url) as client:
        thread = await client.threads.create()
        replies = []
        for words in ("hello", "my dog's name is Rex", "what is my dog's name?", "bye"):
            asked: Any = {"messages": [{"role": "user", "content": words}]}
            parts = [
                part
                async for part in client.runs.stream(
                    thread["thread_id"], "coach", input=asked, context={"learner_id": "studio"}, stream_mode="values"
                )
            ]
            assert [part.data for part in parts if part.event == "error"] == []
            replies.append(parts[-1].data["messages"][-1]["content"])
        assert "Rex" in replies[2]
        state: Any = await client.threads.get_state(thread["thread_id"])
        assert len(state["values"]["messages"]) == 8
        assert state["values"]["turn"]["directive"]["act"] == "farewell"
        assert await client.threads.get_history(thread["thread_id"])


async def test_the_same_app_is_mounted(studio_url: str) -> None:
    body = {"input": {"text": "hello", "learner_id": "mounted"}}
    async with httpx.AsyncClient(base_url=studio_url, timeout=30) as client:
        answer = (await client.post("/coach/invoke", json=body)).raise_for_status()
    assert answer.json()["output"]["event"] == "final"


async def test_the_graph_and_its_schemas_are_described(studio_url: str) -> None:
    async with get_client(url=studio_url) as client:
        found: Any = await client.assistants.search(graph_id="coach")
        graph = await client.assistants.get_graph(found[0]["assistant_id"])
        schemas = await client.assistants.get_schemas(found[0]["assistant_id"])
    nodes = {str(node["id"]) for node in graph["nodes"]}
    assert {"screen", "read", "recall", "place", "plan", "reply", "record"} <= nodes
    assert "messages" in str(schemas["input_schema"])
