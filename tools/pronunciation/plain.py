"""Scores by the phoneme recogniser alone, where Whisper cannot be had: linear in what it finds of each phone."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation.goodness import FIT_COLUMNS, Goodness, word_places
from tools.pronunciation.lattice import Floats
from tools.pronunciation.phones import PHONES
from tools.pronunciation.scorer import Scores

TIMING = slice(2 * FIT_COLUMNS, 2 * FIT_COLUMNS + 8)
SMALL = np.float32


class PlainScorer:
    """Ridge weights, see `training/plain.py` for their fit."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        """`weights`: arrays phone, wrong [F], word [5], aspect [17, 4]."""
        self._w = {name: array.astype(np.float64) for name, array in weights.items()}

    def score(self, goodness: Goodness) -> Scores:
        """The scores of one utterance; not clipped."""
        inputs = phone_inputs(goodness)
        phones = inputs @ self._w["phone"]
        wrong = 1 / (1 + np.exp(-np.clip(inputs @ self._w["wrong"], -30, 30)))
        words = word_inputs(goodness, phones) @ self._w["word"]
        aspects = utterance_inputs(goodness, phones) @ self._w["aspect"]
        return Scores(phones.astype(SMALL), wrong.astype(SMALL), words.astype(SMALL), aspects.astype(SMALL))


def phone_inputs(goodness: Goodness) -> Floats:
    """[L, F]: how the ear finds each phone, when it came, its word, and which phone it is."""
    features = goodness.features.astype(np.float64)
    omitted = np.clip(goodness.omitted[1] / 10, -2, 2)[goodness.words]
    which = np.eye(len(PHONES))[goodness.phones]
    return np.concatenate([features[:, :FIT_COLUMNS], features[:, TIMING], omitted[:, None], which], axis=1)


def word_inputs(goodness: Goodness, phones: Floats) -> Floats:
    """[W, 5]: of the expected scores of a word's phones [L] the mean and the least, its length, its absence."""
    places = word_places(goodness.words)
    rows = [(1.0, phones[a:b].mean(), phones[a:b].min(), (b - a) / 5) for a, b in places]
    return np.column_stack([np.array(rows), np.clip(goodness.omitted[1] / 10, -2, 2)])


def utterance_inputs(goodness: Goodness, phones: Floats) -> Floats:
    """[17]: of the expected scores of the phones [L] the mean and the least; rate, pauses and fit."""
    return np.concatenate([[1.0, phones.mean(), phones.min()], goodness.utterance])
