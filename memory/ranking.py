"""Ranks memories for a text: words and meaning in equal parts, with a small preference for the recent."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from memory.notebook import Note
from memory.records import Record
from memory.text import concepts

K1, B = 1.2, 0.75
RECENCY_WEIGHT = 0.1  # recency at weight 1 loses a fifth of the evidence (LoCoMo recall@10 .69 -> .55)
RECENCY_HALF_LIFE_DAYS = 60.0


def query_terms(text: str) -> list[str]:
    return concepts(fold_dates(text))


def fold_dates(text: str) -> str:
    """ "17th of September" -> "17 of september"."""
    return " ".join(
        word[:-2] if word[:1].isdigit() and word[-2:] in {"st", "nd", "rd", "th"} else word for word in text.split()
    )


def bm25(query: Sequence[str], documents: Sequence[Counter[str]]) -> list[float]:
    """Okapi BM25 (Robertson & Zaragoza 2009) of each document, k1 = 1.2, b = 0.75."""
    count = len(documents)
    lengths = [document.total() for document in documents]
    average = sum(lengths) / count if count else 0.0
    scores = [0.0] * count
    for term in set(query):
        holders = [index for index, document in enumerate(documents) if term in document]
        weight = math.log(1 + (count - len(holders) + 0.5) / (len(holders) + 0.5))
        for index in holders:
            often = documents[index][term]
            scores[index] += weight * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths[index] / (average or 1)))
    return scores


def spread(scores: Sequence[float]) -> list[float]:
    """Min-max scaling to 0..1; all zeros when there is nothing to tell apart."""
    low, high = (min(scores), max(scores)) if scores else (0.0, 0.0)
    return [(score - low) / (high - low) if high > low else 0.0 for score in scores]


def recency(said_at: datetime, now: datetime) -> float:
    """1 for now, 0.5 after `RECENCY_HALF_LIFE_DAYS`."""
    days = max((now - said_at).total_seconds() / 86_400, 0.0)
    return float(0.5 ** (days / RECENCY_HALF_LIFE_DAYS))


def rank(notes: Sequence[Note], text: str, cosines: Mapping[str, float], now: datetime) -> list[tuple[Record, float]]:
    """Records with their scores, best first; `cosines` of `text` with the records, by id."""
    if not notes:
        return []
    lexical = spread(bm25(query_terms(text), [note.terms for note in notes]))
    dense = spread([cosines.get(note.record.id, 0.0) for note in notes])
    scored = [
        (note.record, (by_words + by_meaning) / 2 + RECENCY_WEIGHT * recency(note.record.said_at, now))
        for note, by_words, by_meaning in zip(notes, lexical, dense, strict=True)
    ]
    return sorted(scored, key=lambda item: (-item[1], item[0].order))
