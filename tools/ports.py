"""What a tool is, and what the executor promises about running one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypeVar

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
    once. It raises BadInput for a request it cannot read, Unavailable or DeadlineExceeded where something
    outside it (a URL, weights) fails, and nothing else on purpose. A tool may also have
    ``terms: ClassVar[Terms]``; without them it is called on the executor's. The docstring of its package
    is what assistants are told about it.
    """

    name: ClassVar[str]  # stable id, e.g. "GRAMMAR_CHECKER_TOOL"
    request: ClassVar[type[ToolRequest]]
    answer: ClassVar[type[ToolAnswer]]

    def run(self, request: RequestT, /) -> AnswerT: ...

    def warm(self) -> None:
        """Loads what the first call would otherwise wait for."""
        ...


AnyTool = Tool[Any, ToolAnswer]


class LegacyCall(BaseModel):
    """The one request shape of `POST /api/tools/execute`, whatever the tool. Absent and null fields are ""."""

    model_config = ConfigDict(frozen=True)

    conversation_id: str = ""
    tool_name: str
    audio_url: str = ""
    message: str = ""
    text_refs: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a tool wants to be called; what is left out is the executor's default.

    `deadline_ms`: milliseconds for all attempts; a tool that asks for more than the executor's default runs on the
    pool for long work. `attempts`: how often `run` is tried while it raises Unavailable. `from_legacy` gives the
    fields of its request and `to_legacy` the result for `POST /api/tools/execute` (by default `tools.legacy` does).
    """

    deadline_ms: float | None = None
    attempts: int = 1
    from_legacy: Callable[[LegacyCall], Mapping[str, Any]] | None = None
    to_legacy: Callable[[Any], Mapping[str, Any]] | None = None


_DEFAULT_TERMS = Terms()


def terms_of(tool: AnyTool) -> Terms:
    terms: Terms = getattr(tool, "terms", _DEFAULT_TERMS)
    return terms


Tell = Callable[[str], None]


class Route(Protocol):
    """A second way to an answer, asked beside the tool's own `run`: never instead of it, for it may fail."""

    async def propose(self, request: ToolRequest, tell: Tell) -> object | None:
        """What it would answer; None, with the reason told, when it cannot or is late. Raises nothing."""
        ...

    def settle(self, request: ToolRequest, embedded: ToolAnswer, proposal: object, tell: Tell) -> ToolAnswer | None:
        """The answer to give, made of both; None, with the reason told, when the proposal does not hold."""
        ...


Status = Literal["ok", "timeout", "unavailable", "failed"]


class Outcome(BaseModel):
    """What became of one call: the answer, or why there is none (the turn then goes on without it).

    `steps` explain it: what was tried, in order, and which route answered; never a child's words.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    tool: str
    status: Status
    answer: ToolAnswer | None = None
    milliseconds: float
    cached: bool = False
    detail: str = ""  # what a caller is told where there is no answer
    retry_after: float | None = None
    steps: tuple[str, ...] = ()
