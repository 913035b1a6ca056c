"""Redis gone under a server: every protocol says 503 and when to come back, and nothing is shown as empty."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.protocols.light import light_server
from tests.turns.waiting import until
from tests.valkeys import valkey


async def test_a_killed_redis_is_a_503_with_a_time_to_come_back(tmp_path: Path) -> None:
    thread = str(uuid4())
    turn: dict[str, Any] = {"text": "1 0", "learner_id": "linh", "thread_id": thread, "turn_id": "t1"}
    run = {"assistant_id": "coach", "input": {"messages": [{"role": "user", "content": "2 0"}]}}
    with valkey(tmp_path / "server") as server, light_server(tmp_path, server.url) as url:
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            made = {"thread_id": thread, "metadata": {"learner_id": "linh"}}
            assert (await client.post("/langgraph/threads", json=made)).status_code == 200
            waited = await client.post(f"/langgraph/threads/{thread}/runs/wait", json=run)
            place = waited.headers["content-location"]
            server.kill()
            answers = [
                await client.post("/coach/invoke", json={"input": {**turn, "turn_id": "t2"}}),
                await client.post(f"/langgraph/threads/{thread}/runs/stream", json=run),
                await client.post(f"/langgraph/threads/{thread}/runs/wait", json=run),
                await client.post(f"/langgraph/threads/{thread}/runs", json=run),
                await client.get(f"/langgraph{place}"),
                await client.post(f"/langgraph{place}/cancel"),
                await client.get(f"/langgraph{place}/join"),
                await client.get(f"/langgraph/threads/{thread}/runs"),
                await client.get(f"/langgraph/threads/{thread}/state"),
                await client.post(f"/langgraph/threads/{thread}/history", json={}),
            ]
            for answer in answers:
                assert (answer.status_code, answer.headers["retry-after"]) == (503, "1"), answer.request.url
                assert answer.json()["code"] == "unavailable"
            server.start_again()

            async def is_back() -> bool:
                return (await client.post("/coach/invoke", json={"input": turn})).status_code == 200

            await until(is_back)
            values = (await client.get(f"/langgraph/threads/{thread}/state")).json()["values"]
            assert [m["content"] for m in values["messages"] if m["type"] == "human"] == ["2 0", "1 0"]
            assert (await client.get(f"/langgraph{place}")).json()["status"] == "success"
