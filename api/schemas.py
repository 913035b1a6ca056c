"""Bodies of the HTTP API that are not a turn's."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from graphs.erasure import Place, Receipt
from graphs.sessions import SessionSummary
from learners.ports import Profile
from lessons.schemas import Lesson


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ProfileView(_Body):
    """What the coach knows of a learner that a page may show."""

    name: str
    age: int | None
    level: Literal["A1", "A2"]
    address: Literal["bạn", "con"]
    vietnamese_help: bool
    session_minutes: int | None
    turns: int

    @classmethod
    def of(cls, profile: Profile) -> "ProfileView":
        return cls.model_validate(profile.model_dump(include=set(cls.model_fields)))


class ProfileChange(_Body):
    """Only the fields that are given change."""

    name: str | None = Field(None, max_length=80)
    age: int | None = Field(None, ge=3, le=18)
    level: Literal["A1", "A2"] | None = None
    address: Literal["bạn", "con"] | None = None
    vietnamese_help: bool | None = None
    session_minutes: int | None = Field(None, ge=3, le=60)

    def applied_to(self, profile: Profile) -> Profile:
        return profile.model_copy(update=self.model_dump(exclude_unset=True))


class ConversationLine(_Body):
    """`sentences` of a coach's line, {text, vi} each; `correction` and `sight` of a child's, as in a turn's outcome."""

    role: Literal["child", "coach"]
    line: str
    vi: str
    sentences: list[dict[str, str]] | None = None
    correction: dict[str, Any] | None = None
    sight: dict[str, Any] | None = None


class ConversationView(_Body):
    """A thread's last messages, oldest first, and where its lesson stands (None before the first turn)."""

    lines: list[ConversationLine]
    lesson: dict[str, Any] | None
    card: dict[str, Any] | None


class LessonView(_Body):
    """One lesson of the path."""

    id: str
    title: dict[str, str]
    level: str
    is_current: bool

    @classmethod
    def of(cls, lesson: Lesson, *, is_current: bool) -> "LessonView":
        return cls(id=lesson.id, title=lesson.title.model_dump(), level=lesson.level, is_current=is_current)


class SummariesView(_Body):
    """The last sessions, newest first."""

    sessions: list[SessionSummary]


class ErasureView(_Body):
    """The receipt of an erasure: per place what was removed, and the traces that a scan found afterwards."""

    learner_id: str
    at: datetime
    milliseconds: float
    clean: bool
    places: list[Place]

    @classmethod
    def of(cls, receipt: Receipt) -> "ErasureView":
        return cls(**receipt.model_dump(exclude={"places"}), clean=receipt.clean, places=list(receipt.places))
