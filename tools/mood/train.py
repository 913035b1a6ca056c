"""Fits the mood weights on sentences.tsv: `python -m tools.mood.train`."""

from pathlib import Path

from tools import linear
from tools.language import LanguageTool
from tools.mood.tool import PACK
from tools.vectors import Encoder

SENTENCES = Path(__file__).parent / "sentences.tsv"
L2 = 5e-5


def sentences() -> list[tuple[str, str]]:
    """(mood, text) of every training sentence."""
    rows = (line.split("\t") for line in SENTENCES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [(mood, text) for mood, text in rows]


def train(encoder: Encoder) -> linear.Model:
    language = LanguageTool()
    rows = sentences()
    vectors = encoder.encode([language.spell(text) for _, text in rows], query=True)
    return linear.fit(vectors, [mood for mood, _ in rows], L2, data_hash=linear.file_hash(SENTENCES))


if __name__ == "__main__":
    from providers.embeddings import E5

    train(E5()).save(PACK)
