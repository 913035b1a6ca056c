"""What a tool is, and what the executor promises about running one."""

from typing import ClassVar, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field


class ToolRequest(BaseModel):
    """Base of every tool's input. Unknown fields are refused; text is NFC-normalised by the executor's caller."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ToolAnswer(BaseModel):
    """Base of every tool's output."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    confidence: float = Field(ge=0, le=1)  # probability that the answer as a whole is right
    source: str = "embedded"  # which route answered


RequestT = TypeVar("RequestT", bound=ToolRequest, contravariant=True)
AnswerT = TypeVar("AnswerT", bound=ToolAnswer, covariant=True)


class Tool(Protocol[RequestT, AnswerT]):
    """A pure function with a name. It holds its models, and no learner's data.

    `run` is synchronous and may take the CPU; the executor calls it on a bounded pool, several at
    once. It raises BadInput for a request it cannot read and nothing else on purpose.
    """

    name: ClassVar[str]  # stable id, e.g. "GRAMMAR_CHECKER_TOOL"
    request: ClassVar[type[ToolRequest]]
    answer: ClassVar[type[ToolAnswer]]

    def run(self, request: RequestT, /) -> AnswerT: ...

    def warm(self) -> None:
        """Loads what the first call would otherwise wait for."""
        ...


class Outcome(BaseModel):
    """What became of one call: the answer, or why there is none (the turn then goes on without it)."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    tool: str
    status: Literal["ok", "timeout", "unavailable", "failed"]
    answer: ToolAnswer | None = None
    milliseconds: float
    cached: bool = False
