"""Runs turns on the graph and streams what front ends may see of them."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Mapping, Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig

from graphs.turns.events import failed, status
from graphs.turns.gate import TurnSaver
from graphs.turns.ledger import Followed, Input, LeaseLost, Opened, State, Stop, Turn, TurnLedger, Work, position
from graphs.turns.lines import lines_of
from graphs.turns.listeners import Inbox, Listeners
from graphs.turns.recovery import Recovery
from graphs.turns.runner import Coach, TurnRunner
from graphs.turns.schemas import TurnEvent, TurnRequest
from infra.clock import Clock, new_id
from infra.errors import BadInput, CoachError, NotFound, Unavailable
from infra.logs import correlation_id
from infra.scope import Scope

_log = logging.getLogger(__name__)

POLL_S = 0.05  # of a turn that another process plays
LOCAL_CHECK_S = 1.0  # of a turn that this process plays: events come by themselves
DRAIN_S = 10.0
START = "0-0"
Coming = Sequence[tuple[str | None, TurnEvent]]  # an id of None ends the listening, not the turn
_ENDED: tuple[str, TurnEvent] = (START, {"event": "final"})  # the listener has had every event


def thread_key(scope: Scope, thread_id: str) -> str:
    """The checkpointer's thread: the caller's tenant and learner are part of its name, so that nothing crosses."""
    return f"{scope.key}:{thread_id}"


class CoachService:
    """Turns on one graph. A turn that was accepted is finished: without its listener, and without this process."""

    def __init__(self, graph: Coach, saver: TurnSaver, ledger: TurnLedger, clock: Clock) -> None:
        self._graph = graph
        self._ledger = ledger
        self._clock = clock
        self.runs = ledger.run_book()
        self._listeners = Listeners()
        self._runner = TurnRunner(graph, saver, ledger, self._listeners)
        self._recovery = Recovery(ledger, clock, self._adopt)
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_draining = False

    def ended(self) -> Mapping[str, int]:
        """How many turns ended in this process, by how: "done", "failed", ..."""
        return {str(state): count for state, count in self._runner.ended.items()}

    async def start(self, *, alone: bool = False) -> None:
        """Begins to finish what was left open. `alone`: no other process uses this Redis."""
        self._recovery.start(alone=alone)

    async def drain(self, seconds: float = DRAIN_S) -> None:
        """New turns are refused from now on; waits for those that run, and leaves the rest to the next start."""
        self._is_draining = True
        await self._recovery.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._workers:
            await asyncio.wait(tuple(self._workers.values()), timeout=seconds)
        for worker in tuple(self._workers.values()):
            worker.cancel()
        await asyncio.gather(*self._workers.values(), return_exceptions=True)
        self._listeners.tell_all(_closing())

    async def abandon(self, scope: Scope) -> None:
        """Stops playing the learner's turns in this process: the learner is about to be forgotten."""
        mine = [worker for thread, worker in self._workers.items() if thread.startswith(f"{scope.key}:")]
        for worker in mine:
            worker.cancel()
        await asyncio.gather(*mine, return_exceptions=True)

    async def close(self) -> None:
        await self.drain()
        await self._runner.heartbeat.close()

    async def stream(
        self, request: TurnRequest, scope: Scope, *, last_event_id: str | None = None
    ) -> AsyncGenerator[TurnEvent, None]:
        """The events of one turn, or those after `last_event_id`. Never raises: a failure is the last event.

        A turn id that is known is not played again: its events are given as they were, or as they come.
        """
        turn = Turn(thread_key(scope, request.thread_id), request.turn_id or new_id())
        try:
            with self._listeners.inbox(turn) as inbox:
                after = _checked(last_event_id)
                async for event in self._heard(turn, await self._begun(turn, request, scope, after), after, inbox):
                    yield event
        except CoachError as error:
            yield failed(turn.id, error)

    async def follow(
        self, scope: Scope, thread_id: str, turn_id: str, *, last_event_id: str | None = None
    ) -> AsyncGenerator[TurnEvent, None]:
        """The events of a turn that was sent before, or those after `last_event_id`, as `stream` gives them.

        Also after a restart, and from any process. A turn that the ledger does not know any more is `not_found`.
        """
        turn = Turn(thread_key(scope, thread_id), turn_id)
        try:
            with self._listeners.inbox(turn) as inbox:
                after = _checked(last_event_id)
                async for event in self._heard(turn, await self._stored(turn, after), after, inbox):
                    yield event
        except CoachError as error:
            yield failed(turn.id, error)

    async def stop(self, scope: Scope, thread_id: str, turn_id: str, how: Stop) -> State:
        """Stops a turn, whichever process plays it; gives its state as it was found.

        `interrupt` ends its speaking and keeps what was said, `rollback` takes it back. A turn whose reply is being
        recorded already, and one that has ended, stay as they are. Its listeners hear the end of it. Raises NotFound.
        """
        turn = Turn(thread_key(scope, thread_id), turn_id)
        state = await self._ledger.stop(turn, how)
        if state is None:
            raise _unknown()
        self._runner.heartbeat.at_once()
        if state == "open":
            await self._adopt(turn, False)  # or it would be stopped only when somebody comes to play it
        return state

    async def stored(self, scope: Scope, thread_id: str, turn_id: str) -> Followed:
        """A turn's events so far and its state, which is None when the ledger does not know it (any more)."""
        return await self._ledger.follow(Turn(thread_key(scope, thread_id), turn_id), START)

    async def asked(self, scope: Scope, thread_id: str, turn_id: str) -> str:
        """The text of an open turn; empty for one that has ended: the thread's messages have it then."""
        input = await self._ledger.asked(Turn(thread_key(scope, thread_id), turn_id))
        return "" if input is None else input.request.text

    async def busy(self, threads: Sequence[tuple[Scope, str]]) -> Sequence[bool]:
        """Whether each of these threads has a turn that has not ended."""
        return await self._ledger.busy([thread_key(scope, thread_id) for scope, thread_id in threads])

    async def final(self, request: TurnRequest, scope: Scope) -> TurnEvent:
        """The last event of one turn: `final` or `error`."""
        last = failed("", None)
        async for event in self.stream(request, scope):
            last = event
        return last

    async def history(self, scope: Scope, thread_id: str) -> Mapping[str, Any]:
        """The thread's window of messages (`graphs.turns.lines`) and its last turn; empty for a new thread."""
        state = await self._graph.aget_state(self._config(scope, thread_id))
        turn = state.values.get("turn") or {}
        return {
            "lines": lines_of(state.values.get("messages", ())),
            "lesson": turn.get("lesson"),
            "card": turn.get("card"),
        }

    def drawn(self) -> dict[str, Any]:
        """The graph's nodes and edges, as LangGraph draws them: plain JSON."""
        drawing: dict[str, Any] = self._graph.get_graph().to_json()
        return drawing

    # -- opening ------------------------------------------------------------------------------------------

    async def _opened(self, turn: Turn, request: TurnRequest, scope: Scope, first: TurnEvent) -> Opened:
        """The turn, durable; what this process got the lock for is being played. Finished when its caller goes away."""
        if self._is_draining:
            raise _closing()
        return await asyncio.shield(self._spawn(self._open(turn, request, scope, first)))

    async def _open(self, turn: Turn, request: TurnRequest, scope: Scope, first: TurnEvent) -> Opened:
        token = new_id()
        input = Input(request, scope.tenant, correlation_id.get())
        opened = await self._ledger.open(turn, input, token, first, self._clock.now().timestamp())
        if opened.head is not None:
            self._work(turn.thread, token, opened.head, Work(turn, input))
        if request.strategy in ("interrupt", "rollback"):
            self._runner.heartbeat.at_once()
        return opened

    def _spawn(self, work: Coroutine[Any, Any, Opened]) -> asyncio.Task[Opened]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    # -- listening ----------------------------------------------------------------------------------------

    async def _begun(self, turn: Turn, request: TurnRequest, scope: Scope, after: str) -> Coming:
        """The first events of a turn that is durable now."""
        first = status(turn.id, request.thread_id)
        opened = await self._opened(turn, request, scope, first)
        return await self._stored(turn, after) if opened.first_id is None else [(opened.first_id, first)]

    async def _heard(self, turn: Turn, coming: Coming, after: str, inbox: Inbox) -> AsyncIterator[TurnEvent]:
        """`coming` and what follows it, to the turn's end."""
        last = position(after)
        while True:
            for event_id, event in coming:
                if event_id is None:
                    yield event
                    return
                if position(event_id) > last:
                    last, after = position(event_id), event_id
                    yield {**event, "id": event_id}
                if event["event"] in ("final", "error"):
                    return
            coming = await self._more(turn, after, inbox)

    async def _more(self, turn: Turn, after: str, inbox: Inbox) -> Coming:
        """What comes next: from the worker in this process, else from Redis."""
        is_local = turn.thread in self._workers
        try:
            async with asyncio.timeout(LOCAL_CHECK_S if is_local else POLL_S):
                return [await inbox.get()]
        except TimeoutError:
            return await self._stored(turn, after)

    async def _stored(self, turn: Turn, after: str) -> Coming:
        """What Redis has of the turn; takes the thread over when nobody plays it."""
        found = await self._ledger.follow(turn, after)
        if found.state is None:
            raise _unknown()
        if not found.events and found.state != "open":
            return [_ENDED]
        if found.state == "open" and self._is_draining and turn.thread not in self._workers:
            raise _closing()
        if found.state == "open" and not found.is_held:
            await self._adopt(turn, False)
        return found.events

    # -- playing ------------------------------------------------------------------------------------------

    async def _adopt(self, turn: Turn, forced: bool) -> None:
        """Plays the open turns of the turn's thread, when nobody else does."""
        if turn.thread in self._workers or self._is_draining:
            return
        token = new_id()
        head = await self._ledger.take(turn.thread, token, forced=forced)
        if head is not None and turn.thread not in self._workers:
            self._work(turn.thread, token, head, None)
        elif head is None:
            found = await self._ledger.follow(turn, START)
            if found.state != "open":
                await self._ledger.forget(turn)

    def _work(self, thread: str, token: str, head: str, opened: Work | None) -> None:
        worker = asyncio.create_task(self._worked(thread, token, head, opened))
        self._workers[thread] = worker
        worker.add_done_callback(lambda _: self._left(thread, worker))

    def _left(self, thread: str, worker: asyncio.Task[None]) -> None:
        if self._workers.get(thread) is worker:
            del self._workers[thread]

    async def _worked(self, thread: str, token: str, head: str, opened: Work | None) -> None:
        """A worker's life. What it leaves open is taken up when its lock has run out."""
        try:
            await self._runner.work_through(thread, token, head, opened)
        except LeaseLost:
            _log.warning("a conversation was taken over by another process")
        except asyncio.CancelledError:
            with contextlib.suppress(CoachError):
                await self._ledger.release(thread, token)
            raise
        except CoachError as error:
            _log.warning("a turn is left to be finished later: %s", error.code)
            self._listeners.tell_thread(thread, error)
        except Exception:  # nobody awaits a worker: its listeners are told instead
            _log.exception("a turn is left to be finished later")
            self._listeners.tell_thread(thread, None)

    def _config(self, scope: Scope, thread_id: str) -> RunnableConfig:
        return {"configurable": {"thread_id": thread_key(scope, thread_id)}}


def _checked(event_id: str | None) -> str:
    try:
        position(event_id or START)
    except ValueError:
        raise BadInput("Last-Event-ID must be the id of an event of this turn.") from None
    return event_id or START


def _unknown() -> NotFound:
    return NotFound("This turn is not known, or not any more: events are kept for a day.")


def _closing() -> Unavailable:
    return Unavailable("The coach is closing: send this again in a moment.", retry_after=5)


__all__: Sequence[str] = ["Coach", "CoachService", "thread_key"]
