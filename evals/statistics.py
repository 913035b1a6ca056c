"""Figures with their uncertainty: 95% bootstrap intervals over the natural unit."""

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

UnitT = TypeVar("UnitT")
Statistic = Callable[[Sequence[UnitT]], float]

RESAMPLES = 1000
TAIL = 0.025


class Metric(BaseModel):
    """A figure, the number of units it stands on, and its 95% interval."""

    model_config = ConfigDict(frozen=True)

    value: float
    n: int
    low: float
    high: float


def measured(units: Sequence[UnitT], statistic: Statistic[UnitT], seed: int = 0) -> Metric:
    """`statistic` of the units with its percentile bootstrap interval (Efron & Tibshirani 1993).

    Resamples whole units (utterances, dialogues, learners), so that what is inside one stays together.
    No unit: value, low and high are 0.
    """
    if not units:
        return Metric(value=0.0, n=0, low=0.0, high=0.0)
    chance = random.Random(seed)
    values = sorted(statistic(chance.choices(units, k=len(units))) for _ in range(RESAMPLES))
    low, high = values[int(RESAMPLES * TAIL)], values[int(RESAMPLES * (1 - TAIL)) - 1]
    return Metric(value=round(statistic(units), 4), n=len(units), low=round(low, 4), high=round(high, 4))


def share(flags: Sequence[bool]) -> float:
    """The fraction that is true; 0 for none."""
    return sum(flags) / len(flags) if flags else 0.0
