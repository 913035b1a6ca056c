"""Counts and durations of one tool's calls."""

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

RECENT_CALLS = 256


@dataclass(slots=True)
class Tally:
    """`statuses` counts what became of the calls, `routes` who gave the answers that were worked out; durations are
    milliseconds of the last calls that ran."""

    statuses: Counter[str] = field(default_factory=Counter)
    routes: Counter[str] = field(default_factory=Counter)
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=RECENT_CALLS))
    slowest: float = 0.0

    def count(self, status: str) -> None:
        self.statuses[status] += 1

    def ran(self, status: str, milliseconds: float) -> None:
        self.count(status)
        self.recent.append(milliseconds)
        self.slowest = max(self.slowest, milliseconds)

    def answered(self, route: str) -> None:
        self.routes[route] += 1

    def report(self) -> dict[str, Any]:
        """Plain numbers for metrics and debug pages. `hit_ratio`: calls without work of their own."""
        ordered = sorted(self.recent)
        calls = sum(self.statuses.values())
        saved = self.statuses["cached"] + self.statuses["coalesced"]
        return {
            "calls": calls,
            **{status: self.statuses[status] for status in STATUSES},
            "hit_ratio": round(saved / calls, 4) if calls else 0.0,
            "routes": dict(self.routes),
            "p50_ms": _quantile(ordered, 0.5),
            "p95_ms": _quantile(ordered, 0.95),
            "max_ms": self.slowest,
        }


STATUSES = ("ok", "timeout", "unavailable", "failed", "bad_input", "cached", "coalesced")


def _quantile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
