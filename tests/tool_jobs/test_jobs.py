"""Jobs of tools on a real Redis: watched by siblings, cancelled, bounded, lost with their process, forgotten."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from infra.clock import ManualClock, SystemClock, new_id
from infra.errors import NotFound, RateLimited, Unavailable
from infra.executors import BoundedExecutor
from infra.redis import connect
from tests.servers import NO_REDIS, redis_url
from tests.tools.test_executor import EchoTool, Fetching
from tests.valkeys import cluster, cluster_url
from tools.batch import Item, ToolCall, results
from tools.executor import BEHIND_AT_ONCE, ToolExecutor
from tools.jobs import JobEvent, ToolJobs
from tools.jobs.store import MOST_KEPT, MOST_OPEN, TTL_S, JobStore

CALL = ToolCall(tool="ECHO_TOOL", request={"text": "a"})
WRONG = ToolCall(tool="ECHO_TOOL", request={"words": "a"})
UNKNOWN = ToolCall(tool="NO_TOOL", request={})


@pytest.fixture
async def redis() -> AsyncIterator[Redis]:
    url = redis_url()
    if url is None:
        pytest.skip(NO_REDIS)
    async with connect(url) as client:
        yield client


@pytest.fixture
async def prefix(redis: Redis) -> AsyncIterator[str]:
    name = f"test-{new_id()}"
    yield name
    keys = [key async for key in redis.scan_iter(f"{name}:*", count=1000)]
    if keys:
        await redis.unlink(*keys)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    opened = threading.Event()
    yield opened
    opened.set()


@pytest.fixture
def pool(gate: threading.Event) -> Iterator[BoundedExecutor]:
    made = BoundedExecutor("jobs-test", threads=4, pending=64)
    yield made
    gate.set()
    made.close()


@pytest.fixture
async def jobs(redis: Redis, prefix: str, pool: BoundedExecutor) -> AsyncIterator[ToolJobs]:
    """Jobs of a tool that answers at once."""
    made = ToolJobs(echoing(pool), JobStore(redis, prefix=prefix), SystemClock())
    yield made
    await made.close()


@pytest.fixture
async def held(redis: Redis, prefix: str, pool: BoundedExecutor, gate: threading.Event) -> AsyncIterator[ToolJobs]:
    """Jobs of a tool that answers when the gate opens."""
    made = ToolJobs(echoing(pool, gate), JobStore(redis, prefix=prefix), SystemClock())
    yield made
    gate.set()
    await made.close()


@pytest.fixture
def sibling(redis: Redis, prefix: str, pool: BoundedExecutor) -> ToolJobs:
    """Another process's, on the same Redis: it runs nothing itself."""
    return ToolJobs(echoing(pool), JobStore(redis, prefix=prefix), SystemClock())


def echoing(pool: BoundedExecutor, gate: threading.Event | None = None) -> ToolExecutor:
    tool = EchoTool((lambda _: gate.wait(30) and None) if gate else None)
    return ToolExecutor([tool], pool, deadline_ms=60_000, cache_size=0)


async def heard(jobs: ToolJobs, tenant: str, job: str, after: int = -1) -> list[tuple[int, JobEvent]]:
    return [event async for event in jobs.events(tenant, job, after)]


def kinds(events: Sequence[tuple[int, JobEvent]]) -> list[str]:
    return [event["event"] for _, event in events]


async def test_a_job_gives_every_result_and_ends(jobs: ToolJobs) -> None:
    started = await jobs.start("t", [CALL, WRONG, UNKNOWN])
    assert (started.state, started.done, started.total) == ("running", 0, 3)
    events = await heard(jobs, "t", started.job)
    assert kinds(events) == ["accepted", "result", "result", "result", "done"]
    assert [number for number, _ in events] == [0, 1, 2, 3, 4]
    view = await jobs.view("t", started.job)
    right, wrong, unknown = (result or {} for result in view.results)
    assert (view.state, view.done) == ("done", 3)
    assert right["answer"]["text"] == "a"
    assert [one["error"]["code"] for one in (wrong, unknown)] == ["bad_input", "not_found"]


async def test_a_listener_goes_on_where_it_was(jobs: ToolJobs) -> None:
    started = await jobs.start("t", [CALL, WRONG])
    await heard(jobs, "t", started.job)
    assert kinds(await heard(jobs, "t", started.job, after=1)) == ["result", "done"]


async def test_a_sibling_tells_of_a_running_job_and_hears_its_end(
    held: ToolJobs, sibling: ToolJobs, gate: threading.Event
) -> None:
    started = await held.start("t", [CALL])
    assert (await sibling.view("t", started.job)).state == "running"
    listening = asyncio.create_task(heard(sibling, "t", started.job))
    gate.set()
    assert kinds(await listening) == ["accepted", "result", "done"]


async def test_a_job_is_its_tenants_alone(jobs: ToolJobs) -> None:
    started = await jobs.start("school", [CALL])
    for act in (jobs.view, jobs.cancel):
        with pytest.raises(NotFound):
            await act("home", started.job)
    assert await jobs.views("home") == []
    assert [view.job for view in await jobs.views("school")] == [started.job]


@pytest.mark.parametrize("by", ["held", "sibling"])
async def test_a_cancelled_job_says_so_and_is_forgotten_when_cancelled_again(
    by: str, held: ToolJobs, sibling: ToolJobs
) -> None:
    started = await held.start("t", [CALL])
    await (held if by == "held" else sibling).cancel("t", started.job)
    assert kinds(await heard(sibling, "t", started.job)) == ["accepted", "cancelled"]
    assert await sibling.cancel("t", started.job) is None
    with pytest.raises(NotFound):
        await held.view("t", started.job)


async def test_a_job_whose_process_stops_is_to_be_sent_again(held: ToolJobs, sibling: ToolJobs) -> None:
    started = await held.start("t", [CALL])
    await held.close()
    view = await sibling.view("t", started.job)
    assert (view.state, (view.error or {})["code"], (view.error or {})["actor"]) == ("failed", "unavailable", "retry")
    with pytest.raises(Unavailable):
        await held.start("t", [CALL])


async def test_a_job_whose_process_was_killed_is_found_lost(
    held: ToolJobs, sibling: ToolJobs, redis: Redis, prefix: str
) -> None:
    started = await held.start("t", [CALL])
    for key in [key async for key in redis.scan_iter(f"{prefix}:*:alive", count=1000)]:
        await redis.unlink(key)  # what the passing of its lease does
    assert (await sibling.view("t", started.job)).state == "failed"
    assert kinds(await heard(sibling, "t", started.job)) == ["accepted", "failed"]


async def test_open_jobs_are_bounded_for_each_tenant(held: ToolJobs, gate: threading.Event) -> None:
    started = [await held.start("t", [CALL]) for _ in range(MOST_OPEN)]
    with pytest.raises(RateLimited) as caught:
        await held.start("t", [CALL])
    assert caught.value.retry_after
    await held.start("another", [CALL])
    gate.set()
    await asyncio.gather(*(heard(held, "t", one.job) for one in started))
    await held.start("t", [CALL])


async def test_the_oldest_jobs_make_room_and_all_have_an_end(redis: Redis, prefix: str) -> None:
    store, clock = JobStore(redis, prefix=prefix), ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    event: JobEvent = {"event": "accepted", "at": "", "job": "x", "tools": []}
    for number in range(MOST_KEPT + 1):
        clock.advance(timedelta(seconds=20))  # leases have run out: none of them counts as open
        await store.open("t", f"job-{number}", event, clock.now().timestamp())
    assert (await store.read("t", "job-0"))[0] == []
    assert (await store.read("t", "job-1"))[0] == [event]
    for key in [key async for key in redis.scan_iter(f"{prefix}:*", count=1000)]:
        assert 0 < await redis.ttl(key) <= TTL_S, key


async def test_jobs_live_on_a_cluster_too(tmp_path: Path, pool: BoundedExecutor) -> None:
    with cluster(tmp_path / "cluster") as nodes:
        async with connect(cluster_url(nodes)) as client:
            jobs = ToolJobs(echoing(pool), JobStore(client), SystemClock())
            for tenant in ("home", "school", "club"):  # one slot each
                started = await jobs.start(tenant, [CALL, CALL])
                assert kinds(await heard(jobs, tenant, started.job)) == ["accepted", "result", "result", "done"]
                assert [view.state for view in await jobs.views(tenant)] == ["done"]
                assert await jobs.cancel(tenant, started.job) is None
                with pytest.raises(NotFound):
                    await jobs.view(tenant, started.job)
            await jobs.close()


async def test_all_batches_together_take_only_a_few_threads(pool: BoundedExecutor) -> None:
    calls = [ToolCall(tool="ECHO_TOOL", request={"text": str(number)}) for number in range(12)]
    most = 0

    def hold(_: str) -> None:
        nonlocal most
        most = max(most, pool.in_flight)

    executor = ToolExecutor([EchoTool(hold)], pool, deadline_ms=60_000, cache_size=0)

    async def played() -> list[Item]:
        return [item async for item in results(executor, calls)]

    for found in await asyncio.gather(*(played() for _ in range(4))):
        assert sorted(item["index"] for item in found) == list(range(12))
        assert all(item["result"]["answer"]["text"] == str(item["index"]) for item in found)
    assert 1 <= most <= BEHIND_AT_ONCE


async def test_long_calls_behind_keep_no_quick_ones_waiting(pool: BoundedExecutor, gate: threading.Event) -> None:
    held = Fetching(lambda _: gate.wait(30) and None)
    executor = ToolExecutor([EchoTool(), held], pool, deadline_ms=10_000, cache_size=0)
    long = [ToolCall(tool="FETCHING_TOOL", request={"text": str(number)}) for number in range(BEHIND_AT_ONCE)]
    waiting = results(executor, [*long, CALL])
    assert (await anext(waiting))["index"] == len(long)
    gate.set()
    assert sorted([item["index"] async for item in waiting]) == list(range(len(long)))
