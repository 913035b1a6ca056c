"""Decides which asked phones were said as others, and as which: both ears, the scorer and what is expected together."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation.confusions import expectations
from tools.pronunciation.goodness import RATIO_LIMIT, Goodness
from tools.pronunciation.lattice import Floats
from tools.pronunciation.phones import BLANK, PHONES, VOWELS
from tools.pronunciation.scorer import Scores

RATIO_SCALE = 6.0  # nats that count as one
SURE = 1e-4  # the scorer's probabilities are kept this far from 0 and 1
HEARD = (*PHONES, "")  # by index of a substitute; the last is a phone left out
IS_VOWEL = np.array([phone in VOWELS for phone in PHONES])


@dataclass(frozen=True)
class Decision:
    """Weights of two logistic models, see `training/decision.py` for their fit.

    rival [R]: how each column of `rival_inputs` speaks for a substitute; wrong [K]: how each column of `wrong_inputs`
    speaks for any other phone than the asked one.
    """

    rival: Floats
    wrong: Floats

    @classmethod
    def of(cls, weights: Mapping[str, NDArray[np.generic]]) -> "Decision":
        """From arrays named "rival" and "wrong"."""
        return cls(weights["rival"].astype(np.float64), weights["wrong"].astype(np.float64))

    def decide(self, goodness: Goodness, scores: Scores) -> tuple[Floats, tuple[str, ...]]:
        """For each phone the probability [L] that another was said, and which that is most likely: "" left out."""
        support = self.support(goodness)
        best = support.argmax(axis=1)
        odds = wrong_inputs(goodness, scores, support) @ self.wrong
        return 1 / (1 + np.exp(-odds)), tuple(HEARD[rival] for rival in best)

    def support(self, goodness: Goodness) -> Floats:
        """Log odds [L, 40] of each substitute among all; the asked phone itself is out of the question."""
        support: Floats = rival_inputs(goodness) @ self.rival
        support[np.arange(len(goodness.phones)), goodness.phones] = -np.inf
        return support


def rival_inputs(goodness: Goodness) -> Floats:
    """[L, 40, 7]: each ear's likelihood ratio of the substitute, the lower of them, how expected it is, left out."""
    head, stream = goodness.by_ear / RATIO_SCALE
    expected = expectations()[goodness.phones]
    left_out = np.zeros(expected.shape)
    left_out[:, BLANK] = 1.0
    vowel = IS_VOWEL[goodness.phones]
    same_kind = np.concatenate([IS_VOWEL[None, :] == vowel[:, None], np.zeros((len(vowel), 1), bool)], axis=1)
    columns = (head, stream, np.minimum(head, stream), expected, expected > 0, left_out, same_kind)
    return np.stack([column.astype(np.float64) for column in columns], axis=2)


def wrong_inputs(goodness: Goodness, scores: Scores, support: Floats) -> Floats:
    """[L, 16]: the scorer's opinion, the likeliest substitute's standing with both ears, and where the phone is."""
    own = np.arange(len(goodness.phones))
    best = support.argmax(axis=1)
    head, stream = goodness.by_ear[:, own, best] / RATIO_SCALE
    rivals = goodness.by_ear.copy()
    rivals[:, own, goodness.phones] = -RATIO_LIMIT
    top_head, top_stream = rivals.max(axis=2) / RATIO_SCALE
    peak = support.max(axis=1)
    total = peak + np.log(np.exp(support - peak[:, None]).sum(axis=1))
    sure = np.clip(scores.wrong.astype(np.float64), SURE, 1 - SURE)
    scorer = np.log(sure / (1 - sure))
    expected = expectations()[goodness.phones, best]
    vowel = IS_VOWEL[goodness.phones].astype(np.float64)
    columns = (
        np.ones(len(own)),
        scorer,
        np.clip(scores.phones.astype(np.float64), 0, 1.2),
        total,
        head,
        stream,
        np.minimum(head, stream),
        np.maximum(head, 0),
        np.maximum(stream, 0),
        top_head - head,
        top_stream - stream,
        expected,
        (best == BLANK).astype(np.float64),
        vowel,
        vowel * scorer,
        np.full(len(own), min(goodness.gap, 6.0)),
    )
    return np.stack(columns, axis=1)
