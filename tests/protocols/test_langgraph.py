"""LangGraph's Python clients, synchronous and asynchronous, talk with the coach."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from langgraph_sdk import get_client, get_sync_client
from langgraph_sdk.client import LangGraphClient
from langgraph_sdk.errors import APIStatusError, AuthenticationError, ConflictError, NotFoundError

from tests.protocols.conftest import KEY, SCHOOL_KEY

Modes = Any


@pytest.fixture
def url(coach_url: str) -> str:
    return f"{coach_url}/langgraph"


@pytest.fixture
async def client(url: str) -> AsyncIterator[LangGraphClient]:
    made = get_client(url=url)
    yield made
    await made.aclose()


def said(words: str) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": words}]}


async def talk(client: LangGraphClient, thread: str, words: str, learner: str, mode: Modes = "values") -> list[Any]:
    return [
        part
        async for part in client.runs.stream(
            thread, "coach", input=said(words), context={"learner_id": learner}, stream_mode=mode
        )
    ]


async def new_thread(client: LangGraphClient, **more: Any) -> str:
    return str((await client.threads.create(**more))["thread_id"])


async def shown(client: LangGraphClient, thread: str) -> Any:
    return await client.threads.get(thread)


async def test_the_coach_is_the_one_assistant(client: LangGraphClient) -> None:
    found = await client.assistants.search(graph_id="coach")
    assert [assistant["graph_id"] for assistant in found] == ["coach"]
    assert (await client.assistants.get(found[0]["assistant_id"]))["name"] == "Pika"
    assert "messages" in str((await client.assistants.get_schemas("coach"))["input_schema"])
    assert await client.assistants.search(graph_id="agent") == []
    with pytest.raises(NotFoundError):
        await client.assistants.get("agent")


async def test_a_conversation_is_streamed_and_read_again(client: LangGraphClient) -> None:
    thread = await new_thread(client)
    await talk(client, thread, "hello", "lg-1")
    parts = await talk(client, thread, "yesterday i go to the zoo", "lg-1", ["values", "messages-tuple", "updates"])
    names = [part.event for part in parts]
    assert (names[0], names[1], names[-1]) == ("metadata", "values", "end")
    pieces = [part.data[0] for part in parts if part.event == "messages"]
    last = [part.data for part in parts if part.event == "values"][-1]
    assert "".join(piece["content"] for piece in pieces) == last["messages"][-1]["content"]
    assert {piece["id"] for piece in pieces} == {last["messages"][-1]["id"]}
    assert "went" in last["messages"][-1]["content"]
    state: Any = await client.threads.get_state(thread)
    assert state["values"] == last
    assert [message["type"] for message in last["messages"]] == ["human", "ai"] * 2
    history: Any = await client.threads.get_history(thread)
    assert [one["values"] for one in history] == [last]
    checkpoint = state["checkpoint"]
    assert (await client.threads.get_state(thread, checkpoint=checkpoint))["values"] == last


async def test_pieces_and_custom_events_come_as_they_are_said(client: LangGraphClient) -> None:
    parts = await talk(client, await new_thread(client), "hello", "lg-2", ["messages", "custom"])
    whole = [part.data[0] for part in parts if part.event == "messages/complete"]
    partial = [part.data[0]["content"] for part in parts if part.event == "messages/partial"]
    assert [message["content"] for message in whole] == partial[-1:]
    assert [part.data["event"] for part in parts if part.event == "custom"] == ["token"] * len(partial)


async def test_the_second_form_of_the_stream_is_understood_too(client: LangGraphClient) -> None:
    stream = client.runs.stream(
        await new_thread(client), "coach", input=said("hello"), stream_mode=["values"], version="v2"
    )
    kinds = [part["type"] async for part in stream]
    assert kinds == ["metadata", "values", "values"]


async def test_waiting_gives_the_last_values(client: LangGraphClient) -> None:
    thread = await new_thread(client)
    values: Any = await client.runs.wait(
        thread, "coach", input=said("hello"), config={"configurable": {"learner_id": "lg-3"}}
    )
    assert values["turn"]["directive"]["act"] == "greet"
    assert (await shown(client, thread))["metadata"]["learner_id"] == "lg-3"


async def test_a_background_run_is_joined_listed_and_read_again_from_any_part(client: LangGraphClient) -> None:
    thread = await new_thread(client)
    run = await client.runs.create(
        thread, "coach", input=said("hello"), context={"learner_id": "lg-4"}, stream_mode=["values", "messages-tuple"]
    )
    parts = [part async for part in client.runs.join_stream(thread, run["run_id"])]
    assert parts[0].data["run_id"] == run["run_id"]
    rest = [part async for part in client.runs.join_stream(thread, run["run_id"], last_event_id=str(parts[2].id))]
    assert rest == parts[3:]
    joined: Any = await client.runs.join(thread, run["run_id"])
    assert joined["messages"] == parts[-2].data["messages"]
    only = [p async for p in client.runs.join_stream(thread, run["run_id"], stream_mode=["messages-tuple"])]
    assert {part.event for part in only} == {"metadata", "messages", "end"}
    assert (await client.runs.get(thread, run["run_id"]))["status"] == "success"
    assert [one["run_id"] for one in await client.runs.list(thread)] == [run["run_id"]]


async def test_a_run_that_has_ended_cannot_be_cancelled(client: LangGraphClient) -> None:
    thread = await new_thread(client)
    run = await client.runs.create(thread, "coach", input=said("hello"), context={"learner_id": "lg-5"})
    await client.runs.join(thread, run["run_id"])
    with pytest.raises(ConflictError):
        await client.runs.cancel(thread, run["run_id"])
    assert (await client.runs.get(thread, run["run_id"]))["status"] == "success"


async def test_runs_that_come_together_are_answered_in_order(client: LangGraphClient) -> None:
    thread = await new_thread(client)
    words = ["hello", "i like cats", "i like dogs"]
    runs = [await client.runs.create(thread, "coach", input=said(w), context={"learner_id": "lg-6"}) for w in words]
    await asyncio.gather(*(client.runs.join(thread, run["run_id"]) for run in runs))
    state: Any = await client.threads.get_state(thread)
    assert [m["content"] for m in state["values"]["messages"] if m["type"] == "human"] == words


async def several(client: LangGraphClient, thread: str, learner: str) -> list[Any]:
    """Runs that are still open when this returns, but for the first few."""
    asked = [
        client.runs.create(thread, "coach", input=said(f"i like {animal}"), context={"learner_id": learner})
        for animal in ("cats", "dogs", "birds", "fish", "cows", "ducks")
    ]
    return list(await asyncio.gather(*asked))


async def test_a_message_on_a_busy_thread_is_rejected_when_that_is_asked_for(client: LangGraphClient) -> None:
    thread = await new_thread(client, metadata={"learner_id": "lg-12"})
    runs = await several(client, thread, "lg-12")
    with pytest.raises(ConflictError):
        await client.runs.create(thread, "coach", input=said("no"), multitask_strategy="reject")
    await asyncio.gather(*(client.runs.join(thread, run["run_id"]) for run in runs))
    await client.runs.create(thread, "coach", input=said("yes"), multitask_strategy="reject")


async def test_a_rollback_takes_back_what_was_not_answered_yet(client: LangGraphClient) -> None:
    thread = await new_thread(client, metadata={"learner_id": "lg-13"})
    runs = await several(client, thread, "lg-13")
    values: Any = await client.runs.wait(thread, "coach", input=said("bye"), multitask_strategy="rollback")
    taken: Any = [await client.runs.join(thread, run["run_id"]) for run in runs]
    back = [one for one in taken if one.get("__error__", {}).get("error") == "rolled_back"]
    kinds = [message["type"] for message in values["messages"]]
    assert back
    assert kinds == ["human", "ai"] * (len(runs) - len(back) + 1)
    assert values["messages"][-2]["content"] == "bye"
    assert (await client.runs.get(thread, runs[-1]["run_id"]))["status"] == "interrupted"


async def test_an_interruption_keeps_what_was_said(client: LangGraphClient) -> None:
    thread = await new_thread(client, metadata={"learner_id": "lg-14"})
    runs = await several(client, thread, "lg-14")
    values: Any = await client.runs.wait(thread, "coach", input=said("bye"), multitask_strategy="interrupt")
    asked = [message["content"] for message in values["messages"] if message["type"] == "human"]
    assert len(asked) == len(runs) + 1
    assert asked[-1] == "bye"


async def test_threads_are_made_labelled_found_and_deleted(client: LangGraphClient) -> None:
    identity = str(uuid4())
    made = await client.threads.create(thread_id=identity, metadata={"topic": identity})
    assert (made["thread_id"], made["status"], made["values"]) == (identity, "idle", None)
    with pytest.raises(ConflictError):
        await client.threads.create(thread_id=identity)
    again = await client.threads.create(thread_id=identity, if_exists="do_nothing")
    assert again["created_at"] == made["created_at"]
    await client.threads.update(identity, metadata={"seen": True})
    await talk(client, identity, "hello", "lg-7")
    found: Any = await client.threads.search(metadata={"topic": identity, "graph_id": "coach"})
    assert [thread["metadata"]["seen"] for thread in found] == [True]
    assert found[0]["values"]["messages"][0]["content"] == "hello"
    assert identity in [thread["thread_id"] for thread in await client.threads.search(metadata={"learner_id": "lg-7"})]
    assert await client.threads.count(metadata={"topic": identity}) == 1
    await client.threads.delete(identity)
    with pytest.raises(NotFoundError):
        await client.threads.get(identity)
    await client.threads.create(thread_id=identity)
    assert (await client.threads.get_state(identity))["values"] == {}


async def test_a_thread_is_one_learners(client: LangGraphClient) -> None:
    thread = await new_thread(client, metadata={"learner_id": "lg-8"})
    await client.runs.wait(thread, "coach", input=said("hello"))
    assert (await shown(client, thread))["metadata"]["learner_id"] == "lg-8"
    with pytest.raises(ConflictError):
        await talk(client, thread, "hello", "lg-9")


async def test_a_run_without_a_thread_leaves_none_unless_it_is_kept(client: LangGraphClient) -> None:
    values: Any = await client.runs.wait(None, "coach", input=said("hello"), context={"learner_id": "lg-10"})
    parts = [p async for p in client.runs.stream(None, "coach", input=said("hi"), context={"learner_id": "lg-10"})]
    assert values["messages"][-1]["type"] == "ai"
    assert len(parts[-2].data["messages"]) == 2
    assert await client.threads.search(metadata={"learner_id": "lg-10"}) == []
    await client.runs.wait(None, "coach", input=said("hi"), context={"learner_id": "lg-10"}, on_completion="keep")
    assert len(await client.threads.search(metadata={"learner_id": "lg-10"})) == 1


async def test_a_missing_thread_is_not_found_or_made(client: LangGraphClient) -> None:
    identity = str(uuid4())
    with pytest.raises(NotFoundError):
        await talk(client, identity, "hello", "lg-11")
    await client.runs.wait(identity, "coach", input=said("hello"), if_not_exists="create")
    assert (await client.threads.get(identity))["status"] == "idle"


@pytest.mark.parametrize(
    "body",
    [
        {"assistant_id": "coach", "input": said("x" * 2001)},
        {"assistant_id": "coach", "input": {"messages": []}},
        {"assistant_id": "coach", "input": said("hi"), "stream_mode": ["debug"]},
        {"assistant_id": "coach", "input": said("hi"), "command": {"resume": True}},
        {"assistant_id": "agent", "input": said("hi")},
    ],
)
async def test_what_cannot_be_done_is_a_problem(client: LangGraphClient, url: str, body: dict[str, Any]) -> None:
    thread = await new_thread(client)
    async with httpx.AsyncClient(base_url=url) as plain:
        answer = await plain.post(f"/threads/{thread}/runs/stream", json=body)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code in (404, 422)
    assert answer.json()["detail"]
    assert (await client.threads.get_state(thread))["values"] == {}


@pytest.mark.parametrize("path", ["threads/main", "threads/*/state", "threads/main/runs/x"])
def test_an_id_that_is_none_is_a_problem(url: str, path: str) -> None:
    answer = httpx.get(f"{url}/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_the_synchronous_client_does_the_same(url: str) -> None:
    with get_sync_client(url=url) as client:
        thread = client.threads.create()["thread_id"]
        asked: Any = said("hello")
        parts = list(client.runs.stream(thread, "coach", input=asked, stream_mode=["values", "messages-tuple"]))
        assert [part.event for part in parts][-2:] == ["values", "end"]
        values: Any = client.runs.wait(thread, "coach", input=said("i like cats"))
        assert client.threads.get_state(thread)["values"] == values
        run = client.runs.create(thread, "coach", input=said("bye"))
        assert [part.event for part in client.runs.join_stream(thread, run["run_id"])][-1] == "end"
        with pytest.raises(APIStatusError):
            client.runs.cancel(thread, run["run_id"])


async def test_the_usual_key_is_needed_and_keeps_callers_apart(keyed_url: str) -> None:
    url = f"{keyed_url}/langgraph"
    clients = [get_client(url=url, api_key=key) for key in ("wrong", KEY, SCHOOL_KEY)]
    stranger, home, school = clients
    with pytest.raises(AuthenticationError):
        await stranger.threads.search()
    with pytest.raises(AuthenticationError):
        await stranger.assistants.search()
    thread = await new_thread(home)
    run = await home.runs.create(thread, "coach", input=said("hello"))
    for call in (
        school.threads.get(thread),
        school.threads.get_state(thread),
        school.threads.delete(thread),
        school.runs.get(thread, run["run_id"]),
        school.runs.create(thread, "coach", input=said("hello")),
    ):
        with pytest.raises(NotFoundError):
            await call
    assert thread not in [found["thread_id"] for found in await school.threads.search(limit=100)]
    for made in clients:
        await made.aclose()
