"""What OpenAI clients send. What the coach cannot do is refused by name; what does not matter to it is let pass."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MODEL = "pika-coach"
MAX_NAME_CHARACTERS = 512
MAX_MESSAGES = 2000

Name = Annotated[str, Field(max_length=MAX_NAME_CHARACTERS)]


def _only(*allowed: Any) -> AfterValidator:
    def check(value: Any) -> Any:
        if value not in allowed:
            raise ValueError("the coach does not support this; leave it out")
        return value

    return AfterValidator(check)


Unsupported = Annotated[Any, _only(None, False, [], {}, "none", "auto")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore")


class ChatMessage(_Body):
    """One message; only the newest of the user is read, see `asked`."""

    role: str
    content: str | list[Mapping[str, Any]] | None = None


class StreamOptions(_Body):
    include_usage: bool = False


class ChatRequest(_Body):
    """`user` is the learner. `metadata`: `thread_id` the conversation, `vietnamese_help` "true" for both languages,
    `strategy` for a message that comes while another is answered (`graphs.turns.TurnRequest`)."""

    model: str
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MAX_MESSAGES)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    user: Name | None = None
    metadata: dict[str, Name] | None = None

    n: Annotated[int | None, _only(None, 1)] = None
    tools: Unsupported = None
    tool_choice: Unsupported = None
    functions: Unsupported = None
    function_call: Unsupported = None
    response_format: Annotated[Any, _only(None, {"type": "text"})] = None
    modalities: Annotated[Any, _only(None, ["text"])] = None
    audio: Unsupported = None
    logprobs: Unsupported = None
