"""Which error an outcome without an answer stands for, for callers that want a status."""

from collections.abc import Mapping

from infra.errors import CoachError, DeadlineExceeded, ModelFailed, Unavailable
from tools.ports import Outcome

_KINDS: Mapping[str, type[CoachError]] = {
    "timeout": DeadlineExceeded,
    "unavailable": Unavailable,
    "failed": ModelFailed,
}
RETRY_AFTER_S = 1.0


def failure_of(outcome: Outcome) -> CoachError:
    """The error with what the outcome says; for an outcome that has no answer."""
    return _KINDS[outcome.status](outcome.detail, retry_after=outcome.retry_after or RETRY_AFTER_S)
