"""A small neural classifier in numpy: one hidden layer, averaged over several trainings."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.linear import softmax

Floats = NDArray[np.float32]
Wide = NDArray[np.float64]

MEMBERS = 3  # trainings whose scores are averaged: one alone depends on its random beginning
UNITS = 64  # hidden units of each
EPOCHS, BATCH = 12, 128
RATE, DECAY, DROPPED = 2e-3, 1e-4, 0.5
NOISE = 0.05  # added to the first `noisy` features at each step, as a paraphrase moves a sentence vector
GAIN = 4.0  # root mean square length of the scaled rows
SPARSE = 0.5  # share of features in use below which the others are left out
_MEMORY_MEAN, _MEMORY_SQUARE, _TINY = 0.9, 0.99, 1e-8


@dataclass(frozen=True, eq=False)
class Network:
    """Weights of shape (features, units) and (units, labels) with their biases; rows need no scaling."""

    labels: tuple[str, ...]
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    bias: Floats
    data_hash: str = ""

    def scores(self, rows: NDArray[np.floating]) -> Wide:
        """Logits of shape (n, labels) for `rows` of shape (n, features)."""
        given = np.asarray(rows, np.float32)
        used = np.flatnonzero(given.any(axis=0))
        few = len(used) < SPARSE * given.shape[1]  # one sentence: most hashed features are zero, and memory is slow
        units = given[:, used] @ self.hidden[used] if few else given @ self.hidden
        units = np.maximum(units + self.hidden_bias, 0)
        return np.asarray(units @ self.out + self.bias, np.float64)

    def probabilities(self, rows: NDArray[np.floating]) -> Wide:
        """Softmax probabilities of shape (n, labels)."""
        return softmax(self.scores(rows))

    def calibrated(self, temperature: float, offsets: NDArray[np.floating]) -> "Network":
        """The same with its scores divided by `temperature` and moved by `offsets`, one for each label."""
        moved = np.asarray(self.bias / temperature + offsets, np.float32)
        return replace(self, out=np.asarray(self.out / temperature, np.float32), bias=moved)

    def save(self, path: Path) -> None:
        """Writes a .npz whose bytes depend on the network alone; weights are kept in float16."""
        buffer = io.BytesIO()
        arrays = {name: getattr(self, name).astype(np.float16) for name in ("hidden", "hidden_bias", "out", "bias")}
        np.savez(buffer, labels=np.array(self.labels), data_hash=np.array(self.data_hash), **arrays)
        path.write_bytes(buffer.getvalue())


@lru_cache(maxsize=4)
def load(path: Path) -> Network:
    """What `Network.save` wrote, read once. Raises FileNotFoundError, or KeyError for a file of another kind."""
    with np.load(path, allow_pickle=False) as pack:
        arrays = {name: pack[name].astype(np.float32) for name in ("hidden", "hidden_bias", "out", "bias")}
        return Network(tuple(str(label) for label in pack["labels"]), data_hash=str(pack["data_hash"]), **arrays)


def fit(rows: NDArray[np.floating], labels: Sequence[str], *, noisy: int = 0, data_hash: str = "") -> Network:
    """A network trained on the mean log loss with Adam, dropout and a learning rate that falls to nothing.

    The same rows give the same network on one machine. `noisy`: how many of the first features are made to tremble.
    Raises ValueError when there are fewer than two labels.
    """
    names = tuple(sorted(set(labels)))
    if len(names) < 2:
        raise ValueError("fit needs at least two different labels")
    x = np.asarray(rows, np.float32)
    mean = x.mean(axis=0)
    x = x - mean
    scale = np.float32(GAIN / (float(np.sqrt((x**2).sum(axis=1).mean())) or 1.0))
    x *= scale
    wanted = np.array([names.index(label) for label in labels])
    members = [_Member(x, wanted, len(names), noisy, seed) for seed in range(MEMBERS)]
    hidden = np.hstack([member.weights[0] for member in members]) * scale
    bias = np.concatenate([member.weights[1] for member in members]) - mean @ hidden
    out = np.vstack([member.weights[2] for member in members]) / np.float32(MEMBERS)
    return Network(names, hidden, bias, out, np.mean([m.weights[3] for m in members], axis=0), data_hash)


class _Member:
    """One training: its `weights` are hidden, hidden bias, out, bias."""

    def __init__(self, x: Floats, wanted: NDArray[np.int64], labels: int, noisy: int, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        features = x.shape[1]
        self.weights: list[Floats] = [
            self._normal((features, UNITS), np.sqrt(2.0) / GAIN**2),
            np.zeros(UNITS, np.float32),
            self._normal((UNITS, labels), UNITS**-0.5),
            np.zeros(labels, np.float32),
        ]
        self._means = [np.zeros_like(weight) for weight in self.weights]
        self._squares = [np.zeros_like(weight) for weight in self.weights]
        self._noisy = noisy
        batches = len(x) // BATCH or 1
        steps = EPOCHS * batches
        for epoch in range(EPOCHS):
            order = self._random.permutation(len(x))
            for number in range(batches):
                picked = order[number * BATCH : (number + 1) * BATCH]
                done = epoch * batches + number
                self._step(self._gradients(x[picked], wanted[picked]), done + 1, RATE * (1 - (done + 1) / steps))

    def _normal(self, shape: tuple[int, int], deviation: float) -> Floats:
        return (self._random.normal(size=shape) * deviation).astype(np.float32)

    def _gradients(self, x: Floats, wanted: NDArray[np.int64]) -> list[Floats]:
        hidden, hidden_bias, out, bias = self.weights
        if self._noisy:
            x[:, : self._noisy] += self._normal((len(x), self._noisy), NOISE)
        before = x @ hidden + hidden_bias
        kept = (self._random.random(before.shape, dtype=np.float32) >= DROPPED) * np.float32(1 / (1 - DROPPED))
        units = np.maximum(before, 0) * kept
        error = np.asarray(softmax(np.asarray(units @ out + bias, np.float64)), np.float32)
        error[np.arange(len(x)), wanted] -= 1
        error /= np.float32(len(x))
        behind = (error @ out.T) * kept * (before > 0)
        return [x.T @ behind, behind.sum(axis=0), units.T @ error, error.sum(axis=0)]

    def _step(self, gradients: list[Floats], number: int, rate: float) -> None:
        """Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter, 2019)."""
        for place, gradient in enumerate(gradients):
            self._means[place] += (1 - _MEMORY_MEAN) * (gradient - self._means[place])
            self._squares[place] += (1 - _MEMORY_SQUARE) * (gradient * gradient - self._squares[place])
            size = np.sqrt(self._squares[place] / (1 - _MEMORY_SQUARE**number)) + _TINY
            direction = self._means[place] / (1 - _MEMORY_MEAN**number) / size
            self.weights[place] -= rate * (direction + DECAY * self.weights[place])
