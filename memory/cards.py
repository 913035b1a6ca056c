"""What a stored memory is ranked by, without its text."""

import math
import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from memory.forgetting import half_life_days
from memory.ports import Kind
from memory.records import Record
from memory.text import concepts


class Card(NamedTuple):
    """Some 400 bytes, so that thousands are kept: a search reads the text of those alone that it gives back.

    `at`: Unix seconds; `day`: ISO date where the learner lives; `stems`: concepts of the words; `length`: 0 to 1, of
    the text; `speaker` in small letters; `half_life`: days, None for what is kept for good; `importance`: 0 to 1.
    """

    id: str
    kind: Kind
    at: float
    day: str
    stems: tuple[str, ...]
    length: float
    is_question: bool
    speaker: str
    half_life: float | None
    importance: float

    @classmethod
    def of(cls, record: Record) -> "Card":
        return cls(
            id=record.id,
            kind=record.kind,
            at=record.said_at.timestamp(),
            day=record.said_at.date().isoformat(),
            stems=tuple(concepts(record.text)),
            length=_length(record.text),
            is_question=_asks(record.text),
            speaker=record.speaker.casefold(),
            half_life=half_life_days(record.kind, record.subject_key, pinned=record.pinned),
            importance=record.importance,
        )

    @classmethod
    def stored(cls, point_id: str, payload: Mapping[str, Any]) -> "Card":
        """From what was worked out when the memory was stored."""
        text, kind, said_at = payload["data"], payload["kind"], payload["created_at"]
        stems = payload["stems"].split() if "stems" in payload else concepts(text)
        at = payload["at"] if "at" in payload else datetime.fromisoformat(said_at).timestamp()
        return cls(
            point_id,
            kind,
            at,
            sys.intern(said_at[:10]),
            tuple(map(sys.intern, stems)),
            _length(text),
            _asks(text),
            sys.intern(payload.get("speaker", "learner").casefold()),
            half_life_days(kind, payload.get("subject_key", ""), pinned=payload.get("pinned", False)),
            payload.get("importance", 0.5),
        )


def _length(text: str) -> float:
    return min(math.log1p(len(text.split())) / 4, 1.0)


def _asks(text: str) -> bool:
    return text.rstrip().endswith("?")
