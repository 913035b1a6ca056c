"""What a turn costs in the checkpoint saver: milliseconds, round trips, bytes and keys, turn by turn."""

import asyncio
import platform
import tempfile
import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Annotated, Any, TypedDict

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from redis.asyncio import Redis

from graphs.checkpoint import RedisSaver
from infra.redis import open_redis, thread_key
from infra.settings import load_settings

WINDOW_MESSAGES = 40
NODES = 8
EDGE_TURNS = 25  # turns whose median is shown at each end
SENTENCE = "Today my dog ran to the park and I went with him. "


@dataclass(frozen=True, slots=True)
class TurnCost:
    """One turn: wall and own CPU milliseconds of graph and saver, what went to Redis, what the thread then holds."""

    ms: float
    cpu_ms: float
    round_trips: int
    sent_bytes: int
    keys: int
    stored_bytes: int


class _State(TypedDict):
    messages: Annotated[list[dict[str, str]], lambda old, new: (old + new)[-WINDOW_MESSAGES:]]
    step: str


async def turn_costs(client: Redis, kind: str, turns: int) -> list[TurnCost]:
    """Plays `turns` turns on one thread as the turn service does: exit durability, then only the newest is kept."""
    saver = RedisSaver(client, ttl_days=1, kind=kind)
    graph = eight_nodes(saver)
    sent = await count_traffic(client)
    return [await _turn_cost(client, graph, saver, kind, sent, turn) for turn in range(turns)]


async def _turn_cost(
    client: Redis, graph: CompiledStateGraph[_State], saver: RedisSaver, kind: str, sent: list[int], turn: int
) -> TurnCost:
    sent.clear()
    started, cpu_started = time.perf_counter(), time.process_time()
    await _play(graph, turn)
    await saver.keep_newest("t")
    cpu_ms, ms = (time.process_time() - cpu_started) * 1000, (time.perf_counter() - started) * 1000
    round_trips, sent_bytes = len(sent), sum(sent)
    keys = [key async for key in client.scan_iter(match=f"{kind}:*", count=10_000)]
    stored = await client.memory_usage(thread_key(kind, "t"), samples=0)
    return TurnCost(ms, cpu_ms, round_trips, sent_bytes, len(keys), stored or 0)


async def _play(graph: CompiledStateGraph[_State], turn: int) -> None:
    given: Any = {"messages": [{"role": "child", "text": f"{turn:05} {SENTENCE * 2}"}]}
    await graph.ainvoke(given, {"configurable": {"thread_id": "t"}}, durability="exit")


def eight_nodes(saver: BaseCheckpointSaver[str]) -> CompiledStateGraph[_State]:
    """A line of nodes that do nothing but for the last, which replies: what is left is LangGraph and the saver."""
    builder = StateGraph(_State)
    names = [f"node {number}" for number in range(NODES)]
    for name in names[:-1]:
        builder.add_node(name, _pass_on)
    builder.add_node(names[-1], _reply)
    for name, following in zip([START, *names], [*names, END], strict=True):
        builder.add_edge(name, following)
    return builder.compile(checkpointer=saver)


async def _pass_on(state: _State) -> dict[str, Any]:
    return {"step": state["messages"][-1]["text"]}


async def _reply(state: _State) -> dict[str, Any]:
    return {"messages": [{"role": "coach", "text": SENTENCE * 4}]}


async def count_traffic(client: Redis) -> list[int]:
    """A list that grows by the bytes of every round trip on the connections that `client` opens from now on."""
    sent: list[int] = []
    pool: Any = client.connection_pool
    plain: Any = pool.connection_class

    class Counted(plain):  # type: ignore[misc]
        async def send_packed_command(self, command: Any, check_health: bool = True) -> None:
            parts = [command] if isinstance(command, bytes) else list(command)
            sent.append(sum(len(part) for part in parts))
            await super().send_packed_command(parts, check_health)

    await pool.disconnect()
    pool.reset()
    pool.connection_class = Counted
    return sent


async def _memory_cpu_ms(turns: int) -> float:
    """Median CPU milliseconds of the same turns with LangGraph's own saver in memory: the floor."""
    saver = InMemorySaver()
    graph = eight_nodes(saver)
    times = []
    for turn in range(turns):
        started = time.process_time()
        await _play(graph, turn)
        times.append((time.process_time() - started) * 1000)
    return median(times)


def _shown(name: str, costs: Sequence[TurnCost]) -> str:
    figures = {field: median(asdict(cost)[field] for cost in costs) for field in asdict(costs[0])}
    return f"{name}: " + ", ".join(f"{value:.4g} {field}" for field, value in figures.items())


async def report(turns: int = 500) -> str:
    """The saver on an embedded Valkey: the turns in which the window has just filled, and the last ones."""
    first = WINDOW_MESSAGES // 2
    with tempfile.TemporaryDirectory() as folder:
        async with open_redis(load_settings({"COACH_DATA_DIR": str(Path(folder))})) as client:
            costs = await turn_costs(client, f"bench:{uuid.uuid4().hex}", turns)
    lines = [
        f"{platform.machine()}, Python {platform.python_version()}, medians of {EDGE_TURNS} turns",
        _shown(f"turns {first}-{first + EDGE_TURNS}", costs[first : first + EDGE_TURNS]),
        _shown(f"turns {turns - EDGE_TURNS}-{turns}", costs[-EDGE_TURNS:]),
        f"the same graph with a saver in memory: {await _memory_cpu_ms(turns // 5):.2f} cpu_ms",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    import sys

    sys.stdout.write(asyncio.run(report()) + "\n")
