"""Probabilities of the safety labels from the trained pack, sentence by sentence where a text is long."""

import re
from collections.abc import Mapping
from pathlib import Path

from providers.ports import Vector
from tools.linear import Pack
from tools.safety.features import SentenceVectors, features
from tools.safety.normalise import Forms, forms

PACK = Path(__file__).parent / "safety.npz"
LONG_CHARACTERS = 200  # above this one danger drowns in the rest of the text
MOST_PIECES = 12  # bounds the time of one call; patterns read the whole text anyway
_BREAK = re.compile(r"(?<=[.!?;\n])\s+")


class Classifier:
    """Loads its pack at the first call. Safe to call from several threads."""

    def __init__(self, vectors: SentenceVectors, pack: Path = PACK) -> None:
        self._vectors = vectors
        self._pack = Pack(pack)

    def warm(self) -> None:
        self._pack.model()
        self._vectors.warm()

    def probabilities(self, text: str, read: Forms) -> Mapping[str, float]:
        """Label to probability; over the pieces of a long text, the highest of each unsafe label."""
        result: dict[str, float] = {}
        model = self._pack.model()
        for piece in pieces(read.clean):
            row = features(text, read, self._vectors) if piece == read.clean else self._features(piece)
            for label, value in zip(model.labels, model.probabilities(row[None])[0], strict=True):
                result[label] = max(result.get(label, 0.0), float(value))
        return result

    def _features(self, piece: str) -> Vector:
        return features(piece, forms(piece), self._vectors)


def pieces(text: str) -> list[str]:
    """The text itself when it is short, else at most MOST_PIECES runs of sentences or words."""
    if len(text) <= LONG_CHARACTERS:
        return [text]
    words = " ".join(_BREAK.split(text)).split(" ")
    result = [""]
    for word in words:
        if len(result[-1]) + len(word) > LONG_CHARACTERS and result[-1]:
            result.append("")
        result[-1] = f"{result[-1]} {word[:LONG_CHARACTERS]}".strip()
    return result[:MOST_PIECES]
