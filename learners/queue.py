"""Decides, in SQL, which outbox message may be delivered now and who holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, not_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from infra.scope import Scope
from learners.models import InboxRow, OutboxRow
from learners.ports import OutboxMessage
from learners.repository import key, owned


@dataclass(frozen=True, slots=True)
class Claim:
    """A message with the holder of its lease. `message.attempts` counts this attempt."""

    message: OutboxMessage
    owner: str


class OutboxQueue:
    """Statements on one connection. One learner's messages go out one at a time, in order; parked ones are passed."""

    def __init__(self, connection: AsyncConnection, topics: Sequence[str] = ()) -> None:
        self._connection = connection
        self._topics = topics

    async def add(self, scope: Scope, topic: str, payload: Mapping[str, Any], at: datetime) -> None:
        values = {"topic": topic, "payload": payload, "at": at, "available_at": at}
        await self._connection.execute(insert(OutboxRow), {**key(scope), **values})

    async def ready(self, now: datetime, limit: int, scope: Scope | None = None) -> Sequence[OutboxMessage]:
        """The first message of each learner (or of that one) unless it is held or backing off; oldest first."""
        earlier = aliased(OutboxRow)
        same_learner = and_(earlier.tenant == OutboxRow.tenant, earlier.learner_id == OutboxRow.learner_id)
        blocked = exists().where(
            same_learner, earlier.id < OutboxRow.id, earlier.parked_at.is_(None), earlier.topic.in_(self._topics)
        )
        wanted = select(OutboxRow.__table__).where(self._pending(), OutboxRow.available_at <= now, ~blocked)
        if scope is not None:
            wanted = wanted.where(owned(OutboxRow, scope))
        rows = await self._connection.execute(wanted.order_by(OutboxRow.id).limit(limit))
        return [_message(row) for row in rows.mappings()]

    async def claim(self, message: OutboxMessage, owner: str, now: datetime, until: datetime) -> Claim | None:
        """A lease on the message until then; None when somebody else was first."""
        free = and_(OutboxRow.id == message.id, OutboxRow.available_at <= now, OutboxRow.parked_at.is_(None))
        attempts = message.attempts + 1
        taken = await self._connection.execute(
            update(OutboxRow)
            .where(free, OutboxRow.attempts == message.attempts)
            .values(claimed_by=owner, available_at=until, attempts=attempts)
        )
        return Claim(message.model_copy(update={"attempts": attempts}), owner) if taken.rowcount == 1 else None

    async def done_by(self, claim: Claim) -> frozenset[str]:
        """The subscribers that had the message at an earlier attempt."""
        names = await self._connection.scalars(
            select(InboxRow.subscriber).where(InboxRow.message_id == claim.message.id)
        )
        return frozenset(names)

    async def note_done(self, claim: Claim, subscriber: str) -> None:
        """Remembers that one of several subscribers had the message, unless the lease or the message is lost."""
        held = select(OutboxRow.id).where(_held(claim)).with_for_update()
        if await self._connection.scalar(held) is not None:
            values = {"message_id": claim.message.id, "subscriber": subscriber}
            await self._connection.execute(insert(InboxRow), values)

    async def finish(self, claim: Claim) -> None:
        await self._connection.execute(delete(OutboxRow).where(_held(claim)))

    async def back_off(self, claim: Claim, until: datetime) -> None:
        await self._change(_held(claim), available_at=until, claimed_by=None)

    async def park(self, claim: Claim, now: datetime) -> None:
        """Takes the message out of the queue; it stays for somebody to look at."""
        await self._change(_held(claim), parked_at=now, claimed_by=None)

    async def release(self, owner: str, now: datetime) -> None:
        """Gives back everything that `owner` holds."""
        await self._change(OutboxRow.claimed_by == owner, available_at=now, claimed_by=None)

    async def withdraw(self, scope: Scope, now: datetime) -> tuple[int, int]:
        """Removes the learner's messages that nobody is delivering; returns how many, and how many are left."""
        held = and_(OutboxRow.claimed_by.is_not(None), OutboxRow.available_at > now)
        removed = await self._connection.execute(delete(OutboxRow).where(owned(OutboxRow, scope), not_(held)))
        return removed.rowcount, await self._count(owned(OutboxRow, scope))

    async def pending(self) -> int:
        return await self._count(self._pending())

    async def parked(self) -> int:
        return await self._count(OutboxRow.parked_at.is_not(None), OutboxRow.topic.in_(self._topics))

    def _pending(self) -> ColumnElement[bool]:
        return and_(OutboxRow.parked_at.is_(None), OutboxRow.topic.in_(self._topics))

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        return await self._connection.scalar(select(func.count()).select_from(OutboxRow).where(*conditions)) or 0

    async def _change(self, which: ColumnElement[bool], **values: Any) -> None:
        await self._connection.execute(update(OutboxRow).where(which).values(**values))


def _held(claim: Claim) -> ColumnElement[bool]:
    return and_(
        OutboxRow.id == claim.message.id,
        OutboxRow.claimed_by == claim.owner,
        OutboxRow.attempts == claim.message.attempts,
    )


def _message(row: Mapping[Any, Any]) -> OutboxMessage:
    return OutboxMessage(
        id=row["id"],
        topic=row["topic"],
        scope=Scope(row["tenant"], row["learner_id"]),
        payload=row["payload"],
        at=row["at"],
        attempts=row["attempts"],
    )
