"""Runs that are stopped, left and joined again, also after a restart and from a sibling: LangGraph's own client."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient
from langgraph_sdk.errors import ConflictError, NotFoundError

from infra.valkey import EmbeddedValkey
from tests.protocols.light import light_server
from tests.turns.waiting import until

SLOW, QUICK = "1 900", "1 0"  # milliseconds between sentences
MODES: Any = ["values", "messages-tuple"]


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    valkey = EmbeddedValkey(tmp_path_factory.mktemp("valkey"))
    yield f"unix://{quote(str(valkey.open()))}"
    valkey.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("light")


@pytest.fixture(scope="module")
def url(folder: Path, redis_url: str) -> Iterator[str]:
    with light_server(folder, redis_url) as found:
        yield found


@pytest.fixture(scope="module")
def sibling_url(folder: Path, redis_url: str, url: str) -> Iterator[str]:
    with light_server(folder, redis_url) as found:
        yield found


async def client_of(url: str) -> AsyncIterator[LangGraphClient]:
    made = get_client(url=f"{url}/langgraph")
    yield made
    await made.aclose()


@pytest.fixture
async def client(url: str) -> AsyncIterator[LangGraphClient]:
    async for made in client_of(url):
        yield made


@pytest.fixture
async def sibling(sibling_url: str) -> AsyncIterator[LangGraphClient]:
    async for made in client_of(sibling_url):
        yield made


def said(words: str) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": words}]}


async def begun(client: LangGraphClient, words: str) -> tuple[str, str]:
    """A thread and its run, of which a sentence was heard."""
    thread = str((await client.threads.create())["thread_id"])
    run = await client.runs.create(
        thread, "coach", input=said(words), context={"learner_id": "linh"}, stream_mode=MODES
    )
    async for part in client.runs.join_stream(thread, run["run_id"]):
        if part.event == "messages":
            break
    return thread, run["run_id"]


async def messages(client: LangGraphClient, thread: str) -> list[str]:
    state: Any = await client.threads.get_state(thread)
    return [message["content"] for message in state["values"].get("messages", [])]


async def ended(client: LangGraphClient, thread: str, run_id: str) -> str:
    await client.runs.join(thread, run_id)
    return str((await client.runs.get(thread, run_id))["status"])


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_cancelled_run_stops_speaking_and_keeps_what_was_said(
    client: LangGraphClient, sibling: LangGraphClient, elsewhere: bool
) -> None:
    thread, run_id = await begun(client, SLOW)
    await (sibling if elsewhere else client).runs.cancel(thread, run_id, wait=True)
    assert (await client.runs.get(thread, run_id))["status"] == "interrupted"
    child, reply = await messages(client, thread)
    assert child == SLOW
    assert 1 <= reply.count("Reply") < 3  # a busy machine hears the second sentence too
    assert (await client.threads.get(thread))["status"] == "idle"
    with pytest.raises(ConflictError):
        await client.runs.cancel(thread, run_id)
    assert len((await client.runs.wait(thread, "coach", input=said(QUICK)))["messages"]) == 4  # type: ignore[call-overload]


async def test_a_run_that_is_rolled_back_leaves_nothing(client: LangGraphClient) -> None:
    thread, run_id = await begun(client, SLOW)
    assert (await client.threads.get(thread))["status"] == "busy"
    await client.runs.cancel(thread, run_id, action="rollback", wait=True)
    assert (await client.runs.get(thread, run_id))["status"] == "interrupted"
    assert await messages(client, thread) == []


async def test_a_run_ends_with_its_listener_when_that_was_asked_for(client: LangGraphClient) -> None:
    for mode, status in (("cancel", "interrupted"), ("continue", "success")):
        thread, run_id = str((await client.threads.create())["thread_id"]), ""
        stream = client.runs.stream(
            thread,
            "coach",
            input=said(SLOW),
            stream_mode=MODES,
            on_disconnect=mode,  # type: ignore[call-overload]
        )
        async for part in stream:
            run_id = part.data["run_id"] if part.event == "metadata" else run_id
            if part.event == "messages":
                break
        await stream.aclose()
        assert await ended(client, thread, run_id) == status
        assert ((await messages(client, thread))[-1].count("Reply") < 3) is (mode == "cancel")


async def test_a_run_ends_with_whoever_waits_for_it_when_that_was_asked_for(client: LangGraphClient, url: str) -> None:
    thread = str((await client.threads.create())["thread_id"])
    asked: Any = {"input": said(SLOW), "on_disconnect": "cancel"}
    waiting = asyncio.create_task(client.runs.wait(thread, "coach", **asked))

    async def runs() -> Any:
        return await client.runs.list(thread)

    await until(runs)
    (run,) = await runs()
    waiting.cancel()
    assert await ended(client, thread, run["run_id"]) == "interrupted"


async def test_a_run_is_joined_from_where_its_listener_was_by_a_sibling(
    client: LangGraphClient, sibling: LangGraphClient
) -> None:
    thread, run_id = await begun(client, SLOW)
    parts = [part async for part in sibling.runs.join_stream(thread, run_id)]
    again = [part async for part in client.runs.join_stream(thread, run_id)]
    assert parts == again
    for number in range(len(parts) - 1):
        rest = [part async for part in sibling.runs.join_stream(thread, run_id, last_event_id=str(parts[number].id))]
        assert rest == parts[number + 1 :]
    assert [part.event for part in parts] == ["metadata", "values", *["messages"] * 3, "values", "end"]
    assert [message["content"] for message in parts[1].data["messages"]] == [SLOW]
    assert [run["run_id"] for run in await sibling.runs.list(thread)] == [run_id]


async def test_a_run_goes_on_after_a_restart_and_is_joined_where_its_listener_was(
    tmp_path: Path, redis_url: str
) -> None:
    with light_server(tmp_path, redis_url) as url:
        async for client in client_of(url):
            thread, run_id = await begun(client, SLOW)
            done: Any = await client.runs.create(thread, "coach", input=said(QUICK), context={"learner_id": "linh"})
            stream = client.runs.join_stream(thread, run_id)
            heard = [await anext(stream) for _ in range(3)]
            await stream.aclose()  # type: ignore[attr-defined]
    with light_server(tmp_path, redis_url) as url:
        async for client in client_of(url):
            rest = [part async for part in client.runs.join_stream(thread, run_id, last_event_id=str(heard[-1].id))]
            whole = [part async for part in client.runs.join_stream(thread, run_id)]
            assert whole == heard + rest
            assert [part.event for part in rest][-2:] == ["values", "end"]
            assert await ended(client, thread, done["run_id"]) == "success"
            assert [run["run_id"] for run in await client.runs.list(thread)] == [done["run_id"], run_id]
            assert [line for line in await messages(client, thread) if "Reply" not in line] == [SLOW, QUICK]
            await client.threads.delete(thread)
            with pytest.raises(NotFoundError):
                await client.runs.get(thread, run_id)


async def test_the_graph_is_drawn_as_it_is(client: LangGraphClient) -> None:
    drawn: Any = await client.assistants.get_graph("coach")
    names = {node["id"] for node in drawn["nodes"]}
    assert {"screen", "plan", "reply", "record", "__start__", "__end__"} <= names
    assert {"source": "plan", "target": "reply"}.items() <= {
        k: v for e in drawn["edges"] if e["source"] == "plan" for k, v in e.items()
    }.items()
    assert await client.assistants.get_subgraphs("coach") == {}
    with pytest.raises(NotFoundError):
        await client.assistants.get_graph("agent")
