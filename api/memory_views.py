"""Memories as a child or a parent can read them: what, and why we believe it, in English and Vietnamese."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from memory.ports import Memory
from memory.why import why

Adult = Literal["parent", "teacher"]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Why(_Body):
    """The reason in words, and what it stands on."""

    en: str
    vi: str
    quote: str
    said_at: datetime
    turn_ids: list[str]


class MemoryView(_Body):
    """`valid_to` is null while the memory holds; `strength` is what is left of it, 0 to 1."""

    id: str
    kind: Literal["episodic", "semantic", "procedural"]
    about: str
    value: str
    text: str
    language: str
    importance: float
    confidence: float
    strength: float
    pinned: bool
    valid_from: datetime
    valid_to: datetime | None
    why: Why

    @classmethod
    def of(cls, memory: Memory) -> "MemoryView":
        shown = memory.model_dump(include=set(cls.model_fields) - {"valid_from"})
        reason = why(memory)
        told = Why(
            en=reason.en,
            vi=reason.vi,
            quote=memory.quote,
            said_at=memory.said_at,
            turn_ids=list(memory.source_turn_ids),
        )
        return cls(**shown, valid_from=memory.valid_from or memory.said_at, why=told)


class NewMemory(_Body):
    text: str = Field(min_length=1, max_length=80)
    by: Adult = "parent"


class MemoryChange(_Body):
    """Only what is given changes."""

    value: str | None = Field(None, min_length=1, max_length=80)
    pinned: bool | None = None
    by: Adult = "parent"


class StatsView(_Body):
    episodic: int
    semantic: int
    procedural: int
    live: int
    quarantined: int
