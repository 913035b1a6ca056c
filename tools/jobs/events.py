"""What a job is: a fold over its events."""

from collections.abc import Sequence
from typing import Any, Literal, NotRequired, TypedDict

from pydantic import BaseModel

State = Literal["running", "done", "cancelled", "failed"]
LAST = frozenset({"done", "cancelled", "failed"})


class JobEvent(TypedDict):
    """In order: `accepted` once (`job`, `tools`, `at`), `result` for each call that ended (`index`, `result`), then
    `done`, `cancelled` or `failed` (`error`) once. `at`: ISO 8601, UTC."""

    event: Literal["accepted", "result", "done", "cancelled", "failed"]
    at: str
    job: NotRequired[str]
    tools: NotRequired[Sequence[str]]
    index: NotRequired[int]
    result: NotRequired[dict[str, Any]]
    error: NotRequired[dict[str, Any]]


class JobView(BaseModel):
    """A job as its owner sees it. `results` has one place for each call, None while that runs."""

    job: str
    state: State
    tools: Sequence[str]
    created_at: str
    updated_at: str
    done: int
    total: int
    results: Sequence[dict[str, Any] | None]
    error: dict[str, Any] | None = None


def is_over(events: Sequence[JobEvent]) -> bool:
    return bool(events) and events[-1]["event"] in LAST


def view_of(events: Sequence[JobEvent]) -> JobView:
    """The job that these events tell of; the first of them is `accepted`."""
    first, last = events[0], events[-1]
    results: list[dict[str, Any] | None] = [None] * len(first["tools"])
    for event in events:
        if event["event"] == "result":
            results[event["index"]] = event["result"]
    return JobView(
        job=first["job"],
        state=_state(last),
        tools=first["tools"],
        created_at=first["at"],
        updated_at=last["at"],
        done=sum(result is not None for result in results),
        total=len(results),
        results=results,
        error=last.get("error"),
    )


def _state(last: JobEvent) -> State:
    match last["event"]:
        case "done" | "cancelled" | "failed":
            return last["event"]
        case _:
            return "running"
