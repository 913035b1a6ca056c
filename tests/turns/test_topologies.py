"""The same turns on a master that Sentinels guard and on a Cluster; a master killed, a part of a Cluster gone."""

import asyncio
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.conformance import checkpointer_test, validate
from redis.asyncio import Redis

from evals.drills.light import Place, database_in, learners_on, service_on
from graphs.checkpoint import RedisSaver
from graphs.turns import CoachService, TurnEvent, TurnLedger
from graphs.turns.keys import GROUPS, group_of
from infra.database import Database
from infra.errors import Unavailable
from infra.redis import connect, ping, rewrite_log
from tests.turns import test_service
from tests.turns.conftest import Build
from tests.turns.test_service import SCOPE, asks, begun, played, said
from tests.turns.waiting import until
from tests.valkeys import DOWN_AFTER_MS, Guarded, cluster, cluster_url, guarded

CONFORMANCE_TESTS = 81
BACK_S = 30.0
HOUR_MS = 3_600_000
TOPOLOGIES = ["sentinel", "cluster"]

on_each = pytest.mark.parametrize("redis_at", TOPOLOGIES, indirect=True)


@on_each
async def test_the_saver_passes_every_test_of_the_conformance_suite(redis: Redis) -> None:
    saver = RedisSaver(redis, ttl_days=1)

    @checkpointer_test(name="RedisSaver")
    async def registered() -> AsyncGenerator[BaseCheckpointSaver[str], None]:
        yield saver

    report = await validate(registered)
    assert [failure for result in report.results.values() for failure in result.failures] == []
    assert sum(result.tests_passed for result in report.results.values()) == CONFORMANCE_TESTS


@on_each
async def test_what_is_behind_the_address_is_told(redis: Redis) -> None:
    told = str(await ping(redis))
    assert "master of 'coach' at 127.0.0.1:" in told or "a Cluster of 3 masters and 0 replicas" in told
    await rewrite_log(redis)


@on_each
async def test_a_turn_is_repeated_joined_and_refused(build: Build, database: Database) -> None:
    await test_service.test_a_repeated_turn_gives_the_same_events_and_is_played_once(build, database)
    await test_service.test_a_listener_that_lost_the_connection_gets_the_rest(build)
    await test_service.test_a_known_id_with_another_body_is_refused(build)


@on_each
async def test_turns_of_two_processes_run_in_order_of_arrival(build: Build) -> None:
    await test_service.test_turns_of_two_processes_run_in_order_of_arrival(build)


@on_each
async def test_a_second_message_interrupts_or_takes_back(build: Build, database: Database) -> None:
    await test_service.test_rollback_leaves_nothing_of_the_first_turn(build, database, elsewhere=True)


@on_each
async def test_no_key_of_the_ledger_is_left_without_an_end(build: Build, redis: Redis) -> None:
    await test_service.test_nothing_is_kept_for_a_thread_at_rest_and_every_key_expires(build, redis)


@on_each
async def test_what_a_process_left_open_is_found_and_finished_by_another(build: Build) -> None:
    first, second = build(), build()
    await second.start()
    threads = [f"thread-{number}" for number in range(12)]  # on several nodes
    for thread in threads:
        await begun(first, asks("1 300", turn_id=f"t-{thread}", thread_id=thread))
    await first.drain(0)

    async def all_finished() -> bool:
        return not any(await second.busy([(SCOPE, thread) for thread in threads]))

    await until(all_finished)
    for thread in threads:
        assert [line["role"] for line in (await second.history(SCOPE, thread))["lines"]] == ["child", "coach"]


async def until_good(coach: CoachService, thread: str = "main") -> tuple[list[str], list[TurnEvent]]:
    """Sends a message until it is answered; what it was told before, and the answer."""
    told: list[str] = []
    async with asyncio.timeout(BACK_S):
        while True:
            events = await played(coach, asks("3 0", turn_id=f"last-{thread}", thread_id=thread))
            if events[-1]["event"] == "final":
                return told, events
            told.append(events[-1]["code"])
            assert events[-1]["retry_after"] == 1
            await asyncio.sleep(0.05)


async def test_a_killed_master_is_a_clear_refusal_and_its_replica_goes_on_with_the_conversation(
    tmp_path: Path,
) -> None:
    with guarded(tmp_path / "servers") as servers:
        database = database_in(tmp_path)
        await database.open()
        async with connect(servers.url) as redis:
            coach = service_on(redis, database, Place(tmp_path / "unused", "", tmp_path, lease_ms=500))
            await coach.start()
            await played(coach, asks("1 0", turn_id="t1"))
            running = await begun(coach, asks("2 400", turn_id="t2"), sentences=1)
            servers.patience(HOUR_MS)  # no failover before it has been seen that there is none
            servers.master.kill()
            heard = await running
            assert heard[-1]["code"] == "unavailable"
            with pytest.raises(Unavailable):
                await coach.history(SCOPE, "main")
            refused = await played(coach, asks("3 0", turn_id="last-main"))
            assert [(event["code"], event["retry_after"]) for event in refused] == [("unavailable", 1)]
            servers.patience(DOWN_AFTER_MS)
            told, _ = await until_good(coach)
            assert set(told) <= {"unavailable"}
            again = await played(coach, asks("2 400", turn_id="t2"))
            assert again[: len(heard) - 1] == heard[:-1]
            assert again[-1]["event"] == "final"
            assert await said(coach) == ["1 0", "2 400", "3 0"]
            lines = await learners_on(database).transcript(SCOPE)
            assert [line.said for line in lines] == ["1 0", "2 400", "3 0"]
            await coach.close()
        await database.close()


async def test_a_replica_that_is_away_slows_turns_down_and_stops_none(valkey_guarded: Guarded, tmp_path: Path) -> None:
    database = database_in(tmp_path)
    await database.open()
    async with connect(valkey_guarded.url) as redis:
        coach = service_on(redis, database, Place(tmp_path / "unused", "", tmp_path, lease_ms=2000))
        valkey_guarded.replica.pause()
        try:
            assert (await played(coach, asks("1 0", turn_id="t1", thread_id="slow")))[-1]["event"] == "final"
        finally:
            valkey_guarded.replica.go_on()
        await coach.close()
    await database.close()


async def test_the_part_of_a_cluster_that_is_gone_takes_only_its_own_conversations_with_it(tmp_path: Path) -> None:
    with cluster(tmp_path / "nodes") as nodes:
        database = database_in(tmp_path)
        await database.open()
        async with connect(cluster_url(nodes)) as redis:
            coach = service_on(redis, database, Place(tmp_path / "unused", "", tmp_path, lease_ms=500))
            threads = [f"thread-{number}" for number in range(6)]
            for thread in threads:
                await played(coach, asks("1 0", thread_id=thread))
            nodes[0].kill()
            ended = [(await played(coach, asks("2 0", thread_id=thread)))[-1] for thread in threads]
            kinds = {(event["event"], event.get("code")) for event in ended}
            assert kinds == {("final", None), ("error", "unavailable")}
            ledger = TurnLedger(redis)
            assert await ledger.unfinished(time.time() + 1, 0, 100) is not None
            nodes[0].start_again()
            for thread in threads:
                await until_good(coach, thread)
                lines = (await coach.history(SCOPE, thread))["lines"]
                assert lines[0]["line"] == "1 0"
            await coach.close()
        await database.close()


def test_conversations_are_spread_over_the_groups() -> None:
    groups = {group_of(f"local:learner-{number}:main") for number in range(1000)}
    assert len(groups) == GROUPS
