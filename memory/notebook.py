"""A learner's records as they are searched: read once, with their words already taken apart."""

from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from memory.dates import MONTHS
from memory.facts.guards import claims_nothing
from memory.records import Record
from memory.text import concepts


@dataclass(frozen=True)
class Note:
    """A record with what it can be found by: counted words of the coach's line, the date and the text."""

    record: Record

    @cached_property
    def terms(self) -> Counter[str]:
        day = self.record.said_at
        return Counter(concepts(f"{self.record.context} {MONTHS[day.month - 1]} {day.day} {self.record.text}"))

    @cached_property
    def content(self) -> frozenset[str]:
        """The concepts of the child's own words."""
        return frozenset(concepts(self.record.text))

    @cached_property
    def claims(self) -> bool:
        """False for questions, wishes, stories and other people's words."""
        return not claims_nothing(self.record.text)


class Notebook:
    """All notes of one learner, in the order they were told."""

    def __init__(self, records: Iterable[Record], before: "Notebook | None" = None) -> None:
        """`before`: the notebook to take over notes from, so that only new turns are taken apart."""
        known = {note.record.id: note for note in before.notes} if before else {}
        ordered = sorted(records, key=lambda record: record.order)
        self.notes: list[Note] = [known.get(record.id) or Note(record) for record in ordered]
        self.ids = frozenset(note.record.id for note in self.notes)

    @property
    def records(self) -> list[Record]:
        return [note.record for note in self.notes]


class Notebooks:
    """The notebooks last used. A memory's id never stands for another text, so equal ids mean an equal notebook."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._lock = Lock()
        self._books: OrderedDict[str, Notebook] = OrderedDict()

    def get(self, key: str) -> Notebook | None:
        with self._lock:
            return self._books.get(key)

    def put(self, key: str, book: Notebook) -> None:
        with self._lock:
            self._books[key] = book
            self._books.move_to_end(key)
            if len(self._books) > self._kept:
                self._books.popitem(last=False)

    def drop(self, key: str) -> None:
        with self._lock:
            self._books.pop(key, None)
