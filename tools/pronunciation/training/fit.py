"""Fits the whole pack: folds of speakers for figures, decision and thresholds, then everything for what is shipped."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation import lattice, pack
from tools.pronunciation.decision import HEARD, Decision
from tools.pronunciation.goodness import FORGIVEN_NATS, Goodness, word_places
from tools.pronunciation.head import PhoneHead
from tools.pronunciation.scorer import Scorer, Scores
from tools.pronunciation.training import decision as decision_training
from tools.pronunciation.training.corpus import Utterance
from tools.pronunciation.training.material import FOLDS, Material, Say
from tools.pronunciation.training.networks import Fitter
from tools.pronunciation.training.rows import Kind, Row, rows_of, spoken_of
from tools.pronunciation.training.scored import UNKNOWN

MISHEARD_BELOW = 0.5  # experts' score under which a word is not held to have been said
REFUSED = 0.01  # share of true sentences that the wrong-sentence gate may refuse
OMITTED_ALARMS = 0.005  # share of said words that may be called left out
WRONG_ALARMS = 0.02  # share of well-said phones that may be called another phone, of children and of machines
DECISION_WEIGHTS = {"scored": 1.0, "noisy": 0.5, "machine": 2.0}

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Held:
    """What was predicted of an utterance by models that never heard its speaker; posteriors [L]: the baseline."""

    utterance: Utterance
    scores: Scores
    posteriors: lattice.Floats


@dataclass(frozen=True)
class Trial:
    """One reference decided upon by models that never heard its speaker, where it is known what was said.

    wrong, noticed, named [N]: another phone was said; it was noticed; it was noticed and rightly named (only where
    `nameable`).
    """

    kind: Kind
    speaker: str
    wrong: Bools
    noticed: Bools
    named: Bools
    nameable: Bools


@dataclass(frozen=True)
class Fitted:
    """What is shipped (`whole`), what each fold's models are (`folds`), and how these did on the speakers left out.

    noisy: the spoiled copies of some of the utterances in `held`.
    """

    whole: pack.Weights
    folds: Sequence[pack.Weights]
    held: Sequence[Held]
    noisy: Sequence[Held]
    trials: Sequence[Trial]


def fit(material: Material, fitter: Fitter, say: Say) -> Fitted:
    """Fits head, scorer, decision and thresholds; `say` is told of progress.

    Figures are of the scored speech; decision and thresholds also of noisy copies and of machine voices: each judged by
    models that never heard its speaker, nor its voice. The scorers of the folds together are the one that ships.
    """
    by_fold = [material.split(out) for out in range(FOLDS)]
    heads = []
    for out, (known, _) in enumerate(by_fold):
        heads.append(fitter.head(spoken_of(known), out))
        say(f"phone head without fold {out + 1} of {FOLDS}")
    rows = [rows_of(unknown, PhoneHead(head)) for (_, unknown), head in zip(by_fold, heads, strict=True)]
    say("goodness of all references, as said and changed")
    members, tried = [], []
    for out in range(FOLDS):
        lessons = [row.scored for other in range(FOLDS) if other != out for row in rows[other]]
        members.append(fitter.scorer(lessons, out))
        scorer = Scorer(members[-1:])
        tried.append([(row, scorer.score(row.scored.goodness)) for row in rows[out]])
        say(f"scorer without fold {out + 1} of {FOLDS}")
    every = [one for fold in tried for one in fold]
    decision = decided(every)
    thresholds = thresholds_of(every, decision)
    head = fitter.head(spoken_of(material), FOLDS)
    say("phone head of everything")
    apart = [[one for other in range(FOLDS) if other != out for one in tried[other]] for out in range(FOLDS)]
    held_decisions = [decided(some) for some in apart]
    held_thresholds = [thresholds_of(some, one) for some, one in zip(apart, held_decisions, strict=True)]
    return Fitted(
        whole=pack.Weights(head, members, decision, thresholds),
        folds=[
            pack.Weights(heads[out], [members[out]], held_decisions[out], held_thresholds[out]) for out in range(FOLDS)
        ],
        held=held_of(every, "scored"),
        noisy=held_of(every, "noisy"),
        trials=[
            trial_of(row, scores, one, limits.wrong)
            for fold, one, limits in zip(tried, held_decisions, held_thresholds, strict=True)
            for row, scores in fold
        ],
    )


Tried = tuple[Row, Scores]


def decided(tried: Sequence[Tried]) -> Decision:
    """The decision fitted to these."""
    return decision_training.fit([(row.scored, scores, DECISION_WEIGHTS[row.kind]) for row, scores in tried])


def thresholds_of(tried: Sequence[Tried], decision: Decision) -> pack.Thresholds:
    """Where decisions fall so that no more than the named shares are alarms. Noise does not move them."""
    true = [row for row, _ in tried if row.kind == "scored" and not row.is_changed]
    return pack.Thresholds(
        gap=float(np.quantile([_distance(row) for row in true], 1 - REFUSED)),
        omission=float(np.quantile([gain for row in true for gain in said_gains(row)], 1 - OMITTED_ALARMS)),
        wrong=max(_wrong_limit(tried, decision, kind) for kind in ("scored", "machine")),
    )


def _wrong_limit(tried: Sequence[Tried], decision: Decision, kind: str) -> float:
    """The probability that WRONG_ALARMS of the phones exceed that were said as asked."""
    asked = [(row, scores) for row, scores in tried if row.kind == kind and not row.is_changed]
    chances = [decision.decide(row.scored.goodness, scores)[0][row.scored.wrong == 0] for row, scores in asked]
    return float(np.quantile(np.concatenate(chances), 1 - WRONG_ALARMS))


def trial_of(row: Row, scores: Scores, decision: Decision, limit: float) -> Trial:
    """What the decision makes of a reference."""
    known = ~np.isnan(row.scored.wrong)
    chances, names = decision.decide(row.scored.goodness, scores)
    instead = row.scored.instead[known]
    noticed = (chances > limit)[known]
    right = np.array([HEARD.index(name) for name in names])[known] == instead
    nameable = instead != UNKNOWN
    return Trial(
        row.kind, row.utterance.speaker, row.scored.wrong[known] == 1, noticed, noticed & right & nameable, nameable
    )


def held_of(tried: Sequence[Tried], kind: Kind) -> list[Held]:
    """What was predicted of the utterances of a kind, as they were asked."""
    return [
        Held(row.utterance, scores, _posteriors(row.scored.goodness))
        for row, scores in tried
        if row.kind == kind and not row.is_changed
    ]


def _posteriors(goodness: Goodness) -> lattice.Floats:
    """[L]: log posterior of each asked phone against all others."""
    ratios = goodness.ratios
    ratios[np.arange(len(ratios)), goodness.phones] = -np.inf
    logs: lattice.Floats = -np.log1p(np.exp(ratios).sum(axis=1))
    return logs


def _distance(row: Row) -> float:
    """As `goodness.distance`."""
    return max(0.0, row.scored.goodness.gap - FORGIVEN_NATS / len(row.scored.phones))


def said_gains(row: Row) -> list[float]:
    """Per word that the experts heard, how much better per phone the utterance fits without it."""
    places = word_places(row.scored.goodness.words)
    if len(places) == 1:
        return []
    gains = row.scored.goodness.omitted.mean(axis=0)
    return [
        float(gain) / (end - first)
        for (first, end), gain, scores in zip(places, gains, row.scored.words, strict=True)
        if scores[0] >= MISHEARD_BELOW
    ]
