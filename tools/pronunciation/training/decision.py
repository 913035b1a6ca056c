"""Fits the decision on held-out speech: which phone was said instead, and whether one was at all."""

from collections.abc import Sequence

import numpy as np

from tools.pronunciation.decision import Decision, rival_inputs, wrong_inputs
from tools.pronunciation.lattice import Floats, Ints
from tools.pronunciation.scorer import Scores
from tools.pronunciation.training.scored import UNKNOWN, Scored

STEPS = 60  # Newton's method needs about ten
LONGEST_STEP = 2.0
CONVERGED = 1e-6
RIDGE = 1.0

Tried = tuple[Scored, Scores, float]  # a reference, the scores of a model that never heard its speaker, a weight


def fit(tried: Sequence[Tried]) -> Decision:
    """A decision fitted to all that was tried."""
    rival = _fitted_rival([(scored, weight) for scored, _, weight in tried])
    undecided = Decision(rival, np.zeros(0))
    rows = [_rows(*one, undecided) for one in tried]
    inputs, wanted, weights = (np.concatenate(column) for column in zip(*rows, strict=True))
    return Decision(rival, logistic(inputs, wanted, weights))


def _rows(scored: Scored, scores: Scores, weight: float, decision: Decision) -> tuple[Floats, Floats, Floats]:
    """Inputs [N, K], whether another phone was said [N], and weights [N], of the phones where that is known."""
    known = ~np.isnan(scored.wrong)
    inputs = wrong_inputs(scored.goodness, scores, decision.support(scored.goodness))[known]
    return inputs, scored.wrong[known].astype(np.float64), np.full(int(known.sum()), weight)


def logistic(inputs: Floats, wanted: Floats, weights: Floats) -> Floats:
    """Weights [K] of a logistic regression of wanted [N] on inputs [N, K], by Newton's method with a small ridge."""
    found: Floats = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        shares = 1 / (1 + np.exp(-np.clip(inputs @ found, -30, 30)))
        slope = inputs.T @ (weights * (wanted - shares)) - RIDGE * found
        bend = (inputs * (weights * shares * (1 - shares))[:, None]).T @ inputs + RIDGE * np.eye(len(found))
        step = _step(bend, slope)
        found = found + step
        if np.abs(step).max() < CONVERGED:
            break
    return found


def _fitted_rival(weighted: Sequence[tuple[Scored, float]]) -> Floats:
    """Weights [R] by which the phone that was said stands out among all others."""
    cases, answers, weights = [], [], []
    for one, weight in weighted:
        here = np.flatnonzero(one.instead != UNKNOWN)
        inputs = rival_inputs(one.goodness)[here]
        inputs[np.arange(len(here)), one.goodness.phones[here]] = np.nan
        cases.append(inputs)
        answers.append(one.instead[here])
        weights.append(np.full(len(here), weight))
    return conditional(np.concatenate(cases), np.concatenate(answers), np.concatenate(weights))


def conditional(inputs: Floats, answers: Ints, weights: Floats) -> Floats:
    """Weights [R] of a conditional logit (McFadden 1974) of answers [N] among inputs [N, C, R]; NaN: no choice."""
    closed = np.isnan(inputs[:, :, 0])
    filled = np.nan_to_num(inputs)
    chosen = filled[np.arange(len(filled)), answers]
    found: Floats = np.zeros(inputs.shape[2])
    for _ in range(STEPS):
        odds = np.where(closed, -np.inf, filled @ found)
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares = shares / shares.sum(axis=1, keepdims=True)
        means = np.einsum("nc,ncr->nr", shares, filled)
        slope = weights @ (chosen - means) - RIDGE * found
        spread = np.einsum("n,nc,ncr,ncs->rs", weights, shares, filled, filled, optimize=True)
        bend = spread - (means * weights[:, None]).T @ means + RIDGE * np.eye(len(found))
        step = _step(bend, slope)
        found = found + step
        if np.abs(step).max() < CONVERGED:
            break
    return found


def _step(bend: Floats, slope: Floats) -> Floats:
    """Newton's step, shortened where it would overshoot."""
    step: Floats = np.linalg.solve(bend, slope).astype(np.float64)
    return step * min(1.0, LONGEST_STEP / float(np.linalg.norm(step) + 1e-12))
