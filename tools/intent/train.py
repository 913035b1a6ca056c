"""Fits the intent weights on sentences.tsv: `python -m tools.intent.train`."""

from pathlib import Path

import numpy as np

from tools import linear
from tools.intent import context, features
from tools.intent.tool import PACK
from tools.language import LanguageTool
from tools.vectors import Encoder

FOLDER = Path(__file__).parent
SENTENCES = FOLDER / "sentences.tsv"
L2 = 1e-4


def sentences() -> list[tuple[str, str, str]]:
    """(label, text, coach's line) of every training sentence."""
    rows = (line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [(label, text, coach) for label, text, coach in rows]


def without_context_too(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """`rows` and each of them once more as if the coach had said nothing, so that the text has to tell."""
    return [*rows, *((label, text, "") for label, text, coach in rows if coach)]


def matrix(rows: list[tuple[str, str, str]], encoder: Encoder) -> linear.Floats:
    """Feature rows of shape (n, features)."""
    language = LanguageTool()
    spelled = [language.spell(text) for _, text, _ in rows]
    vectors = encoder.encode(spelled, query=True)
    return np.stack(
        [
            features.row(vector, line, context.read(coach))
            for vector, line, (_, _, coach) in zip(vectors, spelled, rows, strict=True)
        ]
    )


def train(encoder: Encoder) -> linear.Model:
    rows = without_context_too(sentences())
    labels = [label for label, _, _ in rows]
    return linear.fit(matrix(rows, encoder), labels, L2, data_hash=linear.file_hash(SENTENCES))


if __name__ == "__main__":
    from providers.embeddings import E5

    train(E5()).save(PACK)
