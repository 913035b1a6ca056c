"""Which phones Vietnamese speakers tend to say for which, from confusions.tsv."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation.phones import BLANK, INDEX

FILE = Path(__file__).parent / "confusions.tsv"
LEFT_OUT = "-"


@cache
def expectations() -> NDArray[np.float64]:
    """[39, 40]: how expected 0..1 each substitute is for each asked phone; the last column is leaving it out."""
    table = np.zeros((BLANK, BLANK + 1))
    for line in FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            asked, heard, weight, _ = line.split("\t")
            table[INDEX[asked], BLANK if heard == LEFT_OUT else INDEX[heard]] = float(weight)
    return table
