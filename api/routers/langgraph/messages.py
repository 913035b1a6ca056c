"""What messages look like to LangGraph's clients."""

from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.messages import BaseMessage

Message = dict[str, Any]


def reply_id(turn_id: str) -> str:
    """The id of the reply to that turn: known before its first word, and the same when it is read again."""
    return f"{turn_id}-reply"


def shown(messages: Sequence[BaseMessage]) -> list[Message]:
    """The messages of a state, each reply under the id that it was streamed with."""
    found: list[Message] = []
    for message in messages:
        asked = found[-1] if found and found[-1]["type"] == "human" else None
        if message.type == "human":
            found.append(human(message.text, str(message.id)))
        else:
            identity = reply_id(asked["id"]) if asked else str(message.id)
            found.append(reply(message.text, identity, str(message.additional_kwargs.get("vi", ""))))
    return found


def human(text: str, identity: str) -> Message:
    return {**_common(text, identity, ""), "type": "human"}


def reply(text: str, identity: str, vi: str) -> Message:
    """The coach's message; `additional_kwargs.vi` is the Vietnamese line."""
    return {**_common(text, identity, vi), "type": "ai", "tool_calls": [], "invalid_tool_calls": []}


def chunk(delta: str, identity: str, vi: str) -> Message:
    """A piece of the coach's message, to be appended to those before."""
    return {**reply(delta, identity, vi), "type": "AIMessageChunk", "tool_call_chunks": []}


def _common(text: str, identity: str, vi: str) -> Mapping[str, Any]:
    kwargs = {"vi": vi} if vi else {}
    return {"content": text, "additional_kwargs": kwargs, "response_metadata": {}, "name": None, "id": identity}
