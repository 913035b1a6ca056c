"""How well a memory is kept after a time: Ebbinghaus' curve, slower for what was told often."""

from collections.abc import Mapping
from datetime import datetime

from memory.records import Record

# Days after which a memory of this kind, told once, is kept by half; absent: kept for good. The first match counts.
HALF_LIFE_DAYS: Mapping[str, float] = {
    "word:": 7.0,
    "error:": 14.0,
    "event:": 30.0,
    "wants": 90.0,
    "likes": 365.0,
    "episodic": 60.0,
    "procedural": 120.0,
}
GROWTH = 1.6  # each further telling lengthens the half-life by this


def half_life_days(record: Record) -> float | None:
    """None for what is not forgotten: pinned memories, and facts such as names."""
    if record.pinned:
        return None
    for part, days in HALF_LIFE_DAYS.items():
        if part in record.subject_key or part == record.kind:
            return days
    return None


def retained(record: Record, now: datetime, tellings: int = 1) -> float:
    """0 to 1: the share kept at `now`, 2 ** (-t / half-life) (Ebbinghaus 1885, as an exponential)."""
    half_life = half_life_days(record)
    if half_life is None:
        return 1.0
    days = max((now - record.said_at).total_seconds() / 86_400, 0.0)
    return float(2.0 ** (-days / (half_life * GROWTH ** (tellings - 1))))
