"""Turns of a light coach: repeated, joined, refused, stopped, taken back, left and taken up."""

import asyncio
from typing import Any

import pytest
from redis.asyncio import Redis

from evals.drills.light import learners_on
from graphs.turns import CoachService, TurnEvent, TurnRequest
from infra.database import Database
from infra.errors import NotFound
from infra.scope import scope_of
from tests.turns.conftest import Build
from tests.turns.waiting import until

SCOPE = scope_of("linh")


def asks(text: str, **more: Any) -> TurnRequest:
    return TurnRequest(text=text, learner_id="linh", **more)


async def played(coach: CoachService, request: TurnRequest, after: str | None = None) -> list[TurnEvent]:
    return [event async for event in coach.stream(request, SCOPE, last_event_id=after)]


async def begun(coach: CoachService, request: TurnRequest, sentences: int = 0) -> "asyncio.Task[list[TurnEvent]]":
    """The turn, running: it is durable, and has said so many sentences."""
    reached = asyncio.Event()

    async def listen() -> list[TurnEvent]:
        events = []
        async for event in coach.stream(request, SCOPE):
            events.append(event)
            if len(events) > sentences or event["event"] in ("final", "error"):
                reached.set()
        return events

    task = asyncio.create_task(listen())
    await reached.wait()
    return task


async def said(coach: CoachService) -> list[str]:
    return [line["line"] for line in (await coach.history(SCOPE, "main"))["lines"] if line["role"] == "child"]


async def recorded(database: Database) -> int:
    return len(await learners_on(database).transcript(SCOPE))


async def test_events_come_in_order_with_growing_ids(build: Build) -> None:
    events = await played(build(), asks("1 0"))
    assert [event["event"] for event in events] == ["status", "token", "token", "token", "final"]
    ids = [event["id"] for event in events]
    assert len(set(ids)) == 5
    assert "".join(event["delta"] for event in events[1:-1]) == events[-1]["outcome"]["reply"]


async def test_a_repeated_turn_gives_the_same_events_and_is_played_once(build: Build, database: Database) -> None:
    coach, request = build(), asks("1 0", turn_id="t1")
    first = await played(coach, request)
    assert await played(coach, request) == first
    assert await played(build(), request) == first
    assert len(await learners_on(database).transcript(SCOPE)) == 1


async def test_a_listener_that_lost_the_connection_gets_the_rest(build: Build) -> None:
    coach, request = build(), asks("1 0", turn_id="t1")
    events = await played(coach, request)
    for index, event in enumerate(events):
        assert await played(coach, request, after=event["id"]) == events[index + 1 :]


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_second_caller_joins_a_running_turn(build: Build, elsewhere: bool) -> None:
    coach, request = build(), asks("1 40", turn_id="t1")
    running = await begun(coach, request, sentences=1)
    joined = await played(build() if elsewhere else coach, request)
    assert joined == await running


async def test_a_known_id_with_another_body_is_refused(build: Build) -> None:
    coach = build()
    await played(coach, asks("1 0", turn_id="t1"))
    events = await played(coach, asks("2 0", turn_id="t1"))
    assert [event.get("code") for event in events] == ["turn_mismatch"]
    assert await said(coach) == ["1 0"]


async def test_an_id_of_another_thread_is_refused_and_leaves_nothing(build: Build, database: Database) -> None:
    coach = build()
    await played(coach, asks("1 0", turn_id="t1"))
    events = await played(coach, asks("1 0", turn_id="t1", thread_id="other"))
    assert [event.get("code") for event in events] == [None, "turn_mismatch"]  # nothing was said in between
    assert (await coach.history(SCOPE, "other"))["lines"] == []
    assert len(await learners_on(database).transcript(SCOPE)) == 1


async def test_an_id_of_long_ago_is_refused_before_anything_is_said(
    build: Build, redis: Redis, database: Database
) -> None:
    coach = build()
    await played(coach, asks("1 0", turn_id="t1"))
    await coach.drain()
    await redis.delete(*[key async for key in redis.scan_iter(match="coach:turn*")])  # as after a day
    for text in ("1 0", "2 0"):
        events = await played(build(), asks(text, turn_id="t1"))
        assert events[-1]["code"] == "turn_mismatch"
        assert not [event for event in events if event["event"] == "token"]
    assert await said(coach) == ["1 0"]
    assert len(await learners_on(database).transcript(SCOPE)) == 1


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_turn_is_followed_by_its_id_alone(build: Build, elsewhere: bool) -> None:
    coach = build()
    running = await begun(coach, asks("1 40", turn_id="t1"), sentences=1)
    follower = build() if elsewhere else coach
    followed = [event async for event in follower.follow(SCOPE, "main", "t1")]
    events = await running
    assert followed == events
    rest = [event async for event in follower.follow(SCOPE, "main", "t1", last_event_id=events[1]["id"])]
    assert rest == events[2:]


async def test_a_turn_that_nobody_knows_is_not_followed(build: Build) -> None:
    coach = build()
    for events in ([event async for event in coach.follow(SCOPE, "main", "no")],):
        assert [event.get("code") for event in events] == ["not_found"]
    with pytest.raises(NotFound):
        await coach.stop(SCOPE, "main", "no", "interrupt")


async def test_following_a_turn_of_a_dead_process_has_it_finished(build: Build) -> None:
    coach, sibling = build(), build()
    await begun(coach, asks("1 200", turn_id="t1"), sentences=1)
    await coach.drain(0)
    events = [event async for event in sibling.follow(SCOPE, "main", "t1")]
    assert events[-1]["event"] == "final"
    assert await said(sibling) == ["1 200"]


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_stopped_turn_keeps_what_was_said(build: Build, database: Database, elsewhere: bool) -> None:
    coach = build()
    running = await begun(coach, asks("1 900", turn_id="t1"), sentences=1)
    assert await (build() if elsewhere else coach).stop(SCOPE, "main", "t1", "interrupt") == "open"
    outcome = (await running)[-1]["outcome"]
    assert outcome["interrupted"]
    assert 1 <= len(outcome["sentences"]) < 3
    (line,) = await learners_on(database).transcript(SCOPE)
    assert line.replied == outcome["reply"]
    assert len(await learners_on(database).evidence(SCOPE)) == 1
    assert [line["line"] for line in (await coach.history(SCOPE, "main"))["lines"]] == ["1 900", outcome["reply"]]


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_turn_that_is_taken_back_leaves_nothing(build: Build, database: Database, elsewhere: bool) -> None:
    coach = build()
    running = await begun(coach, asks("1 1000", turn_id="t1"), sentences=1)
    await (build() if elsewhere else coach).stop(SCOPE, "main", "t1", "rollback")
    events = await running
    assert 1 <= [event["event"] for event in events].count("token") < 3
    assert events[-1]["code"] == "rolled_back"
    assert await said(coach) == []
    assert await learners_on(database).transcript(SCOPE) == []
    assert await coach.stop(SCOPE, "main", "t1", "rollback") == "rolled_back"


async def test_a_turn_that_has_ended_or_is_being_recorded_is_not_stopped(build: Build, database: Database) -> None:
    coach = build()
    running = await begun(coach, asks("1 100", turn_id="t1"), sentences=3)

    async def is_recorded() -> bool:
        return bool(await recorded(database))

    await until(is_recorded)
    assert await coach.stop(SCOPE, "main", "t1", "rollback") == "open"
    last = (await running)[-1]
    assert (last["event"], last["outcome"]["interrupted"]) == ("final", False)
    assert await coach.stop(SCOPE, "main", "t1", "interrupt") == "done"
    assert await said(coach) == ["1 100"]


async def test_a_waiting_turn_can_be_taken_back_too(build: Build) -> None:
    coach = build()
    first = await begun(coach, asks("1 60", turn_id="t1"))
    waiting = await begun(coach, asks("2 0", turn_id="t2"))
    await coach.stop(SCOPE, "main", "t2", "rollback")
    assert (await first)[-1]["event"] == "final"
    assert (await waiting)[-1]["code"] == "rolled_back"
    assert await said(coach) == ["1 60"]


async def test_what_a_page_shows_again_is_what_was_said(build: Build) -> None:
    coach = build()
    outcome = (await played(coach, asks("1 0")))[-1]["outcome"]
    child, reply = (await coach.history(SCOPE, "main"))["lines"]
    assert child == {"role": "child", "line": "1 0", "vi": ""}
    assert reply["sentences"] == outcome["sentences"]


async def test_the_id_of_a_foreign_event_is_refused(build: Build) -> None:
    events = await played(build(), asks("1 0"), after="latest")
    assert [event.get("code") for event in events] == ["bad_input"]


async def test_turns_of_two_processes_run_in_order_of_arrival(build: Build) -> None:
    coaches = build(), build()
    running = [await begun(coaches[number % 2], asks(f"{number} 2")) for number in range(8)]
    ended = await asyncio.gather(*running)
    assert [events[-1]["event"] for events in ended] == ["final"] * 8
    assert await said(coaches[0]) == [f"{number} 2" for number in range(8)]


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_reject_refuses_while_another_turn_is_open(build: Build, elsewhere: bool) -> None:
    coach = build()
    running = await begun(coach, asks("1 40"))
    refused = await played(build() if elsewhere else coach, asks("2 0", strategy="reject"))
    assert refused[0]["code"] == "conflict"
    assert refused[0]["retry_after"]
    await running
    assert (await played(coach, asks("2 0", strategy="reject")))[-1]["event"] == "final"
    assert await said(coach) == ["1 40", "2 0"]


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_interrupt_keeps_what_was_said_and_goes_on(build: Build, database: Database, elsewhere: bool) -> None:
    coach = build()
    running = await begun(coach, asks("1 400"), sentences=1)
    second = await played(build() if elsewhere else coach, asks("2 0", strategy="interrupt"))
    first = (await running)[-1]["outcome"]
    assert first["interrupted"]
    assert len(first["sentences"]) == 1
    assert second[-1]["event"] == "final"
    lines = await learners_on(database).transcript(SCOPE)
    assert [line.replied for line in lines] == [first["reply"], second[-1]["outcome"]["reply"]]
    assert len(await learners_on(database).evidence(SCOPE)) == 2


async def test_interrupt_before_the_first_sentence_keeps_the_childs_message(build: Build) -> None:
    coach = build()
    running = await begun(coach, asks("1 500"))
    await played(coach, asks("2 0", strategy="interrupt"))
    assert (await running)[-1]["outcome"]["reply"] == ""
    assert await said(coach) == ["1 500", "2 0"]


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_rollback_leaves_nothing_of_the_first_turn(build: Build, database: Database, elsewhere: bool) -> None:
    coach = build()
    before = await played(coach, asks("0 0"))
    running = await begun(coach, asks("1 300", turn_id="gone"), sentences=1)
    waiting = await begun(coach, asks("2 0"))
    last = await played(build() if elsewhere else coach, asks("3 0", strategy="rollback"))
    assert (await running)[-1]["code"] == (await waiting)[-1]["code"] == "rolled_back"
    assert (await played(coach, asks("1 300", turn_id="gone")))[-1]["code"] == "rolled_back"
    assert last[-1]["event"] == before[-1]["event"] == "final"
    assert await said(coach) == ["0 0", "3 0"]
    assert [line.said for line in await learners_on(database).transcript(SCOPE)] == ["0 0", "3 0"]
    assert len(await learners_on(database).evidence(SCOPE)) == 2


async def test_a_failed_turn_leaves_nothing_and_may_be_sent_again(build: Build, redis: Redis) -> None:
    coach = build()
    failed = await played(coach, asks("no number", turn_id="t1"))
    assert failed[-1]["code"] == "internal"
    assert await said(coach) == []
    again = await played(coach, asks("no number", turn_id="t1"))
    assert again[0]["event"] == "status"
    assert again[0]["id"] != failed[0]["id"]


async def test_draining_finishes_what_runs_and_refuses_what_comes(build: Build) -> None:
    coach = build()
    running = await begun(coach, asks("1 30"))
    draining = asyncio.create_task(coach.drain())
    await asyncio.sleep(0)
    refused = await played(coach, asks("2 0"))
    assert (refused[0]["code"], refused[0]["retry_after"]) == ("unavailable", 5)
    await draining
    assert (await running)[-1]["event"] == "final"


async def test_what_draining_has_no_time_for_is_finished_by_a_sibling(build: Build) -> None:
    coach, sibling = build(), build()
    request = asks("1 200", turn_id="t1")
    running = await begun(coach, request, sentences=1)
    await coach.drain(0)
    left = await running
    assert left[-1]["code"] == "unavailable"
    events = await played(sibling, request)
    assert events[: len(left) - 1] == left[:-1]
    assert events[-1]["outcome"]["reply"] == left[1]["delta"]
    assert await said(sibling) == ["1 200"]


async def test_nothing_is_kept_for_a_thread_at_rest_and_every_key_expires(build: Build, redis: Redis) -> None:
    coach = build()
    await played(coach, asks("1 0", turn_id="t1"))
    await coach.drain()
    keys = {key.decode() async for key in redis.scan_iter(match="*")}
    assert {key.split(":{")[0] for key in keys} == {
        "coach:checkpoints", "coach:turn:t1", "coach:turn-events:t1",
    }  # fmt: skip
    assert all([await redis.pttl(key) > 0 for key in keys])
