"""Ranks candidate memories for a text: words, meaning, the talk they stood in, what they add; pure."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from memory.forgetting import retained
from memory.lexical import query_terms
from memory.notebook import Note
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


@dataclass(frozen=True)
class Candidate:
    """A note with how it was found: BM25 scores of the question and of the echo, and its cosine."""

    note: Note
    words: float = 0.0
    cosine: float = 0.0
    echo: float = 0.0


@dataclass(frozen=True)
class Asked:
    """What is searched for; `kinds` are members of the kinds of things that it names."""

    text: str
    kinds: frozenset[str]
    now: datetime


def echo_terms(candidates: Sequence[Candidate], text: str) -> list[str]:
    """Words of the best candidates that `text` does not have: a first look tells what to look for."""
    asked = set(query_terms(text))
    fit = _fit(candidates)
    best = sorted(candidates, key=lambda c: (-fit[c.note.record.id], c.note.record.order))[:ECHOED]
    return [term for c in best for term in sorted(c.note.content) if term not in asked]


def rank(candidates: Sequence[Candidate], asked: Asked) -> list[tuple[Record, float]]:
    """Records with their scores, best first."""
    fit = _fit(candidates)
    talks = _talks(candidates, fit)
    best_echo = max((c.echo for c in candidates), default=0.0) or 1.0
    named = frozenset(words(asked.text))
    scored = [
        (
            c.note.record,
            fit[c.note.record.id]
            + SAME_TALK * talks[c.note.record.said_at.date()]
            + ECHO * c.echo / best_echo
            + _prior(c.note, asked, named),
        )
        for c in candidates
    ]
    return sorted(scored, key=lambda item: (-item[1], item[0].order))


def chosen(ranked: Iterable[tuple[Record, float]], limit: int, max_tokens: int) -> list[tuple[Record, float]]:
    """The first `limit` that say something new, as far as `max_tokens` reach (one at least)."""
    kept: list[tuple[Record, float]] = []
    seen: list[frozenset[str]] = []
    spent = 0.0
    for record, score in ranked:
        said = frozenset(words(record.text))
        spent += TOKENS_A_WORD * len(said) if kept else 0
        if len(kept) == limit or spent > max_tokens:
            break
        if not any(_alike(said, other) for other in seen):
            kept.append((record, score))
            seen.append(said)
    return kept


def _fit(candidates: Sequence[Candidate]) -> Mapping[str, float]:
    """0 to 2: words and meaning, each measured against the best."""
    most = max((c.words for c in candidates), default=0.0) or 1.0
    nearest = max((c.cosine for c in candidates), default=0.0) - LOWEST_COSINE or 1.0
    return {c.note.record.id: c.words / most + max(0.0, (c.cosine - LOWEST_COSINE) / nearest) for c in candidates}


def _talks(candidates: Sequence[Candidate], fit: Mapping[str, float]) -> Mapping[date, float]:
    """0 to 1 a day: the mean of its best turns."""
    by_day: defaultdict[date, list[float]] = defaultdict(list)
    for c in candidates:
        by_day[c.note.record.said_at.date()].append(fit[c.note.record.id])
    means = {day: sum(sorted(fits)[-TALK_BEST:]) / TALK_BEST for day, fits in by_day.items()}
    best = max(means.values(), default=0.0) or 1.0
    return {day: mean / best for day, mean in means.items()}


def _prior(note: Note, asked: Asked, named: frozenset[str]) -> float:
    record = note.record
    length = min(math.log1p(len(record.text.split())) / 4, 1.0)
    return (
        LENGTH * length
        + (QUESTION if record.text.rstrip().endswith("?") else 0.0)
        + (OF_KIND if asked.kinds & note.content else 0.0)
        + (SPEAKER if record.speaker.casefold() in named else 0.0)
        + RETAINED * retained(record, asked.now)
        + IMPORTANCE * record.importance
    )


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) / len(one | other) >= REPEATED
