"""What the logistic fit promises."""

from pathlib import Path

import numpy as np
import pytest

from tools import linear


def _blobs() -> tuple[np.ndarray, list[str]]:
    noise = np.random.default_rng(7).normal(size=(90, 6))
    labels = ["a", "b", "c"] * 30
    centres = {"a": 0, "b": 1, "c": 2}
    for row, label in zip(noise, labels, strict=True):
        row[centres[label]] += 4
    return noise, labels


def test_separable_groups_are_told_apart_with_probabilities_that_sum_to_one() -> None:
    rows, labels = _blobs()
    model = linear.fit(rows, labels, 1e-3)
    probabilities = model.probabilities(rows)
    assert np.allclose(probabilities.sum(axis=1), 1)
    got = [model.labels[i] for i in probabilities.argmax(axis=1)]
    assert np.mean([g == w for g, w in zip(got, labels, strict=True)]) > 0.97


def test_the_gradient_vanishes_at_the_solution() -> None:
    rows, labels = _blobs()
    l2 = 1e-2
    model = linear.fit(rows, labels, l2, balanced=False)
    one_hot = np.array([[label == name for name in model.labels] for label in labels], float)
    x = (rows - model.mean) / model.scale
    gradient = x.T @ (model.probabilities(rows) - one_hot) / len(x) + l2 * model.weights
    assert np.abs(gradient).max() < 1e-5


def test_two_fits_are_the_same_and_a_saved_model_answers_alike(tmp_path: Path) -> None:
    rows, labels = _blobs()
    first, second = (linear.fit(rows, labels, 1e-2, data_hash="h") for _ in range(2))
    assert np.array_equal(first.weights, second.weights)
    first.save(tmp_path / "one.npz")
    second.save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    loaded = linear.load(tmp_path / "one.npz")
    assert (loaded.labels, loaded.data_hash) == (first.labels, "h")
    assert np.allclose(loaded.probabilities(rows), first.probabilities(rows), atol=5e-3)


def test_a_larger_penalty_gives_less_certain_answers() -> None:
    rows, labels = _blobs()
    weak, strong = (linear.fit(rows, labels, l2).probabilities(rows).max(axis=1).mean() for l2 in (1e-3, 1.0))
    assert strong < weak


def test_rare_labels_weigh_as_much_as_common_ones_when_balanced() -> None:
    rows = np.array([[1.0], [1.0], [1.0], [1.0]])
    probabilities = linear.fit(rows, ["a", "a", "a", "b"], 1e-4).probabilities(rows)[0]
    assert probabilities == pytest.approx([0.5, 0.5], abs=1e-3)


def test_one_label_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="two"):
        linear.fit(np.ones((2, 3)), ["a", "a"], 1.0)
