"""Computes the mean vectors that centring subtracts: `python -m providers.embeddings.centre` rebuilds the file.

e5 puts every sentence of one language into a narrow cone, and each language into its own; without the
cone's mean, translations find each other and cosines spread.
"""

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from providers.embeddings.e5 import E5, MEANS_FILE, mean_key
from providers.ports import Vector

ROOM = files("providers.embeddings")
SENTENCES_FILE = "centring.tsv"


def sentences() -> dict[str, list[str]]:
    """Everyday sentences by language, about eighty each, translations of each other."""
    header, *rows = (line.split("\t") for line in _text().splitlines())
    return {language: [row[column] for row in rows] for column, language in enumerate(header)}


def digest() -> str:
    """SHA-256 of the sentences: stored beside the means, so that a change of one without the other is seen."""
    return hashlib.sha256(_text().encode()).hexdigest()


def mean(model: E5, language: str, *, query: bool) -> Vector:
    """Mean of the unit vectors of a language's sentences, shape (384,); `model` must not be centred."""
    average: Vector = model.encode(sentences()[language], query=query).mean(axis=0, dtype=np.float32)
    return average


def main() -> None:
    model = E5(centred=False)
    stored: dict[str, Any] = {
        mean_key(language, query): mean(model, language, query=query)
        for language in sentences()
        for query in (True, False)
    }
    np.savez(Path(str(ROOM.joinpath(MEANS_FILE))), sentences=np.array(digest()), **stored)


def _text() -> str:
    return ROOM.joinpath(SENTENCES_FILE).read_text("utf-8")


if __name__ == "__main__":
    main()
