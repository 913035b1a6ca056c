"""Forgetting a learner: rows, messages and bytes are gone, and nothing is about to bring them back."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import URL, func, select

from infra.clock import SystemClock
from infra.columns import Base
from infra.database import Database
from infra.scope import scope_of
from learners.outbox import OutboxRelay
from learners.ports import OutboxMessage, Profile
from learners.relay_policy import RelayPolicy
from learners.service import SqlLearnerService
from tests.learners.turns import answer, fold, turn

MINH, LAN = scope_of("minh"), scope_of("lan")
CANARY = "my secret canary is Kiwi"


async def rows(database: Database) -> dict[str, int]:
    async with database.reading() as connection:
        return {
            table.name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


async def test_every_row_of_the_learner_is_removed_and_counted(learners: SqlLearnerService, database: Database) -> None:
    await learners.save_profile(MINH, Profile(name="Minh"))
    for number in range(3):
        await learners.record(MINH, turn(f"t{number}", answer(), answer()))
    await learners.record(LAN, turn("t0", answer()))
    # 1 learner, 3 turns, 6 observations, 1 progress, 3 messages
    assert await learners.forget_learner(MINH) == 14
    left = {"learners": 1, "turns": 1, "evidence": 1, "progress": 1, "outbox": 1, "inbox": 0, "threads": 0}
    assert await rows(database) == left
    assert await learners.forget_learner(MINH) == 0
    assert await learners.profile(MINH) == Profile()


async def test_a_forgotten_learner_can_start_again_from_nothing(learners: SqlLearnerService) -> None:
    await learners.record(MINH, turn("t1", answer()))
    await learners.forget_learner(MINH)
    assert await learners.record(MINH, turn("t1", answer("word:dog")))
    assert [row.id for row in await learners.evidence(MINH)] == [1]
    assert set((await learners.progress(MINH))["items"]) == {"word:dog"}


async def test_messages_half_delivered_and_parked_are_forgotten_too(
    learners: SqlLearnerService, database: Database
) -> None:
    async def fine(message: OutboxMessage) -> None: ...

    async def broken(message: OutboxMessage) -> None:
        raise ValueError("no")

    policy = RelayPolicy(max_attempts=2, first_back_off_seconds=0.01)
    relay = OutboxRelay(database, SystemClock(), {"turn.recorded": [fine, broken]}, policy)
    await learners.record(MINH, turn("t1"))
    await relay.drain()
    assert await relay.parked() == 1
    assert (await rows(database))["inbox"] == 1
    assert await learners.forget_learner(MINH) == 3  # learner, turn, message
    assert set((await rows(database)).values()) == {0}


async def test_forgetting_waits_for_the_delivery_under_way_and_stops_the_rest(
    learners: SqlLearnerService, database: Database
) -> None:
    remembered: list[str] = []
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def remember(message: OutboxMessage) -> None:
        begun.set()
        await may_end.wait()
        remembered.append(message.payload["turn_id"])

    relay = OutboxRelay(database, SystemClock(), {"turn.recorded": [remember]})
    for number in range(3):
        await learners.record(MINH, turn(f"t{number}"))
    await relay.start()
    await begun.wait()
    forgetting = asyncio.create_task(learners.forget_learner(MINH))
    await asyncio.sleep(0.1)
    assert not forgetting.done()
    may_end.set()
    await forgetting
    assert remembered == ["t0"]
    await asyncio.sleep(0.05)
    assert remembered == ["t0"]
    assert set((await rows(database)).values()) == {0}
    await relay.stop()


def files_with(canary: str, folder: Path) -> list[str]:
    return [path.name for path in sorted(folder.iterdir()) if canary.encode() in path.read_bytes()]


@pytest.mark.parametrize("length", [1, 400], ids=["short", "overflow pages"])
async def test_on_sqlite_the_very_bytes_are_gone_from_the_files(sqlite: URL, length: int) -> None:
    database = Database(sqlite)
    await database.open()
    folder = Path(str(sqlite.database)).parent
    service = SqlLearnerService(database, SystemClock(), fold)
    try:
        for number in range(40):
            await service.record(LAN, turn(f"t{number}", answer()))
            said = f"{CANARY} {number} " * length
            await service.record(MINH, turn(f"t{number}", answer(f"{CANARY}-{number}"), said=said))
        await service.save_profile(MINH, Profile(name=CANARY))
        assert files_with(CANARY, folder)
        await service.forget_learner(MINH)
        assert files_with(CANARY, folder) == []
        assert len(await service.transcript(LAN)) == 40
    finally:
        await database.close()
