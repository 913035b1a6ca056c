"""Old talks are summed up; facts, quotes and what is pinned stay, whatever crashes."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from datetime import timedelta
from pathlib import Path

from infra.clock import ManualClock
from infra.scope import scope_of
from memory.consolidating import MOST_LETTERS, consolidate_all, due, summary_of, telling
from memory.ports import Memory, Said
from memory.records import Record, turn_point
from memory.repository import StoredMemories
from memory.service import Memories
from tests.memory.conftest import START
from tests.memory.test_properties import Hashed, opened

AN, BINH = scope_of("an"), scope_of("binh")
DAY = (
    "my dog name is Rex",
    "what do you like?",
    "we went to the zoo and saw a tiger",
    "the tiger was big",
    "in my story my cat name is Bim",
    "then we ate noodles with my aunt",
)
LATER = timedelta(days=400)


def turn(text: str, number: int, *, days: float = 0, pinned: bool = False) -> Record:
    said_at = START - timedelta(days=days) + timedelta(minutes=number)
    return Record(turn_point(AN, f"{number}"), "episodic", text, said_at, f"{number}", 1000, pinned=pinned)


async def told(room: Memories) -> None:
    for scope in (AN, BINH):
        for number, text in enumerate(DAY):
            said_at = START + timedelta(minutes=number)
            await room.remember(scope, Said(turn_id=f"{scope.learner_id}{number}", text=text, said_at=said_at))


async def stored(room: Memories, clock: ManualClock) -> list[list[Memory]]:
    return [list(await StoredMemories(room, clock).export(scope)) for scope in (AN, BINH)]


def test_only_days_that_have_faded_and_hold_enough_are_due() -> None:
    old = [turn(text, number, days=250) for number, text in enumerate(DAY)]
    recent = [turn(text, number + 10, days=100) for number, text in enumerate(DAY)]
    few = [turn(text, number + 20, days=300) for number, text in enumerate(DAY[:3])]
    pinned = [turn("our cat can open doors", 30, days=250, pinned=True)]
    assert due([*recent, *pinned, *few, *old], START) == [old]
    assert due([summary_of(AN, old)] * 4, START) == []


def test_a_summary_is_made_of_the_learners_own_sentences_that_say_the_most() -> None:
    turns = [turn(text, number) for number, text in enumerate(DAY)]
    summary = summary_of(AN, turns)
    assert "we went to the zoo and saw a tiger." in summary.text
    assert "what do you like?" not in telling([*turns, *(turn(f"i drew thing{n} today", n) for n in range(10, 16))])
    assert summary.summed == tuple(str(number) for number in range(len(DAY)))
    assert len(" ".join(telling([turn(f"word{n} " * 20, n) for n in range(9)]))) <= MOST_LETTERS + 10
    assert telling([turn("x" * 900, 1)]) == ["x" * MOST_LETTERS + "."]


async def test_a_faded_day_becomes_one_memory_and_its_facts_stay(tmp_path: Path, clock: ManualClock) -> None:
    async with opened(tmp_path, clock) as room:
        await told(room)
        repository = StoredMemories(room, clock)
        pinned = turn_point(AN, "an3")
        await repository.update(AN, pinned, pinned=True, by="parent")
        facts = [memory for memory in (await stored(room, clock))[0] if memory.kind != "episodic"]
        clock.advance(LATER)
        assert await consolidate_all(room) == 5 + 6
        assert await consolidate_all(room) == 0
        kept = (await stored(room, clock))[0]
        (summary,) = (memory for memory in kept if memory.kind == "episodic" and memory.id != pinned)
        assert [(fact.value, fact.quote) for fact in kept if fact.kind != "episodic"] == [
            (fact.value, fact.quote) for fact in facts
        ]
        assert pinned in {memory.id for memory in kept}
        assert summary.source_turn_ids == ("an0", "an1", "an2", "an4", "an5")
        vector = await Hashed().query("zoo tiger")
        assert summary.id in {found.id for found in await room.recall(AN, "did we see a tiger in the zoo?", vector)}
        assert (await repository.stats(AN)).quarantined > 0
        await repository.delete(AN, summary.id)
        assert {memory.id for memory in (await stored(room, clock))[0]} == {pinned}


_KILLED = """
import asyncio, os, signal, sys
from datetime import timedelta
from pathlib import Path
from infra.clock import ManualClock
from tests.memory.conftest import START
from tests.memory.test_consolidating import LATER
from tests.memory.test_properties import Hashed
from memory.consolidating import consolidate_all
from memory.service import Memories

async def main():
    room = Memories(Path(sys.argv[1]), Hashed(), ManualClock(START + LATER))
    await room.open()
    room.archive.delete = lambda *given: os.kill(os.getpid(), signal.SIGKILL)  # summaries are stored, turns not gone
    await consolidate_all(room)

asyncio.run(main())
"""


async def test_killed_between_summary_and_deletion_the_next_run_gives_the_same(
    tmp_path: Path, clock: ManualClock
) -> None:
    for folder in ("straight", "killed"):
        clock.set(START)
        async with opened(tmp_path / folder, clock) as room:
            await told(room)
    dying = await asyncio.create_subprocess_exec(sys.executable, "-c", _KILLED, str(tmp_path / "killed"), stderr=PIPE)
    assert await dying.wait() == -9
    clock.set(START + LATER)
    after = []
    for folder in ("straight", "killed"):
        async with opened(tmp_path / folder, clock) as room:
            assert await consolidate_all(room) == 2 * len(DAY)
            after.append(await stored(room, clock))
    assert after[0] == after[1]
