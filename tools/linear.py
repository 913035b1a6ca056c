"""Multinomial logistic regression in numpy: the one classifier that the tools train on sentence vectors."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STEPS = 400
POWER_ITERATIONS = 30


@dataclass(frozen=True, eq=False)
class Model:
    """Weights of shape (features, labels), bias (labels,); features are centred by `mean`, divided by `scale`."""

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    mean: Floats
    scale: float
    data_hash: str = ""

    def probabilities(self, rows: NDArray[np.floating]) -> Floats:
        """Softmax probabilities of shape (n, labels) for `rows` of shape (n, features)."""
        centred = (np.asarray(rows, np.float64) - self.mean) / self.scale
        return softmax(centred @ self.weights + self.bias)

    def save(self, path: Path) -> None:
        """Writes a .npz whose bytes depend on the model alone; weights are kept in float16."""
        buffer = io.BytesIO()
        np.savez(
            buffer,
            labels=np.array(self.labels),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            mean=self.mean.astype(np.float32),
            scale=np.array(self.scale),
            data_hash=np.array(self.data_hash),
        )
        path.write_bytes(buffer.getvalue())


def load(path: Path) -> Model:
    """The model that `Model.save` wrote. Raises FileNotFoundError, or KeyError for a file of another kind."""
    with np.load(path, allow_pickle=False) as pack:
        return Model(
            labels=tuple(str(label) for label in pack["labels"]),
            weights=pack["weights"].astype(np.float64),
            bias=pack["bias"].astype(np.float64),
            mean=pack["mean"].astype(np.float64),
            scale=float(pack["scale"]),
            data_hash=str(pack["data_hash"]),
        )


class Pack:
    """A model's file, read once: at the first call, whichever thread comes first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._model: Model | None = None

    def model(self) -> Model:
        with self._lock:
            if self._model is None:
                self._model = load(self._path)
            return self._model


def fit(
    rows: NDArray[np.floating],
    labels: Sequence[str],
    l2: float,
    *,
    balanced: bool = True,
    data_hash: str = "",
) -> Model:
    """Softmax regression with penalty `l2`/2 * |weights|^2 on the mean log loss. Deterministic.

    Features are centred and divided by their root mean square length, so that one `l2` (1e-4 to 1e-1)
    fits vectors of any size. `balanced` gives every label the same total weight. Minimised by Nesterov's
    accelerated gradient for strongly convex functions (Introductory Lectures, 2.2).
    Raises ValueError when there are fewer than two labels.
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2:
        raise ValueError("fit needs at least two different labels")
    x = np.asarray(rows, np.float64)
    mean = x.mean(axis=0)
    x = x - mean
    scale = float(np.sqrt((x**2).sum(axis=1).mean())) or 1.0
    x = np.hstack([x / scale, np.ones((len(x), 1))])
    one_hot = np.array([[label == name for name in names] for label in labels], np.float64)
    counts = one_hot.sum(axis=0)
    row_weights = one_hot @ (len(x) / (len(names) * counts)) if balanced else np.ones(len(x))
    solution = _minimise(x, one_hot, row_weights / len(x), l2)
    return Model(names, solution[:-1], solution[-1], mean, scale, data_hash)


def _minimise(x: Floats, one_hot: Floats, row_weights: Floats, l2: float) -> Floats:
    weighted = x * row_weights[:, None]
    smoothness = 0.5 * _largest_eigenvalue(x, weighted) * 1.05 + l2
    momentum = (np.sqrt(smoothness) - np.sqrt(l2)) / (np.sqrt(smoothness) + np.sqrt(l2))
    current = ahead = np.zeros((x.shape[1], one_hot.shape[1]))
    for _ in range(STEPS):
        gradient = weighted.T @ (softmax(x @ ahead) - one_hot) + l2 * ahead
        following = ahead - gradient / smoothness
        current, ahead = following, following + momentum * (following - current)
    return current


def _largest_eigenvalue(x: Floats, weighted: Floats) -> float:
    vector = np.ones(x.shape[1]) / np.sqrt(x.shape[1])
    norm = 1.0
    for _ in range(POWER_ITERATIONS):
        image = weighted.T @ (x @ vector)
        norm = float(np.linalg.norm(image)) or 1.0
        vector = image / norm
    return norm


def softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    total: Floats = shifted.sum(axis=1, keepdims=True)
    return np.asarray(shifted / total, np.float64)


def file_hash(path: Path) -> str:
    """SHA-256 of a training file, in hexadecimal: kept in the model so that a stale pack is noticed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
