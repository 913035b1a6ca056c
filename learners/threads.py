"""Owns which conversations clients made by themselves, whose they are, and the labels clients gave them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from infra.clock import Clock
from infra.database import Database
from infra.errors import Conflict, NotFound
from infra.scope import Scope
from learners.models import ThreadRow
from learners.repository import LearnerRepository

MAX_SEARCHED = 1000


class Thread(BaseModel):
    """A conversation. `learner_id` is None until its first turn; then it stays."""

    model_config = ConfigDict(frozen=True)

    thread_id: str
    learner_id: str | None
    labels: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime


class Threads:
    """The conversations of tenants: a front end that only knows a thread's id must find whose it is.

    Forgetting a learner removes the learner's threads (the foreign key does).
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(self, tenant: str, thread_id: str, labels: Mapping[str, Any]) -> Thread:
        """A new thread of nobody yet. Raises Conflict when there is one with this id."""
        now = self._clock.now()
        thread = Thread(thread_id=thread_id, learner_id=None, labels=labels, created_at=now, updated_at=now)

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(insert(ThreadRow), {"tenant": tenant, **thread.model_dump()})

        try:
            await self._database.run(write)
        except IntegrityError:
            raise Conflict("There is a thread with this id already.") from None
        return thread

    async def get(self, tenant: str, thread_id: str) -> Thread:
        """Raises NotFound."""
        async with self._database.reading() as connection:
            return await _found(connection, tenant, thread_id)

    async def claim(self, scope: Scope, thread_id: str) -> Thread:
        """The thread, from now on this learner's. Raises NotFound, or Conflict when it is another learner's."""

        async def write(connection: AsyncConnection) -> Thread:
            thread = await _found(connection, scope.tenant, thread_id, held=True)
            if thread.learner_id not in (None, scope.learner_id):
                raise Conflict("This thread is another learner's: make a thread for each learner.")
            if thread.learner_id is None:
                await LearnerRepository(connection).lock(scope)
            changed = {"learner_id": scope.learner_id, "updated_at": self._clock.now()}
            await connection.execute(update(ThreadRow).where(_is(scope.tenant, thread_id)).values(**changed))
            return thread.model_copy(update=changed)

        return await self._database.run(write)

    async def label(self, tenant: str, thread_id: str, labels: Mapping[str, Any]) -> Thread:
        """Sets these labels beside the others. Raises NotFound."""

        async def write(connection: AsyncConnection) -> Thread:
            thread = await _found(connection, tenant, thread_id, held=True)
            changed = {"labels": {**thread.labels, **labels}, "updated_at": self._clock.now()}
            await connection.execute(update(ThreadRow).where(_is(tenant, thread_id)).values(**changed))
            return thread.model_copy(update=changed)

        return await self._database.run(write)

    async def delete(self, tenant: str, thread_id: str) -> None:
        """Removes the thread's entry; what was said stays in the learner's transcript. Raises NotFound."""

        async def write(connection: AsyncConnection) -> None:
            removed = await connection.execute(delete(ThreadRow).where(_is(tenant, thread_id)))
            if not removed.rowcount:
                raise NotFound("There is no such thread.")

        await self._database.run(write)

    async def newest(self, tenant: str, learner_id: str | None = None) -> Sequence[Thread]:
        """The `MAX_SEARCHED` threads used last, the newest first; with `learner_id` only this learner's."""
        wanted = select(ThreadRow).where(ThreadRow.tenant == tenant)
        if learner_id is not None:
            wanted = wanted.where(ThreadRow.learner_id == learner_id)
        async with self._database.reading() as connection:
            rows = await connection.execute(wanted.order_by(ThreadRow.updated_at.desc()).limit(MAX_SEARCHED))
            return [Thread.model_validate(dict(row)) for row in rows.mappings()]


def _is(tenant: str, thread_id: str) -> ColumnElement[bool]:
    return and_(ThreadRow.tenant == tenant, ThreadRow.thread_id == thread_id)


async def _found(connection: AsyncConnection, tenant: str, thread_id: str, *, held: bool = False) -> Thread:
    """The thread; `held` keeps others from changing it until the transaction ends."""
    wanted = select(ThreadRow).where(_is(tenant, thread_id))
    row = (await connection.execute(wanted.with_for_update() if held else wanted)).mappings().first()
    if row is None:
        raise NotFound("There is no such thread.")
    return Thread.model_validate(dict(row))
