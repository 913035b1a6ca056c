"""Turns samples into evidence with both ears, in stretches cut at pauses."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation.goodness import FRAME_S, Evidence, heard_alone, loudness_db
from tools.pronunciation.head import PhoneHead
from tools.pronunciation.level import frame_rms
from tools.pronunciation.phoneme_stream import PhonemeStream
from tools.pronunciation.spectrum import RATE_HZ, Floats
from tools.pronunciation.whisper import MIN_SAMPLES, Ear

STRETCH_S = 12.0  # about the longest utterance the scorer was fitted on
SEARCH_S = 4.0  # a cut is made at the quietest place of so many seconds before that
SMOOTHING_FRAMES = 9


@dataclass(frozen=True)
class Stretch:
    """A part of a recording: its evidence, where it starts, and Whisper's encoding of it."""

    evidence: Evidence
    encoding: Any
    start_s: float


@dataclass(frozen=True)
class Ears:
    whisper: Ear | None  # None: it cannot be had, and the other ear stands for both
    stream: PhonemeStream

    def listen(self, head: PhoneHead | None, samples: Floats) -> list[Stretch]:
        """The stretches of normalised samples [n] at 16 kHz."""
        edges = cuts(samples)
        return [self._stretch(head, samples[a:b], a / RATE_HZ) for a, b in pairwise(edges)]

    def _stretch(self, head: PhoneHead | None, samples: Floats, start_s: float) -> Stretch:
        padded = np.pad(samples, (0, max(0, MIN_SAMPLES - len(samples))))
        stream = self.stream.log_probs(padded)
        if self.whisper is None or head is None:
            return Stretch(heard_alone(stream, loudness_db(padded, len(stream))), None, start_s)
        vectors, encoding = self.whisper.hear(padded)
        frames = min(len(vectors), len(stream))
        evidence = Evidence(
            vectors[:frames], head.log_probs(vectors)[:frames], stream[:frames], loudness_db(padded, frames)
        )
        return Stretch(evidence, encoding, start_s)


def cuts(samples: Floats) -> list[int]:
    """Sample positions from 0 to n between which stretches lie: each cut at the quietest place within SEARCH_S."""
    hop = int(FRAME_S * RATE_HZ)
    rms = frame_rms(samples, hop)
    smooth = np.convolve(rms, np.ones(SMOOTHING_FRAMES) / SMOOTHING_FRAMES, mode="same")
    edges, longest, window = [0], int(STRETCH_S / FRAME_S), int(SEARCH_S / FRAME_S)
    while len(samples) - edges[-1] > longest * hop:
        end = edges[-1] // hop + longest
        edges.append((end - window + int(smooth[end - window : end].argmin())) * hop)
    return [*edges, len(samples)]


def joined(stretches: list[Stretch]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Head's and stream's log probabilities [T, 40] of the whole recording."""
    return (
        np.concatenate([stretch.evidence.head for stretch in stretches]),
        np.concatenate([stretch.evidence.stream for stretch in stretches]),
    )
