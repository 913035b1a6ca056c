"""The first and the last events of a turn."""

from typing import Any

from graphs.turns.schemas import TurnEvent
from infra.errors import CoachError
from infra.logs import correlation_id


def status(turn_id: str, thread_id: str) -> TurnEvent:
    return {"event": "status", "turn_id": turn_id, "thread_id": thread_id, "stage": "thinking"}


def final(turn_id: str, thread_id: str, outcome: dict[str, Any]) -> TurnEvent:
    return {"event": "final", "turn_id": turn_id, "thread_id": thread_id, "stage": "done", "outcome": outcome}


def failed(turn_id: str, error: CoachError | None) -> TurnEvent:
    """The event of a deliberate error; None stands for one that nobody foresaw."""
    return {
        "event": "error",
        "turn_id": turn_id,
        "code": "internal" if error is None else error.code,
        "detail": "Something broke here. Please say it again." if error is None else error.detail,
        "retry_after": 1 if error is None else error.retry_after,
        "correlation_id": correlation_id.get(),
    }
