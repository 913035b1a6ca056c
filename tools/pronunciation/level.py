"""Loudness: brings speech to one level, and says how far it stands above the noise."""

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation.spectrum import RATE_HZ, Floats

FRAME = RATE_HZ // 40  # 25 ms
SPEECH_RMS = 0.1  # what loud frames are brought to: -20 dBFS
LOUD_QUANTILE = 0.95
NOISE_QUANTILE = 0.1
SILENCE_RMS = 10 ** (-75 / 20)  # below this the microphone heard nothing


def frame_rms(samples: Floats, frame: int = FRAME) -> NDArray[np.float64]:
    """Root mean square [n // frame] of each frame; of all samples as one frame when they are fewer."""
    count = max(1, len(samples) // frame)
    whole = samples[: count * frame].astype(np.float64)
    frames: NDArray[np.float64] = np.sqrt(np.mean(whole.reshape(count, -1) ** 2, axis=1))
    return frames


def is_silent(samples: Floats) -> bool:
    """Whether nothing louder than the hiss of a converter is there."""
    return len(samples) < FRAME or float(np.quantile(frame_rms(samples), LOUD_QUANTILE)) < SILENCE_RMS


def normalised(samples: Floats) -> Floats:
    """Samples with loud frames at -20 dBFS, clipped to -1..1: quiet recordings are judged like loud ones."""
    centred = samples - np.float32(samples.mean(dtype=np.float64))
    loud = float(np.quantile(frame_rms(centred), LOUD_QUANTILE))
    scaled: Floats = np.clip(centred * (SPEECH_RMS / max(loud, 1e-9)), -1.0, 1.0).astype(np.float32)
    return scaled


def snr_db(samples: Floats) -> float:
    """Signal-to-noise ratio in dB, 0..60, from the spread of frame energies.

    The quietest tenth of frames is taken for noise, the loudest twentieth for speech and noise. Speech without a pause
    reads too low, competing voices too high.
    """
    power = frame_rms(samples) ** 2
    noise = float(np.quantile(power, NOISE_QUANTILE)) + 1e-12
    speech = max(float(np.quantile(power, LOUD_QUANTILE)) - noise, 1e-12)
    return float(np.clip(10 * np.log10(speech / noise), 0.0, 60.0))
