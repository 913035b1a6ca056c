"""Turns to record, with a small real fold: what a test needs to write a log."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from learners.ports import Evidence, StoredEvidence, TurnRecord

START = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)
HALF_LIFE_HOURS = 36.0
GAIN = 0.3


def turn(turn_id: str, *evidence: Evidence, minutes: float = 0.0, **fields: Any) -> TurnRecord:
    said = {"thread_id": "thread-1", "said": f"I said {turn_id}", "replied": "Great!", **fields}
    return TurnRecord(turn_id=turn_id, at=START + timedelta(minutes=minutes), evidence=evidence, **said)


def answer(item: str = "word:cat", correct: bool | None = True, **fields: Any) -> Evidence:
    return Evidence(kind="answer", item=item, correct=correct, **fields)


def fold(progress: Mapping[str, Any], observed: Sequence[StoredEvidence]) -> dict[str, Any]:
    """Strength of each item: halves in `HALF_LIFE_HOURS`, moves by `GAIN` towards 1 or 0 with each answer."""
    items = {item: dict(known) for item, known in progress.get("items", {}).items()}
    for seen in observed:
        known = items.setdefault(seen.item, {"seen": 0, "strength": 0.0, "at": seen.at.isoformat()})
        hours = (seen.at - datetime.fromisoformat(known["at"])).total_seconds() / 3600
        kept = known["strength"] * 0.5 ** (hours / HALF_LIFE_HOURS)
        strength = kept if seen.correct is None else kept + GAIN * (float(seen.correct) - kept)
        items[seen.item] = {"seen": known["seen"] + 1, "strength": strength, "at": seen.at.isoformat()}
    return {"items": items, "count": progress.get("count", 0) + len(observed)}
