"""What flows between the nodes: plain dicts and messages only."""

from collections.abc import Sequence
from typing import Annotated, Any, Required

from langchain_core.messages import AnyMessage
from langgraph.channels import UntrackedValue
from langgraph.graph.message import Messages, add_messages
from typing_extensions import TypedDict  # pydantic reads schemas from this one only, before Python 3.12

WINDOW_MESSAGES = 40


def window(left: Messages, right: Messages) -> Messages:
    """`add_messages`, keeping the newest `WINDOW_MESSAGES`: cost per turn does not grow with the conversation."""
    merged = add_messages(left, right)
    return merged[-WINDOW_MESSAGES:] if isinstance(merged, list) else merged


class CoachInput(TypedDict):
    """One human message. Its id is the turn id."""

    messages: Annotated[list[AnyMessage], window]


class CoachOutput(TypedDict, total=False):
    """The window with the coach's reply, and what the last turn came to."""

    messages: Annotated[list[AnyMessage], window]
    turn: dict[str, Any]


class CoachState(TypedDict, total=False):
    """Checkpointed: `messages`, `conversation` (see `graphs.conversation`) and `turn`, the last turn's outcome.

    The rest belongs to one turn alone and is not checkpointed.
    """

    messages: Required[Annotated[list[AnyMessage], window]]
    conversation: dict[str, Any]
    turn: dict[str, Any]
    learner: Annotated[dict[str, Any], UntrackedValue(dict)]
    screened: Annotated[dict[str, Any], UntrackedValue(dict)]
    reading: Annotated[dict[str, Any], UntrackedValue(dict)]
    heard: Annotated[dict[str, Any], UntrackedValue(dict)]
    shown: Annotated[dict[str, Any], UntrackedValue(dict)]
    recalled: Annotated[dict[str, Any], UntrackedValue(dict)]
    placed: Annotated[dict[str, Any], UntrackedValue(dict)]
    decision: Annotated[dict[str, Any], UntrackedValue(dict)]


def last_human(messages: Sequence[AnyMessage]) -> AnyMessage:
    """The child's newest message. The input schema guarantees that there is one."""
    return next(message for message in reversed(messages) if message.type == "human")
