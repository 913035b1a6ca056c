"""LangServe at /coach with the clients that people use: RemoteRunnable, and fetch with server-sent events."""

import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from langserve import RemoteRunnable

from infra.settings import ROOT


@pytest.fixture
async def coach(coach_url: str) -> AsyncIterator[Any]:
    remote: Any = RemoteRunnable(f"{coach_url}/coach")
    yield remote
    remote.sync_client.close()
    await remote.async_client.aclose()


def said(words: str, learner: str, **more: Any) -> dict[str, Any]:
    return {"text": words, "learner_id": learner, **more}


def test_invoke_gives_the_final_event(coach: Any) -> None:
    event = coach.invoke(said("hello", "remote-1"))
    assert event["event"] == "final"
    assert event["outcome"]["reply"]
    assert event["outcome"]["directive"]["act"] == "greet"


def test_stream_gives_status_then_sentences_then_the_same_reply(coach: Any) -> None:
    events = list(coach.stream(said("hello", "remote-2")))
    kinds = [event["event"] for event in events]
    assert kinds[0] == "status"
    assert kinds[-1] == "final"
    assert set(kinds[1:-1]) == {"token"}
    assert "".join(event["delta"] for event in events[1:-1]) == events[-1]["outcome"]["reply"]


async def test_the_asynchronous_client_streams_too(coach: Any) -> None:
    events = [event async for event in coach.astream(said("hello", "remote-3"))]
    assert events[-1]["event"] == "final"
    assert (await coach.ainvoke(said("i have a cat", "remote-3")))["event"] == "final"


def test_nothing_internal_leaves_in_a_stream(coach_url: str) -> None:
    body = {"input": said("hello", "remote-4")}
    with httpx.stream("POST", f"{coach_url}/coach/stream", json=body, timeout=30) as answer:
        text = answer.read().decode()
    assert "Traceback" not in text
    for internal in ("langgraph_", "checkpoint", "on_chain", "UntrackedValue", "api_key"):
        assert internal not in text


def test_a_clients_config_cannot_reach_another_tenant_or_thread(coach_url: str) -> None:
    config = {"configurable": {"thread_id": "other"}, "metadata": {"pika_tenant": "other"}}
    answer = httpx.post(
        f"{coach_url}/coach/invoke", json={"input": said("hello", "remote-5"), "config": config}, timeout=30
    )
    assert answer.status_code in (200, 422)
    past = httpx.get(f"{coach_url}/api/v1/learners/remote-5/threads/main").json()
    assert bool(past["lines"]) == (answer.status_code == 200)


@pytest.mark.parametrize("path", ["input_schema", "output_schema", "config_schema"])
def test_schemas_are_served(coach_url: str, path: str) -> None:
    assert httpx.get(f"{coach_url}/coach/{path}").json()["title"]


def test_the_playground_is_served(coach_url: str) -> None:
    answer = httpx.get(f"{coach_url}/coach/playground/", follow_redirects=True)
    assert answer.status_code == 200
    assert "html" in answer.headers["content-type"]


@pytest.mark.parametrize("path", ["stream_log", "stream_events", "batch"])
def test_what_would_leak_model_calls_is_not_there(coach_url: str, path: str) -> None:
    assert httpx.post(f"{coach_url}/coach/{path}", json={"input": {}}).status_code in (404, 405)


NODE = shutil.which("node")
PROGRAM = """
import { turn, CoachError } from '%s';
const events = [];
for await (const event of turn({ text: 'hello', learner_id: 'node-1' }, { base: '%s' })) events.push(event);
let refused = '';
try { for await (const event of turn({ text: 'x', learner_id: '*' }, { base: '%s' })) events.push(event); }
catch (error) { refused = error instanceof CoachError ? error.code : String(error); }
console.log(JSON.stringify({ kinds: events.map((e) => e.event), reply: events.at(-1).outcome.reply, refused }));
"""


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_the_javascript_client_streams_a_turn_and_reads_a_problem(coach_url: str) -> None:
    program = PROGRAM % ((ROOT / "web/src/client.js").as_uri(), coach_url, coach_url)
    command = [str(NODE), "--input-type=module", "-e", program]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    seen = json.loads(ran.stdout)
    assert seen["kinds"][0] == "status"
    assert seen["kinds"][-1] == "final"
    assert seen["reply"]
    assert seen["refused"] == "bad_input"
