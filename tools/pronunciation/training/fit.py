"""Fits the whole pack: folds of speakers for figures and thresholds, then everything for what is shipped."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation import lattice, pack
from tools.pronunciation.goodness import Evidence, gap, word_places
from tools.pronunciation.head import PhoneHead
from tools.pronunciation.scorer import Scorer, Scores
from tools.pronunciation.training import head as head_training
from tools.pronunciation.training import scorer as scorer_training
from tools.pronunciation.training.corpus import Heard, Utterance
from tools.pronunciation.training.head import WILDCARD, Spoken
from tools.pronunciation.training.scorer import Scored
from tools.pronunciation.training.swaps import as_spoken, swapped

FOLDS = 5
SEEDS = 4
SWAPPED_COPIES = 2
MISHEARD_BELOW = 0.5  # experts' score under which it is not known what was said: a wildcard for the phone head
REFUSED = 0.002  # share of true sentences that the wrong-sentence gate may refuse
OMITTED_ALARMS = 0.005  # share of said words that may be called left out
WRONG_ALARMS = 0.02  # share of well-said phones that may be called another phone

Say = Callable[[str], None]


@dataclass(frozen=True)
class Held:
    """What was predicted of an utterance by a model that never heard its speaker."""

    utterance: Utterance
    scores: Scores
    goodness_posterior: lattice.Floats  # [L] the baseline: mean log posterior of both ears


@dataclass(frozen=True)
class Fitted:
    head: Mapping[str, NDArray[np.float32]]
    members: Sequence[Mapping[str, scorer_training.Floats]]
    thresholds: pack.Thresholds
    held: Sequence[Held]

    def save(self, path: Path) -> None:
        pack.save(path, self.head, self.members, self.thresholds)


def folds_of(speakers: Sequence[str], folds: int = FOLDS) -> lattice.Ints:
    """A fold 0..folds-1 for each utterance; all of a speaker's are in one."""
    order = {speaker: index for index, speaker in enumerate(sorted(set(speakers)))}
    return np.array([order[speaker] % folds for speaker in speakers])


def fit(heard: Sequence[Heard], say: Say, seeds: int = SEEDS) -> Fitted:
    """Fits head, scorer and thresholds to everything heard; `say` is told of progress."""
    folds = folds_of([one.utterance.speaker for one in heard])
    heads = [
        _head([one for one, fold in zip(heard, folds, strict=True) if fold != out], out, say) for out in range(FOLDS)
    ]
    spoken = [as_spoken(one, heads[fold]) for one, fold in zip(heard, folds, strict=True)]
    say("goodness of what was said")
    changed = [_changed(one, heads[fold], seed) for seed, (one, fold) in enumerate(zip(heard, folds, strict=True))]
    say("goodness of changed references")
    held: dict[int, Held] = {}
    alarms: list[float] = []
    for out in range(FOLDS):
        inside = [index for index, fold in enumerate(folds) if fold != out]
        rows = [spoken[index] for index in inside] + [row for index in inside for row in changed[index]]
        scorer = Scorer([scorer_training.fit(rows, seed).exported() for seed in range(max(1, seeds // 2))])
        for index in np.flatnonzero(folds == out).tolist():
            held[index] = _held(heard[index], spoken[index], scorer)
            alarms += _alarms(spoken[index], held[index].scores)
        say(f"scorer without fold {out + 1} of {FOLDS}")
    everything = [*spoken, *(row for rows in changed for row in rows)]
    members = [scorer_training.fit(everything, seed).exported() for seed in range(seeds)]
    say("scorer of everything")
    head = head_training.fit([_spoken(one) for one in heard], FOLDS).exported()
    say("phone head of everything")
    wrong = float(np.quantile(alarms, 1 - WRONG_ALARMS))
    by_head = [heads[fold] for fold in folds]
    thresholds = pack.Thresholds(gap=_gap(heard, by_head), omission=_omission(heard, by_head), wrong=wrong)
    return Fitted(head, members, thresholds, [held[index] for index in range(len(heard))])


def _head(heard: Sequence[Heard], seed: int, say: Say) -> PhoneHead:
    head = PhoneHead(head_training.fit([_spoken(one) for one in heard], seed).exported())
    say(f"phone head without fold {seed + 1} of {FOLDS}")
    return head


def _spoken(heard: Heard) -> Spoken:
    one = heard.utterance
    return Spoken(heard.vectors, np.where(one.of_phones < MISHEARD_BELOW, WILDCARD, one.labels))


def _changed(heard: Heard, head: PhoneHead, seed: int) -> list[Scored]:
    chance = np.random.default_rng(seed)
    return [swapped(heard, head, chance) for _ in range(SWAPPED_COPIES)]


def _held(heard: Heard, spoken: Scored, scorer: Scorer) -> Held:
    ratios = spoken.goodness.ratios
    own = np.arange(len(ratios))
    rivals = ratios.copy()
    rivals[own, spoken.goodness.phones] = -np.inf
    return Held(heard.utterance, scorer.score(spoken.goodness), -np.log1p(np.exp(rivals).sum(axis=1)))


def _alarms(spoken: Scored, scores: Scores) -> list[float]:
    well_said = spoken.wrong == 0
    return [float(value) for value in scores.wrong[well_said]]


def _gap(heard: Sequence[Heard], heads: Sequence[PhoneHead]) -> float:
    gaps = [distance(one.evidence(head), one.utterance.labels) for one, head in zip(heard, heads, strict=True)]
    return float(np.quantile(gaps, 1 - REFUSED))


def distance(evidence: Evidence, labels: lattice.Ints) -> float:
    """Mean gap of both ears, nats per phone."""
    ears = (evidence.head, evidence.stream)
    return sum(gap(ear, lattice.log_likelihood(ear, labels), len(labels)) for ear in ears) / 2


def _omission(heard: Sequence[Heard], heads: Sequence[PhoneHead]) -> float:
    gains = [gain for one, head in zip(heard, heads, strict=True) for gain in _said_gains(one, head)]
    return float(np.quantile(gains, 1 - OMITTED_ALARMS))


def _said_gains(heard: Heard, head: PhoneHead) -> Iterator[float]:
    """Per word that the experts heard, how much better per phone the utterance fits without it."""
    one = heard.utterance
    places = word_places(one.words)
    if len(places) == 1:
        return
    evidence = heard.evidence(head)
    ears = (evidence.head, evidence.stream)
    head_gains, stream_gains = (lattice.omissions(lattice.lattice(ear, one.labels), places) for ear in ears)
    for (first, end), gain, scores in zip(places, (head_gains + stream_gains) / 2, one.of_words, strict=True):
        if scores[0] >= MISHEARD_BELOW:
            yield float(gain) / (end - first)
