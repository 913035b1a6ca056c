"""A learner's memories as records: read, corrected, pinned, deleted, told about, exported."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from infra.clock import Clock
from infra.errors import BadInput, NotFound
from infra.scope import Scope
from memory.extraction import MAX_VALUE
from memory.facts.clause import value_from
from memory.facts.fact import Fact
from memory.forgetting import retained
from memory.keeping import fact_record
from memory.notebook import FactBook
from memory.ports import Memory, Said, Speaker, Stats
from memory.records import FACTS, Record
from memory.service import Memories
from memory.text import slug
from providers.ports import Vector


class StoredMemories:
    """`MemoryRepository` over the room's service."""

    def __init__(self, memories: Memories, clock: Clock, zone: str = "Asia/Ho_Chi_Minh") -> None:
        self._memories = memories
        self._clock = clock
        self._zone = ZoneInfo(zone)

    async def store(self, scope: Scope, said: Said) -> None:
        await self._memories.remember(scope, said)

    async def retrieve(self, scope: Scope, text: str, vector: Vector, *, limit: int = 5) -> Sequence[Memory]:
        return await self._memories.recall(scope, text, vector, limit=limit)

    async def add(self, scope: Scope, text: str, *, by: Speaker) -> Memory:
        """Something an adult wants remembered, word for word, for good. Raises BadInput for contact data."""
        value = value_from(text)
        if not value:
            raise BadInput("Write what to remember in a few words, without addresses or phone numbers.")
        fact = Fact(f"note:{slug(text)}", value, f"what your {by} wants me to know", text.strip(), confidence=1.0)
        record = replace(self._record(scope, fact, by), pinned=True)
        await self._memories.alone(scope, self._memories.keep, scope, [record])
        return await self.get(scope, record.id)

    async def get(self, scope: Scope, memory_id: str) -> Memory:
        return self._shown(await self._tellings(scope, memory_id), await self._book(scope))

    async def update(
        self, scope: Scope, memory_id: str, *, value: str | None = None, pinned: bool | None = None, by: Speaker
    ) -> Memory:
        return await self._memories.alone(scope, self._update, scope, memory_id, value, pinned, by)

    async def delete(self, scope: Scope, memory_id: str) -> None:
        await self._memories.alone(scope, self._delete, scope, memory_id)

    async def history(self, scope: Scope, memory_id: str) -> Sequence[Memory]:
        (*_, newest) = await self._tellings(scope, memory_id)
        if newest.kind == "episodic":
            return [await self.get(scope, memory_id)]
        book = await self._book(scope)
        held = book.timeline.history(newest.subject_key)
        return [
            self._shown([item.record], book).model_copy(
                update={"valid_from": item.record.said_at, "valid_to": item.valid_to}
            )
            for item in held
        ]

    async def export(self, scope: Scope) -> Sequence[Memory]:
        records = await self._memories.read(self._memories.archive.records, scope)
        book = await self._book(scope)
        return [self._shown(book.tellings(record.id) or [record], book) for record in records]

    async def forget_learner(self, scope: Scope) -> int:
        return await self._memories.forget_learner(scope)

    async def stats(self, scope: Scope) -> Stats:
        records: list[Record] = await self._memories.read(self._memories.archive.records, scope)
        kinds: dict[str, Any] = dict.fromkeys(("episodic", *FACTS), 0)
        for record in records:
            kinds[record.kind] += 1
        doubted = sum(len(record.quarantined) for record in records)
        return Stats(**kinds, live=len((await self._book(scope)).live), quarantined=doubted)

    async def _update(
        self, scope: Scope, memory_id: str, value: str | None, pinned: bool | None, by: Speaker
    ) -> Memory:
        tellings = await self._tellings(scope, memory_id)
        if pinned is not None:
            tellings = [replace(record, pinned=pinned) for record in tellings]
            await self._memories.write(self._memories.archive.describe, scope, tellings)
        if value is None:
            return await self.get(scope, memory_id)
        records = self._corrected(scope, tellings[-1], value, by)
        await self._memories.keep(scope, records)
        return await self.get(scope, records[-1].id)

    def _corrected(self, scope: Scope, record: Record, value: str, by: Speaker) -> list[Record]:
        """What is told now in its place. Where a key carries its value ("what you like"), the old one is taken back.

        Raises BadInput for a turn, and for what is no value.
        """
        kept = value_from(value)
        if record.kind == "episodic":
            raise BadInput("What a child said is kept word for word: delete it, or correct the fact it led to.")
        if not kept or len(kept) >= MAX_VALUE:
            raise BadInput("Write the right value in a few words, without addresses or phone numbers.")
        carries = record.subject_key.endswith(f":{slug(record.value)}") and record.subject_key.count(":") > 1
        key = f"{record.subject_key.rpartition(':')[0]}:{slug(kept)}" if carries else record.subject_key
        told = Fact(key, kept, record.about, kept, kind=record.kind, confidence=1.0)
        back = Fact(record.subject_key, record.value, record.about, kept, denied=True, kind=record.kind)
        gone = [self._record(scope, back, by)] if carries else []
        return [*gone, replace(self._record(scope, told, by), pinned=record.pinned, sequence=1)]

    async def _delete(self, scope: Scope, memory_id: str) -> None:
        """A turn takes along what it told: facts that only it told, and its quotes in the others."""
        (*_, newest) = await self._tellings(scope, memory_id)
        gone = [memory_id]
        if newest.kind == "episodic":
            book = await self._book(scope)
            for key in sorted({record.id for record in book.records if record.turn_id in newest.turns}):
                left = [record for record in book.tellings(key) if record.turn_id not in newest.turns]
                if left:
                    await self._memories.write(self._memories.archive.describe, scope, left)
                else:
                    gone.append(key)
        await self._memories.write(self._memories.archive.delete, scope, gone)

    def _record(self, scope: Scope, fact: Fact, by: Speaker) -> Record:
        now = self._now()
        turn_id = f"{by}-{now.timestamp():.6f}"
        return fact_record(scope, fact, Said(turn_id=turn_id, text=fact.quote, said_at=now, speaker=by), 0)

    def _shown(self, tellings: Sequence[Record], book: FactBook) -> Memory:
        newest = tellings[-1]
        strength = retained(newest, self._now(), len(tellings))
        shown = newest.memory().model_copy(
            update={
                "strength": round(strength, 3),
                "valid_from": tellings[0].said_at,
                "source_turn_ids": tuple(turn for record in tellings for turn in record.turns),
            }
        )
        held = [item for item in book.timeline.history(newest.subject_key) if item.record.id == newest.id]
        return shown.model_copy(update={"valid_to": held[-1].valid_to}) if held else shown

    async def _tellings(self, scope: Scope, memory_id: str) -> list[Record]:
        found = await self._memories.read(self._memories.archive.tellings, scope, memory_id)
        if not found:
            raise NotFound("There is no such memory: it may have been deleted.")
        return found

    async def _book(self, scope: Scope) -> FactBook:
        return await self._memories.read(self._memories.archive.facts, scope)

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._zone)
