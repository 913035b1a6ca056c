"""The relay: at least once, in order for each learner, patient with failure, never in the way of a reply."""

import asyncio
import logging
from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import URL, select

from infra.clock import ManualClock, SystemClock
from infra.database import Database
from infra.errors import DeadlineExceeded
from infra.scope import scope_of
from learners.delivery import Subscriber
from learners.models import OutboxRow
from learners.outbox import OutboxRelay
from learners.ports import OutboxMessage
from learners.relay_policy import RelayPolicy
from learners.service import SqlLearnerService
from tests.learners.turns import START, fold, turn

MINH, LAN = scope_of("minh"), scope_of("lan")
QUICK = RelayPolicy(poll_seconds=0.05, first_back_off_seconds=0.01, max_attempts=3)


class Notes:
    """A subscriber that writes down what it got, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.turns: list[str] = []
        self.attempts: list[int] = []
        self._failures = failures

    async def __call__(self, message: OutboxMessage) -> None:
        self.attempts.append(message.attempts)
        if self._failures:
            self._failures -= 1
            raise ConnectionError(message.payload["said"])
        self.turns.append(message.payload["turn_id"])


def relay(database: Database, *subscribers: Subscriber, policy: RelayPolicy = QUICK) -> OutboxRelay:
    return OutboxRelay(database, SystemClock(), {"turn.recorded": subscribers}, policy)


async def messages(database: Database) -> int:
    async with database.reading() as connection:
        return len((await connection.execute(select(OutboxRow.id))).all())


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 0.5), (2, 1.0), (3, 2.0), (7, 32.0), (8, 60.0), (100, 60.0), (10**6, 60.0)]
)
def test_the_pause_doubles_up_to_the_longest(attempts: int, seconds: float) -> None:
    assert RelayPolicy().back_off(attempts) == timedelta(seconds=seconds)


async def test_drain_delivers_everything_in_order_and_leaves_nothing(
    learners: SqlLearnerService, database: Database
) -> None:
    notes = Notes()
    for number in range(12):
        await learners.record(MINH, turn(f"t{number}"))
    await relay(database, notes).drain()
    assert notes.turns == [f"t{number}" for number in range(12)]
    assert await messages(database) == 0


async def test_a_recorded_turn_wakes_the_relay_at_once(database: Database) -> None:
    delivered = asyncio.Event()

    async def note(message: OutboxMessage) -> None:
        delivered.set()

    slow = relay(database, note, policy=RelayPolicy(poll_seconds=60))
    await slow.start()
    await asyncio.sleep(0.05)
    service = SqlLearnerService(database, SystemClock(), fold, wake=slow.wake)
    await service.record(MINH, turn("t1"))
    await asyncio.wait_for(delivered.wait(), 5)
    await slow.stop()


async def test_what_another_process_wrote_is_found_by_polling(learners: SqlLearnerService, database: Database) -> None:
    delivered = asyncio.Event()

    async def note(message: OutboxMessage) -> None:
        delivered.set()

    polling = relay(database, note)
    await polling.start()
    await asyncio.sleep(0.05)
    await learners.record(MINH, turn("t1"))
    await asyncio.wait_for(delivered.wait(), 5)
    await polling.stop()


async def test_a_failed_delivery_is_repeated_and_later_turns_wait_for_it(
    learners: SqlLearnerService, database: Database
) -> None:
    notes = Notes(failures=2)
    for number in range(3):
        await learners.record(MINH, turn(f"t{number}"))
    await relay(database, notes).drain()
    assert notes.turns == ["t0", "t1", "t2"]
    assert notes.attempts == [1, 2, 3, 1, 1]


async def test_a_poison_message_is_parked_and_logged_without_the_childs_words(
    learners: SqlLearnerService, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    notes = Notes(failures=QUICK.max_attempts)
    await learners.record(MINH, turn("t0", said="my canary words"))
    await learners.record(MINH, turn("t1"))
    poisoned = relay(database, notes)
    await poisoned.drain()
    assert notes.turns == ["t1"]
    assert (await poisoned.parked(), await poisoned.pending()) == (1, 0)
    assert "parked: ConnectionError" in caplog.text
    assert [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "canary" not in caplog.text


async def test_one_learners_trouble_does_not_hold_up_another(learners: SqlLearnerService, database: Database) -> None:
    delivered: list[str] = []
    lan_is_done, may_end = asyncio.Event(), asyncio.Event()

    async def slow_for_minh(message: OutboxMessage) -> None:
        if message.scope == MINH:
            await may_end.wait()
        delivered.append(message.scope.learner_id)
        if delivered == ["lan", "lan"]:
            lan_is_done.set()

    for number in range(2):
        await learners.record(MINH, turn(f"t{number}"))
        await learners.record(LAN, turn(f"t{number}"))
    working = relay(database, slow_for_minh)
    await working.start()
    await asyncio.wait_for(lan_is_done.wait(), 5)
    may_end.set()
    await working.drain()
    await working.stop()
    assert Counter(delivered) == {"lan": 2, "minh": 2}


async def test_a_subscriber_that_is_done_is_not_called_again_for_the_sake_of_another(
    learners: SqlLearnerService, database: Database
) -> None:
    first, second, third = Notes(), Notes(failures=2), Notes()
    await learners.record(MINH, turn("t0"))
    await relay(database, first, second, third).drain()
    assert (first.turns, second.turns, third.turns) == (["t0"], ["t0"], ["t0"])
    assert (len(first.attempts), len(second.attempts), len(third.attempts)) == (1, 3, 1)


async def test_a_subscriber_that_hangs_is_cut_off_at_the_deadline(
    learners: SqlLearnerService, database: Database
) -> None:
    calls = 0

    async def hangs_once(message: OutboxMessage) -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            await asyncio.sleep(60)

    policy = RelayPolicy(deadline_seconds=0.05, first_back_off_seconds=0.01)
    await learners.record(MINH, turn("t0"))
    await relay(database, hangs_once, policy=policy).drain(timeout=5)
    assert calls == 2


async def test_drain_gives_up_at_its_deadline_and_keeps_what_is_left(
    learners: SqlLearnerService, database: Database
) -> None:
    await learners.record(MINH, turn("t0"))
    stuck = relay(database, Notes(failures=1), policy=RelayPolicy(first_back_off_seconds=30))
    with pytest.raises(DeadlineExceeded):
        await stuck.drain(timeout=0.2)
    assert await messages(database) == 1


async def test_topics_that_nobody_here_subscribes_to_are_left_for_another_process(
    learners: SqlLearnerService, database: Database
) -> None:
    await learners.record(MINH, turn("t0"))
    await OutboxRelay(database, SystemClock(), {"turn.recorded": [], "other": [Notes()]}).drain(timeout=2)
    await OutboxRelay(database, SystemClock(), {}).drain(timeout=2)
    assert await messages(database) == 1


async def test_relays_of_several_processes_deliver_each_message_once_and_in_order(database: Database) -> None:
    others = [Database(database.url) for _ in range(2)]
    for other in others:
        await other.open()
    got: defaultdict[str, list[int]] = defaultdict(list)

    async def note(message: OutboxMessage) -> None:
        await asyncio.sleep(0.001)
        got[message.scope.learner_id].append(int(message.payload["turn_id"][1:]))

    relays = [relay(each, note, policy=RelayPolicy(poll_seconds=0.01)) for each in (database, *others)]
    for each in relays:
        await each.start()
    service = SqlLearnerService(database, SystemClock(), fold, wake=relays[1].wake)
    for number in range(15):
        await asyncio.gather(*(service.record(scope_of(f"child{n}"), turn(f"t{number}")) for n in range(4)))
    for each in relays:
        await each.drain()
        await each.stop()
    for other in others:
        await other.close()
    assert dict(got) == {f"child{n}": list(range(15)) for n in range(4)}


async def test_a_lease_that_ran_out_lets_another_relay_deliver_and_the_late_holder_changes_nothing(
    sqlite: URL,
) -> None:
    clock = ManualClock(START)
    database = Database(sqlite)
    await database.open()
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def hangs(message: OutboxMessage) -> None:
        begun.set()
        await may_end.wait()

    await SqlLearnerService(database, clock, fold).record(MINH, turn("t0"))
    late = OutboxRelay(database, clock, {"turn.recorded": [hangs]}, QUICK)
    await late.start()
    await begun.wait()

    notes = Notes()
    other = OutboxRelay(database, clock, {"turn.recorded": [notes]}, QUICK)
    with pytest.raises(DeadlineExceeded):
        await other.drain(timeout=0.2)
    clock.advance(timedelta(seconds=QUICK.lease_seconds + 1))
    await other.drain(timeout=5)
    assert (notes.turns, notes.attempts) == (["t0"], [2])

    await SqlLearnerService(database, clock, fold).record(MINH, turn("t1"))
    may_end.set()
    await late.drain(timeout=5)
    await late.stop()
    await database.close()


async def test_stopping_lets_a_delivery_end_and_gives_back_what_does_not(
    learners: SqlLearnerService, database: Database
) -> None:
    begun = asyncio.Event()

    async def hangs(message: OutboxMessage) -> None:
        begun.set()
        await asyncio.sleep(60)

    await learners.record(MINH, turn("t0"))
    stopping = relay(database, hangs, policy=RelayPolicy(grace_seconds=0.05))
    await stopping.start()
    await begun.wait()
    await stopping.stop()
    notes = Notes()
    await relay(database, notes).drain(timeout=5)
    assert notes.turns == ["t0"]


async def test_stopping_ends_even_when_it_meets_a_wake_up(database: Database) -> None:
    for _ in range(20):
        meeting = relay(database, Notes(), policy=RelayPolicy(poll_seconds=60))
        await meeting.start()
        await asyncio.sleep(0.02)
        meeting.wake()
        await asyncio.wait_for(meeting.stop(), 5)


async def test_stopping_starts_no_further_message_of_a_learner(learners: SqlLearnerService, database: Database) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    delivered: list[str] = []

    async def slow(message: OutboxMessage) -> None:
        begun.set()
        await may_end.wait()
        delivered.append(message.payload["turn_id"])

    for number in range(3):
        await learners.record(MINH, turn(f"t{number}"))
    stopping = relay(database, slow)
    await stopping.start()
    await begun.wait()
    stop = asyncio.create_task(stopping.stop())
    await asyncio.sleep(0)
    may_end.set()
    await asyncio.wait_for(stop, 5)
    assert delivered == ["t0"]
    assert await messages(database) == 2


async def test_recording_does_not_wait_for_a_slow_subscriber(database: Database) -> None:
    may_end = asyncio.Event()

    async def hangs(message: OutboxMessage) -> None:
        await may_end.wait()

    working = relay(database, hangs)
    await working.start()
    service = SqlLearnerService(database, SystemClock(), fold, wake=working.wake)
    async with asyncio.timeout(5):
        for number in range(20):
            await service.record(MINH, turn(f"t{number}"))
    assert await working.pending() == 20
    may_end.set()
    await working.drain()
    await working.stop()


async def test_the_relay_outlives_a_database_that_fails_for_a_while(
    learners: SqlLearnerService, database: Database
) -> None:
    notes = Notes()
    working = relay(database, notes)
    async with database.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE outbox RENAME TO outbox_away")
    await working.start()
    await asyncio.sleep(0.1)
    async with database.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE outbox_away RENAME TO outbox")
    await learners.record(MINH, turn("t0"))
    await working.drain(timeout=5)
    await working.stop()
    assert notes.turns == ["t0"]
