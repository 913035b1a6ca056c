"""Owns the jobs of this process, and tells of those of its siblings."""

import asyncio
import contextlib
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any

from infra.clock import Clock, new_id
from infra.errors import CoachError, NotFound, RateLimited, Unavailable
from tools.batch import ToolCall, error_view, results
from tools.executor import ToolExecutor
from tools.jobs.events import JobEvent, JobView, is_over, view_of
from tools.jobs.store import BUSY_RETRY_S, JobStore

_log = logging.getLogger(__name__)

MOST_HERE = 64  # running in this process, of all tenants
BEAT_S = 1.0  # how often leases are renewed, and how late a sibling's cancel may be heard
POLL_S = 0.25  # how often a sibling's job is looked at by a listener

Name = tuple[str, str]  # tenant, job id


class ToolJobs:
    """Runs batches of calls in the background. A job belongs to the tenant that started it.

    Its events are in Redis as they happen: any process answers for it until an hour after its last event. The work
    itself stays in the process that took it: when that ends, or is killed, the job fails with `unavailable` and is
    to be sent again. Every method raises Unavailable while Redis is down.
    """

    def __init__(self, executor: ToolExecutor, store: JobStore, clock: Clock) -> None:
        self._executor = executor
        self._store = store
        self._clock = clock
        self._tasks: dict[Name, asyncio.Task[None]] = {}
        self._news: defaultdict[Name, asyncio.Event] = defaultdict(asyncio.Event)
        self._beating: asyncio.Task[None] | None = None
        self._is_closed = False

    async def start(self, tenant: str, calls: Sequence[ToolCall]) -> JobView:
        """The job, kept and running. Raises RateLimited when too many are open, Unavailable while we stop."""
        if self._is_closed:
            raise Unavailable("This server is stopping. Send it again.", retry_after=BUSY_RETRY_S)
        if len(self._tasks) >= MOST_HERE:
            raise RateLimited("Too many jobs are open here. Wait for one to end.", retry_after=BUSY_RETRY_S)
        job = new_id()
        first: JobEvent = {**self._event("accepted"), "job": job, "tools": [call.tool for call in calls]}
        await self._store.open(tenant, job, first, self._now())
        name = (tenant, job)
        self._tasks[name] = asyncio.create_task(self._play(name, calls))
        self._tasks[name].add_done_callback(lambda _: self._forget_task(name))
        if self._beating is None or self._beating.done():
            self._beating = asyncio.create_task(self._beat())
        await asyncio.sleep(0)  # it has begun: a task cancelled before that would end without a word
        return view_of([first])

    async def view(self, tenant: str, job: str) -> JobView:
        """Raises NotFound."""
        return view_of(await self._events(tenant, job))

    async def views(self, tenant: str) -> list[JobView]:
        """The tenant's jobs that are kept, the newest first."""
        names = await self._store.names(tenant, self._now())
        found = await asyncio.gather(*(self._store.read(tenant, name) for name in names))
        return [view_of(self._told(*read)) for read in found if read[0]]

    async def events(self, tenant: str, job: str, after: int = -1) -> AsyncIterator[tuple[int, JobEvent]]:
        """Every event with its number, from the one after `after` to the job's end."""
        while True:
            news = self._news[tenant, job] if (tenant, job) in self._tasks else asyncio.Event()
            events, is_alive = await self._store.read(tenant, job, after)
            told = self._told(events, is_alive)
            for event in told:
                after += 1
                yield after, event
            if is_over(told):
                return
            try:
                async with asyncio.timeout(POLL_S):
                    await news.wait()
            except TimeoutError:
                pass

    async def cancel(self, tenant: str, job: str) -> JobView | None:
        """Ends a running job, or forgets one that has ended (None). Raises NotFound.

        A call that already has a thread runs to its end there; nobody hears its answer.
        """
        events = await self._events(tenant, job)
        if is_over(events):
            await self._store.forget(tenant, job)
            return None
        task = self._tasks.get((tenant, job))
        if task is None:
            await self._store.ask_to_cancel(tenant, job)
        else:
            task.cancel()
            await asyncio.wait([task])
        return await self.view(tenant, job)

    async def holding(self, tenant: str, words: Sequence[str]) -> list[str]:
        """Ids of the tenant's jobs whose results hold any of `words`."""
        sought = [json.dumps(word, ensure_ascii=False)[1:-1] for word in words]
        found = []
        for job in await self._store.names(tenant, self._now()):
            events, _ = await self._store.read(tenant, job)
            told = json.dumps(events, ensure_ascii=False)
            found += [job] if any(word in told for word in sought) else []
        return found

    async def forget(self, tenant: str, job: str) -> None:
        """Ends the job if it runs, and removes what is kept of it."""
        with contextlib.suppress(NotFound):
            if await self.cancel(tenant, job) is not None:
                await self._store.forget(tenant, job)

    async def close(self) -> None:
        """Ends what still runs: its callers are told to send it again."""
        self._is_closed = True
        tasks = [*self._tasks.values(), *([self._beating] if self._beating else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _play(self, name: Name, calls: Sequence[ToolCall]) -> None:
        try:
            await self._tell(name, await self._worked(name, calls))
        except CoachError as error:  # its events could not be kept: it will be found lost
            _log.warning("a job of tools was given up: %s", error.code)

    async def _worked(self, name: Name, calls: Sequence[ToolCall]) -> JobEvent:
        """Tells each result; returns the last event."""
        try:
            async with aclosing(results(self._executor, calls)) as items:
                async for item in items:
                    await self._tell(name, {**self._event("result"), "index": item["index"], "result": item["result"]})
        except asyncio.CancelledError:
            return self._lost() if self._is_closed else self._event("cancelled")
        return self._event("done")

    async def _tell(self, name: Name, event: JobEvent) -> None:
        await self._store.append(*name, event, is_last=is_over([event]))
        self._news.pop(name, asyncio.Event()).set()

    async def _beat(self) -> None:
        """Renews the leases of running jobs; ends those that a sibling was asked to cancel."""
        while self._tasks:
            jobs: defaultdict[str, list[str]] = defaultdict(list)
            for tenant, job in self._tasks:
                jobs[tenant].append(job)
            for tenant, of_tenant in jobs.items():
                try:
                    unwanted = await self._store.renew(tenant, of_tenant, self._now())
                except CoachError as error:
                    _log.warning("leases of tool jobs could not be renewed: %s", error.code)
                    continue
                for job in unwanted:
                    if task := self._tasks.get((tenant, job)):
                        task.cancel()
            await asyncio.sleep(BEAT_S)

    async def _events(self, tenant: str, job: str) -> list[JobEvent]:
        """All events so far. Raises NotFound."""
        events, is_alive = await self._store.read(tenant, job)
        if not events:
            raise NotFound("There is no such job; ended jobs are kept for an hour.")
        return self._told(events, is_alive)

    def _told(self, events: list[JobEvent], is_alive: bool) -> list[JobEvent]:
        """The events; with one that says so when the process that should add more has died."""
        return events if is_alive or is_over(events) else [*events, self._lost()]

    def _lost(self) -> JobEvent:
        gone = Unavailable("The process that ran this job has ended. Send it again.", retry_after=1)
        return {**self._event("failed"), "error": error_view(gone)}

    def _event(self, kind: Any) -> JobEvent:
        return {"event": kind, "at": self._clock.now().isoformat()}

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _forget_task(self, name: Name) -> None:
        del self._tasks[name]
        self._news.pop(name, asyncio.Event()).set()
