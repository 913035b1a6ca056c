"""The shape of a stored memory: what a point's payload holds, under which id."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from infra.scope import Scope
from memory.ports import Kind, Memory

Stance = Literal["claim", "retraction"]

_NAMESPACE = uuid.UUID("6f1d5c0e-7f0b-5f5e-9a53-2f8f3a0c8d11")


@dataclass(frozen=True, slots=True)
class Record:
    """One point. Episodic: `text` is the child's words. Semantic: a fact, `about` + `value`, taken from `quote`.

    `sequence` orders points that were said at one instant; `on` is the ISO date that the words speak of, or "".
    A semantic record with stance "retraction" says that the key has no value any more.
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

    @property
    def order(self) -> tuple[datetime, int]:
        return (self.said_at, self.sequence)

    def payload(self) -> dict[str, Any]:
        """What is stored beside the vector; `created_at` and `data` are mem0's names."""
        return {
            "kind": self.kind,
            "created_at": self.said_at.isoformat(),
            "turn_id": self.turn_id,
            "sequence": self.sequence,
            "language": self.language,
            "context": self.context,
            "subject_key": self.subject_key,
            "about": self.about,
            "value": self.value,
            "quote": self.quote,
            "on": self.on,
            "stance": self.stance,
        }

    def memory(self, score: float = 0.0) -> Memory:
        return Memory(
            id=self.id,
            kind=self.kind,
            text=self.text,
            said_at=self.said_at,
            turn_id=self.turn_id,
            language=self.language,
            subject_key=self.subject_key,
            about=self.about,
            value=self.value,
            quote=self.quote or self.text,
            score=score,
        )


def from_payload(point_id: str, payload: Mapping[str, Any]) -> Record:
    """The record that `payload` (as mem0 completed it) describes."""
    return Record(
        id=point_id,
        kind=cast(Kind, payload["kind"]),
        text=str(payload["data"]),
        said_at=datetime.fromisoformat(str(payload["created_at"])),
        turn_id=str(payload["turn_id"]),
        sequence=int(payload["sequence"]),
        language=str(payload["language"]),
        context=str(payload["context"]),
        subject_key=str(payload["subject_key"]),
        about=str(payload["about"]),
        value=str(payload["value"]),
        quote=str(payload["quote"]),
        on=str(payload["on"]),
        stance=cast(Stance, payload["stance"]),
    )


def point_id(scope: Scope, turn_id: str, kind: Kind, index: int) -> str:
    """The same id for the same memory of the same turn, so that writing it twice changes nothing."""
    return str(uuid.uuid5(_NAMESPACE, f"{scope.key}\n{turn_id}\n{kind}\n{index}"))
