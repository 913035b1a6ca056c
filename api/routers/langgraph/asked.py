"""Decides which turn a run asks for: what was said, by whom, under which id."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from api.routers.langgraph.schemas import Chosen, RunCreate, Said
from graphs.turns import TurnRequest
from infra.errors import BadInput
from infra.scope import checked_id

GUEST = "guest"
_CHILD = ("human", "user")


def learner_of(run: RunCreate, labels: Mapping[str, Any], owner: str | None) -> str:
    """The learner: named by the run, else the thread's owner, else named in the thread's metadata, else "guest"."""
    chosen = _chosen(run, "learner_id") or owner or labels.get("learner_id") or GUEST
    return checked_id(str(chosen), "learner_id")


def asked(run: RunCreate, learner_id: str, thread_id: str, run_id: str) -> TurnRequest:
    """The turn. Its id is the message's own id where it is a safe one, else the run's: so a message that is sent
    twice is one turn. Raises BadInput when the newest message is not a child's text."""
    message = run.input.messages[-1]
    if (message.role or message.type) not in _CHILD:
        raise BadInput("input.messages: the last message must be the child's (role 'user' or type 'human').")
    fields: dict[str, Any] = {
        "text": _text(message),
        "learner_id": learner_id,
        "thread_id": thread_id,
        "turn_id": _safe(message.id) or run_id,
        "vietnamese_help": bool(_chosen(run, "vietnamese_help")),
    }
    if run.multitask_strategy is not None:
        fields["strategy"] = run.multitask_strategy
    try:
        return TurnRequest(**fields)
    except ValidationError as error:
        raise BadInput("; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())) from None


def _chosen(run: RunCreate, name: str) -> Any:
    places = (run.context or Chosen(), run.config.configurable if run.config else Chosen())
    return next((found for place in places if (found := getattr(place, name)) is not None), None)


def _safe(message_id: str | None) -> str | None:
    try:
        return checked_id(message_id or "", "id")
    except BadInput:
        return None


def _text(message: Said) -> str:
    if isinstance(message.content, str):
        return message.content
    return "\n".join(_block(block) for block in message.content)


def _block(block: str | Mapping[str, Any]) -> str:
    if isinstance(block, str):
        return block
    if block.get("type") != "text" or not isinstance(block.get("text"), str):
        raise BadInput("input.messages: the coach reads text blocks only, no images, audio or files.")
    return str(block["text"])
