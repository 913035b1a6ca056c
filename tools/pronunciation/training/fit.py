"""Fits the whole pack: folds of speakers for figures and thresholds, then everything for what is shipped."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation import lattice, pack
from tools.pronunciation.goodness import distance, word_places
from tools.pronunciation.head import PhoneHead
from tools.pronunciation.scorer import Scorer, Scores
from tools.pronunciation.training import head as head_training
from tools.pronunciation.training import scorer as scorer_training
from tools.pronunciation.training.corpus import Heard, Utterance
from tools.pronunciation.training.head import WILDCARD, Spoken
from tools.pronunciation.training.scorer import Scored
from tools.pronunciation.training.swaps import as_spoken, swapped
from tools.pronunciation.training.synthetic import Synthetic

FOLDS = 5
SEEDS = 4
SWAPPED_COPIES = 1
MISHEARD_BELOW = 0.5  # experts' score under which it is not known what was said: a wildcard for the phone head
REFUSED = 0.01  # share of true sentences that the wrong-sentence gate may refuse
OMITTED_ALARMS = 0.005  # share of said words that may be called left out
WRONG_ALARMS = 0.02  # share of well-said phones that may be called another phone

Say = Callable[[str], None]


@dataclass(frozen=True)
class Held:
    """What was predicted of an utterance by a model that never heard its speaker."""

    utterance: Utterance
    scores: Scores
    posteriors: lattice.Floats  # [L] the baseline: log posterior of the asked phones
    alarms: NDArray[np.float32]  # probability of another phone where the experts heard the asked one


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


def fit(heard: Sequence[Heard], synthetic: Sequence[Synthetic], say: Say, seeds: int = SEEDS) -> Fitted:
    """Fits head, scorer and thresholds to everything heard; `say` is told of progress.

    Figures and thresholds are of the scored speech alone, each utterance judged by a head and a scorer that never heard
    its speaker.
    """
    folds = folds_of([one.utterance.speaker for one in heard])
    voices = folds_of([one.heard.utterance.speaker for one in synthetic])
    heads = []
    for out in range(FOLDS):
        known = [_spoken(one) for one, fold in zip(heard, folds, strict=True) if fold != out]
        heads.append(
            _head(known + [_voiced(one) for one, fold in zip(synthetic, voices, strict=True) if fold != out], out)
        )
        say(f"phone head without fold {out + 1} of {FOLDS}")
    rows = [_rows(one, heads[fold], seed) for seed, (one, fold) in enumerate(zip(heard, folds, strict=True))]
    extra = [
        _rows(one.heard, heads[fold], seed) for seed, (one, fold) in enumerate(zip(synthetic, voices, strict=True))
    ]
    say("goodness of all references, as said and changed")
    held: dict[int, Held] = {}
    for out in range(FOLDS):
        lessons = _flat([*(row for row, fold in zip(rows, folds, strict=True) if fold != out), *extra])
        scorer = Scorer([scorer_training.fit(lessons, seed).exported() for seed in range(max(1, seeds // 2))])
        for index in np.flatnonzero(folds == out).tolist():
            held[index] = _held(heard[index], rows[index][0], scorer)
        say(f"scorer without fold {out + 1} of {FOLDS}")
    members = [scorer_training.fit(_flat([*rows, *extra]), seed).exported() for seed in range(seeds)]
    say("scorer of everything")
    head = head_training.fit([*(_spoken(one) for one in heard), *(_voiced(one) for one in synthetic)], FOLDS).exported()
    say("phone head of everything")
    by_head = [heads[fold] for fold in folds]
    thresholds = pack.Thresholds(
        gap=_gap(heard, by_head),
        omission=_omission(heard, by_head),
        wrong=float(np.quantile(np.concatenate([one.alarms for one in held.values()]), 1 - WRONG_ALARMS)),
    )
    return Fitted(head, members, thresholds, [held[index] for index in range(len(heard))])


def _head(spoken: Sequence[Spoken], seed: int) -> PhoneHead:
    return PhoneHead(head_training.fit(spoken, seed).exported())


def _spoken(heard: Heard) -> Spoken:
    one = heard.utterance
    return Spoken(heard.vectors, heard.stream, np.where(one.of_phones < MISHEARD_BELOW, WILDCARD, one.labels))


def _voiced(synthetic: Synthetic) -> Spoken:
    return Spoken(synthetic.heard.vectors, synthetic.heard.stream, synthetic.said)


def _rows(heard: Heard, head: PhoneHead, seed: int) -> list[Scored]:
    """The utterance as it was scored, then against changed references."""
    chance = np.random.default_rng(seed)
    return [as_spoken(heard, head), *(swapped(heard, head, chance) for _ in range(SWAPPED_COPIES))]


def _flat(rows: Sequence[Sequence[Scored]]) -> list[Scored]:
    return [one for group in rows for one in group]


def _held(heard: Heard, spoken: Scored, scorer: Scorer) -> Held:
    ratios = spoken.goodness.ratios.copy()
    ratios[np.arange(len(ratios)), spoken.goodness.phones] = -np.inf
    scores = scorer.score(spoken.goodness)
    return Held(heard.utterance, scores, -np.log1p(np.exp(ratios).sum(axis=1)), scores.wrong[spoken.wrong == 0])


def _gap(heard: Sequence[Heard], heads: Sequence[PhoneHead]) -> float:
    evidence = [one.evidence(head) for one, head in zip(heard, heads, strict=True)]
    far = [distance((ears.head, ears.stream), one.utterance.labels) for ears, one in zip(evidence, heard, strict=True)]
    return float(np.quantile(far, 1 - REFUSED))


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
