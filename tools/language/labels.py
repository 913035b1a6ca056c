"""Decides the language of an utterance and of its words from per-word evidence."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SWITCH = -4.2  # log cost of changing the language inside an utterance
TEMPERATURE = 1.6  # evidence of neighbouring words is not independent: softens the posterior


@dataclass(frozen=True)
class Evidence:
    """Log likelihood of one word as English and as Vietnamese; equal for names, numbers and the like."""

    en: float
    vi: float


@dataclass(frozen=True)
class Decision:
    """`label` is en, vi or mixed; `words` holds en or vi for every word; `confidence` is the label's posterior."""

    label: str
    words: tuple[str, ...]
    confidence: float


def decide(evidence: Sequence[Evidence], switch: float = SWITCH) -> Decision:
    """The likeliest reading: all English, all Vietnamese, or the best path that changes between them.

    A two-state Viterbi; paths of one language are scored apart so that the label has a posterior.
    """
    english = sum(word.en for word in evidence)
    vietnamese = sum(word.vi for word in evidence)
    path, mixed = _best_mixed(evidence, switch)
    scores = {"en": english, "vi": vietnamese, "mixed": mixed}
    top = max(scores.values())
    weights = {label: math.exp((score - top) / TEMPERATURE) for label, score in scores.items()}
    label = max(weights, key=lambda name: weights[name])
    words = path if label == "mixed" else (label,) * len(evidence)
    return Decision(label, words, weights[label] / sum(weights.values()))


def _best_mixed(evidence: Sequence[Evidence], switch: float) -> tuple[tuple[str, ...], float]:
    """Viterbi over (language, changed yet); returns the best path that changed at least once, and its score."""
    if len(evidence) < 2:
        return (), -math.inf
    first = evidence[0]
    best: dict[tuple[str, bool], tuple[float, tuple[str, ...]]] = {
        ("en", False): (first.en, ("en",)),
        ("vi", False): (first.vi, ("vi",)),
    }
    for word in evidence[1:]:
        following: dict[tuple[str, bool], tuple[float, tuple[str, ...]]] = {}
        for (last, changed), (score, path) in best.items():
            for language, gain in (("en", word.en), ("vi", word.vi)):
                key = (language, changed or language != last)
                total = score + gain + (switch if language != last else 0.0)
                if key not in following or total > following[key][0]:
                    following[key] = (total, (*path, language))
        best = following
    candidates = [value for (_, changed), value in best.items() if changed]
    score, path = max(candidates, key=lambda value: value[0])
    return path, score
