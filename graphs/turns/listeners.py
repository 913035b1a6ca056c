"""Who in this process waits for the events of which turn."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from graphs.turns.events import failed
from graphs.turns.ledger import Turn
from graphs.turns.schemas import TurnEvent
from infra.errors import CoachError

Inbox = asyncio.Queue[tuple[str | None, TurnEvent]]


class Listeners:
    """Events with their ids, to every inbox of a turn; an id of None means that the listening ends, not the turn."""

    def __init__(self) -> None:
        self._inboxes: dict[Turn, set[Inbox]] = {}

    @contextmanager
    def inbox(self, turn: Turn) -> Iterator[Inbox]:
        inbox: Inbox = asyncio.Queue()
        self._inboxes.setdefault(turn, set()).add(inbox)
        try:
            yield inbox
        finally:
            self._inboxes[turn].discard(inbox)
            if not self._inboxes[turn]:
                del self._inboxes[turn]

    def tell(self, turn: Turn, event_id: str | None, event: TurnEvent) -> None:
        for inbox in self._inboxes.get(turn, ()):
            inbox.put_nowait((event_id, event))

    def tell_thread(self, thread: str, error: CoachError | None) -> None:
        """To everybody who waits for a turn of the thread: it will be finished later."""
        for turn in [turn for turn in self._inboxes if turn.thread == thread]:
            self.tell(turn, None, failed(turn.id, error))

    def tell_all(self, error: CoachError) -> None:
        """To everybody, for good: this process plays no more turns."""
        for turn in tuple(self._inboxes):
            self.tell(turn, None, failed(turn.id, error))
