"""What a model is asked in place of one tool, and how far its answer is believed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from tools.ports import ToolAnswer, ToolRequest

LOWEST, HIGHEST = 0.5, 0.9  # no model's own confidence counts beyond these


class Refused(Exception):
    """The model's answer breaks a rule of the tool; the text says which, without a child's words."""


class Shape(BaseModel):
    """Base of what a model may answer. Every field is required: strict schemas know no defaults."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class Task:
    """`settle(request, embedded, shaped, source)` makes the tool's answer or raises Refused.

    `exact`: the answer speaks of places in the text, so the model must see it as it is: a text that would have to be
    redacted, cut or cleaned first is not sent.
    """

    prompt: str
    shape: type[Shape]
    settle: Callable[[Any, Any, Any, str], ToolAnswer]
    exact: bool = False
    parameters: Callable[[Any], Mapping[str, Any]] = field(default=lambda request: {})


def bounded(confidence: float) -> float:
    return min(max(confidence, LOWEST), HIGHEST)


def words_of(request: ToolRequest) -> str:
    """The child's words in a request of any of these tools."""
    return str(request.model_dump()["text"])
