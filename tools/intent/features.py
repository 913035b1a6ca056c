"""The feature row of a line in its context: the sentence vector and a few counts."""

import numpy as np
from numpy.typing import NDArray

from tools.intent.context import Context

SHARE = 0.3  # how much the counts weigh beside a unit vector


def row(vector: NDArray[np.floating], spelled: str, context: Context) -> NDArray[np.float64]:
    """Shape (dimensions + 5,)."""
    count = len(spelled.split())
    counts = [
        float(context.asks),
        float(context.yes_no),
        float(count <= 2),
        min(count, 12) / 12,
        float("?" in spelled),
    ]
    return np.concatenate([np.asarray(vector, np.float64), SHARE * np.array(counts)])
