"""Plays the open turns of a thread, one after another, for as long as it holds the thread's lock."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from typing import Any

from langchain_core.messages import HumanMessage
from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph

from graphs.services import TurnContext
from graphs.state import CoachInput, CoachOutput, CoachState
from graphs.turns.attempt import Attempt
from graphs.turns.events import failed, final
from graphs.turns.gate import TURN, TurnSaver
from graphs.turns.ledger import LeaseLost, State, Turn, TurnLedger, Withdrawn, Work
from graphs.turns.listeners import Listeners
from graphs.turns.locks import Heartbeat, Running
from graphs.turns.schemas import TurnEvent
from infra.errors import CoachError, RolledBack
from infra.logs import correlation_id

_log = logging.getLogger(__name__)

Coach = CompiledStateGraph[CoachState, TurnContext, CoachInput, CoachOutput]

MOST_ATTEMPTS = 10  # at a turn that takes its process down with it each time
MOST_ATTEMPTS_COMMITTED = 1000  # its reply was heard: only what can never be recorded is given up


class GivenUp(CoachError):
    """The turn failed too often."""


class TurnRunner:
    """Turns on one graph. What it raises ends its hold on the thread; the turn stays open for the next holder."""

    def __init__(self, graph: Coach, saver: TurnSaver, ledger: TurnLedger, listeners: Listeners) -> None:
        self._graph = graph
        self._saver = saver
        self._ledger = ledger
        self._listeners = listeners
        self.heartbeat = Heartbeat(ledger)
        self.ended: Counter[State] = Counter()  # turns that ended here, by how

    async def work_through(self, thread: str, token: str, head: str, opened: Work | None) -> None:
        """Plays `head` and all that follow it. `opened` is the work of a turn that was just opened here."""
        following: str | None = head
        while following is not None:
            turn = Turn(thread, following)
            if opened is not None and opened.turn == turn:
                following = await self._finish(opened, token)
                continue
            loaded = await self._ledger.load(turn, token)
            following = await self._finish(loaded, token) if isinstance(loaded, Work) else loaded

    async def _finish(self, work: Work, token: str) -> str | None:
        """Plays one turn to its last event; gives the next turn of the thread."""
        correlation_id.set(work.input.correlation_id)
        turn, state, event = work.turn, *await self._played(work, token)
        event_id, following = await self._ledger.close(turn, token, state, event)
        self.ended[state] += 1
        self._listeners.tell(turn, event_id, event)
        if state != "failed":
            await self._saver.keep_newest(turn.thread)
        return following

    async def _played(self, work: Work, token: str) -> tuple[State, TurnEvent]:
        """How the turn ended, and its last event. Raises when it has to be finished later."""
        attempt = Attempt(work, token, self._ledger, self._listeners, self._saver)
        try:
            _check_attempts(work)
            return "done", final(work.turn.id, work.input.request.thread_id, await self._outcome(attempt))
        except Withdrawn:
            return "rolled_back", failed(work.turn.id, RolledBack("A later message took this one back."))
        except LeaseLost:
            raise
        except CoachError as error:
            if attempt.is_committed and not isinstance(error, GivenUp):
                raise
            return "failed", failed(work.turn.id, error)
        except Exception:  # whatever a node raises ends this turn, not those that wait behind it
            if attempt.is_committed:
                raise
            _log.exception("a turn failed")
            return "failed", failed(work.turn.id, None)

    async def _outcome(self, attempt: Attempt) -> dict[str, Any]:
        if attempt.work.mark == "rollback":
            raise Withdrawn
        stored = await self._checkpointed(attempt)
        if stored is not None:
            return stored
        await self._run_graph(attempt)
        return attempt.outcome

    async def _checkpointed(self, attempt: Attempt) -> dict[str, Any] | None:
        """What the thread has of the turn, when an earlier attempt came as far as its checkpoint."""
        if not attempt.is_committed:
            return None
        state = await self._graph.aget_state({"configurable": {"thread_id": attempt.turn.thread}})
        turn: Mapping[str, Any] = state.values.get("turn") or {}
        return {**turn, "milliseconds": {}} if turn.get("turn_id") == attempt.turn.id else None

    async def _run_graph(self, attempt: Attempt) -> None:
        """The graph on this attempt, cancelled when others want it or when the lock is gone."""
        turn = attempt.turn
        self._saver.shut(turn.thread, turn.id)
        config: RunnableConfig = {"configurable": {"thread_id": turn.thread, TURN: turn.id}}
        message = HumanMessage(content=attempt.work.input.request.text, id=turn.id)
        run = self._graph.ainvoke({"messages": [message]}, config, context=attempt, durability="exit")
        running = Running(attempt, asyncio.ensure_future(run))
        self.heartbeat.watch(running)
        try:
            await asyncio.wait((running.task,))
            _raise_for(running)
        finally:
            self.heartbeat.leave(running)
            running.task.cancel()
            await asyncio.gather(running.task, return_exceptions=True)
            self._saver.pass_on(turn.thread, turn.id)


def _raise_for(running: Running) -> None:
    if not running.task.cancelled():
        running.task.result()
    elif running.is_withdrawn:
        raise Withdrawn
    else:
        raise LeaseLost


def _check_attempts(work: Work) -> None:
    most = MOST_ATTEMPTS_COMMITTED if "reply" in work.steps else MOST_ATTEMPTS
    if work.attempts > most:
        raise GivenUp("This message could not be answered. Please say it in another way.")
