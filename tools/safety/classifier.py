"""Probabilities of the safety labels from the trained pack, sentence by sentence where a text is long."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from providers.ports import Vector
from tools.language import LanguageTool
from tools.network import load
from tools.safety.features import SentenceVectors, evidence, features
from tools.safety.lexicon import Hit
from tools.safety.normalise import Forms, forms

PACK = Path(__file__).parent / "safety.npz"
LONG_CHARACTERS = 200  # above this one danger drowns in the rest of the text
SAFE = "safe"
MOST_PIECES = 12  # bounds the time of one call; patterns read the whole text anyway
_BREAK = re.compile(r"(?<=[.!?;\n])\s+")


class Classifier:
    """Loads its pack at the first call. Safe to call from several threads."""

    def __init__(self, vectors: SentenceVectors, language: LanguageTool, pack: Path = PACK) -> None:
        self._vectors = vectors
        self._language = language
        self._pack = pack

    def warm(self) -> None:
        load(self._pack)
        self._vectors.warm()
        self._language.warm()

    def probabilities(self, read: Forms, hits: Sequence[Hit]) -> Mapping[str, float]:
        """Label to probability; over the pieces of a long text, those of the piece that is least safe in each label.

        `hits`: the evidence in the whole text.
        """
        model = load(self._pack)
        cut = pieces(read.clean)
        rows = [self._features(piece, read, hits) if piece == read.clean else self._apart(piece) for piece in cut]
        found = model.probabilities(np.stack(rows))
        worst = np.where(np.array(model.labels) == SAFE, found.min(axis=0), found.max(axis=0))
        return dict(zip(model.labels, map(float, worst), strict=True))

    def _apart(self, piece: str) -> Vector:
        read = forms(piece)
        return self._features(piece, read, evidence(read))

    def _features(self, piece: str, read: Forms, hits: Sequence[Hit]) -> Vector:
        return features(self._language.spell(piece), read, hits, self._vectors)


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
