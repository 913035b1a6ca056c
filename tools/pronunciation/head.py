"""The phone head: CTC log probabilities of 39 phones from Whisper's vectors, in numpy."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation.spectrum import Floats

Weights = Mapping[str, NDArray[np.generic]]
SMOOTHING = 1e-6


class PhoneHead:
    """Linear, two residual convolutions over time, linear; rectified between. See `training/head.py` for its fit."""

    def __init__(self, weights: Weights) -> None:
        """`weights` by the names that the training module exports, without prefix."""
        self._w = {name: array.astype(np.float32) for name, array in weights.items()}

    def log_probs(self, vectors: Floats) -> NDArray[np.float64]:
        """Log probabilities [T, 40] of vectors [T, 1024], the blank last."""
        w = self._w
        hidden = np.maximum(((vectors - w["mean"]) / w["scale"]) @ w["in.weight"].T + w["in.bias"], 0)
        for layer in ("first", "second"):
            hidden = hidden + np.maximum(_convolved(hidden, w[f"{layer}.weight"], w[f"{layer}.bias"]), 0)
        scores = (hidden @ w["out.weight"].T + w["out.bias"]).astype(np.float64)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = shares / shares.sum(axis=1, keepdims=True) + SMOOTHING
        logs: NDArray[np.float64] = np.log(shares / shares.sum(axis=1, keepdims=True))
        return logs


def _convolved(rows: Floats, kernel: Floats, bias: Floats) -> Floats:
    """Same-length convolution over time of rows [T, C] with kernel [D, C, width]."""
    width = kernel.shape[2]
    padded = np.pad(rows, ((width // 2, width // 2), (0, 0)))
    windows = np.concatenate([padded[shift : shift + len(rows)] for shift in range(width)], axis=1)
    flat = kernel.transpose(0, 2, 1).reshape(len(kernel), -1)
    result: Floats = windows @ flat.T + bias
    return result
