"""Bodies of the tools' routes, and what a request's headers ask for."""

from typing import Annotated, Any

from fastapi import Header
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tools.batch import MOST_CALLS, ToolCall

MAX_NAME_CHARACTERS = 256
EVENT_STREAM = "text/event-stream"

_NullIsEmpty = BeforeValidator(lambda value: "" if value is None else value)
Name = Annotated[str, _NullIsEmpty, Field(max_length=MAX_NAME_CHARACTERS)]
Words = Annotated[str, _NullIsEmpty]

Prefer = Annotated[list[str] | None, Header(alias="Prefer")]
Accept = Annotated[str, Header(alias="Accept")]


class Batch(BaseModel):
    """At most 64 calls; their results come in the same order."""

    model_config = ConfigDict(extra="forbid")

    calls: Annotated[list[ToolCall], Field(min_length=1, max_length=MOST_CALLS)]


class Execute(BaseModel):
    """The contract's request. `audio_url`: http(s), data: or stored: URL. Fields that we do not know are let pass."""

    conversation_id: Name = ""
    tool_name: Annotated[str, Field(min_length=1, max_length=MAX_NAME_CHARACTERS)]
    audio_url: Words = ""
    message: Words = ""
    text_refs: Words = ""


class Executed(BaseModel):
    """The contract's response. What `result` holds depends on the tool."""

    status: str
    result: dict[str, Any]


def wants_job(prefer: list[str] | None) -> bool:
    """Whether a `Prefer` header (RFC 7240) asks not to be waited for."""
    asked = (part.partition(";")[0].strip().lower() for line in prefer or () for part in line.split(","))
    return "respond-async" in asked


def wants_events(accept: str) -> bool:
    return any(part.partition(";")[0].strip().lower() == EVENT_STREAM for part in accept.split(","))
