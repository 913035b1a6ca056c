"""Decides whether a provider that failed lately is asked again."""

from infra.clock import Clock

FAILURES_TO_OPEN = 3
OPEN_SECONDS = 30.0


class Breaker:
    """Open for `OPEN_SECONDS` after `FAILURES_TO_OPEN` failures in a row; then one call may try."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        return self._failures >= FAILURES_TO_OPEN and self._clock.monotonic() < self._open_until

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
        self._open_until = self._clock.monotonic() + OPEN_SECONDS
