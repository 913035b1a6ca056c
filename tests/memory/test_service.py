"""The room from outside: remembering, recalling, answering, forgetting."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.clock import ManualClock
from infra.errors import Unavailable
from infra.scope import Scope, scope_of
from memory.ports import Said
from memory.service import Memories
from providers.embeddings import LocalEmbedder
from tests.memory.conftest import START

AN, BINH = scope_of("an"), scope_of("binh")
CANARY = "Zyxwabra"


def said(turn: int, text: str, context: str = "", days: float = 0) -> Said:
    return Said(turn_id=f"turn-{turn}", text=text, context=context, said_at=START + timedelta(days=days, minutes=turn))


async def tell(memories: Memories, scope: Scope, *texts: str) -> None:
    for turn, text in enumerate(texts):
        await memories.remember(scope, said(turn, text))


async def test_what_was_told_is_recalled_and_answered(memories: Memories, embedder: LocalEmbedder) -> None:
    await tell(memories, AN, "my dog name is Bim", "i like to draw", "we went to the sea in summer")
    question = "What is my dog's name?"
    vector = await embedder.query(question)
    recalled = await memories.recall(AN, question, vector, limit=2)
    answer = await memories.answer(AN, question, vector)
    assert {memory.turn_id for memory in recalled} == {"turn-0"}
    assert {memory.kind for memory in recalled} == {"episodic", "semantic"}
    assert answer is not None
    assert (answer.known, answer.answer, answer.quote) == (True, "Bim", "my dog name is Bim")


async def test_a_vietnamese_turn_is_found_by_an_english_question(memories: Memories, embedder: LocalEmbedder) -> None:
    await tell(memories, AN, "con thích chơi cờ vua", "hôm nay trời mưa to", "mẹ mua cho con cái áo mới")
    vector = await embedder.query("what did my mother buy?")
    (first, *_) = await memories.recall(AN, "what did my mother buy?", vector, limit=1)
    assert first.turn_id == "turn-2"


async def test_a_superseded_fact_is_not_recalled(memories: Memories, embedder: LocalEmbedder) -> None:
    await tell(memories, AN, "my dog name is Rex", "my dog name is Max")
    recalled = await memories.recall(AN, "dog name", await embedder.query("dog name"), limit=10)
    assert [memory.value for memory in recalled if memory.kind == "semantic"] == ["Max"]


async def test_remembering_a_turn_twice_changes_nothing(memories: Memories, embedder: LocalEmbedder) -> None:
    for _ in range(3):
        await memories.remember(AN, said(1, "my cat name is Miu and i am nine"))
    recalled = await memories.recall(AN, "cat", await embedder.query("cat"), limit=50)
    assert len(recalled) == len({memory.id for memory in recalled}) == 3


async def test_a_redelivered_old_turn_does_not_bring_back_an_old_fact(
    memories: Memories, embedder: LocalEmbedder
) -> None:
    await memories.remember(AN, said(2, "i live in Da Nang", days=3))
    await memories.remember(AN, said(1, "i live in Hue"))
    answer = await memories.answer(AN, "where do i live?", await embedder.query("where do i live?"))
    assert answer is not None
    assert answer.answer == "Da Nang"


async def test_highlights_are_the_newest_facts_worth_a_greeting(memories: Memories) -> None:
    await tell(memories, AN, "i am nine", "i have a cat", "my favorite food is pho", "i am afraid of snakes")
    (newest, *others) = await memories.highlights(AN)
    assert (newest.about, newest.value) == ("your favorite food", "pho")
    assert others == []


async def test_nobody_known_has_no_memories(memories: Memories, embedder: LocalEmbedder) -> None:
    vector = await embedder.query("what is my name?")
    assert await memories.recall(BINH, "what is my name?", vector) == []
    answer = await memories.answer(BINH, "what is my name?", vector)
    assert answer is not None
    assert not answer.known
    assert await memories.highlights(BINH) == []
    assert await memories.forget_learner(BINH) == 0


async def test_forgetting_leaves_no_byte(memories: Memories, tmp_path: Path) -> None:
    await tell(memories, AN, f"my dog name is {CANARY}", f"i like {CANARY} cake")
    await tell(memories, BINH, "my dog name is Bim")
    assert _holds(tmp_path, CANARY)
    assert await memories.forget_learner(AN) == 4
    assert not _holds(tmp_path, CANARY)
    assert _holds(tmp_path, "Bim")
    await memories.remember(AN, said(9, "my dog name is Kim"))
    assert len(await memories.highlights(AN)) == 1


def _holds(folder: Path, word: str) -> bool:
    return any(word.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_forgetting_waits_for_a_turn_that_is_being_written(memories: Memories, tmp_path: Path) -> None:
    writing = asyncio.ensure_future(memories.remember(AN, said(1, f"my dog name is {CANARY}")))
    await asyncio.sleep(0)
    writing.cancel()
    await asyncio.sleep(0)
    await memories.forget_learner(AN)
    assert not _holds(tmp_path, CANARY)


async def test_turns_told_at_once_are_all_kept(memories: Memories, embedder: LocalEmbedder) -> None:
    await asyncio.gather(*(memories.remember(AN, said(turn, f"sentence number {turn}")) for turn in range(12)))
    recalled = await memories.recall(AN, "sentence", await embedder.query("sentence"), limit=50)
    assert len(recalled) == 12


async def test_yesterday_is_the_childs_yesterday(memories: Memories, embedder: LocalEmbedder) -> None:
    late = START.replace(hour=20)  # 03:00 of the next day in Vietnam
    await memories.remember(AN, Said(turn_id="t", text="yesterday i went to the circus", said_at=late))
    question = "when did i go to the circus?"
    answer = await memories.answer(AN, question, await embedder.query(question))
    assert answer is not None
    assert answer.answer == "2 March 2026"


async def test_memories_must_be_open(tmp_path: Path, embedder: LocalEmbedder, clock: ManualClock) -> None:
    closed = Memories(tmp_path, embedder, clock)
    with pytest.raises(Unavailable):
        await closed.highlights(AN)


async def test_mem0_calls_nobody_and_downloads_nothing(memories: Memories) -> None:
    await tell(memories, AN, "my dog name is Bim")
    import mem0.memory.telemetry as telemetry
    import mem0.utils.spacy_models as models

    assert telemetry.MEM0_TELEMETRY is False
    assert models.get_nlp_lemma() is None
    assert models.get_nlp_full() is None


async def test_mem0_reads_what_it_wrote(memories: Memories, tmp_path: Path) -> None:
    await tell(memories, AN, "i like kites")
    from memory.mem0_adapter import LearnerMemory

    store = memories.archive.store
    with store.lease(AN) as points:
        found = LearnerMemory(points).get_all(filters={"user_id": AN.key})["results"]
        other = LearnerMemory(points).get_all(filters={"user_id": "*"})["results"]
        LearnerMemory(points).delete(found[0]["id"])
        left = points.count()
    assert {item["memory"] for item in found} == {"i like kites", "what you like: kites"}
    assert (other, left) == ([], 1)


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    text=st.text(max_size=120),
    names=st.lists(
        st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,9}", fullmatch=True), min_size=2, max_size=2, unique=True
    ),
)
async def test_no_words_reach_another_learner(
    memories: Memories, embedder: LocalEmbedder, text: str, names: list[str]
) -> None:
    mine, theirs = (scope_of(name) for name in names)
    await memories.forget_learner(mine)
    await memories.forget_learner(theirs)
    await memories.remember(mine, said(1, text))
    vector = await embedder.query(text)
    assert await memories.recall(theirs, text, vector) == []
    assert [memory.text for memory in await memories.recall(mine, text, vector) if memory.kind == "episodic"] == [text]


_WRITER = """
import asyncio, sys
from pathlib import Path
from datetime import UTC, datetime
from infra.clock import SystemClock
from infra.executors import BoundedExecutor
from infra.scope import scope_of
from memory.ports import Said
from memory.service import Memories
from providers.embeddings import E5, LocalEmbedder

START = datetime(2026, 1, 1, tzinfo=UTC)

async def main():
    room = Memories(Path(sys.argv[1]), LocalEmbedder(E5(), BoundedExecutor("e", threads=1, pending=8)), SystemClock())
    await room.open()
    for turn in range(1000):
        await room.remember(scope_of("an"), Said(turn_id=f"t{turn}", text=f"my dog name is Dog{turn}x", said_at=START))
        sys.stdout.write(f"{turn}\\n")
        sys.stdout.flush()
asyncio.run(main())
"""


async def test_a_killed_process_loses_no_turn_it_had_acknowledged(
    tmp_path: Path, embedder: LocalEmbedder, clock: ManualClock
) -> None:
    writer = await asyncio.create_subprocess_exec(sys.executable, "-c", _WRITER, str(tmp_path), stdout=PIPE)
    assert writer.stdout is not None
    acknowledged = -1
    while acknowledged < 5:
        acknowledged = int(await writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    rest, _ = await writer.communicate()
    acknowledged = max([acknowledged, *(int(line) for line in rest.split())])
    room = Memories(tmp_path, embedder, clock)
    await room.open()
    recalled = await room.recall(AN, "dog", await embedder.query("dog"), limit=5000)
    await room.close()
    turns = {memory.turn_id for memory in recalled if memory.kind == "episodic"}
    assert {f"t{turn}" for turn in range(acknowledged + 1)} <= turns
