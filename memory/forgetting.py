"""How well a memory is kept after a time: Ebbinghaus' curve, slower for what was told often."""

from datetime import datetime
from functools import cache, lru_cache
from importlib.resources import files

from memory.records import Record

GROWTH = 1.6  # each further telling lengthens the half-life by this
_DAY_SECONDS = 86_400.0


@lru_cache(maxsize=4096)
def half_life_days(kind: str, subject_key: str, *, pinned: bool = False) -> float | None:
    """None for what is not forgotten: pinned memories, and facts such as names."""
    if pinned:
        return None
    return next((days for part, days in _table() if part in subject_key or part == kind), None)


def retained(record: Record, now: datetime, tellings: int = 1) -> float:
    """0 to 1: the share kept at `now`, 2 ** (-t / half-life) (Ebbinghaus 1885, as an exponential)."""
    half_life = half_life_days(record.kind, record.subject_key, pinned=record.pinned)
    return kept(half_life, (now - record.said_at).total_seconds(), tellings)


def kept(half_life: float | None, seconds: float, tellings: int = 1) -> float:
    """The same from a half-life in days (None: for good) and an age."""
    if half_life is None:
        return 1.0
    return float(2.0 ** (-max(seconds, 0.0) / (_DAY_SECONDS * half_life * GROWTH ** (tellings - 1))))


@cache
def _table() -> tuple[tuple[str, float], ...]:
    """`retention.tsv`: part of a key, or a kind, and the days after which what was told once is kept by half. The first
    line that fits counts; what fits none is kept for good."""
    lines = files("memory").joinpath("retention.tsv").read_text("utf-8").splitlines()
    return tuple((part, float(days)) for part, days in (line.split("\t") for line in lines))
