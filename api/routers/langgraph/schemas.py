"""What LangGraph's clients send: what the coach cannot do is refused by name, what does not matter to it let pass."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from graphs.turns.schemas import LearnerId

Mode = Literal["values", "updates", "messages", "messages-tuple", "custom"]
Strategy = Literal["reject", "enqueue", "interrupt", "rollback"]
MAX_PAGE = 1000


def _missing(value: Any) -> Any:
    if value not in (None, False, [], {}):
        raise ValueError("the coach does not support this; leave it out")
    return value


def _modes(value: Any) -> Any:
    return ["values"] if value in (None, []) else [value] if isinstance(value, str) else value


Unsupported = Annotated[Any, AfterValidator(_missing)]
Modes = Annotated[tuple[Mode, ...], BeforeValidator(_modes)]
Labels = Mapping[str, Any]


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Said(_Body):
    """One message in any of the shapes that LangChain takes: `role` or `type`, text or content blocks."""

    role: str | None = None
    type: str | None = None
    id: str | None = None
    content: str | Sequence[str | Mapping[str, Any]] = ""


class RunInput(_Body):
    messages: Annotated[Sequence[Said], Field(min_length=1)]


class Chosen(_Body):
    """What a client may choose of a turn: in `context` or in `config.configurable`."""

    learner_id: LearnerId | None = None
    vietnamese_help: bool | None = None


class Config(_Body):
    configurable: Chosen = Chosen()


class RunCreate(_Body):
    """One turn. `checkpoint` is taken and not used: the conversation only goes on, it does not fork."""

    assistant_id: str
    input: RunInput
    context: Chosen | None = None
    config: Config | None = None
    metadata: Labels | None = None
    stream_mode: Modes = ("values",)
    multitask_strategy: Strategy | None = None
    if_not_exists: Literal["create", "reject"] | None = None
    on_completion: Literal["delete", "keep"] | None = None
    on_disconnect: Literal["cancel", "continue"] | None = None

    command: Unsupported = None
    interrupt_before: Unsupported = None
    interrupt_after: Unsupported = None
    webhook: Unsupported = None
    after_seconds: Unsupported = None


class ThreadCreate(_Body):
    thread_id: UUID | None = None
    metadata: Labels | None = None
    if_exists: Literal["raise", "do_nothing"] | None = None
    supersteps: Unsupported = None


class ThreadPatch(_Body):
    metadata: Labels = {}


class ThreadSearch(_Body):
    """`metadata` is matched key by key; `learner_id` in it is the thread's owner."""

    metadata: Labels | None = None
    ids: Sequence[UUID] | None = None
    status: Literal["idle", "busy", "interrupted", "error"] | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 10
    offset: Annotated[int, Field(ge=0)] = 0
    sort_by: Literal["thread_id", "status", "created_at", "updated_at", "state_updated_at"] | None = None
    sort_order: Literal["asc", "desc"] | None = None
    values: Unsupported = None


class AssistantSearch(_Body):
    graph_id: str | None = None
    name: str | None = None
    metadata: Labels | None = None
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 10
    offset: Annotated[int, Field(ge=0)] = 0


class CheckpointQuery(_Body):
    checkpoint: Mapping[str, Any]


class HistoryQuery(_Body):
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 10
    before: str | Mapping[str, Any] | None = None
