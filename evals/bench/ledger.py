"""What the turn ledger adds to a turn: turns with it and turns of the saver alone, in pairs, in one process."""

import asyncio
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain_core.messages import HumanMessage

from evals.bench.checkpoints import count_traffic
from evals.drills.light import LightNodes, Place, database_in, service_on, services_on
from evals.statistics import measured
from graphs.coach import coach_graph
from graphs.services import TurnContext
from graphs.turns import TurnRequest, TurnSaver
from infra.clock import new_id
from infra.redis import open_redis
from infra.scope import scope_of
from infra.settings import load_settings

WARM_UP_PAIRS = 50  # the window of messages is full then
REST_S = 0.004  # what follows a turn's last event belongs to the turn's CPU, not to the next turn's
LIMIT_MS = 2.0

Turn = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Milliseconds of two turns that were played one after the other: (with the ledger, the saver alone)."""

    cpu_ms: tuple[float, float]
    wall_ms: tuple[float, float]


async def measure(pairs: int, seed: int = 0) -> dict[str, Any]:
    """Medians and their differences on throw-away stores.

    The turns of a pair are neighbours in time and come in random order, so that what else the machine does meets both
    alike; the figure is the median of the differences, with a 95% interval over the pairs.
    """
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as name:
        folder = Path(name)
        database = database_in(folder)
        await database.open()
        try:
            async with open_redis(load_settings({"COACH_DATA_DIR": name})) as redis:
                sent = await count_traffic(redis)
                service = service_on(redis, database, Place(folder / "unused", "", folder, lease_ms=6000))
                services = services_on(database)
                saver = TurnSaver(redis, ttl_days=1, fenced=True)
                graph = coach_graph(services, LightNodes(services)).compile(checkpointer=saver)

                async def with_ledger(text: str) -> None:
                    request = TurnRequest(text=text, learner_id="with", turn_id=new_id())
                    last = await service.final(request, scope_of("with"))
                    if last["event"] != "final":
                        raise RuntimeError(f"a measured turn failed: {last['code']}")

                async def alone(text: str) -> None:
                    message = HumanMessage(content=text, id=new_id())
                    config: Any = {"configurable": {"thread_id": "local:alone:main"}}
                    context = TurnContext(learner_id="alone")
                    await graph.ainvoke({"messages": [message]}, config, context=context, durability="exit")
                    await saver.keep_newest("local:alone:main")

                played = await _played((with_ledger, alone), pairs, random.Random(seed))
                trips = [await _round_trips(turn, sent) for turn in (with_ledger, alone)]
                await service.close()
        finally:
            await database.close()
    return {**_figures(played), "round_trips": {"with": trips[0], "alone": trips[1]}, "machine": _machine()}


async def _played(turns: tuple[Turn, Turn], pairs: int, chance: random.Random) -> Sequence[Pair]:
    found = []
    for number in range(WARM_UP_PAIRS + pairs):
        costs: dict[int, tuple[float, float]] = {}
        for which in chance.sample((0, 1), 2):
            costs[which] = await _cost(turns[which], f"{number} 0")
        if number >= WARM_UP_PAIRS:
            cpu, wall = zip(costs[0], costs[1], strict=True)
            found.append(Pair(cpu, wall))
    return found


async def _cost(turn: Turn, text: str) -> tuple[float, float]:
    """CPU and wall milliseconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    await turn(text)
    taken = time.perf_counter() - wall
    await asyncio.sleep(REST_S)
    return (time.process_time() - cpu) * 1000, taken * 1000


async def _round_trips(turn: Turn, sent: list[int]) -> int:
    sent.clear()
    await turn("0 0")
    await asyncio.sleep(REST_S * 5)
    return len(sent)


def _figures(pairs: Sequence[Pair]) -> dict[str, Any]:
    quarter = len(pairs) // 4
    figures: dict[str, Any] = {"pairs": len(pairs), "limit_ms": LIMIT_MS}
    for what in ("cpu_ms", "wall_ms"):
        both = [getattr(pair, what) for pair in pairs]
        differences = [one - other for one, other in both]
        figures[what] = {
            "with_p50": round(statistics.median(one for one, _ in both), 2),
            "alone_p50": round(statistics.median(other for _, other in both), 2),
            "more": measured(differences, statistics.median).model_dump(),
            "more_at_first": round(statistics.median(differences[:quarter]), 2),
            "more_at_last": round(statistics.median(differences[-quarter:]), 2),
        }
    return figures


def _machine() -> str:
    return f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
