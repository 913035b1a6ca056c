"""Decides what one turn adds to the log: observations, and the message for those who listen."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from infra.columns import canonical_json, nfc
from infra.errors import BadInput
from infra.scope import checked_id
from learners.ports import StoredEvidence, TurnRecord

TURN_RECORDED = "turn.recorded"


def instant(turn: TurnRecord) -> datetime:
    """When the turn was, in UTC. Raises BadInput for a time without a zone."""
    if turn.at.tzinfo is None:
        raise BadInput("A turn's time needs a time zone.")
    return turn.at.astimezone(UTC)


def checked(turn: TurnRecord) -> TurnRecord:
    """The turn as the log will give it back: time in UTC, text in normal form C, plain JSON values."""
    checked_id(turn.turn_id, "turn_id")
    return TurnRecord.model_validate({**nfc(turn.model_dump()), "at": instant(turn)})


def observations(turn: TurnRecord, *, after: int) -> Sequence[StoredEvidence]:
    """The turn's evidence with the ids that follow `after`."""
    return [
        StoredEvidence(
            **{**seen.model_dump(), "detail": _plain(seen.detail)}, id=number, turn_id=turn.turn_id, at=turn.at
        )
        for number, seen in enumerate(turn.evidence, start=after + 1)
    ]


def _plain(detail: Mapping[str, Any]) -> Any:
    """As JSON gives it back, so that a fold sees the same now and at a replay."""
    return json.loads(canonical_json(detail))


def message(turn: TurnRecord) -> dict[str, Any]:
    """The payload of "turn.recorded": `at` is ISO 8601 in UTC, the rest as in `TurnRecord`."""
    return {
        "turn_id": turn.turn_id,
        "thread_id": turn.thread_id,
        "said": turn.said,
        "context": turn.context,
        "language": turn.language,
        "at": turn.at.isoformat(),
        "safety_label": turn.safety_label,
    }
