"""Log-mel spectra of speech as Whisper's encoder reads them."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

RATE_HZ = 16_000
WINDOW = 400
HOP = 160
MELS = 80
FLOOR = 1e-10
DYNAMIC_RANGE = 8.0  # in powers of ten below the loudest bin


def log_mel(samples: Floats) -> Floats:
    """Log-mel spectrum of shape [80, n // 160] of samples [n] at 16 kHz, as Whisper's release computes it.

    Values are scaled to about -1..1.5. n must be at least 400.
    """
    padded = np.pad(samples.astype(np.float32), WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    power = np.abs(np.fft.rfft(frames * _hann(), axis=1)).astype(np.float32)[:-1] ** 2
    logs = np.log10(np.maximum(power @ _filters().T, FLOOR)).T
    return np.ascontiguousarray((np.maximum(logs, logs.max() - DYNAMIC_RANGE) + 4.0) / 4.0, np.float32)


@cache
def _hann() -> Floats:
    return np.hanning(WINDOW + 1)[:-1].astype(np.float32)


@cache
def _filters() -> Floats:
    """Slaney's mel filters [80, 201]: linear below 1 kHz, logarithmic above, each of unit area."""
    edges = _hz(np.linspace(0.0, _mel_of(RATE_HZ / 2), MELS + 2))
    bins = np.linspace(0.0, RATE_HZ / 2, WINDOW // 2 + 1)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    area = 2.0 / (edges[2:] - edges[:-2])
    return (np.maximum(0.0, np.minimum(rising, falling)) * area[:, None]).astype(np.float32)


def _mel_of(hz: float) -> float:
    return 15.0 + 27.0 * float(np.log(hz / 1000.0) / np.log(6.4))


def _hz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(mels < 15.0, mels * 200.0 / 3.0, 1000.0 * np.exp(np.log(6.4) / 27.0 * (mels - 15.0)))
