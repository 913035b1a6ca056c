"""Decides which turn a chat completion asks for: whose, in which conversation, and what was said."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from api.ids import derived_id, safe_id
from api.routers.openai.schemas import MODEL, ChatMessage, ChatRequest
from graphs.turns import TurnRequest
from infra.errors import BadInput, NotFound

GUEST = "guest"
USER_HEADER, CHAT_HEADER = "x-openwebui-user-id", "x-openwebui-chat-id"
_ASIDE = ("system", "developer")


def asked(chat: ChatRequest, tenant: str, headers: Mapping[str, str]) -> TurnRequest:
    """The turn. Raises NotFound for another model, BadInput for messages that are no turn.

    The coach keeps the conversation itself: of `messages` only the newest is said to it, and it must be the user's.
    The learner is `user`, else Open WebUI's user header, else "guest"; the thread is `metadata.thread_id`, else Open
    WebUI's chat header, else it follows from caller, learner and the first thing the user said.
    """
    if chat.model != MODEL:
        raise NotFound(f"There is no model of this name. Use '{MODEL}'.")
    metadata = chat.metadata or {}
    learner = safe_id(chat.user or headers.get(USER_HEADER) or GUEST)
    named = metadata.get("thread_id") or headers.get(CHAT_HEADER)
    thread = safe_id(named) if named else derived_id("chat-", tenant, learner, _first(chat.messages))
    key = headers.get("idempotency-key")
    strategy = {"strategy": metadata["strategy"]} if "strategy" in metadata else {}
    return _request(
        text=_newest(chat.messages),
        learner_id=learner,
        thread_id=thread,
        turn_id=derived_id("turn-", tenant, learner, thread, key) if key else None,
        vietnamese_help=metadata.get("vietnamese_help") == "true",
        **strategy,
    )


def _request(**fields: Any) -> TurnRequest:
    try:
        return TurnRequest(**fields)
    except ValidationError as error:
        raise BadInput("; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())) from None


def _newest(messages: Sequence[ChatMessage]) -> str:
    last = next((message for message in reversed(messages) if message.role not in _ASIDE), None)
    if last is None or last.role != "user":
        raise BadInput("The last of messages must have the role 'user': it is what the child says now.")
    return _text(last)


def _first(messages: Sequence[ChatMessage]) -> str:
    return next((_text(message) for message in messages if message.role == "user"), "")


def _text(message: ChatMessage) -> str:
    if message.content is None or isinstance(message.content, str):
        return message.content or ""
    return "\n".join(_part(part) for part in message.content)


def _part(part: Mapping[str, Any]) -> str:
    if part.get("type") != "text" or not isinstance(part.get("text"), str):
        raise BadInput("messages: the coach reads text parts only, no images, audio or files.")
    return str(part["text"])
