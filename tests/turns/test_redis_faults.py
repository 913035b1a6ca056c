"""Redis slow, silent, restarted, out of memory, a replica now: a clear refusal, no half turn, nothing forgotten."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from evals.drills.light import Place, learners_on, service_on
from graphs.turns import CoachService
from infra.database import Database
from infra.errors import Unavailable
from infra.redis import connect
from tests.proxy import Proxy, proxied
from tests.turns.test_service import SCOPE, asks, begun, played, said
from tests.turns.waiting import until
from tests.valkeys import Server, valkey

LEASE_MS = 500


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with valkey(tmp_path / "server") as found:
        yield found


@contextlib.asynccontextmanager
async def coach_at(url: str, database: Database, timeout_s: float = 5) -> AsyncIterator[CoachService]:
    async with connect(url, timeout_s=timeout_s) as redis:
        place = Place(Path("unused"), url, Path("unused"), lease_ms=LEASE_MS)
        coach = service_on(redis, database, place)
        await coach.start()
        yield coach
        await coach.close()


@contextlib.asynccontextmanager
async def behind_a_proxy(
    server: Server, database: Database, timeout_s: float = 5
) -> AsyncIterator[tuple[Proxy, CoachService]]:
    async with proxied("127.0.0.1", server.port) as proxy:
        async with coach_at(f"redis://127.0.0.1:{proxy.port}", database, timeout_s) as coach:
            yield proxy, coach
            proxy.mend()
            proxy.delay_s = 0


async def check_whole(coach: CoachService, database: Database, asked: list[str]) -> None:
    """Transcript = checkpoint = evidence, in this order."""
    assert await said(coach) == asked
    learners = learners_on(database)
    assert [line.said for line in await learners.transcript(SCOPE)] == asked
    assert len(await learners.evidence(SCOPE)) == len(asked)


async def refused(coach: CoachService, turn_id: str) -> None:
    """A new turn is a clear 503 with a time to come back, and the conversation is not shown as empty."""
    (event,) = await played(coach, asks("2 0", turn_id=turn_id))
    assert (event["code"], event["retry_after"], "id" in event) == ("unavailable", 1, False)
    with pytest.raises(Unavailable) as caught:
        await coach.history(SCOPE, "main")
    assert caught.value.retry_after == 1


async def answered(coach: CoachService, text: str, turn_id: str) -> None:
    """Sends the turn until it has its answer: a refusal may come first."""

    async def holds() -> bool:
        return (await played(coach, asks(text, turn_id=turn_id)))[-1]["event"] == "final"

    await until(holds)


async def test_a_slow_redis_delays_a_turn_and_loses_nothing(server: Server, database: Database) -> None:
    async with behind_a_proxy(server, database) as (proxy, coach):
        await played(coach, asks("1 0", turn_id="t1"))
        proxy.delay_s = 0.15
        slow = await played(coach, asks("2 0", turn_id="t2"))
        assert [event["event"] for event in slow] == ["status", "token", "token", "token", "final"]
        proxy.delay_s = 0
        assert await played(coach, asks("2 0", turn_id="t2")) == slow
        await check_whole(coach, database, ["1 0", "2 0"])


async def test_a_redis_that_is_slower_than_the_lock_lives_leaves_one_answer(server: Server, database: Database) -> None:
    async with behind_a_proxy(server, database) as (proxy, coach), coach_at(server.url, database) as sibling:
        running = await begun(coach, asks("1 100", turn_id="t1"), sentences=1)
        proxy.delay_s = 1.4 * LEASE_MS / 1000
        events = await played(sibling, asks("1 100", turn_id="t1"))
        proxy.delay_s = 0
        assert events[-1]["event"] == "final"
        await running
        assert await played(coach, asks("1 100", turn_id="t1")) == events
        await check_whole(sibling, database, ["1 100"])


async def test_a_redis_that_answers_too_late_is_a_clear_refusal(server: Server, database: Database) -> None:
    async with behind_a_proxy(server, database, timeout_s=0.3) as (proxy, coach):
        await played(coach, asks("1 0", turn_id="t1"))
        proxy.delay_s = 1.0
        await refused(coach, "t2")
        proxy.delay_s = 0
        await answered(coach, "2 0", "t2")
        await check_whole(coach, database, ["1 0", "2 0"])


async def test_a_connection_that_is_cut_between_two_sentences_is_mended_behind_the_turn(
    server: Server, database: Database
) -> None:
    async with behind_a_proxy(server, database) as (proxy, coach):
        await played(coach, asks("1 0", turn_id="t1"))
        running = await begun(coach, asks("2 150", turn_id="t2"), sentences=1)
        proxy.cut()
        heard = await running
        assert heard[-1]["code"] == "unavailable"
        await refused(coach, "t3")
        proxy.mend()
        await answered(coach, "2 150", "t2")
        events = await played(coach, asks("2 150", turn_id="t2"))
        assert events[: len(heard) - 1] == heard[:-1]
        await check_whole(coach, database, ["1 0", "2 150"])


async def test_a_restarted_redis_has_the_conversation_and_the_open_turn(server: Server, database: Database) -> None:
    async with coach_at(server.url, database) as coach:
        await played(coach, asks("1 0", turn_id="t1"))
        running = await begun(coach, asks("2 300", turn_id="t2"), sentences=1)
        server.kill()
        assert (await running)[-1]["code"] == "unavailable"
        await refused(coach, "t3")
        server.start_again()
        await answered(coach, "2 300", "t2")  # recovery plays it, whoever asks
        await answered(coach, "3 0", "t3")
        await check_whole(coach, database, ["1 0", "2 300", "3 0"])


async def test_a_redis_without_memory_refuses_new_turns_and_no_turn_is_left_half(
    server: Server, database: Database
) -> None:
    async with coach_at(server.url, database) as coach:
        await played(coach, asks("1 0", turn_id="t1"))
        running = await begun(coach, asks("2 150", turn_id="t2"), sentences=1)
        server.ask("CONFIG", "SET", "maxmemory", "1")
        (event,) = await played(coach, asks("3 0", turn_id="t3"))
        assert (event["code"], event["retry_after"], "id" in event) == ("unavailable", 1, False)
        assert await said(coach) == ["1 0"]  # reading goes on
        lost = (await running)[-1]
        assert (lost["code"], "id" in lost) == ("unavailable", True)  # its outcome: nothing of it was kept
        await check_whole(coach, database, ["1 0"])
        assert not any(await coach.busy([(SCOPE, "main")]))
        server.ask("CONFIG", "SET", "maxmemory", "0")
        await answered(coach, "2 150", "t2")
        await answered(coach, "3 0", "t3")
        await check_whole(coach, database, ["1 0", "2 150", "3 0"])


async def test_a_reply_that_was_recorded_when_memory_ran_out_is_kept_and_closed_later(
    server: Server, database: Database
) -> None:
    async with coach_at(server.url, database) as coach:
        running = await begun(coach, asks("1 200", turn_id="t1"), sentences=3)

        async def is_recorded() -> bool:
            return bool(await learners_on(database).transcript(SCOPE))

        await until(is_recorded)
        server.ask("CONFIG", "SET", "maxmemory", "1")
        last = (await running)[-1]
        assert (last["code"], "id" in last) == ("unavailable", False)  # the turn is open
        server.ask("CONFIG", "SET", "maxmemory", "0")
        await answered(coach, "1 200", "t1")
        await check_whole(coach, database, ["1 200"])


async def test_a_master_that_became_a_replica_refuses_and_forgets_nothing(
    server: Server, database: Database, tmp_path: Path
) -> None:
    with valkey(tmp_path / "other", **{"repl-diskless-sync-delay": "0"}) as other:
        async with coach_at(server.url, database) as coach:
            await played(coach, asks("1 0", turn_id="t1"))
            other.ask("REPLICAOF", "127.0.0.1", str(server.port))

            async def in_step() -> bool:
                return "master_link_status:up" in await asyncio.to_thread(replication, other)

            await until(in_step)
            other.ask("REPLICAOF", "NO", "ONE")
            server.ask("REPLICAOF", "127.0.0.1", str(other.port))
            (event,) = await played(coach, asks("2 0", turn_id="t2"))
            assert (event["code"], event["retry_after"], "id" in event) == ("unavailable", 1, False)
        async with coach_at(other.url, database) as coach:
            await answered(coach, "2 0", "t2")
            await check_whole(coach, database, ["1 0", "2 0"])


def replication(server: Server) -> str:
    return "\n".join(f"{name}:{value}" for name, value in server.ask("INFO", "replication").items())
