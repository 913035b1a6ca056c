"""Scores of one label per item: accuracy, F1 by label and their mean, and who was taken for whom."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from evals.statistics import share


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item: what was expected, what was got, and the other labels that are right too."""

    id: str
    expected: str
    got: str
    also: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return self.got == self.expected

    @property
    def defensible(self) -> bool:
        return self.right or self.got in self.also


@dataclass(frozen=True, slots=True)
class LabelScore:
    """Precision and recall of one label (0 where undefined); `n` is how often it was expected."""

    precision: float
    recall: float
    f1: float
    n: int


def accuracy(outcomes: Sequence[Outcome]) -> float:
    return share([outcome.right for outcome in outcomes])


def lenient_accuracy(outcomes: Sequence[Outcome]) -> float:
    """A label in `also` counts as right."""
    return share([outcome.defensible for outcome in outcomes])


def macro_f1(outcomes: Sequence[Outcome]) -> float:
    """Mean F1 over the labels that are expected at least once; 0 for no outcome."""
    scores = [score.f1 for score in per_label(outcomes).values() if score.n]
    return sum(scores) / len(scores) if scores else 0.0


def per_label(outcomes: Sequence[Outcome]) -> dict[str, LabelScore]:
    """Scores of every label that was expected or given, by name."""
    expected = Counter(outcome.expected for outcome in outcomes)
    given = Counter(outcome.got for outcome in outcomes)
    hits = Counter(outcome.expected for outcome in outcomes if outcome.right)
    return {label: _score(hits[label], given[label], expected[label]) for label in sorted(expected | given)}


def confusion(outcomes: Sequence[Outcome]) -> dict[tuple[str, str], int]:
    """How often each (expected, got) pair occurred, most frequent first."""
    return dict(Counter((outcome.expected, outcome.got) for outcome in outcomes).most_common())


def majority(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The same items answered with the most frequent expected label: the floor to beat."""
    if not outcomes:
        return []
    label = Counter(sorted(outcome.expected for outcome in outcomes)).most_common(1)[0][0]
    return [Outcome(outcome.id, outcome.expected, label, outcome.also) for outcome in outcomes]


def _score(hits: int, given: int, expected: int) -> LabelScore:
    precision = hits / given if given else 0.0
    recall = hits / expected if expected else 0.0
    return LabelScore(precision, recall, 2 * hits / (given + expected) if hits else 0.0, expected)
