"""The only source of wall-clock time, monotonic time and fresh identifiers."""

import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What rooms ask for the time. Inject it; never call `datetime.now` yourself."""

    def now(self) -> datetime:
        """The current instant, timezone-aware, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since an arbitrary point, for durations."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class ManualClock:
    """A clock that stands still until it is moved: for tests and replays."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._elapsed = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._elapsed

    def advance(self, by: timedelta) -> None:
        self._now += by
        self._elapsed += by.total_seconds()

    def set(self, to: datetime) -> None:
        self.advance(to.astimezone(UTC) - self._now)


def new_id() -> str:
    """A fresh random identifier: 32 lowercase hexadecimal digits."""
    return uuid.uuid4().hex
