"""Times the memory store: searching and ranking, adding, opening, erasing; beside mem0 on qdrant's local mode."""

import random
import resource
import tempfile
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from infra.clock import Clock, SystemClock
from infra.scope import Scope, scope_of
from infra.settings import quiet_libraries
from memory.cards import Card
from memory.lexical import document_words
from memory.ranking import Asked, rank
from memory.records import Record, payload_of, turn_point
from memory.retrieval import find
from memory.stores.edge import EdgeStore
from memory.stores.points import Point
from providers.ports import Vector

DIMENSIONS = 384
START = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 500
QUERIES = 60
OPEN_SHARDS = 64
_COMMON = tuple(
    """dog cat school friend teacher mother father rice noodle swim play football draw paint book story game rain sun
    happy tired sister brother house garden tree flower fish bird apple mango milk bike bus park zoo piano""".split()  # noqa: SIM905
)


class World:
    """Made-up memories: words by Zipf's law, vectors at random."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._numbers = np.random.default_rng(seed)
        self._words = [*_COMMON, *(f"thing{number}" for number in range(3000))]

    def text(self) -> str:
        ranks = [min(int(rank), len(self._words)) for rank in self._numbers.zipf(1.3, size=9)]
        return "i " + " ".join(self._words[rank - 1] for rank in ranks)

    def vector(self) -> Vector:
        vector: Vector = self._numbers.normal(size=DIMENSIONS).astype(np.float32)
        return vector / np.float32(np.linalg.norm(vector))

    def point(self, scope: Scope, number: int) -> Point:
        said_at = START + timedelta(minutes=7 * number)
        turn_id = f"turn-{number}"
        record = Record(turn_point(scope, turn_id), "episodic", self.text(), said_at, turn_id, 0)
        payload = {**payload_of([record]), "data": record.text, "user_id": scope.key}
        return Point(record.id, self.vector().tolist(), document_words(record.document), payload)


def measure(memories: Sequence[int], learners: int, seed: int = 0, mem0_most: int = 1000) -> dict[str, Any]:
    """Rows for one learner with each count of `memories`, and for `learners` with 100 each; mem0 up to `mem0_most`."""
    clock = SystemClock()
    rows = [_one_learner(World(seed), count, clock) for count in memories]
    if learners:
        rows.append(_many_learners(World(seed), learners, 100, clock))
    rows += [_mem0(World(seed), count, clock) for count in memories if count <= mem0_most]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"rows": rows, "queries": QUERIES, "peak_memory_mb": peak}


def _one_learner(world: World, count: int, clock: Clock) -> dict[str, Any]:
    scope = scope_of("one")
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        store = _filled(Path(folder), world, [scope], count)
        searched = [_timed(clock, lambda: _search(store, scope, world, {})) for _ in range(QUERIES)]
        known: dict[str, Card] = {}
        again = [_timed(clock, lambda: _search(store, scope, world, known)) for _ in range(QUERIES)]
        point = world.point(scope, count)
        with store.lease(scope) as points:
            added = _timed(clock, lambda: points.upsert([point]))
        disk = _megabytes(Path(folder))
        store.close()
        store = _store(Path(folder))
        opened = _timed(clock, lambda: _search(store, scope, world, {}))
        erased = _timed(clock, lambda: store.erase(scope))
        store.close()
    return _row("coach", f"{count} of one learner", searched, again[QUERIES // 2 :], added, opened, erased, disk)


def _many_learners(world: World, learners: int, each: int, clock: Clock) -> dict[str, Any]:
    """Searches among shards that are open; `open ms` is a search that has to open one."""
    scopes = [scope_of(f"child{number}") for number in range(learners)]
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        store = _filled(Path(folder), world, scopes, each)
        recent = scopes[-OPEN_SHARDS // 2 :]
        asked = [recent[number % len(recent)] for number in range(QUERIES)]
        searched = [_timed(clock, partial(_search, store, scope, world, {})) for scope in asked]
        known: dict[str, Card] = {}  # ids tell learners apart
        again = [_timed(clock, partial(_search, store, scope, world, known)) for scope in (*asked, *asked)]
        opened = _timed(clock, lambda: _search(store, scopes[0], world, {}))
        point = world.point(recent[0], each)
        with store.lease(recent[0]) as points:
            added = _timed(clock, lambda: points.upsert([point]))
        erased = _timed(clock, lambda: store.erase(recent[0]))
        store.close()
        disk = _megabytes(Path(folder))
    return _row(
        "coach", f"{learners * each} of {learners} learners", searched, again[QUERIES:], added, opened, erased, disk
    )


def _search(store: EdgeStore, scope: Scope, world: World, known: dict[str, Card]) -> None:
    """`known`: cards of memories that searches have read before; in a talk most of what is found is among them."""
    asked = Asked.of(world.text(), START)
    with store.lease(scope) as points:
        candidates = find(points, asked, world.vector(), frozenset(), known)
    rank(candidates, asked)


def _filled(folder: Path, world: World, scopes: Sequence[Scope], each: int) -> EdgeStore:
    store = _store(folder)
    for scope in scopes:
        with store.lease(scope) as points:
            for start in range(0, each, BATCH):
                points.upsert([world.point(scope, number) for number in range(start, min(each, start + BATCH))])
    return store


def _store(folder: Path) -> EdgeStore:
    return EdgeStore(folder, DIMENSIONS, version="bench", open_shards=OPEN_SHARDS)


def _mem0(world: World, count: int, clock: Clock) -> dict[str, Any]:
    """mem0's own search over qdrant-client's local mode; filled through its store, as its `add` would."""
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        quiet_libraries(Path(folder))
        from evals.baselines.mem0_plain import USER, PlainMem0

        records = [Record(f"{n}", "episodic", f"{world.text()} {n}", START, f"{n}", 0) for n in range(count)]
        vectors = np.stack([world.vector() for _ in records])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            memory = PlainMem0(records, vectors)
            searched = [_timed(clock, lambda: memory.ranked(world.text(), world.vector(), 10)) for _ in range(QUERIES)]
            more = Record("more", "episodic", world.text(), START, "more", 0)
            added = _timed(clock, lambda: memory.put(more, world.vector()))
            erased = _timed(clock, lambda: memory.delete_all(user_id=USER))
    return _row("mem0 local", f"{count} of one learner", searched, (), added, None, erased, None)


def _timed(clock: Clock, call: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds of wall and of this process' CPU."""
    wall, used = clock.monotonic(), _cpu_seconds()
    call()
    return (clock.monotonic() - wall) * 1000, (_cpu_seconds() - used) * 1000


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _row(
    name: str,
    memories: str,
    searched: Sequence[tuple[float, float]],
    again: Sequence[tuple[float, float]],
    added: tuple[float, float],
    opened: tuple[float, float] | None,
    erased: tuple[float, float],
    disk: float | None,
) -> dict[str, Any]:
    walls, used, later = (
        sorted(pair[at] for pair in timings) for timings, at in ((searched, 0), (searched, 1), (again, 1))
    )
    figures: Mapping[str, float | None] = {
        "search CPU p50 ms": used[len(used) // 2],
        "search CPU p95 ms": used[int(len(used) * 0.95)],
        "again CPU p50 ms": later[len(later) // 2] if later else None,
        "search wall p95 ms": walls[int(len(walls) * 0.95)],
        "add ms": added[0],
        "open ms": opened[0] if opened else None,
        "erase ms": erased[0],
        "disk MB": disk,
    }
    shown = {key: "" if value is None else round(value, 2) for key, value in figures.items()}
    return {"": name, "memories": memories, **shown}


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file()) / 1e6
