"""Likelihoods of sequences one change away agree with summing over every path."""

from itertools import groupby, product

import numpy as np
import pytest

from tools.pronunciation.lattice import (
    Floats,
    best_path,
    lattice,
    log_likelihood,
    occupancy,
    omissions,
    substitutions,
)

FRAMES, PHONES = 5, 3
BLANK = PHONES


def log_probs(seed: int) -> Floats:
    shares = np.random.default_rng(seed).dirichlet(np.ones(PHONES + 1), FRAMES)
    logs: Floats = np.log(shares)
    return logs


def said(path: tuple[int, ...]) -> list[int]:
    return [symbol for symbol, _ in groupby(path) if symbol != BLANK]


def paths(labels: list[int]) -> list[tuple[int, ...]]:
    return [path for path in product(range(PHONES + 1), repeat=FRAMES) if said(path) == labels]


def summed(logs: Floats, labels: list[int]) -> float:
    each = [sum(logs[t, symbol] for t, symbol in enumerate(path)) for path in paths(labels)]
    return float(np.logaddexp.reduce(each)) if each else -np.inf


SEQUENCES = [[0], [0, 1], [1, 1], [0, 1, 0], [2, 2, 1]]


@pytest.mark.parametrize("labels", SEQUENCES)
def test_likelihood_is_the_sum_over_all_paths(labels: list[int]) -> None:
    logs = log_probs(1)
    assert lattice(logs, np.array(labels)).log_likelihood == pytest.approx(summed(logs, labels))
    assert log_likelihood(logs, np.array(labels)) == pytest.approx(summed(logs, labels))


@pytest.mark.parametrize("labels", SEQUENCES)
def test_every_substitution_has_the_likelihood_of_the_changed_sequence(labels: list[int]) -> None:
    logs = log_probs(2)
    ratios = substitutions(lattice(logs, np.array(labels)))
    for place, phone in product(range(len(labels)), range(PHONES)):
        changed = [*labels[:place], phone, *labels[place + 1 :]]
        assert ratios[place, phone] == pytest.approx(summed(logs, changed) - summed(logs, labels), abs=1e-8)


@pytest.mark.parametrize("labels", SEQUENCES)
def test_every_omission_has_the_likelihood_of_the_shorter_sequence(labels: list[int]) -> None:
    logs = log_probs(3)
    spans = [(first, end) for first in range(len(labels)) for end in range(first + 1, len(labels) + 1)]
    ratios = omissions(lattice(logs, np.array(labels)), spans)
    for (first, end), ratio in zip(spans, ratios, strict=True):
        shorter = labels[:first] + labels[end:]
        assert ratio == pytest.approx(summed(logs, shorter) - summed(logs, labels), abs=1e-8)


@pytest.mark.parametrize("labels", SEQUENCES)
def test_the_best_path_is_the_likeliest_of_all(labels: list[int]) -> None:
    logs = log_probs(4)
    symbols = np.full(2 * len(labels) + 1, BLANK)
    symbols[1::2] = labels
    found = symbols[best_path(logs, np.array(labels))]
    best = max(paths(labels), key=lambda path: sum(logs[t, symbol] for t, symbol in enumerate(path)))
    assert found.tolist() == list(best)


def test_states_of_a_frame_share_all_of_it() -> None:
    shares = occupancy(lattice(log_probs(6), np.array([0, 1])))
    assert shares.sum(axis=1) == pytest.approx(np.ones(FRAMES))


def test_a_sequence_longer_than_the_sound_is_impossible_but_finite() -> None:
    impossible = lattice(log_probs(7), np.array([0, 1] * 6)).log_likelihood
    assert np.isfinite(impossible)
    assert impossible < -1e6
