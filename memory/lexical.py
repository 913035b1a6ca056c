"""Weighs words for BM25 as sparse vectors: a document's part here, the rarity of a word in the store."""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

from memory.text import concepts

K1, B = 1.2, 0.75
AVERAGE_WORDS = 12.0  # a stored document's usual length in content words; BM25 wants one number for all

Words = Mapping[int, float]  # weight by a word's 32-bit number


def query_terms(text: str) -> list[str]:
    return concepts(fold_dates(text))


def fold_dates(text: str) -> str:
    """ "17th of September" -> "17 of september"."""
    return " ".join(
        word[:-2] if word[:1].isdigit() and word[-2:] in {"st", "nd", "rd", "th"} else word for word in text.split()
    )


def document_words(text: str) -> Words:
    """What a document adds to the score of each of its words, but for the word's rarity.

    Okapi BM25 (Robertson & Zaragoza 2009), k1 = 1.2, b = 0.75; the store multiplies by ln(1 + (N - n + .5) / (n + .5)).
    """
    counted = Counter(concepts(text))
    room = K1 * (1 - B + B * counted.total() / AVERAGE_WORDS)
    return _numbered((term, often * (K1 + 1) / (often + room)) for term, often in counted.items())


def query_words(terms: Iterable[str]) -> Words:
    """Each word of a query once."""
    return _numbered((term, 1.0) for term in dict.fromkeys(terms))


def _numbered(weighted: Iterable[tuple[str, float]]) -> Words:
    """Two words that share a number (one pair in four thousand million) count as one."""
    words: dict[int, float] = {}
    for term, weight in weighted:
        number = zlib.crc32(term.encode())
        words[number] = max(weight, words.get(number, 0.0))
    return words
