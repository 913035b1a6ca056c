"""Fits what judges without Whisper: ridge regressions on what the phoneme recogniser alone finds."""

from collections.abc import Sequence

import numpy as np

from tools.pronunciation import pack
from tools.pronunciation.lattice import Floats
from tools.pronunciation.plain import PlainScorer, phone_inputs, utterance_inputs, word_inputs
from tools.pronunciation.training.decision import logistic
from tools.pronunciation.training.fit import Fitted, decided, held_of, thresholds_of, trial_of
from tools.pronunciation.training.material import FOLDS, Material, Say
from tools.pronunciation.training.rows import rows_of
from tools.pronunciation.training.scored import Scored

RIDGE = 10.0


def fit(material: Material, say: Say) -> Fitted:
    """As `fit.fit`, for one ear: no phone head, and one linear scorer."""
    rows = [rows_of(material.split(out)[1], None) for out in range(FOLDS)]
    say("goodness by one ear")
    weights, tried = [], []
    for out in range(FOLDS):
        weights.append(scorer([row.scored for other in range(FOLDS) if other != out for row in rows[other]]))
        one = PlainScorer(weights[-1])
        tried.append([(row, one.score(row.scored.goodness)) for row in rows[out]])
    every = [one for fold in tried for one in fold]
    decision = decided(every)
    limits = thresholds_of(every, decision)
    say("scorer by one ear")
    return Fitted(
        whole=pack.Weights(None, [scorer([row.scored for row, _ in every])], decision, limits),
        folds=[],
        held=held_of(every, "scored"),
        noisy=held_of(every, "noisy"),
        trials=[trial_of(row, scores, decision, limits.wrong) for row, scores in every],
    )


def scorer(scored: Sequence[Scored]) -> pack.Arrays:
    """Weights of a `PlainScorer`."""
    inputs = [phone_inputs(one.goodness) for one in scored]
    flat, wrong = np.concatenate(inputs), np.concatenate([one.wrong for one in scored]).astype(np.float64)
    weights = np.concatenate([np.full(len(one.phones), one.weight) for one in scored])
    phone = ridge(flat, np.concatenate([one.phones for one in scored]), weights)
    known = ~np.isnan(wrong)
    expected = [rows @ phone for rows in inputs]
    by_word = [word_inputs(one.goodness, own) for one, own in zip(scored, expected, strict=True)]
    whole = [utterance_inputs(one.goodness, own) for one, own in zip(scored, expected, strict=True)]
    counts = np.repeat([one.weight for one in scored], [len(rows) for rows in by_word])
    aspects = np.stack([one.aspects for one in scored])
    return {
        "phone": phone,
        "wrong": logistic(flat[known], wrong[known], weights[known]),
        "word": ridge(np.concatenate(by_word), np.concatenate([one.words[:, 0] for one in scored]), counts),
        "aspect": np.column_stack([ridge(np.stack(whole), one, np.ones(len(whole))) for one in aspects.T]),
    }


def ridge(inputs: Floats, wanted: Floats, weights: Floats) -> Floats:
    """Weights [K] of a weighted ridge regression of wanted [N] on inputs [N, K], where it is not NaN."""
    known = ~np.isnan(wanted)
    rows, heavy = inputs[known], inputs[known] * weights[known, None]
    bend = heavy.T @ rows + RIDGE * np.eye(rows.shape[1])
    found: Floats = np.linalg.solve(bend, heavy.T @ wanted[known]).astype(np.float64)
    return found
