"""The shipped content, read once, with an embedder that counts what it is asked for."""

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest

from lessons.loader import Content, load
from lessons.service import CONTENT, Lessons
from providers.ports import Matrix, Vector


class HashedWords:
    """A real, if crude, embedder: sums of word vectors that are seeded by the word. Near texts share words."""

    version = "hashed-words-1"
    dimensions = 64

    def __init__(self) -> None:
        self.embedded: list[str] = []

    async def query(self, text: str) -> Vector:
        return self._vector(text)

    async def passages(self, texts: Sequence[str]) -> Matrix:
        self.embedded.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vector:
        total = np.zeros(self.dimensions)
        for word in text.casefold().split():
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(self.dimensions)
        return (total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32)


@pytest.fixture(scope="session")
def content() -> Content:
    return load(CONTENT)


@pytest.fixture
def embedder() -> HashedWords:
    return HashedWords()


@pytest.fixture
def lessons(content: Content, embedder: HashedWords) -> Lessons:
    return Lessons(content, embedder)
