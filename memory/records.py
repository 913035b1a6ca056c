"""The shape of a stored memory: what a point's payload holds, under which id."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Literal

from infra.scope import Scope
from memory.dates import MONTHS
from memory.facts.guards import claims_nothing
from memory.ports import Kind, Memory
from memory.text import concepts

Stance = Literal["claim", "retraction"]
FACTS: tuple[Kind, ...] = ("semantic", "procedural")

TURN_SEQUENCE = 1000  # a turn stands after its facts
MOST_TELLINGS = 16  # the first and the newest ones: enough to say since when, how often, and what came in between
_NAMESPACE = uuid.UUID("6f1d5c0e-7f0b-5f5e-9a53-2f8f3a0c8d11")


@dataclass(frozen=True, slots=True)
class Record:
    """One telling. Episodic: `text` is the child's words. Semantic and procedural: a fact, `about` + `value`, taken
    from `quote`; all tellings of one value of one key share an id, and are one stored point.

    `sequence` orders what one turn told; `on` is the ISO date that the words speak of, or "". A fact with stance
    "retraction" says that the key (or, with a value, that value) holds no more. `importance`, `confidence`: 0 to 1.
    """

    id: str
    kind: Kind
    text: str
    said_at: datetime
    turn_id: str
    sequence: int
    language: str = "en"
    context: str = ""
    subject_key: str = ""
    about: str = ""
    value: str = ""
    quote: str = ""
    on: str = ""
    stance: Stance = "claim"
    speaker: str = "learner"
    importance: float = 0.5
    confidence: float = 0.9
    pinned: bool = False
    quarantined: tuple[tuple[str, str, str], ...] = ()  # of a turn: key, value and doubt of what was not believed
    summed: tuple[str, ...] = ()  # of a summary: the turns in whose place it stands

    @property
    def turns(self) -> tuple[str, ...]:
        """The turns that told it."""
        return self.summed or (self.turn_id,)

    @property
    def order(self) -> tuple[datetime, str, int]:
        """The same whichever turn was stored first."""
        return (self.said_at, self.turn_id, self.sequence)

    @property
    def document(self) -> str:
        """What words find it by: the line before, the date, who said it, and the text."""
        days = [self.said_at.date(), *([date.fromisoformat(self.on)] if self.on else [])]
        dates = " ".join(f"{MONTHS[day.month - 1]} {day.day}" for day in dict.fromkeys(days))
        return f"{self.context} {dates} {self.passage}"

    @property
    def passage(self) -> str:
        """The text, after the name of whoever said it when that was not the learner."""
        return self.text if self.speaker == "learner" else f"{self.speaker}: {self.text}"

    def memory(self, score: float = 0.0) -> Memory:
        shared = {name: getattr(self, name) for name in _SHARED}
        return Memory(**shared, quote=self.quote or self.text, score=score, source_turn_ids=self.turns)


_SHARED = (
    *("id", "kind", "text", "said_at", "turn_id", "language", "subject_key", "about", "value"),
    *("speaker", "importance", "confidence", "pinned"),
)
_TELLING = ("turn_id", "sequence", "language", "quote", "on", "text", "about", "value", "confidence")
_PLAIN = ("kind", "turn_id", "sequence", "language", "context", "subject_key", "about", "value", "quote", "on")
_LATER = ("stance", "speaker", "importance", "confidence", "pinned")  # fields that the first format did not have
# Left out of a payload: most of the time of reading a memory goes by its fields.
_USUAL = {field.name: field.default for field in fields(Record) if field.default is not MISSING}
STORED = frozenset((*_PLAIN, *_LATER, "created_at", "at", "quarantined", "summed", "stems", "claims", "tellings"))


def payload_of(tellings: Sequence[Record]) -> dict[str, Any]:
    """What is stored beside the vectors; `created_at` and `data` are mem0's names. `tellings` share an id."""
    kept = _kept(tellings)
    newest = kept[-1]
    stored = {name: getattr(newest, name) for name in (*_PLAIN, *_LATER)}
    stored |= {
        "created_at": newest.said_at.isoformat(),
        "at": newest.said_at.timestamp(),
        "pinned": any(record.pinned for record in kept),
        "importance": max(record.importance for record in kept),
    }
    if newest.kind == "episodic":
        if newest.quarantined:
            stored["quarantined"] = [list(doubted) for doubted in newest.quarantined]
        if newest.summed:
            stored["summed"] = list(newest.summed)
        stored |= {"stems": " ".join(concepts(newest.text)), "claims": not claims_nothing(newest.text)}
    else:
        stored["tellings"] = [_differing(record, newest) for record in kept]
    return {name: value for name, value in stored.items() if name not in _USUAL or value != _USUAL[name]}


def _differing(record: Record, newest: Record) -> dict[str, Any]:
    """What one telling has that the newest has not."""
    own = {name: getattr(record, name) for name in _TELLING}
    differing = {name: value for name, value in own.items() if value != getattr(newest, name)}
    return differing | {"created_at": record.said_at.isoformat()}


def from_payload(point_id: str, payload: Mapping[str, Any]) -> Record:
    """The record (a fact's newest telling) that `payload`, as mem0 completed it, describes."""
    return Record(
        id=point_id,
        text=str(payload["data"]),
        said_at=datetime.fromisoformat(str(payload["created_at"])),
        **{name: payload[name] for name in (*_PLAIN, *_LATER) if name in payload},
        quarantined=tuple((key, value, why) for key, value, why in payload.get("quarantined", ())),
        summed=tuple(payload.get("summed", ())),
    )


def tellings_of(point_id: str, payload: Mapping[str, Any]) -> list[Record]:
    """Every telling of a fact, oldest first; of a turn the turn itself."""
    newest = from_payload(point_id, payload)
    told = [
        replace(
            newest,
            said_at=datetime.fromisoformat(telling["created_at"]),
            **{name: telling[name] for name in _TELLING if name in telling},
        )
        for telling in payload.get("tellings", ())
    ]
    return told or [newest]


def merged(one: Sequence[Record], other: Sequence[Record]) -> list[Record]:
    """The tellings of both; the same result in whatever order, and however often, they come together."""
    together = {(record.turn_id, record.sequence): record for record in (*one, *other)}
    return _kept(list(together.values()))


def _kept(tellings: Sequence[Record]) -> list[Record]:
    ordered = sorted(tellings, key=lambda record: record.order)
    return ordered if len(ordered) <= MOST_TELLINGS else [ordered[0], *ordered[1 - MOST_TELLINGS :]]


def turn_point(scope: Scope, turn_id: str) -> str:
    """The same id for the same turn, so that writing it twice changes nothing."""
    return _point(scope, "episodic", turn_id)


def fact_point(scope: Scope, kind: Kind, subject_key: str, value: str, stance: Stance) -> str:
    """The same id for the same value of the same key: what is told again is not stored again."""
    return _point(scope, kind, subject_key, value.casefold(), stance)


def _point(scope: Scope, *parts: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "\n".join((scope.key, *parts))))
