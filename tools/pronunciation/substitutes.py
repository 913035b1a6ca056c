"""Which phone was heard instead of the asked one."""

import numpy as np

from tools.pronunciation.confusions import expectations
from tools.pronunciation.goodness import Goodness
from tools.pronunciation.phones import BLANK, PHONES
from tools.pronunciation.scorer import Scores

EXPECTED_NATS = 1.5  # how much likelihood an expected confusion is worth when naming the substitute


def heard_instead(goodness: Goodness, scores: Scores, threshold: float) -> tuple[str | None, ...]:
    """For each phone: None as asked, "" left out, else the phone heard instead; where `scores.wrong` > threshold."""
    support = goodness.ratios + EXPECTED_NATS * expectations()[goodness.phones]
    support[np.arange(len(goodness.phones)), goodness.phones] = -np.inf
    best = support.argmax(axis=1)
    names = (*PHONES, "")
    assert len(names) == BLANK + 1
    return tuple(names[rival] if wrong > threshold else None for rival, wrong in zip(best, scores.wrong, strict=True))
