"""Keeps a turn short: which sentences stay when there are too many."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from providers.scripted.line import Line


class Weight(IntEnum):
    """How much a sentence matters; the lightest go first."""

    PLEASANT = 1
    RESPONSE = 2
    PRAISE = 3
    HELP = 4
    ACT = 5
    MUST = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of the draft and its weight."""

    line: Line
    weight: Weight


def within(parts: Sequence[Part], sentences: int) -> list[Part]:
    """At most `sentences` of `parts`, the heaviest, in their order; of equals the earlier stays."""
    ranked = sorted(range(len(parts)), key=lambda index: (-parts[index].weight, index))
    kept = set(ranked[:sentences])
    return [part for index, part in enumerate(parts) if index in kept]
