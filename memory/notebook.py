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
from memory.timeline import Timeline


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
    """All facts of one learner, with every telling. Never changes: `with_told` gives the next one."""

    def __init__(self, tellings: Iterable[Record]) -> None:
        self._by_id: dict[str, list[Record]] = {}
        for record in tellings:
            self._by_id.setdefault(record.id, []).append(record)

    def tellings(self, point_id: str) -> list[Record]:
        """Of one fact, oldest first."""
        return sorted(self._by_id.get(point_id, ()), key=lambda record: record.order)

    @cached_property
    def records(self) -> list[Record]:
        """Every telling of every fact, oldest first."""
        return sorted((record for told in self._by_id.values() for record in told), key=lambda record: record.order)

    @cached_property
    def timeline(self) -> Timeline:
        return Timeline(self.records)

    @cached_property
    def names(self) -> Names:
        return known_names(self.records)

    @cached_property
    def live(self) -> frozenset[str]:
        """Ids of the facts that hold now."""
        return frozenset(record.id for record in self.timeline.live())

    def with_told(self, told: Iterable[Sequence[Record]]) -> "FactBook":
        """This with facts in place of what was known of them: each as all its tellings."""
        changed = {tellings[0].id: tellings for tellings in told}
        kept = (record for record in self.records if record.id not in changed)
        return FactBook([*kept, *(record for tellings in changed.values() for record in tellings)])

    def without(self, point_ids: Iterable[str]) -> "FactBook":
        gone = frozenset(point_ids)
        return FactBook(record for record in self.records if record.id not in gone)


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
