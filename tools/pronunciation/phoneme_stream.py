"""A second ear: hama's phoneme recogniser, read as ARPAbet."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation.phones import BLANK, INDEX, IPA
from tools.pronunciation.spectrum import Floats

SMOOTHING = 1e-6  # share of probability spread over all classes: no phone is ever impossible


class PhonemeStream:
    """hama's CTC acoustic model (Apache-2.0, 22 MB, runs in-process on one thread)."""

    def __init__(self) -> None:
        from hama.asr import ASRModel

        model = ASRModel()
        self._session: Any = model.session
        self._columns = np.array([INDEX.get(IPA.get(token, ""), BLANK) for token in model.decoder_tokens])

    def log_probs(self, samples: Floats) -> NDArray[np.float64]:
        """Log probabilities [T, 40] of samples [n] at 16 kHz, one row each 20 ms, the blank last.

        Symbols that are no English phone, word boundaries among them, count as blank.
        """
        raw = self._session.run(["log_probs"], {"waveform": samples})[0][0]
        return as_arpabet(raw, self._columns)


def as_arpabet(log_probs: Floats, columns: NDArray[np.int64]) -> NDArray[np.float64]:
    """Log probabilities [T, 40] from [T, classes], class k counted under columns[k]."""
    shares = np.exp(log_probs.astype(np.float64))
    gathered = np.zeros((len(shares), BLANK + 1))
    for column in range(BLANK + 1):
        gathered[:, column] = shares[:, columns == column].sum(axis=1)
    gathered = gathered / gathered.sum(axis=1, keepdims=True) + SMOOTHING
    logs: NDArray[np.float64] = np.log(gathered / gathered.sum(axis=1, keepdims=True))
    return logs
