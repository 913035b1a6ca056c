"""Redis killed, stopped and back: a clear refusal, no half turn, and never an empty conversation."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from graphs.turns import CoachService
from infra.database import Database
from infra.errors import Unavailable
from infra.valkey import EmbeddedValkey
from tests.turns.conftest import Build
from tests.turns.test_service import SCOPE, asks, begun, played, said


def valkey_pid(folder: Path) -> int:
    return int((folder / "valkey" / "valkey.pid").read_text("utf-8"))


@pytest.fixture
def not_revived(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed Valkey stays down until the test starts it: nothing depends on who is faster."""
    monkeypatch.setattr("infra.redis.REVIVE_S", 3600)


async def start_again(folder: Path) -> None:
    await asyncio.to_thread(EmbeddedValkey(folder / "valkey").revive)


async def until_it_answers(coach: CoachService) -> None:
    async with asyncio.timeout(15):
        while True:
            try:
                await coach.history(SCOPE, "main")
            except Unavailable:
                await asyncio.sleep(0.05)
            else:
                return


async def test_a_killed_valkey_is_started_again_by_who_uses_it(build: Build, tmp_path: Path) -> None:
    coach = build()
    await played(coach, asks("1 0"))
    os.kill(valkey_pid(tmp_path), signal.SIGKILL)
    await until_it_answers(coach)
    assert await said(coach) == ["1 0"]


async def test_a_killed_valkey_is_a_clear_refusal_and_comes_back_with_the_conversation(
    not_revived: None, build: Build, tmp_path: Path
) -> None:
    coach = build()
    await played(coach, asks("1 0"))
    os.kill(valkey_pid(tmp_path), signal.SIGKILL)
    refused = await played(coach, asks("2 0", turn_id="t2"))
    assert [(event["code"], event["retry_after"]) for event in refused] == [("unavailable", 1)]
    with pytest.raises(Unavailable):
        await coach.history(SCOPE, "main")
    await start_again(tmp_path)
    assert await said(coach) == ["1 0"]
    assert (await played(coach, asks("2 0", turn_id="t2")))[-1]["event"] == "final"
    assert await said(coach) == ["1 0", "2 0"]


async def test_a_turn_that_lost_its_redis_is_finished_once_when_it_is_back(
    not_revived: None, build: Build, tmp_path: Path, database: Database
) -> None:
    coach = build()
    await coach.start()
    running = await begun(coach, asks("1 150", turn_id="t1"), sentences=1)
    os.kill(valkey_pid(tmp_path), signal.SIGKILL)
    heard = await running
    assert heard[-1]["code"] == "unavailable"
    await start_again(tmp_path)
    events = await played(coach, asks("1 150", turn_id="t1"))
    assert events[-1]["event"] == "final"
    assert events[: len(heard) - 1] == heard[:-1]
    assert await said(coach) == ["1 150"]


async def test_a_valkey_that_hangs_for_a_moment_delays_a_turn_and_breaks_nothing(build: Build, tmp_path: Path) -> None:
    coach = build(2000)
    running = await begun(coach, asks("1 30"), sentences=1)
    os.kill(valkey_pid(tmp_path), signal.SIGSTOP)
    await asyncio.sleep(0.5)
    os.kill(valkey_pid(tmp_path), signal.SIGCONT)
    assert (await running)[-1]["event"] == "final"
    assert await said(coach) == ["1 30"]
