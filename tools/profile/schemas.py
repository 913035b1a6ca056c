"""Requests and answers of the profile tools, and the port of what finds facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from tools.ports import ToolAnswer, ToolRequest
from tools.turns import Span, Turn, Turns

FactKind = Literal["fact", "like", "dislike", "goal", "told"]
Level = Literal["A1", "A2", "B1"]
Structure = Literal["past", "future", "reason", "comparison", "modal", "question", "plural_clause"]
CandidateKind = Literal["lesson", "topic", "peer"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Told:
    """Something the learner told in turn `turn`. `key` names what it is about ("pet:dog:name"), "" for a sentence that
    says something no rule has a name for; then only `quote` is set. `live`: it still holds at the end."""

    turn: int
    quote: str
    key: str = ""
    about: str = ""
    value: str = ""
    live: bool = True


class FactFinder(Protocol):
    """Finds what a learner told, oldest first. Pure."""

    def __call__(self, turns: Sequence[Turn]) -> Sequence[Told]: ...


class ProfileRequest(ToolRequest):
    """A conversation, or several one after the other, oldest turn first."""

    turns: Turns


class ProfileFact(_Part):
    """`about` and `value` as said to the child ("your dog's name", "Rex"); both "" for `told`, which is a quote alone.

    `live` is False for what the learner later changed or took back.
    """

    kind: FactKind
    key: str = ""
    about: str = ""
    value: str = ""
    evidence: Span
    live: bool = True
    confidence: float = Field(ge=0, le=1)


class LevelSign(_Part):
    """A structure of English that the learner used, and where first."""

    structure: Structure
    times: int
    evidence: Span


class LevelSigns(_Part):
    """What the learner's English turns show. `level` None: too little English to tell."""

    level: Level | None
    english_turns: int
    words_per_turn: float
    signs: tuple[LevelSign, ...] = ()


class ProfileAnswer(ToolAnswer):
    facts: tuple[ProfileFact, ...]
    level: LevelSigns


class Candidate(_Part):
    """A lesson, a topic or another learner. `words`: what it is about or what the peer likes, in any language."""

    id: str = Field(max_length=120)
    kind: CandidateKind
    title: str = Field("", max_length=200)
    words: tuple[str, ...] = Field((), max_length=200)
    level: Level | None = None
    age: int | None = Field(None, ge=3, le=99)


class ProfileMatchRequest(ToolRequest):
    """`likes`, `dislikes`, `goals`: values of a profile's live facts. `done`: ids that are not to be offered again."""

    likes: tuple[str, ...] = Field((), max_length=200)
    dislikes: tuple[str, ...] = Field((), max_length=200)
    goals: tuple[str, ...] = Field((), max_length=200)
    level: Level | None = None
    age: int | None = Field(None, ge=3, le=99)
    done: tuple[str, ...] = Field((), max_length=1000)
    candidates: tuple[Candidate, ...] = Field(min_length=1, max_length=500)
    limit: int = Field(5, ge=1, le=100)


class Suited(_Part):
    """`score` from 0 to 1; `reasons` say what it is made of, most important first."""

    id: str
    kind: CandidateKind
    score: float = Field(ge=0, le=1)
    reasons: tuple[str, ...]


class ProfileMatchAnswer(ToolAnswer):
    matches: tuple[Suited, ...]
