"""Brings memories that were stored under another version (model, centring, format) to the one in use; resumable."""

from dataclasses import replace
from typing import Protocol

from infra.scope import Scope
from memory.records import Record, fact_point, tellings_of, turn_point
from memory.stores.points import Row
from memory.upkeep import Progress, Room, for_each

BATCH = 32


class Freshened(Room, Protocol):
    """A room that brings over one learner's memories as their only writer."""

    async def freshen(self, scope: Scope) -> int: ...


async def reembed_all(memories: Freshened, progress: Progress = lambda done, total: None) -> int:
    """Every learner's; returns how many memories were brought over. After a crash the next run does the rest."""
    scopes: list[Scope] = await memories.write(lambda: list(memories.archive.store.older()))
    return await for_each(scopes, memories.freshen, progress)


async def reembed(memories: Room, scope: Scope) -> int:
    """One learner's. The caller is the learner's only writer."""
    rows: list[Row] = await memories.write(memories.archive.store.older_rows, scope)
    records = sorted(
        (_current(scope, record) for row in rows for record in tellings_of(*row)),
        key=lambda record: record.order,
    )
    for start in range(0, len(records), BATCH):
        await memories.keep(scope, records[start : start + BATCH])
    await memories.write(memories.archive.store.drop_older, scope)
    return len(records)


def _current(scope: Scope, record: Record) -> Record:
    """The record under the id that it has now."""
    if record.kind == "episodic":
        return replace(record, id=turn_point(scope, record.turn_id))
    return replace(record, id=fact_point(scope, record.kind, record.subject_key, record.value, record.stance))
