"""Hands one outbox message to the subscribers of its topic."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from infra.database import Database
from learners.ports import OutboxMessage
from learners.queue import Claim, OutboxQueue

Subscriber = Callable[[OutboxMessage], Awaitable[object]]


class Delivery:
    """Subscribers in order; one that had the message at an earlier attempt is not called again."""

    def __init__(
        self, database: Database, subscribers: Mapping[str, Sequence[Subscriber]], deadline_seconds: float
    ) -> None:
        self._database = database
        self._subscribers = {topic: named(functions) for topic, functions in subscribers.items() if functions}
        self._deadline_seconds = deadline_seconds

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that somebody here subscribes to."""
        return tuple(self._subscribers)

    async def deliver(self, claim: Claim) -> str:
        """Hands the message to its subscribers; returns "" or the name of what went wrong."""
        try:
            async with asyncio.timeout(self._deadline_seconds):
                await self._hand_over(claim)
        except Exception as error:  # whatever a subscriber raises is its message's failure, not the relay's
            return type(error).__name__
        return ""

    async def _hand_over(self, claim: Claim) -> None:
        subscribers = self._subscribers[claim.message.topic]
        done = await self._done_before(claim) if claim.message.attempts > 1 and len(subscribers) > 1 else frozenset()
        waiting = [name for name in subscribers if name not in done]
        for position, name in enumerate(waiting, start=1):
            await subscribers[name](claim.message)
            if position < len(waiting):
                await self._note_done(claim, name)

    async def _note_done(self, claim: Claim, name: str) -> None:
        async with self._database.transaction() as connection:
            await OutboxQueue(connection).note_done(claim, name)

    async def _done_before(self, claim: Claim) -> frozenset[str]:
        async with self._database.reading() as connection:
            return await OutboxQueue(connection).done_by(claim)


def named(subscribers: Sequence[Subscriber]) -> dict[str, Subscriber]:
    """Subscribers by a name that is the same after a restart, and differs within the topic."""
    return {
        f"{position}:{getattr(subscriber, '__qualname__', type(subscriber).__qualname__)}"[:190]: subscriber
        for position, subscriber in enumerate(subscribers)
    }
