"""What the safety classifier sees of a text: its sentence vector, with hashed words read without marks."""

import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np

from providers.ports import Matrix, Vector
from tools.safety.normalise import BOUNDARY, Forms, strip_marks

HASHED = 1024  # buckets for words and pairs of words
WORDS_SCALE = 0.6  # length of the hashed part beside the sentence vector's 1


class SentenceVectors(Protocol):
    """The synchronous embedder (providers.embeddings.E5): safe to call from several threads."""

    def warm(self) -> None: ...

    def encode(self, texts: Sequence[str], *, query: bool) -> Matrix: ...


def features(text: str, forms: Forms, vectors: SentenceVectors) -> Vector:
    """Shape (384 + HASHED,). `text` is embedded as it came: memory's search shares the cached vector."""
    return np.concatenate([vectors.encode([text], query=True)[0], words(forms)])


def words(forms: Forms) -> Vector:
    """Hashed words and neighbouring pairs, of length WORDS_SCALE. The same for "đánh" and "danh"."""
    tokens = [strip_marks(token) for token in forms.tokens if token != BOUNDARY]
    counts = np.zeros(HASHED, np.float32)
    for token in [*tokens, *(f"{a} {b}" for a, b in pairwise(tokens))]:
        counts[zlib.crc32(token.encode()) % HASHED] += 1
    length = float(np.linalg.norm(counts))
    return counts * np.float32(WORDS_SCALE / length) if length else counts
