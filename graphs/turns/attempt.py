"""One attempt at a turn, as its nodes see it: steps finished before, sentences out to the ledger and the listeners."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, cast

from graphs.services import TurnContext
from graphs.turns.gate import TurnSaver
from graphs.turns.ledger import Turn, TurnLedger, Work
from graphs.turns.listeners import Listeners
from graphs.turns.schemas import TurnEvent
from infra.errors import TurnMismatch
from providers.ports import Sentence

REPLAYED = frozenset({"screen", "read", "hear", "see", "recall", "place", "plan", "reply"})
NOT_KEPT = frozenset({"learner", "placed"})  # only what has been decided already needs them


class Attempt(TurnContext):
    """A context that writes a turn's progress to the ledger, so that any other process could go on with it.

    Before the first sentence leaves, what was decided is durable; before anything is recorded, the whole reply is.
    """

    def __init__(self, work: Work, token: str, ledger: TurnLedger, listeners: Listeners, saver: TurnSaver) -> None:
        scope = work.input.scope
        request = work.input.request
        uploads = request.recording, request.picture
        super().__init__(scope.learner_id, scope.tenant, request.vietnamese_help, *uploads)
        self.work = work
        self.token = token
        self._ledger = ledger
        self._listeners = listeners
        self._saver = saver
        self._steps: dict[str, Any] = dict(work.steps)
        self._said = [cast(Sentence, sentence) for sentence in work.said]
        self.is_committed = "reply" in work.steps  # the reply is durable: the turn can then only be finished
        self._is_whole = False  # the whole reply was said here
        self._stopped = asyncio.Event()
        if work.mark == "interrupt":
            self._stopped.set()

    @property
    def turn(self) -> Turn:
        return self.work.turn

    @property
    def outcome(self) -> dict[str, Any]:
        return {**self._steps["reply"]["turn"], "milliseconds": self.milliseconds}

    def earlier(self, step: str) -> dict[str, Any] | None:
        return self.work.steps.get(step)

    def was_recorded(self) -> None:
        """An id of another thread, or of so long ago that the ledger forgot it. Raises TurnMismatch."""
        raise _used()

    def finished(self, step: str, update: dict[str, Any]) -> None:
        if step in REPLAYED:
            self._steps[step] = {name: value for name, value in update.items() if name not in NOT_KEPT}

    def said(self) -> Sequence[Sentence]:
        return self._said

    @property
    def stopped(self) -> asyncio.Event:
        return self._stopped

    async def say(
        self, said: Sequence[tuple[Mapping[str, Any], Sentence]], ending: Mapping[str, Any] | None = None
    ) -> bool:
        entries = [(cast(TurnEvent, event), cast(Mapping[str, str], sentence)) for event, sentence in said]
        is_whole = ending is not None
        steps = {**self._steps, "reply": ending} if is_whole else None if self._said else self._steps
        place = len(self._said) + 2  # the status event came first
        event_ids = await self._ledger.append(self.turn, self.token, place, entries, steps, is_whole=is_whole)
        if not event_ids:
            self._stopped.set()
            return False
        self._is_whole, self.is_committed = is_whole, self.is_committed or is_whole
        for event_id, (event, sentence) in zip(event_ids, said, strict=True):
            self._said.append(sentence)
            self._listeners.tell(self.turn, event_id, cast(TurnEvent, event))
        return True

    async def commit(self) -> None:
        if self._is_whole:  # committed with its last sentence
            return
        await self._ledger.commit(self.turn, self.token, self._steps)
        self.is_committed = True

    def recorded(self, *, is_new: bool) -> None:
        """Opens the way to the checkpoint. Raises TurnMismatch when another thread has used the turn's id."""
        if not is_new and "reply" not in self.work.steps:
            self.is_committed = False
            raise _used()
        self._saver.pass_on(self.turn.thread, self.turn.id)


def _used() -> TurnMismatch:
    return TurnMismatch("This turn_id was used before: take a new id for a new message.")
