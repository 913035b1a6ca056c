"""Several processes on one database: starting together, writing together, dying in the middle."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest
from sqlalchemy import URL

from infra.clock import SystemClock
from infra.database import Database
from infra.scope import scope_of
from learners.outbox import OutboxRelay
from learners.ports import OutboxMessage
from learners.relay_policy import RelayPolicy
from learners.service import SqlLearnerService
from tests.databases import mariadb_database, sqlite_url
from tests.learners.turns import fold

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
MINH = scope_of("minh")


async def another_process(task: str, url: URL, *words: str) -> Process:
    shown = url.render_as_string(hide_password=False)
    worker = [sys.executable, "-m", "tests.learners.worker", task, shown, *words]
    return await asyncio.create_subprocess_exec(*worker, stdout=PIPE, stderr=PIPE, cwd=ROOT)


async def outcome(process: Process) -> str:
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


async def _all_come_up(url: URL) -> None:
    started = [await another_process("open", url) for _ in range(2)]
    assert [await outcome(process) for process in started] == ["opened\n"] * 2
    database = Database(url)
    await database.open()
    assert await SqlLearnerService(database, SystemClock(), fold).transcript(MINH) == []
    await database.close()


async def test_processes_that_start_together_on_a_new_file_all_come_up(tmp_path: Path) -> None:
    await _all_come_up(sqlite_url(tmp_path / "new" / "coach.db"))


async def test_processes_that_start_together_on_a_new_server_all_come_up() -> None:
    with mariadb_database() as url:
        await _all_come_up(url)


async def test_processes_that_write_to_one_learner_lose_no_update(url: URL) -> None:
    writers = [await another_process("record", url, f"p{n}-", "40") for n in range(2)]
    for writer in writers:
        await outcome(writer)
    database = Database(url)
    await database.open()
    service = SqlLearnerService(database, SystemClock(), fold)
    assert (await service.profile(MINH)).turns == 80
    assert (await service.progress(MINH))["count"] == 80
    await database.close()


async def test_a_relay_killed_in_the_middle_of_a_delivery_loses_no_message(url: URL) -> None:
    doomed = await another_process("hang", url, "t", "5")
    assert doomed.stdout is not None
    assert await asyncio.wait_for(doomed.stdout.readline(), 30) == b"delivering t0\n"
    doomed.send_signal(signal.SIGKILL)
    await doomed.wait()

    delivered: list[tuple[str, int]] = []

    async def note(message: OutboxMessage) -> None:
        delivered.append((message.payload["turn_id"], message.attempts))

    database = Database(url)
    await database.open()
    # The dead process's lease is one second long: until then its message, and those after it, wait.
    await OutboxRelay(database, SystemClock(), {"turn.recorded": [note]}, RelayPolicy(poll_seconds=0.05)).drain(20)
    await database.close()
    assert delivered == [("t0", 2), ("t1", 1), ("t2", 1), ("t3", 1), ("t4", 1)]


@pytest.mark.parametrize("moment", [0.0, 0.03])
async def test_a_writer_killed_at_any_moment_leaves_whole_turns(sqlite: URL, moment: float) -> None:
    doomed = await another_process("record", sqlite, "t", "100000")
    assert doomed.stdout is not None
    await asyncio.wait_for(doomed.stdout.readline(), 30)
    await asyncio.sleep(moment)
    doomed.send_signal(signal.SIGKILL)
    await doomed.wait()

    database = Database(sqlite)
    await database.open()
    service = SqlLearnerService(database, SystemClock(), fold)
    turns = (await service.profile(MINH)).turns
    assert turns > 0
    log = await service.evidence(MINH, limit=turns + 1)
    assert [row.turn_id for row in log] == [f"t{n}" for n in range(turns)]
    assert await service.progress(MINH) == fold({}, log)
    await database.close()
