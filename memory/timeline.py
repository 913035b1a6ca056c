"""Which facts hold now: the newest record of a key is its live value, older ones are its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memory.records import Record


@dataclass(frozen=True, slots=True)
class Held:
    """A fact with the time it held (from `record.said_at`): `valid_to` is None for the live value of its key."""

    record: Record
    valid_to: datetime | None = None

    @property
    def live(self) -> bool:
        return self.valid_to is None


class Timeline:
    """A fold over everything told, so that a redelivered or late turn gives the same answer whenever it arrives."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._keys: dict[str, list[Held]] = {}
        for record in sorted((r for r in records if r.kind != "episodic"), key=lambda r: r.order):
            self._add(record)

    def live(self) -> list[Record]:
        """One record per key that has a value now, oldest first."""
        held = [history[-1] for history in self._keys.values() if history and history[-1].live]
        return sorted((item.record for item in held), key=lambda r: r.order)

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
