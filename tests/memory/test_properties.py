"""What holds for any words, ids and interleavings of writes."""

import asyncio
import json
import random
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals.drills.isolation import drill
from infra.clock import ManualClock
from infra.scope import scope_of
from memory.cards import Card
from memory.facts.fact import Fact
from memory.keeping import fact_record
from memory.notebook import FactBook
from memory.ports import Said
from memory.records import Record, merged, payload_of, tellings_of
from memory.repository import StoredMemories
from memory.service import Memories
from providers.ports import Matrix, Vector
from tests.memory.conftest import START

AN = scope_of("an")
VALUES = ("Rex", "Max", "Bim")


def telling(number: int, value: str, *, denied: bool = False) -> tuple[Said, Fact]:
    said = Said(turn_id=f"t{number}", text=value, said_at=START + timedelta(days=number))
    return said, Fact("pet:dog:name", value, "your dog's name", value, denied=denied)


def book_of(told: Sequence[tuple[Said, Fact]]) -> FactBook:
    book = FactBook([])
    for said, fact in told:
        record = fact_record(AN, fact, said, 0)
        book = book.with_told([merged(book.tellings(record.id), [record])])
    return book


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(VALUES), min_size=1, max_size=12), st.integers(0, 10_000))
def test_the_latest_fact_wins_in_any_order_and_however_often_it_comes(values: list[str], seed: int) -> None:
    chance = random.Random(seed)
    told = [telling(number, value) for number, value in enumerate(values)]
    shuffled = told + chance.sample(told, len(told) // 2)
    chance.shuffle(shuffled)
    straight, other = book_of(told), book_of(shuffled)
    (live,) = other.timeline.live()
    assert live.value == values[-1]
    assert other.records == straight.records
    assert [held.record.value for held in other.timeline.history("pet:dog:name")] == [
        value for number, value in enumerate(values) if number == 0 or values[number - 1] != value
    ]


_KEYS = ("pet:dog:name", "me:likes:fish", "me:dislikes:fish", "me:age")
_TOLD = st.lists(st.tuples(st.sampled_from(_KEYS), st.sampled_from(VALUES), st.booleans()), max_size=14)


def _records(told: Sequence[tuple[str, str, bool]]) -> list[Record]:
    facts = (Fact(key, value, "it", f"{value}!", denied=denied) for key, value, denied in told)
    said = (Said(turn_id=f"t{n}", text="x", said_at=START + timedelta(days=n)) for n in range(len(told)))
    return [fact_record(AN, fact, one, 0) for fact, one in zip(facts, said, strict=True)]


@given(_TOLD, st.integers(0, 10_000))
def test_a_book_that_grew_holds_what_a_book_read_at_once_does(told: list[tuple[str, str, bool]], seed: int) -> None:
    records = _records(told)
    random.Random(seed).shuffle(records)
    grown = FactBook()
    for record in records:
        grown = grown.with_told([merged(grown.tellings(record.id), [record])])
        assert grown.live | grown.superseded == {r.id for r in grown.records}
    read = FactBook(records)
    assert (grown.records, grown.live, grown.timeline.live()) == (read.records, read.live, read.timeline.live())
    gone = [record.id for record in records[::2]]
    left = FactBook(record for record in records if record.id not in gone)
    assert grown.without(gone).timeline.live() == left.timeline.live()


@given(_TOLD.filter(bool))
def test_what_is_stored_gives_back_every_telling_and_the_same_card(told: list[tuple[str, str, bool]]) -> None:
    tellings = _records([("pet:dog:name", value, False) for _, value, _ in told])
    tellings = [
        replace(record, id="one", language=language) for record, (language, _, _) in zip(tellings, told, strict=True)
    ]
    stored = {**payload_of(tellings), "data": tellings[-1].text}
    assert tellings_of("one", stored) == tellings
    assert Card.stored("one", stored) == Card.of(tellings[-1])


def test_a_name_that_comes_back_is_one_live_value_with_full_history() -> None:
    book = book_of([telling(number, value) for number, value in enumerate(("Rex", "Max", "Rex", "Rex"))])
    assert [record.value for record in book.timeline.live()] == ["Rex"]
    assert [held.record.value for held in book.timeline.history("pet:dog:name")] == ["Rex", "Max", "Rex"]
    (live,) = book.live
    assert len(book.tellings(live)) == 3


_WRITER = """
import asyncio, json, sys
from datetime import datetime
from pathlib import Path
from infra.clock import SystemClock
from infra.scope import scope_of
from memory.ports import Said
from memory.service import Memories
from tests.memory.test_properties import Hashed

async def main():
    folder, queue = Path(sys.argv[1]), json.loads(sys.stdin.read())
    room = Memories(folder, Hashed(), SystemClock())
    await room.open()
    for learner, turn, text, at in queue:
        await room.remember(scope_of(learner), Said(turn_id=turn, text=text, said_at=datetime.fromisoformat(at)))
        sys.stdout.write(f"{learner} {turn}\\n")
        sys.stdout.flush()
    await room.close()

asyncio.run(main())
"""

Turn = tuple[str, str, str, str]


def queue_of(learner: str) -> list[Turn]:
    said = (
        "my dog name is Rex and i am nine",
        "i like noodles",
        "now my dog name is Max",
        "just kidding",
        "my dog name is Rex",
        "con thích bơi",
    )
    return [
        (learner, f"{learner}-{number}", text, (START + timedelta(minutes=number)).isoformat())
        for number, text in enumerate(said)
    ]


def interleaved(chance: random.Random, queues: Sequence[Sequence[Turn]]) -> list[Turn]:
    """One order that keeps each queue's own."""
    waiting = [list(queue) for queue in queues]
    order: list[Turn] = []
    while left := [queue for queue in waiting if queue]:
        order.append(chance.choice(left).pop(0))
    return order


class Hashed:
    """Vectors without a model, for what does not depend on meaning; the same in every process."""

    version, dimensions = "hashed", 8

    async def query(self, text: str) -> Vector:
        vector: Vector = (await self.passages([text]))[0]
        return vector

    async def passages(self, texts: Sequence[str]) -> Matrix:
        rows = [[(ord(letter) * 31 + place) % 97 + 1 for place, letter in enumerate(f"{text:8}"[:8])] for text in texts]
        return np.array(rows, np.float32)


@asynccontextmanager
async def opened(folder: Path, clock: ManualClock) -> AsyncIterator[Memories]:
    room = Memories(folder, Hashed(), clock)
    await room.open()
    try:
        yield room
    finally:
        await room.close()


async def killed(folder: Path, queue: Sequence[Turn], after: int) -> None:
    """Writes the queue in a process of its own, which is killed when it has acknowledged `after` turns."""
    writer = await asyncio.create_subprocess_exec(sys.executable, "-c", _WRITER, str(folder), stdin=PIPE, stdout=PIPE)
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write(json.dumps(queue).encode())
    writer.stdin.close()
    for _ in range(after):
        assert await writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    await writer.wait()


async def played(folder: Path, queue: Sequence[Turn], clock: ManualClock) -> dict[str, list[str]]:
    """Writes the queue; everything that is stored then, by learner, as text."""
    async with opened(folder, clock) as room:
        for learner, turn, text, at in queue:
            said = Said(turn_id=turn, text=text, said_at=datetime.fromisoformat(at))
            await room.remember(scope_of(learner), said)
        repository = StoredMemories(room, clock)
        return {
            learner: sorted(memory.model_dump_json() for memory in await repository.export(scope_of(learner)))
            for learner in {turn[0] for turn in queue}
        }


async def test_a_queue_played_in_any_order_and_killed_gives_the_same_store(tmp_path: Path, clock: ManualClock) -> None:
    queues = [queue_of("an"), queue_of("binh")]
    straight = await played(tmp_path / "straight", [turn for queue in queues for turn in queue], clock)
    chance = random.Random(7)
    order, done = interleaved(chance, queues), 5
    await killed(tmp_path / "killed", order, after=done)
    repeated = order[done - 3 :] + order[:2]  # at least once: some come twice, and late
    assert await played(tmp_path / "killed", repeated, clock) == straight
    assert await played(tmp_path / "shuffled", interleaved(chance, queues), clock) == straight


async def test_no_query_reaches_another_learner(tmp_path: Path, clock: ManualClock) -> None:
    """Ids that look like filters, patterns and each other; the long run is `coach drill memory`."""
    async with opened(tmp_path, clock) as room:
        assert await drill(room, Hashed(), queries=150, seed=1) == {"learners": 12, "queries": 150, "leaks": 0}
