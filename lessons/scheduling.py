"""When a word is due again: FSRS-6 (Ye et al. 2022, py-fsrs) without fuzz, so that a replay gives the same card."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

from fsrs import Card, Rating, Scheduler
from fsrs.card import CardDict

DESIRED_RETENTION = 0.9
MAXIMUM_INTERVAL_DAYS = 180
HINTS_THAT_MAKE_IT_HARD = 1


@lru_cache(maxsize=1)
def _scheduler() -> Scheduler:
    # No minute-long learning steps: a word met in this lesson is practised by the lesson, and reviewed another day.
    return Scheduler(
        desired_retention=DESIRED_RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=MAXIMUM_INTERVAL_DAYS,
        enable_fuzzing=False,
    )


def rating(correct: bool, hints: int) -> Rating:
    """Again when wrong, Hard when it took a hint, Good when it was unaided."""
    if not correct:
        return Rating.Again
    return Rating.Hard if hints >= HINTS_THAT_MAKE_IT_HARD else Rating.Good


def reviewed(card: Mapping[str, Any] | None, grade: Rating, at: datetime) -> dict[str, Any]:
    """The card after a review at `at`. A review that arrives late counts at the time of the last one."""
    at = utc(at)
    before = Card(card_id=0, due=at) if card is None else Card.from_dict(cast(CardDict, dict(card)))
    if before.last_review is not None:
        at = max(at, before.last_review)
    after, _ = _scheduler().review_card(before, grade, at)
    return dict(after.to_dict())


def due_at(card: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(card["due"])


def utc(at: datetime) -> datetime:
    """`at` in UTC; a time without a zone is taken to be UTC already."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
