"""The scores of one label per item."""

import pytest

from evals.scoring.classification import Outcome, accuracy, confusion, lenient_accuracy, macro_f1, majority, per_label

OUTCOMES = [
    Outcome("1", "sad", "sad"),
    Outcome("2", "sad", "happy", ("happy",)),
    Outcome("3", "happy", "happy"),
    Outcome("4", "tired", "bored"),
]


def test_accuracy_counts_the_expected_label_and_the_lenient_one_counts_also() -> None:
    assert accuracy(OUTCOMES) == 0.5
    assert lenient_accuracy(OUTCOMES) == 0.75


def test_f1_by_label_follows_precision_and_recall() -> None:
    scores = per_label(OUTCOMES)
    assert (scores["sad"].precision, scores["sad"].recall, scores["sad"].n) == (1.0, 0.5, 2)
    assert scores["happy"].f1 == pytest.approx(2 / 3)
    assert (scores["bored"].f1, scores["bored"].n) == (0.0, 0)


def test_macro_f1_is_the_mean_over_expected_labels_only() -> None:
    assert macro_f1(OUTCOMES) == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)


def test_the_confusion_names_pairs() -> None:
    assert confusion(OUTCOMES)["sad", "happy"] == 1


def test_the_majority_answers_everything_with_the_most_frequent_label() -> None:
    assert {outcome.got for outcome in majority(OUTCOMES)} == {"sad"}
    assert accuracy(majority(OUTCOMES)) == 0.5


def test_nothing_scores_nothing() -> None:
    assert (accuracy([]), macro_f1([]), majority([])) == (0.0, 0.0, [])
