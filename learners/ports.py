"""What rooms above may ask about a learner, and what one turn records; every call takes the `Scope` first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from infra.scope import Scope


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Profile(_Record):
    """What the coach knows of a learner. A learner who was never seen has the defaults and `turns` 0."""

    name: str = Field("", max_length=80)
    age: int | None = Field(None, ge=3, le=18)
    level: Literal["A1", "A2"] = "A1"
    address: Literal["bạn", "con"] = "bạn"
    vietnamese_help: bool = False  # always add the Vietnamese line
    session_minutes: int | None = Field(None, ge=3, le=60)  # parent's setting; None: by age
    turns: int = 0
    last_seen: datetime | None = None


EvidenceKind = Literal[
    "answer", "word_used", "error", "hint", "moved_on", "lesson_started", "lesson_done", "review", "sound", "shown"
]


class Evidence(_Record):
    """One observation, append-only. `item` is what it is about: "word:cat", "pattern:i-like", "error:tense",
    "sound:TH", "step:a1-u1-l1/meet-1". `correct` is None where it says nothing about knowing. `hints`: hints given
    before."""

    kind: EvidenceKind
    item: str
    lesson_id: str = ""
    step_id: str = ""
    correct: bool | None = None
    hints: int = 0
    detail: Mapping[str, Any] = {}  # rule, confidence, wrong form; never the child's whole sentence


class StoredEvidence(Evidence):
    """Evidence as the log holds it: `id` grows by one learner's writes, `at` is UTC."""

    id: int
    turn_id: str
    at: datetime


class TurnRecord(_Record):
    """Everything one turn leaves behind, written in one transaction. Recording a turn id again changes nothing."""

    turn_id: str
    thread_id: str
    at: datetime
    said: str  # personal data redacted
    replied: str
    replied_vi: str = ""
    language: str = "en"
    provider: str = "scripted"
    directive: Mapping[str, Any] = {}
    evidence: Sequence[Evidence] = ()
    safety_label: str = "safe"
    context: str = ""  # the coach's line before


class TranscriptLine(_Record):
    """One turn of the transcript."""

    turn_id: str
    thread_id: str
    at: datetime
    said: str
    replied: str
    safety_label: str


class OutboxMessage(_Record):
    """An event that must reach its subscribers at least once; subscribers are idempotent on `id`."""

    id: int
    topic: str  # "turn.recorded"
    scope: Scope
    payload: Mapping[str, Any]
    at: datetime
    attempts: int = 0


class Opening(_Record):
    """`progress` as of `LearnerService.progress`; `is_recorded`: the transcript has a turn with this id already."""

    profile: Profile
    progress: Mapping[str, Any]
    is_recorded: bool


class LearnerService(Protocol):
    """The face of this room."""

    async def profile(self, scope: Scope) -> Profile: ...

    async def save_profile(self, scope: Scope, profile: Profile) -> None: ...

    async def progress(self, scope: Scope) -> Mapping[str, Any]:
        """The stored fold of the evidence log (`lessons.progress.Progress` as a dict); {} for a new learner."""
        ...

    async def record(self, scope: Scope, turn: TurnRecord) -> bool:
        """Writes transcript, evidence, progress and outbox in one transaction; False when it was recorded before."""
        ...

    async def opening(self, scope: Scope, turn_id: str) -> "Opening":
        """What a turn begins with, read at once."""
        ...

    async def transcript(self, scope: Scope, *, limit: int = 50) -> Sequence[TranscriptLine]:
        """The newest turns, oldest first."""
        ...

    async def evidence(self, scope: Scope, *, after: int = 0, limit: int = 1000) -> Sequence[StoredEvidence]: ...

    async def forget_learner(self, scope: Scope) -> int:
        """Removes the learner's rows from every table of this room; returns how many."""
        ...
