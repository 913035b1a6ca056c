"""What a prompt file holds."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

ParameterType = Literal["text", "number", "flag", "list", "map"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(_Part):
    """One thing a template is given. `example` is rendered at load, so that a broken template is found then."""

    type: ParameterType
    description: str = Field(min_length=1)
    example: Any


class Shot(_Part):
    """One few-shot example: what a child said, and a reply that keeps the rules."""

    situation: str
    child: str
    reply: str


class Prompt(_Part):
    """One version of a prompt. The template sees its parameters, `examples` and `phrases`."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: int = Field(ge=1)
    role: Literal["system", "user"]
    description: str = Field(min_length=1)
    parameters: dict[str, Parameter]
    examples: tuple[Shot, ...] = ()
    phrases: dict[str, dict[str, str]] = {}  # wording by kind: phrases.act.greet
    template: str = Field(min_length=1)


def fits(value: Any, kind: ParameterType) -> bool:
    """Whether `value` is of the parameter type `kind`."""
    return {
        "text": isinstance(value, str),
        "number": isinstance(value, int | float) and not isinstance(value, bool),
        "flag": isinstance(value, bool),
        "list": isinstance(value, list | tuple),
        "map": isinstance(value, dict),
    }[kind]
