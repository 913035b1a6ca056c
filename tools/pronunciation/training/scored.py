"""One utterance held against one reference, with what is to be learned from it."""

from dataclasses import dataclass

from tools.pronunciation.goodness import Goodness
from tools.pronunciation.lattice import Ints
from tools.pronunciation.spectrum import Floats

UNKNOWN = -1


@dataclass(frozen=True)
class Scored:
    """One utterance with its targets in 0..1; NaN where there is none.

    phones [L]; wrong [L] (1: another phone was said than the asked one); instead [L]: index 0..39 of what was said in
    its place, last left out, UNKNOWN where all was as asked or it is not known; words [W, 2] (accuracy, total);
    aspects [4]; weight: how much it counts.
    """

    goodness: Goodness
    phones: Floats
    wrong: Floats
    instead: Ints
    words: Floats
    aspects: Floats
    weight: float = 1.0
