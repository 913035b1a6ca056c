"""Reads and writes the memories of one learner at a time; blocks, so call it on an executor."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from types import ModuleType
from typing import Any

from infra.scope import Scope
from memory import retrieval
from memory.cards import Card
from memory.extraction import ONE_TALK
from memory.notebook import FactBook, FactBooks, Note
from memory.ports import Said
from memory.questions import Query
from memory.quoting import Told
from memory.ranking import Asked, Candidate, chosen, rank
from memory.records import FACTS, STORED, Record, from_payload, merged, payload_of, tellings_of, turn_point
from memory.stores.points import Points, Store
from providers.ports import Vector

_MOST_IN_A_TALK = 40
_MOST_CARDS = 2048  # of one learner, some 400 bytes each
_READ_AT_ONCE = 8  # ranked memories whose text is read in one call
_MOST_ASKED = 40  # best memories among which, and beside which, a question looks for its answer
_MOST_COMPARED = 300  # live facts whose meaning a question is compared with


@dataclass(frozen=True, slots=True)
class Found:
    """The last search of a learner: a turn asks twice about the same words, to recall and to answer."""

    key: tuple[str, bytes, int]
    candidates: Sequence[Candidate]


class Seen:
    """Of one learner: the last search, and the cards that searches have read."""

    def __init__(self) -> None:
        self.found: Found | None = None
        self.cards: dict[str, Card] = {}

    def searched(self, found: Found) -> None:
        self.found = found
        if len(self.cards) > _MOST_CARDS:
            self.cards = {c.card.id: c.card for c in found.candidates}


class Archive:
    """The store with what is kept of it in memory: fact books and last searches of the learners last seen."""

    def __init__(self, store: Store, mem0: ModuleType, kept: int) -> None:
        self.store = store
        self._mem0: Any = mem0
        self._books = FactBooks(kept)
        self._seen: OrderedDict[str, Seen] = OrderedDict()
        self._kept = kept
        self._guard = Lock()

    def facts(self, scope: Scope) -> FactBook:
        with self.store.lease(scope) as points:
            return self._facts(scope, points)

    def recalled(
        self, scope: Scope, asked: Asked, vector: Vector, limit: int, max_tokens: int
    ) -> list[tuple[Record, float]]:
        """The memories that bear on what is asked, best first, with their scores."""
        with self.store.lease(scope) as points:
            ranked = rank(self._candidates(scope, points, asked, vector), asked)
            return chosen(_read(points, ranked), limit, max_tokens)

    def told(self, scope: Scope, query: Query, vector: Vector, now: datetime) -> Told:
        """What may answer `query`: facts, and the turns found for it with what was said beside them."""
        with self.store.lease(scope) as points:
            book = self._facts(scope, points)
            asked = Asked.of(query.text, now)
            candidates = self._candidates(scope, points, asked, vector)
            cosines = {c.card.id: c.cosine for c in candidates}
            compared = sorted(book.live - cosines.keys())[:_MOST_COMPARED]
            best = [card.at for card, _ in rank(candidates, asked) if card.kind == "episodic"][:_MOST_ASKED]
            turns = retrieval.around(points, best)
            return Told.of(book, turns, cosines | points.cosines(vector, compared), now)

    def before(self, scope: Scope, said: Said) -> list[Record] | None:
        """What the learner had said before `said`, oldest first: all facts, and the turns of the same talk.

        None when `said` itself is there.
        """
        with self.store.lease(scope) as points:
            if points.get([turn_point(scope, said.turn_id)]):
                return None
            end = said.said_at.timestamp()
            rows = points.told([(end - ONE_TALK.total_seconds(), end)], _MOST_IN_A_TALK)
            turns = [Note.stored(*row).record for row in rows]
            earlier = [r for r in (*self._facts(scope, points).records, *turns) if r.said_at <= said.said_at]
            return sorted((r for r in earlier if r.turn_id != said.turn_id), key=lambda record: record.order)

    def unknown(self, scope: Scope, records: Sequence[Record]) -> list[Record]:
        """The records that no point holds yet: only they need vectors."""
        with self.store.lease(scope) as points:
            there = points.get([record.id for record in records])
            return list({r.id: r for r in records if r.id not in there}.values())

    def keep(self, scope: Scope, records: Sequence[Record], vectors: dict[str, Sequence[float]]) -> None:
        """Writes records in order; `vectors` by id, for those that `unknown` named."""
        with self.store.lease(scope) as points:
            book = self._facts(scope, points)
            memory = self._mem0.LearnerMemory(points)
            for record in records:
                tellings = [record] if record.kind == "episodic" else merged(book.tellings(record.id), [record])
                if record.id in vectors and not book.tellings(record.id):
                    memory.keep(scope, tellings, vectors[record.id])
                else:
                    self._describe(points, tellings)
                if record.kind != "episodic":
                    book = book.with_told([tellings])
            self._changed(scope, points, book, [record.id for record in records])

    def records(self, scope: Scope) -> list[Record]:
        """Everything, in the order it was said; a fact as its newest telling."""
        with self.store.lease(scope) as points:
            return sorted((tellings_of(*row)[-1] for row in points.all()), key=lambda record: record.order)

    def tellings(self, scope: Scope, memory_id: str) -> list[Record]:
        """Of one memory, oldest first; none when it is not there."""
        with self.store.lease(scope) as points:
            return [r for row in points.get([memory_id]).items() for r in tellings_of(*row)]

    def describe(self, scope: Scope, tellings: Sequence[Record]) -> None:
        """Stores what was changed of a memory that is there; its text is the same."""
        with self.store.lease(scope) as points:
            self._describe(points, tellings)
            book = self._facts(scope, points)
            changed = book if tellings[0].kind == "episodic" else book.with_told([tellings])
            self._changed(scope, points, changed, [tellings[0].id])

    def delete(self, scope: Scope, memory_ids: Sequence[str]) -> None:
        """Removes memories from the files too."""
        with self.store.lease(scope) as points:
            points.delete(memory_ids)
            self._changed(scope, points, self._facts(scope, points).without(memory_ids), memory_ids)
        self.store.compact(scope)

    def erase(self, scope: Scope) -> int:
        try:
            return self.store.erase(scope)
        finally:
            self._drop(scope)

    def _facts(self, scope: Scope, points: Points) -> FactBook:
        """The caller holds the lease: nobody erases now."""
        stamp = points.stamp()
        book = self._books.get(scope.key, stamp)
        if book is None:
            book = FactBook(record for row in points.of_kinds(FACTS) for record in tellings_of(*row))
            self._books.put(scope.key, stamp, book)
        return book

    def _candidates(self, scope: Scope, points: Points, asked: Asked, vector: Vector) -> Sequence[Candidate]:
        key = (asked.text, vector.tobytes(), points.stamp())
        seen = self._seen_of(scope)
        found = seen.found
        if found is None or found.key != key:
            hidden = self._facts(scope, points).superseded
            found = Found(key, retrieval.find(points, asked, vector, hidden, seen.cards))
            seen.searched(found)
        return found.candidates

    def _seen_of(self, scope: Scope) -> Seen:
        with self._guard:
            seen = self._seen.setdefault(scope.key, Seen())
            self._seen.move_to_end(scope.key)
            if len(self._seen) > self._kept:
                self._seen.popitem(last=False)
            return seen

    def _describe(self, points: Points, tellings: Sequence[Record]) -> None:
        newest = tellings[-1]
        (stored,) = points.get([newest.id]).values()
        others = {name: value for name, value in stored.items() if name not in STORED}  # mem0's
        points.describe(newest.id, {**others, **payload_of(tellings), "data": newest.text})

    def _changed(self, scope: Scope, points: Points, book: FactBook, changed: Iterable[str] = ()) -> None:
        """After a write; `changed` are ids of memories that were there before."""
        self._books.put(scope.key, points.stamp(), book)
        seen = self._seen_of(scope)
        seen.found = None
        for key in changed:
            seen.cards.pop(key, None)

    def _drop(self, scope: Scope) -> None:
        self._books.drop(scope.key)
        with self._guard:
            self._seen.pop(scope.key, None)


def _read(points: Points, ranked: Sequence[tuple[Card, float]]) -> Iterator[tuple[Record, float]]:
    """The records behind cards, a few at a time: most of what is ranked is never shown."""
    for start in range(0, len(ranked), _READ_AT_ONCE):
        some = ranked[start : start + _READ_AT_ONCE]
        stored = points.get([card.id for card, _ in some])
        yield from ((from_payload(card.id, stored[card.id]), score) for card, score in some if card.id in stored)
