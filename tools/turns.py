"""A conversation as the tools that read whole conversations get it, and places in it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_TURNS = 400


class Turn(BaseModel):
    """One thing said. `at`: when, with its offset from UTC; without it "tomorrow" is no day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    speaker: Literal["learner", "coach"] = "learner"
    text: str = Field(max_length=2000)
    at: datetime | None = None


Turns = Annotated[tuple[Turn, ...], Field(min_length=1, max_length=MOST_TURNS)]


class Span(BaseModel):
    """A place in a conversation: `turns[turn].text[start:end] == quote` (characters, end exclusive)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str


def span_of(turns: Sequence[Turn], number: int, words: str) -> Span:
    """Where `words` stand in that turn, whatever the case; the whole turn where they do not."""
    text = turns[number].text
    start = text.casefold().find(words.casefold()) if words and len(text.casefold()) == len(text) else -1
    start, end = (start, start + len(words)) if start >= 0 else (0, len(text))
    return Span(turn=number, start=start, end=end, quote=text[start:end])


def said_by_learner(turns: Sequence[Turn]) -> Iterator[tuple[int, Turn]]:
    """The learner's turns with their numbers."""
    return ((number, turn) for number, turn in enumerate(turns) if turn.speaker == "learner")
