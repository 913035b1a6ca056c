"""What assistants, threads, states and runs look like to LangGraph's clients."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from langgraph.checkpoint.base import CheckpointTuple

from api.routers.langgraph.messages import shown
from infra.errors import NotFound
from learners.threads import Thread

GRAPH = "coach"
ASSISTANT = str(uuid5(NAMESPACE_URL, "urn:pika-coach:assistant:coach"))
_MADE = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
_OPEN: Mapping[str, Any] = {"type": "object", "additionalProperties": True}


def check_assistant(named: str) -> None:
    """Raises NotFound for another assistant."""
    if named not in (GRAPH, ASSISTANT):
        raise NotFound(f"There is no such assistant. Use '{GRAPH}'.")


def assistant() -> dict[str, Any]:
    """The one assistant there is."""
    return {
        "assistant_id": ASSISTANT,
        "graph_id": GRAPH,
        "name": "Pika",
        "description": "An English-speaking coach for Vietnamese children.",
        "config": {},
        "context": {},
        "metadata": {"created_by": "system"},
        "version": 1,
        "created_at": _MADE,
        "updated_at": _MADE,
    }


def schemas() -> dict[str, Any]:
    """JSON schemas of what a run takes and gives."""
    messages = {"type": "array", "items": dict(_OPEN)}
    state = {"type": "object", "properties": {"messages": messages, "turn": dict(_OPEN)}}
    chosen = {"learner_id": {"type": "string"}, "vietnamese_help": {"type": "boolean"}}
    context = {"type": "object", "properties": chosen}
    return {
        "graph_id": GRAPH,
        "input_schema": {"type": "object", "properties": {"messages": messages}, "required": ["messages"]},
        "output_schema": state,
        "state_schema": state,
        "config_schema": context,
        "context_schema": context,
    }


def graph(drawn: Mapping[str, Any]) -> dict[str, Any]:
    """The drawing without what only its own process understands."""
    kept = ("id", "type", "data")
    nodes = [{name: node[name] for name in kept if name in node} for node in drawn["nodes"]]
    return {"nodes": nodes, "edges": drawn["edges"]}


def values_of(found: CheckpointTuple | None) -> dict[str, Any]:
    """The state's values: `messages`, and `turn`, the last turn's outcome; empty for a new thread."""
    if found is None:
        return {}
    channels = found.checkpoint["channel_values"]
    return {"messages": shown(channels.get("messages", ())), "turn": channels.get("turn")}


def state(found: CheckpointTuple | None, thread_id: str) -> dict[str, Any]:
    """A thread's state as it stands."""
    checkpoint_id = None if found is None else found.checkpoint["id"]
    return {
        "values": values_of(found),
        "next": [],
        "tasks": [],
        "interrupts": [],
        "metadata": {"graph_id": GRAPH},
        "created_at": None if found is None else found.checkpoint["ts"],
        "checkpoint": {"thread_id": thread_id, "checkpoint_ns": "", "checkpoint_id": checkpoint_id},
        "parent_checkpoint": None,
        "checkpoint_id": checkpoint_id,
        "parent_checkpoint_id": None,
    }


def thread_view(thread: Thread, values: Mapping[str, Any], status: str) -> dict[str, Any]:
    """A thread. Its metadata always names the graph and, once it is known, the learner."""
    owner = {"learner_id": thread.learner_id} if thread.learner_id else {}
    return {
        "thread_id": thread.thread_id,
        "created_at": thread.created_at.isoformat(),
        "updated_at": thread.updated_at.isoformat(),
        "state_updated_at": thread.updated_at.isoformat(),
        "metadata": {**thread.labels, "graph_id": GRAPH, "assistant_id": ASSISTANT, **owner},
        "status": status,
        "config": {},
        "values": values or None,
        "interrupts": {},
    }


def matches(labels: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a thread's labels have all that is wanted; every thread is of the one graph and assistant."""
    ours = {"graph_id": (GRAPH, ASSISTANT), "assistant_id": (GRAPH, ASSISTANT)}
    return all(value in ours[key] if key in ours else labels.get(key) == value for key, value in wanted.items())
