"""How patient the outbox relay is."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class RelayPolicy:
    """How patient a relay is. A delivery that takes longer than `deadline_seconds` counts as failed."""

    poll_seconds: float = 2.0  # for what other processes wrote, and for what a restart left behind
    lease_seconds: float = 40.0  # after this a dead holder's message is free again
    deadline_seconds: float = 30.0  # below the lease: two never deliver the same message at once
    max_attempts: int = 8
    first_back_off_seconds: float = 0.5
    longest_back_off_seconds: float = 60.0
    learners_at_once: int = 8
    grace_seconds: float = 5.0  # for deliveries under way when the relay stops

    def back_off(self, attempts: int) -> timedelta:
        """The pause after that many attempts: doubles from the first to the longest."""
        doubled = self.first_back_off_seconds * 2.0 ** min(attempts - 1, 32)
        return timedelta(seconds=min(doubled, self.longest_back_off_seconds))
