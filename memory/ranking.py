"""Ranks candidate memories for a text: words, meaning, the talk they stood in, what they add; pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from memory.cards import Card
from memory.forgetting import kept
from memory.kinds import members
from memory.records import Record
from memory.text import words

# Weights tuned on LoCoMo's conversations 1 to 3 and reported on others; see docs/memory.md.
SAME_TALK, ECHO, OF_KIND, LENGTH, SPEAKER, QUESTION = 0.9, 0.5, 0.3, 0.6, 0.2, -0.4
RETAINED, IMPORTANCE = 0.05, 0.05  # priors stay small: recency at weight 1 loses a fifth of LoCoMo's evidence
LOWEST_COSINE = -0.2  # of unrelated sentences, centred (5th percentile)
TALK_BEST = 3  # a talk is as good as its best turns
ECHOED = 5  # the best candidates, whose own words are searched for once more
REPEATED = 0.8  # Jaccard index of two turns that say the same
TOKENS_A_WORD = 1.4


class Candidate(NamedTuple):
    """A memory with how it was found: BM25 scores of the question and of the echo, and its cosine."""

    card: Card
    words: float = 0.0
    cosine: float = 0.0
    echo: float = 0.0


@dataclass(frozen=True)
class Asked:
    """What is searched for; `kinds` are members of the kinds of things that it names."""

    text: str
    kinds: frozenset[str]
    now: datetime

    @classmethod
    def of(cls, text: str, now: datetime) -> "Asked":
        return cls(text, members(text), now)


def echo_terms(best: Sequence[Card], asked: Collection[str]) -> list[str]:
    """Words of the best cards that were not asked for: a first look tells what to look for."""
    return [term for card in best for term in card.stems if term not in asked]


def fit_of(by_words: Sequence[float], cosines: Sequence[float]) -> list[float]:
    """0 to 2 each: BM25 score and cosine, each measured against the best."""
    most = max(by_words, default=0.0) or 1.0
    nearest = max(cosines, default=0.0) - LOWEST_COSINE or 1.0
    return [w / most + max(0.0, (c - LOWEST_COSINE) / nearest) for w, c in zip(by_words, cosines, strict=True)]


def rank(candidates: Sequence[Candidate], asked: Asked) -> list[tuple[Card, float]]:
    """Cards with their scores, best first."""
    fit = fit_of([c.words for c in candidates], [c.cosine for c in candidates])
    talks = _talks(candidates, fit)
    best_echo = max((c.echo for c in candidates), default=0.0) or 1.0
    named, now = frozenset(words(asked.text)), asked.now.timestamp()
    scored = [
        (
            of_words
            + SAME_TALK * talks[c.card.day]
            + ECHO * c.echo / best_echo
            + LENGTH * c.card.length
            + (QUESTION if c.card.is_question else 0.0)
            + (SPEAKER if c.card.speaker in named else 0.0)
            + RETAINED * kept(c.card.half_life, now - c.card.at)
            + IMPORTANCE * c.card.importance
            + (OF_KIND if asked.kinds and not asked.kinds.isdisjoint(c.card.stems) else 0.0),
            c,
        )
        for of_words, c in zip(fit, candidates, strict=True)
    ]
    return [(c.card, score) for score, c in sorted(scored, key=_first)]


def chosen(ranked: Iterable[tuple[Record, float]], limit: int, max_tokens: int) -> list[tuple[Record, float]]:
    """The first `limit` that say something new, as far as `max_tokens` reach (one at least)."""
    taken: list[tuple[Record, float]] = []
    seen: list[frozenset[str]] = []
    spent = 0.0
    for record, score in ranked:
        said = frozenset(words(record.text))
        spent += TOKENS_A_WORD * len(said) if taken else 0
        if len(taken) == limit or spent > max_tokens:
            break
        if not any(_alike(said, other) for other in seen):
            taken.append((record, score))
            seen.append(said)
    return taken


def _first(scored: tuple[float, Candidate]) -> tuple[float, float, str]:
    """Sorts the best first; what is as good by its time, the same whichever was stored first."""
    score, candidate = scored
    return (-score, candidate.card.at, candidate.card.id)


def _talks(candidates: Sequence[Candidate], fit: Sequence[float]) -> Mapping[str, float]:
    """0 to 1 a day: the mean of its best turns."""
    by_day: defaultdict[str, list[float]] = defaultdict(list)
    for c, fitting in zip(candidates, fit, strict=True):
        by_day[c.card.day].append(fitting)
    means = {day: sum(sorted(fits)[-TALK_BEST:]) / TALK_BEST for day, fits in by_day.items()}
    best = max(means.values(), default=0.0) or 1.0
    return {day: mean / best for day, mean in means.items()}


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) / len(one | other) >= REPEATED
