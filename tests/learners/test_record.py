"""What `record` writes, once, whatever happens around it."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from infra.clock import SystemClock
from infra.database import Database
from infra.errors import BadInput
from infra.scope import scope_of
from learners.models import OutboxRow, TurnRow
from learners.ports import Evidence, LearnerService, Profile, TurnRecord
from learners.service import SqlLearnerService
from tests.learners.turns import START, answer, fold, turn

MINH = scope_of("minh")


def test_the_service_has_the_shape_of_the_port(learners: SqlLearnerService) -> None:
    port: LearnerService = learners
    assert isinstance(port, SqlLearnerService)


async def test_a_turn_leaves_transcript_evidence_progress_and_a_message(
    learners: SqlLearnerService, database: Database
) -> None:
    recorded = turn("t1", answer(detail={"rule": "tense"}), said="Mình có một con chó", context="Any pets?")
    assert await learners.record(MINH, recorded)

    [line] = await learners.transcript(MINH)
    assert (line.turn_id, line.said, line.replied, line.at) == ("t1", "Mình có một con chó", "Great!", START)
    [seen] = await learners.evidence(MINH)
    assert (seen.id, seen.turn_id, seen.at, seen.item, seen.correct) == (1, "t1", START, "word:cat", True)
    assert seen.detail == {"rule": "tense"}
    assert await learners.progress(MINH) == fold({}, [seen])
    async with database.reading() as connection:
        [message] = (await connection.execute(select(OutboxRow.__table__))).all()
    assert (message.topic, message.learner_id, message.attempts) == ("turn.recorded", "minh", 0)
    assert message.payload == {
        "turn_id": "t1",
        "thread_id": "thread-1",
        "said": "Mình có một con chó",
        "context": "Any pets?",
        "language": "en",
        "at": "2026-03-02T09:30:00.123456+00:00",
        "safety_label": "safe",
    }


async def test_recording_a_turn_id_again_changes_nothing(learners: SqlLearnerService, database: Database) -> None:
    assert await learners.record(MINH, turn("t1", answer()))
    assert not await learners.record(MINH, turn("t1", answer(), answer(), said="something else"))
    assert [line.said for line in await learners.transcript(MINH)] == ["I said t1"]
    assert len(await learners.evidence(MINH)) == 1
    assert (await learners.profile(MINH)).turns == 1
    async with database.reading() as connection:
        assert len((await connection.execute(select(OutboxRow.id))).all()) == 1


async def test_one_turn_id_recorded_by_many_at_once_is_recorded_once(learners: SqlLearnerService) -> None:
    outcomes = await asyncio.gather(*(learners.record(MINH, turn("t1", answer())) for _ in range(30)))
    assert sorted(outcomes) == [False] * 29 + [True]
    assert len(await learners.evidence(MINH)) == 1


async def test_200_concurrent_turns_of_one_learner_lose_no_update(learners: SqlLearnerService) -> None:
    await asyncio.gather(*(learners.record(MINH, turn(f"t{n}", answer(), minutes=n)) for n in range(200)))
    assert (await learners.profile(MINH)).turns == 200
    seen = await learners.evidence(MINH)
    assert [row.id for row in seen] == list(range(1, 201))
    assert {row.turn_id for row in seen} == {f"t{n}" for n in range(200)}
    assert await learners.progress(MINH) == fold({}, seen)


async def test_services_of_two_processes_lose_no_update_between_them(database: Database) -> None:
    other = Database(database.url)
    await other.open()
    services = [SqlLearnerService(each, SystemClock(), fold) for each in (database, other)]
    try:
        await asyncio.gather(*(services[n % 2].record(MINH, turn(f"t{n}", answer())) for n in range(60)))
        assert (await services[0].progress(MINH))["count"] == 60
        assert (await services[1].profile(MINH)).turns == 60
    finally:
        await other.close()


async def test_a_cancelled_turn_is_recorded_whole_or_not_at_all(learners: SqlLearnerService) -> None:
    loop = asyncio.get_running_loop()
    for n in range(20):
        task = loop.create_task(learners.record(MINH, turn(f"t{n}", answer())))
        await asyncio.sleep(0.0005 * n)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert await learners.record(MINH, turn("last", answer()))
    lines = await learners.transcript(MINH)
    seen = await learners.evidence(MINH)
    assert [row.turn_id for row in seen] == [line.turn_id for line in lines]
    assert (await learners.profile(MINH)).turns == len(lines) == (await learners.progress(MINH))["count"]


async def test_a_fold_that_fails_leaves_nothing_of_the_turn_behind(database: Database) -> None:
    def broken(progress: object, observed: object) -> dict[str, object]:
        raise ZeroDivisionError

    service = SqlLearnerService(database, SystemClock(), broken)
    with pytest.raises(ZeroDivisionError):
        await service.record(MINH, turn("t1", answer()))
    assert await service.transcript(MINH) == []
    async with database.reading() as connection:
        assert (await connection.execute(select(OutboxRow.id))).all() == []
    assert await service.record(MINH, turn("t1"))


async def test_the_relay_is_woken_after_the_turn_is_there_and_only_then(database: Database) -> None:
    woken: list[bool] = []
    service = SqlLearnerService(database, SystemClock(), fold, wake=lambda: woken.append(True))
    await service.record(MINH, turn("t1"))
    assert woken == [True]
    await service.record(MINH, turn("t1"))
    assert woken == [True]


async def test_the_transcript_is_the_newest_turns_oldest_first(learners: SqlLearnerService) -> None:
    for n in range(7):
        await learners.record(MINH, turn(f"t{n}", minutes=n))
    assert [line.turn_id for line in await learners.transcript(MINH, limit=3)] == ["t4", "t5", "t6"]
    assert len(await learners.transcript(MINH)) == 7
    assert await learners.transcript(MINH, limit=0) == []
    assert await learners.transcript(MINH, limit=-1) == []


async def test_evidence_is_read_on_from_an_id(learners: SqlLearnerService) -> None:
    await learners.record(MINH, turn("t1", *(answer(f"word:{n}") for n in range(5))))
    assert [row.id for row in await learners.evidence(MINH, after=1, limit=2)] == [2, 3]
    assert await learners.evidence(MINH, after=5) == []
    assert await learners.evidence(MINH, limit=0) == []


async def test_somebody_never_seen_has_the_defaults(learners: SqlLearnerService) -> None:
    assert await learners.profile(MINH) == Profile()
    assert await learners.progress(MINH) == {}
    assert await learners.transcript(MINH) == []
    assert await learners.rebuild_progress(MINH) == {}


async def test_the_profile_counts_turns_recorded_and_keeps_what_a_person_set(learners: SqlLearnerService) -> None:
    told = Profile(name="Bảo Ngọc", age=8, level="A2", address="con", vietnamese_help=True, session_minutes=10)
    await learners.save_profile(MINH, told)
    await learners.record(MINH, turn("t1", minutes=5))
    await learners.record(MINH, turn("t2", minutes=3))
    await learners.save_profile(MINH, told.model_copy(update={"turns": 99, "last_seen": START, "age": 9}))
    known = await learners.profile(MINH)
    assert known == told.model_copy(update={"turns": 2, "age": 9, "last_seen": START + timedelta(minutes=5)})


async def test_time_comes_back_in_utc_to_the_microsecond(learners: SqlLearnerService) -> None:
    hanoi = datetime(2026, 3, 2, 16, 30, 0, 123457, tzinfo=timezone(timedelta(hours=7)))
    await learners.record(MINH, turn("t1", answer()).model_copy(update={"at": hanoi}))
    [line] = await learners.transcript(MINH)
    assert line.at == hanoi
    assert line.at.tzinfo is UTC


async def test_a_time_without_a_zone_or_a_strange_turn_id_is_refused(learners: SqlLearnerService) -> None:
    with pytest.raises(BadInput, match="time zone"):
        await learners.record(MINH, turn("t1").model_copy(update={"at": datetime(2026, 3, 2)}))  # noqa: DTZ001
    with pytest.raises(BadInput, match="turn_id"):
        await learners.record(MINH, turn("../t1"))
    assert await learners.transcript(MINH) == []


async def test_text_is_kept_composed_and_tells_vietnamese_words_apart(
    learners: SqlLearnerService, database: Database
) -> None:
    words = ["ma", "má", "mà", "mả", "mã", "mạ", "Ma", "mâ", "đa", "da"]
    await learners.record(MINH, turn("t1", *(answer(f"word:{word}") for word in words)))
    assert set((await learners.progress(MINH))["items"]) == {f"word:{word}" for word in words}

    decomposed = "ma\u0301 o\u031b\u0301i \n\u0301"
    await learners.record(MINH, turn("t2", answer(f"word:{decomposed}", detail={"wrong": decomposed}), said=decomposed))
    [_, line] = await learners.transcript(MINH)
    assert line.said == "má ớ" + "i \n\u0301"
    async with database.reading() as connection:
        found = await connection.scalars(select(TurnRow.turn_id).where(TurnRow.said == line.said))
        assert list(found) == ["t2"]
    assert (await learners.evidence(MINH))[-1].detail == {"wrong": line.said}


async def test_long_and_odd_text_survives(learners: SqlLearnerService) -> None:
    odd = "🐶 'quoted' \"double\" \\ % :name \x00 " + "dài " * 40_000
    kept: TurnRecord = turn("t1", Evidence(kind="error", item=odd), said=odd, replied_vi=odd, context=odd)
    await learners.record(MINH, kept)
    [line] = await learners.transcript(MINH)
    assert line.said == odd
    assert (await learners.evidence(MINH))[0].item == odd
