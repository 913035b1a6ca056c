"""What the safety classifier sees of a text: its sentence vector, hashed words and letters, the patterns that fired."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Protocol

import numpy as np

from providers.ports import Matrix, Vector
from tools.safety.lexicon import NEUTRAL, Hit, screen
from tools.safety.normalise import BOUNDARY, Forms, strip_marks
from tools.safety.pii import NAMES, find

WORD_BUCKETS = 1024  # for words and pairs of words
LETTER_BUCKETS = 2048  # for runs of 3 to 5 letters, which survive a child's spelling
HASHED = WORD_BUCKETS + LETTER_BUCKETS
WORDS_SCALE, LETTERS_SCALE = 0.5, 0.6  # lengths of the hashed parts beside the sentence vector's 1
DIMENSIONS = 384


class SentenceVectors(Protocol):
    """The synchronous embedder (providers.embeddings.E5): safe to call from several threads."""

    def warm(self) -> None: ...

    def encode(self, texts: Sequence[str], *, query: bool) -> Matrix: ...


def features(spelled: str, forms: Forms, hits: Sequence[Hit], vectors: SentenceVectors) -> Vector:
    """Shape (DIMENSIONS + HASHED + patterns,). `spelled`: the text in full spelling, as mood and intent embed it."""
    return np.concatenate([vectors.encode([spelled], query=True)[0], words(forms), patterns(hits)])


def evidence(forms: Forms) -> list[Hit]:
    """Pattern hits, personal data among them."""
    return [*screen().hits(forms), *find(forms.clean).hits]


def patterns(hits: Sequence[Hit]) -> Vector:
    """For each pattern of `pattern_places` how much it says, -1 (against its label) to 1; 0 where it is silent."""
    places = pattern_places()
    row = np.zeros(len(places), np.float32)
    for hit in hits:
        row[places[f"{hit.label}.{hit.id}"]] = hit.weight - NEUTRAL
    return row


@cache
def pattern_places() -> Mapping[str, int]:
    """The column of each pattern, by label and id."""
    rules, contexts = screen()
    names = {f"{rule.label}.{rule.id}" for rule in rules} | {f"pii_share.{name}" for name in NAMES}
    names |= {f"{label}.{context.id}" for context in contexts for label in context.labels}
    return {name: column for column, name in enumerate(sorted(names))}


def words(forms: Forms) -> Vector:
    """Hashed words, neighbouring pairs and runs of letters, shape (HASHED,). The same for "đánh" and "danh"."""
    tokens = [strip_marks(token) for token in forms.tokens if token != BOUNDARY]
    line = f" {' '.join(tokens)} "
    runs = (line[i : i + size] for size in (3, 4, 5) for i in range(len(line) - size + 1))
    pairs = (f"{a} {b}" for a, b in pairwise(tokens))
    parts = [_hashed([*tokens, *pairs], WORD_BUCKETS, WORDS_SCALE), _hashed(runs, LETTER_BUCKETS, LETTERS_SCALE)]
    return np.concatenate(parts).astype(np.float16).astype(np.float32)  # as precise as the weights that read it


def _hashed(parts: Iterable[str], buckets: int, length: float) -> Vector:
    places = [zlib.crc32(part.encode()) % buckets for part in parts]
    counts = np.bincount(places, minlength=buckets).astype(np.float32) if places else np.zeros(buckets, np.float32)
    norm = float(np.linalg.norm(counts))
    return counts * np.float32(length / norm) if norm else counts
