"""Conversations that clients made: one owner each, one tenant each, gone with their learner."""

import pytest

from infra.clock import SystemClock
from infra.database import Database
from infra.errors import Conflict, NotFound
from infra.scope import Scope, scope_of
from learners.service import SqlLearnerService
from learners.threads import Threads

MINH, LAN = scope_of("minh"), scope_of("lan")


@pytest.fixture
async def threads(database: Database) -> Threads:
    made = Threads(database, SystemClock())
    for thread in await made.newest("local"):
        await made.delete("local", thread.thread_id)
    return made


async def test_a_thread_is_made_once(threads: Threads) -> None:
    made = await threads.create("local", "t1", {"topic": "mèo"})
    assert await threads.get("local", "t1") == made
    assert made.learner_id is None
    with pytest.raises(Conflict):
        await threads.create("local", "t1", {})


async def test_a_thread_is_the_learners_who_spoke_first(threads: Threads) -> None:
    await threads.create("local", "t1", {})
    assert (await threads.claim(MINH, "t1")).learner_id == "minh"
    assert (await threads.claim(MINH, "t1")).learner_id == "minh"
    with pytest.raises(Conflict):
        await threads.claim(LAN, "t1")
    assert (await threads.get("local", "t1")).learner_id == "minh"


async def test_another_tenants_thread_is_not_there(threads: Threads) -> None:
    await threads.create("local", "t1", {})
    for call in (
        threads.get("school", "t1"),
        threads.label("school", "t1", {}),
        threads.delete("school", "t1"),
        threads.claim(Scope("school", "minh"), "t1"),
    ):
        with pytest.raises(NotFound):
            await call
    assert await threads.newest("school") == []


async def test_labels_are_set_beside_each_other(threads: Threads) -> None:
    await threads.create("local", "t1", {"a": 1, "b": 1})
    assert (await threads.label("local", "t1", {"b": 2})).labels == {"a": 1, "b": 2}
    assert (await threads.get("local", "t1")).labels == {"a": 1, "b": 2}


async def test_the_newest_come_first_and_one_learners_alone(threads: Threads) -> None:
    for name in ("t1", "t2", "t3"):
        await threads.create("local", name, {})
    await threads.claim(MINH, "t1")
    assert [thread.thread_id for thread in await threads.newest("local")] == ["t1", "t3", "t2"]
    assert [thread.thread_id for thread in await threads.newest("local", "minh")] == ["t1"]


async def test_a_deleted_thread_is_gone(threads: Threads) -> None:
    await threads.create("local", "t1", {})
    await threads.delete("local", "t1")
    with pytest.raises(NotFound):
        await threads.get("local", "t1")


async def test_forgetting_a_learner_removes_the_learners_threads(threads: Threads, learners: SqlLearnerService) -> None:
    for name, scope in (("t1", MINH), ("t2", LAN)):
        await threads.create("local", name, {})
        await threads.claim(scope, name)
    await learners.forget_learner(MINH)
    assert [thread.thread_id for thread in await threads.newest("local")] == ["t2"]
