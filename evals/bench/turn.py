"""Times whole turns (scripted coach, embedded stores) against the floor, in one run."""

import asyncio
import itertools
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench.floor import floor_graph, floor_turn
from graphs.turns import TurnRequest
from house import House
from infra.scope import scope_of
from infra.settings import Settings

CONCURRENCIES = (1, 8, 32)
LONG_THREAD_TURNS = 500
EDGE_TURNS = 25  # turns averaged at each end of the long thread
WARM_UP_TURNS = 10
WORDS = (
    "hello",
    "my name is Linh",
    "i like rabbit and duck",
    "yesterday i go to the zoo with my mother",
    "what is my name?",
    "con không hiểu",
    "she is very happy",
    "what does elephant mean",
    "i have two cats",
    "my dog is brown",
)
_numbers = itertools.count(1000)
_RSS_UNIT = 1 if platform.system() == "Darwin" else 1024

Turn = Callable[[str, str], Awaitable[float]]


@dataclass(frozen=True)
class Row:
    """One measurement: `first_ms` is the time to the first sentence, of `turns` turns of `learners` at once."""

    what: str
    learners: int
    turns: int
    cpu_ms: float
    wall_p50_ms: float
    wall_p95_ms: float
    first_p50_ms: float
    first_p95_ms: float


async def measure(settings: Settings, turns: int) -> dict[str, Any]:
    """The table, the long thread and the memory in use. Uses throw-away stores."""
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        house = House(settings.model_copy(update={"data_dir": Path(folder), "providers": (), "log_level": "warning"}))
        async with house.opened():
            return await _measure(house, turns)


async def _measure(house: House, turns: int) -> dict[str, Any]:
    graph = floor_graph()

    async def floor(learner: str, words: str) -> float:
        started = time.perf_counter()
        await floor_turn(graph, learner, words)
        return time.perf_counter() - started

    async def ours(learner: str, words: str) -> float:
        return await _first_sentence(house, learner, words)

    await _play(ours, ["warm"], WARM_UP_TURNS, house)
    rows = []
    for learners in CONCURRENCIES:
        for name, turn in (("floor", floor), ("coach", ours)):
            rows.append(await _row(name, turn, learners, turns, house))
    long_thread = await _long_thread(ours, house)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT / 1e6
    return {
        "rows": [vars(row) for row in rows],
        "ratio_cpu_to_floor": round(rows[1].cpu_ms / rows[0].cpu_ms, 1),
        "long_thread": long_thread,
        "peak_memory_mb": round(peak),
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
    }


async def _pause(house: House, learners: int) -> None:
    """A single child thinks before it answers: memory has been written by then. A crowd leaves no pause."""
    if learners == 1:
        await house.relay.drain()


async def _first_sentence(house: House, learner: str, words: str) -> float:
    """Plays a turn to its end; gives the seconds to its first sentence."""
    started, first = time.perf_counter(), 0.0
    request = TurnRequest(text=words, learner_id=learner)
    async for event in house.coach.stream(request, scope_of(learner)):
        if event["event"] == "error":
            raise RuntimeError(f"a measured turn failed: {event['code']}")
        if event["event"] == "token" and not first:
            first = time.perf_counter() - started
    return first


async def _row(name: str, turn: Turn, learners: int, turns: int, house: House) -> Row:
    names = [f"bench-{name}-{learners}-{index}" for index in range(learners)]
    cpu = time.process_time()
    timings = await _play(turn, names, max(1, turns // learners), house)
    used = (time.process_time() - cpu) / len(timings)
    walls, firsts = [wall for wall, _ in timings], [first for _, first in timings]
    return Row(
        what=name,
        learners=learners,
        turns=len(timings),
        cpu_ms=_ms(used),
        wall_p50_ms=_ms(statistics.median(walls)),
        wall_p95_ms=_ms(_p95(walls)),
        first_p50_ms=_ms(statistics.median(firsts)),
        first_p95_ms=_ms(_p95(firsts)),
    )


async def _play(turn: Turn, learners: Sequence[str], each: int, house: House) -> list[tuple[float, float]]:
    """(wall, first sentence) in seconds of every turn; the learners talk at the same time, each in order."""

    async def talk(learner: str) -> list[tuple[float, float]]:
        timings = []
        for index in range(each):
            await _pause(house, len(learners))
            started = time.perf_counter()
            first = await turn(learner, _words(index))
            timings.append((time.perf_counter() - started, first))
        return timings

    return [timing for talked in await asyncio.gather(*(talk(learner) for learner in learners)) for timing in talked]


async def _long_thread(turn: Turn, house: House) -> dict[str, float]:
    """CPU per turn, what follows the reply included, at the start and at the end of one long thread; their ratio."""
    early: list[float] = []
    late: list[float] = []
    for index in range(LONG_THREAD_TURNS):
        started = time.process_time()
        await turn("bench-long", _words(index))
        await house.relay.drain()
        used = time.process_time() - started
        if WARM_UP_TURNS <= index < WARM_UP_TURNS + EDGE_TURNS:
            early.append(used)
        if index >= LONG_THREAD_TURNS - EDGE_TURNS:
            late.append(used)
    first, last = statistics.median(early), statistics.median(late)
    return {
        "turns": LONG_THREAD_TURNS,
        "early_cpu_ms": _ms(first),
        "late_cpu_ms": _ms(last),
        "ratio": round(last / first, 3),
    }


def _words(index: int) -> str:
    """Something a child says, never the same twice in a run: no cache answers for it."""
    return f"{WORDS[index % len(WORDS)]} {next(_numbers)}"


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
