"""How the classifier does on families of sentences that it was not trained on, and what follows for its decisions."""

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tools.linear import softmax
from tools.network import fit
from tools.safety.decide import Policy, masses

FOLDS = 5
SAME_FAMILY = 0.62  # cosine of two lines' vectors: paraphrases and translations of each other lie above it
STEPS, RATE = 300, 0.5

Matrix = NDArray[np.float32]
Wide = NDArray[np.float64]


def families(vectors: Matrix, lines: Sequence[str]) -> list[int]:
    """For each sentence the number of its family: sentences of one line, and lines close in meaning, share it.

    Leader clustering: a line joins the nearest earlier leader above SAME_FAMILY, or leads a family of its own.
    """
    places = {line: place for place, line in enumerate(dict.fromkeys(lines))}
    sums = np.zeros((len(places), vectors.shape[1]), np.float32)
    np.add.at(sums, [places[line] for line in lines], vectors)
    sums /= np.linalg.norm(sums, axis=1, keepdims=True)
    leaders: list[int] = []
    of: list[int] = []
    for place, row in enumerate(sums):
        near = sums[leaders] @ row if leaders else np.zeros(1)
        if near.max() >= SAME_FAMILY:
            of.append(leaders[int(near.argmax())])
        else:
            leaders.append(place)
            of.append(place)
    return [of[places[line]] for line in lines]


def out_of_fold(
    x: Matrix, labels: Sequence[str], of_family: Sequence[int], *, noisy: int
) -> tuple[tuple[str, ...], Wide]:
    """The labels, and logits of shape (n, labels) from networks that saw no sentence of the row's family."""
    folds = np.array([zlib.crc32(str(family).encode()) % FOLDS for family in of_family])
    wanted = np.array(labels)
    logits = np.zeros((len(x), len(set(labels))))
    names: tuple[str, ...] = ()
    for fold in range(FOLDS):
        network = fit(x[folds != fold], wanted[folds != fold].tolist(), noisy=noisy)
        names, logits[folds == fold] = network.labels, network.scores(x[folds == fold])
    return names, logits


def calibration(logits: Wide, wanted: Sequence[int]) -> tuple[float, Wide]:
    """A temperature and an offset for each label that minimise the log loss of `logits` (Guo et al., 2017)."""
    rows, right = np.arange(len(logits)), np.asarray(wanted)
    sharpness, offsets = 1.0, np.zeros(logits.shape[1])
    for _ in range(STEPS):
        error = softmax(logits * sharpness + offsets)
        error[rows, right] -= 1
        sharpness -= RATE * float((error * logits).sum(axis=1).mean()) / float((logits**2).mean())
        offsets = offsets - RATE * error.mean(axis=0)
    return 1 / sharpness, offsets


def probabilities(logits: Wide, names: Sequence[str], temperature: float, offsets: Wide) -> list[dict[str, float]]:
    """Label to probability for each row, calibrated."""
    found = softmax(logits / temperature + offsets)
    return [dict(zip(names, map(float, row), strict=True)) for row in found]


def thresholds(
    safe: Sequence[Mapping[str, float]], policy: Policy, allowed: Mapping[str, float], bounds: Mapping[str, float]
) -> dict[str, float]:
    """The lowest thresholds, within `bounds`, that flag no more than the `allowed` share of scored `safe` sentences."""
    result = {}
    for name, share in allowed.items():
        ranked = sorted((masses(one, policy)[name] for one in safe), reverse=True)
        edge = ranked[int(share * len(ranked))] + 0.001
        result[name] = round(min(max(edge, bounds["lowest"]), bounds["highest"]), 3)
    return result


def report(marks: Sequence[tuple[str, ...]], scored: Sequence[Mapping[str, float]], policy: Policy) -> dict[str, str]:
    """Counts "flagged/all" for each of the marks that the sentences bear."""
    counts: dict[str, list[int]] = {}
    for names, one in zip(marks, scored, strict=True):
        flagged = any(mass >= policy.thresholds[name] for name, mass in masses(one, policy).items())
        for name in names:
            counts.setdefault(name, []).append(flagged)
    return {name: f"{sum(flags)}/{len(flags)}" for name, flags in sorted(counts.items())}
