"""Exact CTC likelihoods of a phone sequence, and of each sequence one change away from it.

States of a sequence of L phones are blank, phone, blank, ..., phone, blank: 2L + 1 of them (Graves et al. 2006). The
likelihood of a changed sequence needs no new pass over the whole trellis: what lies before the change comes from the
forward sums of the asked sequence, what lies after from its backward sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEVER = -1e30  # log of zero that stays finite in sums


@dataclass(frozen=True)
class Lattice:
    """Forward and backward log sums of one phone sequence over one utterance.

    log_probs [T, C] with the blank last; labels [L]; alpha, beta [T, 2L + 1], both with the emission of their frame.
    """

    log_probs: Floats
    labels: Ints
    alpha: Floats
    beta: Floats

    @property
    def log_likelihood(self) -> float:
        """Log probability that exactly this sequence was said; about NEVER when it cannot fit into T frames."""
        return float(np.logaddexp(self.alpha[-1, -1], self.alpha[-1, -2]))


def lattice(log_probs: Floats, labels: Ints) -> Lattice:
    """The lattice of labels [L], L >= 1, over log_probs [T, C]."""
    scores, skips = _scores(log_probs, labels)
    reverse, reverse_skips = _scores(log_probs[::-1], labels[::-1])
    return Lattice(log_probs, labels, _forward(scores, skips), _forward(reverse, reverse_skips)[::-1, ::-1])


def log_likelihood(log_probs: Floats, labels: Ints) -> float:
    """`Lattice.log_likelihood` alone, at half the price."""
    alpha = _forward(*_scores(log_probs, labels))
    return float(np.logaddexp(alpha[-1, -1], alpha[-1, -2]))


def _scores(log_probs: Floats, labels: Ints) -> tuple[Floats, NDArray[np.bool_]]:
    """Emission scores [T, 2L + 1], and which states may be entered from two before: phones unlike the last one."""
    extended = np.full(2 * len(labels) + 1, log_probs.shape[1] - 1)
    extended[1::2] = labels
    skips = np.zeros(len(extended), bool)
    skips[3::2] = labels[1:] != labels[:-1]
    return log_probs[:, extended], skips


def _forward(scores: Floats, skips: NDArray[np.bool_]) -> Floats:
    alpha = np.full(scores.shape, NEVER)
    alpha[0, :2] = scores[0, :2]
    barrier = np.where(skips[2:], 0.0, NEVER)
    for t in range(1, len(scores)):
        before = alpha[t - 1]
        now = before.copy()
        now[1:] = np.logaddexp(now[1:], before[:-1])
        now[2:] = np.logaddexp(now[2:], before[:-2] + barrier)
        alpha[t] = np.maximum(now + scores[t], NEVER)
    return alpha


def substitutions(asked: Lattice) -> Floats:
    """Log-likelihood ratio [L, C - 1] of the sequence with phone i replaced by q over the asked one.

    It is 0 where q is the asked phone.
    """
    total, phones = len(asked.labels), asked.log_probs.shape[1] - 1
    entering, leaving = _entering(asked, phones), _leaving(asked, phones)
    held = np.full((len(asked.alpha), total, phones), NEVER)
    held[0, 0] = asked.log_probs[0, :-1]
    for t in range(1, len(held)):
        held[t] = np.logaddexp(held[t - 1], entering[t - 1]) + asked.log_probs[t, None, :-1]
    changed = _log_sum(held[:-1] + leaving[1:])
    changed[-1] = np.logaddexp(changed[-1], held[-1, -1])
    return changed - asked.log_likelihood


def _entering(asked: Lattice, phones: int) -> Floats:
    """[T, L, C - 1]: log sum of what may go over to phone q at place i in the next frame."""
    alpha, labels = asked.alpha, asked.labels
    blanks = alpha[:, 0:-1:2]
    either = blanks.copy()
    either[:, 1:] = np.logaddexp(blanks[:, 1:], alpha[:, 1:-2:2])
    entering = np.repeat(either[:, :, None], phones, axis=2)
    places = np.arange(1, len(labels))
    entering[:, places, labels[:-1]] = blanks[:, 1:]
    return entering


def _leaving(asked: Lattice, phones: int) -> Floats:
    """[T, L, C - 1]: log sum of what may follow phone q at place i from this frame on."""
    beta, labels = asked.beta, asked.labels
    blanks = beta[:, 2::2]
    either = blanks.copy()
    either[:, :-1] = np.logaddexp(blanks[:, :-1], beta[:, 3::2])
    leaving = np.repeat(either[:, :, None], phones, axis=2)
    places = np.arange(len(labels) - 1)
    leaving[:, places, labels[1:]] = blanks[:, :-1]
    return leaving


def omissions(asked: Lattice, spans: Sequence[tuple[int, int]]) -> Floats:
    """Log-likelihood ratio [len(spans)] of the sequence without labels[first:end] over the asked one."""
    return np.array([_without(asked, first, end) - asked.log_likelihood for first, end in spans])


def _without(asked: Lattice, first: int, end: int) -> float:
    alpha, beta, labels = asked.alpha, asked.beta, asked.labels
    before = alpha[:, 2 * first]
    direct = np.logaddexp(before, alpha[:, 2 * first - 1]) if first else before
    if end == len(labels):
        return float(direct[-1])
    touching = bool(first) and labels[first - 1] == labels[end]
    crossing = (before if touching else direct)[:-1] + beta[1:, 2 * end + 1]
    opening = beta[0, 2 * end + 1] if not first else NEVER
    return float(np.logaddexp(_log_sum(crossing), opening))


def occupancy(asked: Lattice) -> Floats:
    """Probability [T, 2L + 1] of each state in each frame, given that the sequence was said."""
    emitted = _scores(asked.log_probs, asked.labels)[0]
    joint = asked.alpha + asked.beta - emitted
    joint = np.exp(joint - joint.max(axis=1, keepdims=True))
    shares: Floats = joint / joint.sum(axis=1, keepdims=True)
    return shares


def best_path(log_probs: Floats, labels: Ints) -> Ints:
    """The likeliest state [T] of 0..2L in every frame (Viterbi)."""
    scores, skips = _scores(log_probs, labels)
    barrier = np.where(skips, 0.0, NEVER)
    best = np.full(scores.shape[1], NEVER)
    best[:2] = scores[0, :2]
    steps = np.zeros(scores.shape, np.int64)
    choices = np.full((3, len(best)), NEVER)
    for t in range(1, len(scores)):
        choices[0] = best
        choices[1, 1:] = best[:-1]
        choices[2, 2:] = best[:-2] + barrier[2:]
        steps[t] = choices.argmax(axis=0)
        best = np.maximum(choices.max(axis=0) + scores[t], NEVER)
    path = np.zeros(len(scores), np.int64)
    path[-1] = len(best) - 1 if best[-1] >= best[-2] else len(best) - 2
    for t in range(len(scores) - 1, 0, -1):
        path[t - 1] = path[t] - steps[t, path[t]]
    return path


def _log_sum(values: Floats) -> Floats:
    """Log of the sum of exponentials over the first axis."""
    peak = values.max(axis=0)
    total: Floats = np.log(np.exp(values - peak).sum(axis=0)) + peak
    return total
