"""What a turn's events are in the server-sent events of LangGraph's server."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.routers.langgraph.messages import Message, chunk, human, reply, reply_id
from api.routers.langgraph.schemas import Mode
from graphs.turns import TurnEvent

Part = tuple[str, Any]
END: Part = ("end", None)
REPLY_NODE = "reply"


@dataclass(frozen=True, slots=True)
class Turn:
    """What all parts of one run share. `before`: the thread's messages before the turn."""

    run_id: str
    thread_id: str
    turn_id: str
    text: str
    before: Sequence[Message] = ()

    @property
    def described(self) -> dict[str, Any]:
        """The metadata beside each piece of a message."""
        return {"run_id": self.run_id, "thread_id": self.thread_id, "langgraph_node": REPLY_NODE, "graph_id": "coach"}


def turn_in(messages: Sequence[Message], run_id: str, thread_id: str, turn_id: str, asked: str) -> Turn:
    """The turn among a thread's messages; one that has not ended is not there yet: it was `asked` after all of them."""
    at = next((number for number, message in enumerate(messages) if message["id"] == turn_id), len(messages))
    text = str(messages[at]["content"]) if at < len(messages) else asked
    return Turn(run_id, thread_id, turn_id, text, tuple(messages[:at]))


@dataclass(slots=True)
class Translation:
    """Turns events into parts for the wanted modes, one after another: it remembers what was said so far."""

    turn: Turn
    modes: Sequence[Mode]
    said: str = ""
    said_vi: str = ""
    _announced: bool = field(default=False, init=False)

    def parts(self, event: TurnEvent, values: Mapping[str, Any]) -> list[Part]:
        """The parts of one event; `values` is the thread's state, needed with `final`."""
        return list(self._parts(event, values))

    def _parts(self, event: TurnEvent, values: Mapping[str, Any]) -> Iterator[Part]:
        match event["event"]:
            case "status":
                yield "metadata", {"run_id": self.turn.run_id, "attempt": 1}
                if "values" in self.modes:
                    yield "values", {"messages": [*self.turn.before, human(self.turn.text, self.turn.turn_id)]}
            case "token":
                yield from self._spoken(event)
            case "final":
                yield from self._finished(event, values)
            case "error":
                yield "error", {"error": event["code"], "message": event["detail"]}

    def _spoken(self, event: TurnEvent) -> Iterator[Part]:
        identity, delta = reply_id(self.turn.turn_id), event["delta"]
        vi = event.get("vi", "")
        joined = f" {vi}" if vi and self.said_vi else vi
        self.said, self.said_vi = self.said + delta, self.said_vi + joined
        if "messages-tuple" in self.modes:
            yield "messages", [chunk(delta, identity, joined), self.turn.described]
        if "messages" in self.modes:
            if not self._announced:
                self._announced = True
                yield "messages/metadata", {identity: {"metadata": self.turn.described}}
            yield "messages/partial", [reply(self.said, identity, self.said_vi)]
        if "custom" in self.modes:
            yield "custom", event

    def _finished(self, event: TurnEvent, values: Mapping[str, Any]) -> Iterator[Part]:
        outcome = event["outcome"]
        whole = reply(outcome["reply"], reply_id(self.turn.turn_id), outcome["reply_vi"])
        if "messages" in self.modes:
            yield "messages/complete", [whole]
        if "updates" in self.modes:
            yield "updates", {REPLY_NODE: {"messages": [whole], "turn": outcome}}
        if "values" in self.modes:
            yield "values", values


def sse(part: Part, identity: str) -> str:
    """One server-sent event."""
    name, data = part
    return f"event: {name}\r\ndata: {json.dumps(data, ensure_ascii=False)}\r\nid: {identity}\r\n\r\n"


def after(last_event_id: str | None) -> tuple[int, int]:
    """Which event and part a client has seen last, from the id it sends; (-1, -1) for none."""
    event, separator, part = (last_event_id or "").partition("-")
    return (int(event), int(part)) if separator and event.isdigit() and part.isdigit() else (-1, -1)
