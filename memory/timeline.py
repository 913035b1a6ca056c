"""Which facts hold now: the newest record of a key is its live value, older ones are its history."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from memory.records import Record


@dataclass(frozen=True, slots=True)
class Held:
    """A fact with the time it held (from `record.said_at`): `valid_to` is None for the live value of its key."""

    record: Record
    valid_to: datetime | None = None

    @property
    def live(self) -> bool:
        return self.valid_to is None


def strand_of(key: str) -> str:
    """Keys of one strand bear on each other: what is liked and what is not; those of two never do."""
    return key.replace(":dislikes:", ":likes:")


class Timeline:
    """A fold over everything told, so that a redelivered or late turn gives the same answer whenever it arrives."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._keys: dict[str, list[Held]] = {}
        for record in sorted((r for r in records if r.kind != "episodic"), key=lambda r: r.order):
            self._add(record)

    def rewoven(self, strands: Collection[str], records: Iterable[Record]) -> "Timeline":
        """This with `records`, which are all of these strands, in place of what was known of them."""
        following = Timeline(records)
        following._keys = {k: h for k, h in self._keys.items() if strand_of(k) not in strands} | following._keys
        return following

    def live(self) -> list[Record]:
        """One record per key that has a value now, oldest first."""
        return list(self._live)

    def holding(self) -> list[Record]:
        """The same in any order."""
        held = [history[-1] for history in self._keys.values() if history]
        return [item.record for item in held if item.live]

    @cached_property
    def _live(self) -> list[Record]:
        return sorted(self.holding(), key=lambda r: r.order)

    def history(self, key: str) -> Sequence[Held]:
        """Every value the key has had, oldest first; repeats of one value count once."""
        return self._keys.get(key, [])

    @property
    def keys(self) -> list[str]:
        return list(self._keys)

    def _add(self, record: Record) -> None:
        history = self._keys.setdefault(record.subject_key, [])
        self._close_opposite(record)
        if record.stance == "retraction":
            if history and history[-1].live:
                history[-1] = Held(history[-1].record, record.said_at)
            return
        if history and history[-1].live:
            if history[-1].record.value.casefold() == record.value.casefold():
                return
            history[-1] = Held(history[-1].record, record.said_at)
        history.append(Held(record))

    def _close_opposite(self, record: Record) -> None:
        """ "I like fish" ends "I hate fish"."""
        for one, other in (("likes", "dislikes"), ("dislikes", "likes")):
            history = self._keys.get(record.subject_key.replace(f":{one}:", f":{other}:"), [])
            if f":{one}:" in record.subject_key and history and history[-1].live and record.stance == "claim":
                history[-1] = Held(history[-1].record, record.said_at)
