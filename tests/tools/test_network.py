"""What the neural classifier promises."""

from pathlib import Path

import numpy as np
import pytest

from tools import network

POINTS = 4000


def _rings() -> tuple[np.ndarray, list[str]]:
    """Points near the origin and around them: no line parts these."""
    random = np.random.default_rng(7)
    angles = random.uniform(0, 2 * np.pi, POINTS)
    radii = np.where(np.arange(POINTS) % 2, 3.0, 1.0) + random.normal(scale=0.1, size=POINTS)
    rows = np.stack([radii * np.cos(angles) + 5, radii * np.sin(angles)], axis=1)
    return rows, ["inner", "outer"] * (POINTS // 2)


def test_groups_that_no_line_parts_are_told_apart() -> None:
    rows, labels = _rings()
    fitted = network.fit(rows, labels)
    probabilities = fitted.probabilities(rows)
    assert np.allclose(probabilities.sum(axis=1), 1)
    got = [fitted.labels[i] for i in probabilities.argmax(axis=1)]
    assert np.mean([g == w for g, w in zip(got, labels, strict=True)]) > 0.95


def test_two_fits_are_the_same_and_a_saved_network_answers_alike(tmp_path: Path) -> None:
    rows, labels = _rings()
    first, second = (network.fit(rows, labels, noisy=1, data_hash="h") for _ in range(2))
    first.save(tmp_path / "one.npz")
    second.save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    loaded = network.load(tmp_path / "one.npz")
    assert (loaded.labels, loaded.data_hash) == (first.labels, "h")
    assert np.allclose(loaded.probabilities(rows), first.probabilities(rows), atol=2e-2)


def test_calibration_divides_the_scores_and_moves_them() -> None:
    rows, labels = _rings()
    fitted = network.fit(rows, labels)
    moved = fitted.calibrated(2.0, np.array([0.5, -0.5]))
    assert np.allclose(moved.scores(rows), fitted.scores(rows) / 2 + [0.5, -0.5], atol=1e-4)


def test_one_label_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="two"):
        network.fit(np.ones((2, 3)), ["a", "a"])


def test_rows_with_few_features_are_scored_as_all_rows_are() -> None:
    random = np.random.default_rng(5)
    rows = np.where(random.random((300, 40)) < 0.1, random.normal(size=(300, 40)), 0)
    fitted = network.fit(rows, ["a" if row.sum() > 0 else "b" for row in rows])
    alone = np.concatenate([fitted.scores(row[None]) for row in rows])
    assert np.allclose(alone, fitted.scores(rows), atol=1e-4)
