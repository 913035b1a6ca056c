"""What is known of a learner beyond single turns: their facts read once, and turns as they are searched."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from memory.facts.entity import Names
from memory.facts.guards import claims_nothing
from memory.facts.names import known_names
from memory.records import Record, from_payload
from memory.text import concepts
from memory.timeline import Timeline, strand_of


@dataclass(frozen=True)
class Note:
    """A record with what it is compared by: the concepts of the child's own words, and whether it claims anything
    (questions, wishes, stories and other people's words do not)."""

    record: Record
    content: frozenset[str]
    claims: bool

    @classmethod
    def of(cls, record: Record) -> "Note":
        return cls(record, frozenset(concepts(record.text)), not claims_nothing(record.text))

    @classmethod
    def stored(cls, point_id: str, payload: Mapping[str, Any]) -> "Note":
        """From what was worked out when the record was stored."""
        record = from_payload(point_id, payload)
        if "stems" not in payload:
            return cls.of(record)
        return cls(record, frozenset(str(payload["stems"]).split()), bool(payload["claims"]))


class FactBook:
    """All facts of one learner, with every telling. Never changes: `with_told` gives the next one, and works out anew
    only what bears on the facts that were told."""

    def __init__(self, tellings: Iterable[Record] = ()) -> None:
        self._by_id: dict[str, Sequence[Record]] = {}
        for record in sorted(tellings, key=lambda record: record.order):
            self._by_id[record.id] = (*self._by_id.get(record.id, ()), record)

    def tellings(self, point_id: str) -> list[Record]:
        """Of one fact, oldest first."""
        return list(self._by_id.get(point_id, ()))

    @cached_property
    def records(self) -> list[Record]:
        """Every telling of every fact, oldest first."""
        return sorted((record for told in self._by_id.values() for record in told), key=lambda record: record.order)

    @cached_property
    def timeline(self) -> Timeline:
        return Timeline(self.records)

    @cached_property
    def names(self) -> Names:
        named = (told for told in self._by_id.values() if told[0].subject_key.endswith(":name"))
        return known_names(sorted((record for told in named for record in told), key=lambda record: record.order))

    @cached_property
    def live(self) -> frozenset[str]:
        """Ids of the facts that hold now."""
        return frozenset(record.id for record in self.timeline.holding())

    @cached_property
    def superseded(self) -> frozenset[str]:
        """Ids of the facts that hold no more."""
        return frozenset(self._by_id) - self.live

    def with_told(self, told: Iterable[Sequence[Record]]) -> "FactBook":
        """This with facts in place of what was known of them: each as all its tellings."""
        return self._with({tellings[0].id: tuple(tellings) for tellings in told})

    def without(self, point_ids: Iterable[str]) -> "FactBook":
        return self._with({point_id: () for point_id in point_ids if point_id in self._by_id})

    def _with(self, changed: Mapping[str, Sequence[Record]]) -> "FactBook":
        following = FactBook()
        merged = {**self._by_id, **changed}
        following._by_id = {point_id: told for point_id, told in merged.items() if told}
        strands = {strand_of((merged[i] or self._by_id[i])[0].subject_key) for i in changed}
        told = (r for told in following._by_id.values() if strand_of(told[0].subject_key) in strands for r in told)
        following.timeline = self.timeline.rewoven(strands, told)
        return following


class FactBooks:
    """The fact books last used, each with the stamp of the points it was read from."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._lock = Lock()
        self._books: OrderedDict[str, tuple[int, FactBook]] = OrderedDict()

    def __contains__(self, key: str) -> bool:
        return key in self._books

    def get(self, key: str, stamp: int) -> FactBook | None:
        """None when there is none, or one that may be out of date."""
        with self._lock:
            found = self._books.get(key)
            return found[1] if found is not None and found[0] == stamp else None

    def put(self, key: str, stamp: int, book: FactBook) -> None:
        with self._lock:
            self._books[key] = (stamp, book)
            self._books.move_to_end(key)
            if len(self._books) > self._kept:
                self._books.popitem(last=False)

    def drop(self, key: str) -> None:
        with self._lock:
            self._books.pop(key, None)
