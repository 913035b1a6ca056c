"""What front ends send and receive, whatever the protocol."""

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from graphs.turns.text import cleaned
from infra.errors import BadInput
from infra.scope import checked_id

MAX_TEXT_CHARACTERS = 2000


def _id(what: str) -> AfterValidator:
    def check(value: str) -> str:
        try:
            return checked_id(value, what)
        except BadInput as error:
            raise ValueError(error.detail) from None

    return AfterValidator(check)


LearnerId = Annotated[str, _id("learner_id")]
ThreadId = Annotated[str, _id("thread_id")]
TurnId = Annotated[str, _id("turn_id")]
UploadId = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


Strategy = Literal["reject", "enqueue", "interrupt", "rollback"]


class TurnRequest(BaseModel):
    """One thing a child said. Control and invisible characters are removed; an empty text is a silence.

    `recording`: the id that `POST /api/v1/audio` gave for the child's voice. With `text` it is judged as a saying of
    that text; without, the ear decides which of the answers expected now was said. `picture`: the id that
    `POST /api/v1/pictures` gave for what the child shows. Both are deleted after the turn.

    `turn_id` makes the turn repeatable: the same id with the same body gives the same turn. `strategy` is for the
    case that earlier turns of the thread are still open: `reject` refuses this one, `enqueue` waits, `interrupt`
    stops their speaking and keeps what was said, `rollback` takes them back as if they had never been sent.
    """

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=MAX_TEXT_CHARACTERS), AfterValidator(cleaned)]
    recording: UploadId = ""
    picture: UploadId = ""
    learner_id: LearnerId = "guest"
    thread_id: ThreadId = "main"
    turn_id: TurnId | None = None
    vietnamese_help: bool = False
    strategy: Strategy = "enqueue"


class TurnEvent(TypedDict):
    """One event of a turn. In order: `status` once, `token` for each sentence, then `final` or `error` once.

    `token`: `delta` is text to append, `vi` its Vietnamese line. `final`: `reply`, `sentences`, `directive`,
    `corrections`, `card`, `lesson`, `tools`, `milliseconds` and more (`graphs.outcome`). `error`: `code`, `detail`,
    `retry_after`, `correlation_id`. The key names avoid `text`, `messages`, and `type` beside `content`:
    LangChain clients turn those into other objects. `id` is the event's place in its turn: a listener that lost the
    connection sends the last one it saw and gets the rest. An error without `id` ends the listening, not the turn:
    repeating the turn id goes on with it.
    """

    event: Literal["status", "token", "final", "error"]
    id: NotRequired[str]
    turn_id: NotRequired[str]
    thread_id: NotRequired[str]
    stage: NotRequired[str]
    delta: NotRequired[str]
    vi: NotRequired[str]
    code: NotRequired[str]
    detail: NotRequired[str]
    retry_after: NotRequired[float | None]
    correlation_id: NotRequired[str]
    outcome: NotRequired[dict[str, Any]]
