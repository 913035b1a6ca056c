"""Pearson's correlation of what a model gives and what experts gave, fast enough to resample."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Sums:
    """Sufficient sums of pairs (got, wanted): those of a speaker, or of many together."""

    n: int = 0
    got: float = 0.0
    wanted: float = 0.0
    got_squared: float = 0.0
    wanted_squared: float = 0.0
    product: float = 0.0


def sums(pairs: Sequence[tuple[float, float]]) -> Sums:
    """Sums of (got, wanted) pairs."""
    return Sums(
        len(pairs),
        sum(got for got, _ in pairs),
        sum(wanted for _, wanted in pairs),
        sum(got * got for got, _ in pairs),
        sum(wanted * wanted for _, wanted in pairs),
        sum(got * wanted for got, wanted in pairs),
    )


def pearson(units: Sequence[Sums]) -> float:
    """Pearson's r over all pairs of the units, -1..1; 0 where either side does not vary."""
    n = sum(unit.n for unit in units)
    got, wanted = sum(unit.got for unit in units), sum(unit.wanted for unit in units)
    shared = n * sum(unit.product for unit in units) - got * wanted
    got_spread = n * sum(unit.got_squared for unit in units) - got * got
    wanted_spread = n * sum(unit.wanted_squared for unit in units) - wanted * wanted
    return shared / sqrt(got_spread * wanted_spread) if min(got_spread, wanted_spread) > 1e-9 else 0.0


def mean_squared_error(units: Sequence[Sums]) -> float:
    """Mean squared difference over all pairs of the units; 0 for none."""
    n = sum(unit.n for unit in units)
    total = sum(unit.got_squared - 2 * unit.product + unit.wanted_squared for unit in units)
    return total / n if n else 0.0
