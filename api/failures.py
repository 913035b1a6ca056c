"""Which error a turn's `error` event stands for, for protocols that answer with a status."""

from graphs.turns import TurnEvent
from infra.errors import CoachError, Unavailable


def error_of(event: TurnEvent) -> CoachError:
    """The error with the event's code; Unavailable where the code is of no kind of error."""
    kinds = {kind.code: kind for kind in CoachError.__subclasses__()}
    kind = kinds.get(event["code"], Unavailable)
    return kind(event["detail"], retry_after=event.get("retry_after"))
