"""The saver: LangGraph's own conformance suite, a flat cost a turn, and nothing that looks like a lost conversation."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, TypedDict
from uuid import uuid4

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver, empty_checkpoint
from langgraph.checkpoint.conformance import checkpointer_test, validate
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, interrupt
from redis.asyncio import Redis

from evals.bench.checkpoints import WINDOW_MESSAGES, turn_costs
from graphs.checkpoint import DAY_MS, RedisSaver, create_checkpointer
from infra.errors import BadInput, Conflict, Unavailable
from infra.redis import connect, open_redis
from infra.settings import load_settings
from infra.valkey import EmbeddedValkey
from tests.servers import NO_REDIS, redis_url

TTL_DAYS = 1.0
CONFORMANCE_TESTS = 81


@pytest.fixture(params=["embedded", "redis"])
async def client(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Redis]:
    """The contract runs against the embedded Valkey and, where one answers, against a real Redis."""
    if request.param == "embedded":
        async with open_redis(load_settings({"COACH_DATA_DIR": str(tmp_path)})) as found:
            yield found
        return
    url = redis_url()
    if url is None:
        pytest.skip(NO_REDIS)
    async with connect(url) as found:
        yield found


@pytest.fixture
async def kind(client: Redis) -> AsyncIterator[str]:
    """A prefix of keys of this test's own, deleted afterwards: the real Redis is shared."""
    name = f"test:{uuid4().hex}"
    yield name
    keys = [key async for key in client.scan_iter(match=f"{name}:*", count=1000)]
    if keys:
        await client.delete(*keys)


@pytest.fixture
def saver(client: Redis, kind: str) -> RedisSaver:
    return RedisSaver(client, ttl_days=TTL_DAYS, kind=kind)


async def test_it_passes_every_test_of_the_conformance_suite(saver: RedisSaver) -> None:
    @checkpointer_test(name="RedisSaver")
    async def registered() -> AsyncGenerator[BaseCheckpointSaver[str], None]:
        yield saver

    report = await validate(registered)
    assert [failure for result in report.results.values() for failure in result.failures] == []
    assert [name for name, result in report.results.items() if not result.detected] == []
    assert sum(result.tests_passed for result in report.results.values()) == CONFORMANCE_TESTS


# --- a conversation -------------------------------------------------------------------------------------------------


def last_messages(old: list[dict[str, str]], new: list[dict[str, str]]) -> list[dict[str, str]]:
    return (old + new)[-WINDOW_MESSAGES:]


class State(TypedDict):
    messages: Annotated[list[dict[str, str]], last_messages]
    heard: str
    plan: str


def conversation(saver: RedisSaver, *, pause_s: float = 0) -> CompiledStateGraph[State]:
    async def hear(state: State) -> dict[str, Any]:
        await asyncio.sleep(pause_s)
        return {"heard": state["messages"][-1]["text"]}

    async def plan(state: State) -> dict[str, Any]:
        return {"plan": "ask" if state["heard"] != "pause" else interrupt("go on?")}

    async def reply(state: State) -> dict[str, Any]:
        return {"messages": [{"role": "coach", "text": f"{state['plan']} " + "r" * 150}]}

    builder = StateGraph(State)
    builder.add_node("hear", hear)
    builder.add_node("plan", plan)
    builder.add_node("reply", reply)
    builder.add_edge(START, "hear")
    builder.add_edge("hear", "plan")
    builder.add_edge("plan", "reply")
    builder.add_edge("reply", END)
    return builder.compile(checkpointer=saver)


def on(thread_id: str) -> RunnableConfig:
    return {"configurable": {"thread_id": thread_id}}


async def say(graph: CompiledStateGraph[State], thread_id: str, text: str) -> dict[str, Any]:
    messages = [{"role": "child", "text": text}]
    given: Any = {"messages": messages}
    return dict(await graph.ainvoke(given, on(thread_id), durability="exit"))


async def keys_of(client: Redis, kind: str) -> list[Any]:
    return [key async for key in client.scan_iter(match=f"{kind}:*", count=1000)]


async def test_the_five_hundredth_turn_costs_what_the_first_ones_cost(client: Redis, kind: str) -> None:
    costs = await turn_costs(client, kind, turns=500)
    assert {cost.round_trips for cost in costs[1:]} == {3}  # read, put, keep newest; the very first loads the scripts
    assert {cost.keys for cost in costs} == {1}
    full = costs[WINDOW_MESSAGES // 2 :]
    assert max(cost.sent_bytes for cost in full) <= min(cost.sent_bytes for cost in full) * 1.01
    assert max(cost.stored_bytes for cost in full) <= min(cost.stored_bytes for cost in full) * 1.02
    assert costs[-1].sent_bytes < 20_000


async def test_the_conversation_goes_on_with_another_client_and_another_graph(
    client: Redis, kind: str, saver: RedisSaver
) -> None:
    await say(conversation(saver), "t", "first")
    state = await say(conversation(RedisSaver(client, ttl_days=TTL_DAYS, kind=kind)), "t", "second")
    assert [message["text"] for message in state["messages"][::2]] == ["first", "second"]


async def test_an_interrupted_turn_goes_on_after_its_history_was_dropped(saver: RedisSaver) -> None:
    graph = conversation(saver)
    await say(graph, "t", "hello")
    waiting = await say(graph, "t", "pause")
    assert waiting["__interrupt__"][0].value == "go on?"
    assert await saver.keep_newest("t") > 0
    state = await graph.ainvoke(Command(resume="gladly"), on("t"), durability="exit")
    assert state["messages"][-1]["text"].startswith("gladly")
    assert len(state["messages"]) == 4


async def test_every_key_expires_and_every_write_puts_that_off(client: Redis, kind: str, saver: RedisSaver) -> None:
    stored = await saver.aput(on("t"), empty_checkpoint(), {}, {})
    (key,) = await keys_of(client, kind)
    for writing in (
        saver.aput_writes(stored, [("channel", 1)], "task"),
        saver.aput(stored, empty_checkpoint(), {}, {}),
    ):
        await client.pexpire(key, 1000)
        await writing
        assert await client.pttl(key) > TTL_DAYS * DAY_MS - 60_000
    await saver.acopy_thread("t", "copy")
    assert [await client.pttl(key) > 0 for key in await keys_of(client, kind)] == [True, True]


async def test_deleting_a_thread_leaves_no_key(client: Redis, kind: str, saver: RedisSaver) -> None:
    await say(conversation(saver), "t", "hello")
    await saver.adelete_thread("t")
    assert await keys_of(client, kind) == []


async def test_threads_with_awkward_names_stay_apart_and_are_listed(saver: RedisSaver) -> None:
    names = {"a", "a}b", "{a}", "a:b", "*", "Trần Thị Mèo"}
    for name in names:
        await say(conversation(saver), name, name)
    for name in names:
        found = await saver.aget_tuple(on(name))
        assert found is not None
        assert found.checkpoint["channel_values"]["heard"] == name
    assert {found.config["configurable"]["thread_id"] async for found in saver.alist(None)} == names


async def test_a_thread_without_a_name_is_refused(saver: RedisSaver) -> None:
    with pytest.raises(BadInput):
        await saver.aget_tuple(on(""))


async def test_a_child_of_the_newest_is_the_newest_even_when_its_clock_is_behind(saver: RedisSaver) -> None:
    ahead, behind = empty_checkpoint(), empty_checkpoint()
    ahead["id"], behind["id"] = "1f000000-0000-6000-8000-000000000002", "1f000000-0000-6000-8000-000000000001"
    stored = await saver.aput(on("t"), ahead, {}, {})
    await saver.aput(stored, behind, {}, {})
    await saver.keep_newest("t")
    found = await saver.aget_tuple(on("t"))
    assert found is not None
    assert found.checkpoint["id"] == behind["id"]


async def test_dropping_the_newest_run_brings_the_one_before_it_back(saver: RedisSaver) -> None:
    first, second = empty_checkpoint(), empty_checkpoint()
    stored = await saver.aput(on("t"), first, {"run_id": "kept"}, {})
    await saver.aput(stored, second, {"run_id": "rolled back"}, {})
    await saver.delete_runs("t", ["rolled back"])
    found = await saver.aget_tuple(on("t"))
    assert found is not None
    assert found.checkpoint["id"] == first["id"]


async def test_writes_come_back_in_the_order_in_which_langgraph_applies_them(saver: RedisSaver) -> None:
    stored = await saver.aput(on("t"), empty_checkpoint(), {}, {})
    await saver.aput_writes(stored, [("c", "b2"), ("c", "b3")], "task b", "path 2")
    await saver.aput_writes(stored, [("c", "a1")], "task z", "path 1")
    await saver.aput_writes(stored, [("__error__", "first")], "task z", "path 1")
    await saver.aput_writes(stored, [("__error__", "second")], "task z", "path 1")
    await saver.aput_writes(stored, [("c", "said again")], "task b", "path 2")
    found = await saver.aget_tuple(stored)
    assert found is not None
    assert found.pending_writes == [
        ("task z", "__error__", "second"),
        ("task z", "c", "a1"),
        ("task b", "c", "b2"),
        ("task b", "c", "b3"),
    ]


async def test_a_thread_of_langgraphs_own_server_keeps_counting_its_versions(saver: RedisSaver) -> None:
    versions = [saver.get_next_version(current, None) for current in (None, 9, f"{9:032}.0.5", f"{99:032}")]
    assert [int(version) for version in versions] == [1, 10, 10, 100]
    assert versions == sorted(versions)


# --- two turns at once ----------------------------------------------------------------------------------------------


async def test_without_the_fence_two_turns_at_once_lose_one(saver: RedisSaver) -> None:
    graph = conversation(saver, pause_s=0.02)
    await say(graph, "t", "hello")
    await asyncio.gather(say(graph, "t", "one"), say(graph, "t", "two"))
    found = await saver.aget_tuple(on("t"))
    assert found is not None
    assert len(found.checkpoint["channel_values"]["messages"]) == 4


@pytest.mark.parametrize("durability", ["exit", "async", "sync"])
async def test_the_fence_refuses_the_turn_that_comes_second(client: Redis, kind: str, durability: Any) -> None:
    fenced = RedisSaver(client, ttl_days=TTL_DAYS, kind=kind, fenced=True)
    graph = conversation(fenced, pause_s=0.02)
    given: Any = {"messages": [{"role": "child", "text": "hello"}]}
    await graph.ainvoke(given, on("t"), durability=durability)
    turns = [graph.ainvoke(given, on("t"), durability=durability) for _ in range(2)]
    ended = await asyncio.gather(*turns, return_exceptions=True)
    assert sorted(type(end).__name__ for end in ended) == ["Conflict", "dict"]
    again = await graph.ainvoke(given, on("t"), durability=durability)
    assert len(again["messages"]) == 6


async def test_the_fence_lets_a_checkpoint_be_sent_again(client: Redis, kind: str) -> None:
    fenced = RedisSaver(client, ttl_days=TTL_DAYS, kind=kind, fenced=True)
    first, second = empty_checkpoint(), empty_checkpoint()
    stored = await fenced.aput(on("t"), first, {}, {})
    await fenced.aput(stored, second, {}, {})
    await fenced.aput(stored, second, {}, {})
    with pytest.raises(Conflict):
        await fenced.aput(stored, empty_checkpoint(), {}, {})


# --- Redis is down --------------------------------------------------------------------------------------------------


@asynccontextmanager
async def own_valkey(folder: Path) -> AsyncIterator[tuple[EmbeddedValkey, RedisSaver]]:
    valkey = EmbeddedValkey(folder)
    socket = valkey.open()
    try:
        async with connect(f"unix://{socket}") as client:
            yield valkey, RedisSaver(client, ttl_days=TTL_DAYS)
    finally:
        valkey.close()


async def test_when_redis_is_down_every_call_says_so_and_none_looks_like_an_empty_thread(tmp_path: Path) -> None:
    async with own_valkey(tmp_path) as (valkey, saver):
        await say(conversation(saver), "t", "hello")
        valkey.close()
        at = {"configurable": {"thread_id": "t", "checkpoint_ns": "", "checkpoint_id": "1"}}
        calls = [
            saver.aget_tuple(on("t")),
            saver.aput(on("t"), empty_checkpoint(), {}, {}),
            saver.aput_writes(RunnableConfig(configurable=at["configurable"]), [("c", 1)], "task"),
            anext(saver.alist(on("t"))),
            anext(saver.alist(None)),
            saver.adelete_thread("t"),
            saver.adelete_for_runs(["run"]),
            saver.acopy_thread("t", "u"),
            saver.keep_newest("t"),
            say(conversation(saver), "t", "still there?"),
        ]
        for call in calls:
            with pytest.raises(Unavailable):
                await call


async def test_after_redis_is_back_the_conversation_goes_on(tmp_path: Path) -> None:
    async with own_valkey(tmp_path) as (valkey, saver):
        await say(conversation(saver), "t", "before")
        valkey.close()
        with pytest.raises(Unavailable):
            await say(conversation(saver), "t", "lost")
        valkey.open()
        state = await say(conversation(saver), "t", "after")
        assert [message["text"] for message in state["messages"][::2]] == ["before", "after"]


# --- LangGraph's server ---------------------------------------------------------------------------------------------


async def test_langgraphs_server_can_load_the_saver_and_nothing_blocks_its_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from blockbuster import blockbuster_ctx

    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COACH_REDIS_URL", "")
    with blockbuster_ctx():
        async with create_checkpointer() as saver:
            await say(conversation(saver), "t", "hello")
            assert await saver.aget_tuple(on("t")) is not None
    assert not EmbeddedValkey(tmp_path / "valkey").running
