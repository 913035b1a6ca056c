"""Plain Okapi BM25 over the raw turns."""

import math
from collections import Counter
from collections.abc import Sequence

from memory.lexical import K1, B, query_terms
from memory.records import Record
from memory.text import concepts


def ranked_by_words(question: str, records: Sequence[Record]) -> list[str]:
    """Turn ids, best first (Robertson & Zaragoza 2009, k1 = 1.2, b = 0.75)."""
    documents = [Counter(concepts(record.passage)) for record in records]
    lengths = [document.total() for document in documents]
    average = sum(lengths) / len(lengths)
    scores = [0.0] * len(documents)
    for term in set(query_terms(question)):
        holders = [index for index, document in enumerate(documents) if term in document]
        weight = math.log(1 + (len(documents) - len(holders) + 0.5) / (len(holders) + 0.5))
        for index in holders:
            often = documents[index][term]
            scores[index] += weight * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths[index] / average))
    order = sorted(range(len(records)), key=lambda index: (-scores[index], index))
    return [records[index].turn_id for index in order]
