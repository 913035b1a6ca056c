"""What is measured of each asked phone: how well it fits the sound, what would fit better, how long, how loud."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation import lattice
from tools.pronunciation.lattice import Lattice
from tools.pronunciation.phones import BLANK
from tools.pronunciation.spectrum import Floats

FRAME_S = 0.02  # both ears give one row each 20 ms
RATIO_LIMIT = 12.0  # log-likelihood ratios beyond are as good as certain
REACH = 7  # frames a phone may extend from its centre
FORGIVEN_NATS = 6.0  # about what one wrong phone costs: else a short word with one would be called another word
FIT_COLUMNS = 85  # of the features, for each ear
PAUSE_FRAMES = 8  # a gap between words that a listener notices

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Evidence:
    """What both ears heard of one utterance, before anything is asked of it.

    vectors [T, 1024]; head, stream: log probabilities [T, 40]; loudness [T] in dB below the loudest frame.
    """

    vectors: Floats
    head: lattice.Floats
    stream: lattice.Floats
    loudness: lattice.Floats


def heard_alone(stream: lattice.Floats, loudness: lattice.Floats) -> Evidence:
    """Evidence of the second ear alone: it stands for both, and there are no vectors."""
    return Evidence(np.zeros((len(stream), 1), np.float32), stream, stream, loudness)


@dataclass(frozen=True)
class Goodness:
    """One utterance held against one reference of L phones in W words.

    phones [L] 0..38; words [L] index of the word; features [L, F]; pooled [L, 1024]; utterance [U];
    spans [L, 2] frames; by_ear [2, L, 40]: log-likelihood ratio of each substitute (last: left out) over the asked
    phone, by the head's and by the other ear; omitted [2, W]: the same of leaving each word out; gap: best CTC path
    minus this reference, nats per phone.
    """

    phones: Ints
    words: Ints
    features: Floats
    pooled: Floats
    utterance: Floats
    spans: Ints
    by_ear: lattice.Floats
    omitted: lattice.Floats
    gap: float

    @property
    def ratios(self) -> lattice.Floats:
        """Both ears' ratios [L, 40] together."""
        mean: lattice.Floats = self.by_ear.mean(axis=0)
        return mean


def measure(heard: Evidence, phones: Ints, words: Ints, word_logs: lattice.Floats) -> Goodness:
    """Goodness of phones [L] in words [L]; word_logs [W] are Whisper's own log probabilities of the words."""
    ears = (lattice.lattice(heard.head, phones), lattice.lattice(heard.stream, phones))
    ratios = [_ratios(ear) for ear in ears]
    spans = phone_spans(ears[0])
    omitted = _omitted(ears, words)
    by_word = np.stack([*omitted / 10, np.maximum(word_logs, -10) / 2], axis=1)
    features = np.concatenate(
        [
            *(_fit(ear, ratio, spans) for ear, ratio in zip(ears, ratios, strict=True)),
            _timing(spans, words, heard.loudness),
            by_word[words],
        ],
        axis=1,
    )
    pooled = np.stack([heard.vectors[start:end].mean(axis=0) for start, end in spans])
    gaps = [gap(ear.log_probs, ear.log_likelihood, len(phones)) for ear in ears]
    return Goodness(
        phones=phones,
        words=words,
        features=features.astype(np.float32),
        pooled=pooled.astype(np.float32),
        utterance=_utterance(features, spans, words, word_logs, gaps, heard.loudness).astype(np.float32),
        spans=spans,
        by_ear=np.stack(ratios),
        omitted=omitted,
        gap=sum(gaps) / 2,
    )


def gap(log_probs: lattice.Floats, log_likelihood: float, phones: int) -> float:
    """Nats per phone by which the best path of any phones beats the asked ones: near 0 when they were said."""
    return float(log_probs.max(axis=1).sum() - log_likelihood) / phones


def distance(ears: tuple[lattice.Floats, lattice.Floats], labels: Ints) -> float:
    """Mean gap of both ears in nats per phone, one wrong phone forgiven: how far another thing was said."""
    mean = sum(gap(ear, lattice.log_likelihood(ear, labels), len(labels)) for ear in ears) / 2
    return max(0.0, mean - FORGIVEN_NATS / len(labels))


def phone_spans(asked: Lattice) -> Ints:
    """Frames [L, 2] of each phone: halfway to its neighbours, and no further than REACH from its centre.

    CTC marks where a phone is heard, not where it begins: the centre of its occupancy is what can be trusted.
    """
    total = len(asked.log_probs)
    shares = lattice.occupancy(asked)[:, 1::2]
    weights = shares / np.maximum(shares.sum(axis=0), 1e-12)
    centres = np.maximum.accumulate(np.arange(total) @ weights)
    halves = (centres[:-1] + centres[1:]) / 2
    starts = np.maximum(np.concatenate([[0.0], halves]), centres - REACH)
    ends = np.minimum(np.concatenate([halves, [total]]), centres + REACH)
    first = np.clip(np.floor(starts), 0, total - 1).astype(np.int64)
    return np.stack([first, np.maximum(np.ceil(ends).astype(np.int64), first + 1).clip(max=total)], axis=1)


def _ratios(asked: Lattice) -> lattice.Floats:
    """[L, 40]: each substitute and, last, leaving the phone out; clipped."""
    replaced = lattice.substitutions(asked)
    places = [(place, place + 1) for place in range(len(asked.labels))]
    if len(places) == 1:
        left_out = np.array([asked.log_probs[:, BLANK].sum() - asked.log_likelihood])
    else:
        left_out = lattice.omissions(asked, places)
    ratios = np.concatenate([replaced, left_out[:, None]], axis=1)
    clipped: lattice.Floats = np.clip(ratios, -RATIO_LIMIT, RATIO_LIMIT)
    return clipped


def _fit(asked: Lattice, ratios: lattice.Floats, spans: Ints) -> lattice.Floats:
    """How one ear finds each phone [L, 85]: ratios, posterior, best rival, mean posteriors of its span, its own."""
    own = np.arange(len(asked.labels))
    rivals = ratios.copy()
    rivals[own, asked.labels] = -RATIO_LIMIT
    posterior = -np.log1p(np.exp(rivals).sum(axis=1))
    shares = np.exp(asked.log_probs)
    spread = np.stack([shares[start:end].mean(axis=0) for start, end in spans])
    peak = np.stack([asked.log_probs[start:end].max(axis=0) for start, end in spans])
    mine = peak[own, asked.labels]
    best = np.delete(peak, BLANK, axis=1).max(axis=1)
    held = lattice.occupancy(asked)[:, 1::2].sum(axis=0)
    columns = (posterior, rivals.max(axis=1), mine / 2, (mine - best) / 2, np.log(held + 0.1))
    return np.concatenate([ratios / 6, np.sqrt(spread), np.stack(columns, axis=1)], axis=1)


def _timing(spans: Ints, words: Ints, loudness: lattice.Floats) -> lattice.Floats:
    """When and how loud each phone is [L, 8]."""
    lengths = (spans[:, 1] - spans[:, 0]).astype(np.float64)
    before = np.diff(spans[:, 0], prepend=spans[0, 0])
    after = np.diff(spans[:, 1], append=spans[-1, 1])
    volume = np.array([loudness[start:end].mean() if start < len(loudness) else -60.0 for start, end in spans])
    begins = np.diff(words, prepend=-1) != 0
    ends = np.diff(words, append=-1) != 0
    sizes = np.bincount(words)[words]
    columns = (
        np.log(lengths),
        lengths / lengths.mean() - 1,
        np.minimum(before, 50) / 10,
        np.minimum(after, 50) / 10,
        volume / 20,
        begins,
        ends,
        sizes / 5,
    )
    return np.stack(columns, axis=1).astype(np.float64)


def word_places(words: Ints) -> list[tuple[int, int]]:
    """First and end place among the phones of each word."""
    edges = np.flatnonzero(np.diff(words)) + 1
    return list(zip([0, *edges.tolist()], [*edges.tolist(), len(words)], strict=True))


def _omitted(ears: Sequence[Lattice], words: Ints) -> lattice.Floats:
    """[2, W]: how much better the utterance fits without the word, by each ear."""
    places = word_places(words)
    if len(places) == 1:
        return np.full((2, 1), -RATIO_LIMIT)
    return np.stack([np.clip(lattice.omissions(ear, places), -3 * RATIO_LIMIT, RATIO_LIMIT) for ear in ears])


def _utterance(
    features: lattice.Floats,
    spans: Ints,
    words: Ints,
    word_logs: lattice.Floats,
    gaps: Sequence[float],
    loudness: lattice.Floats,
) -> lattice.Floats:
    """Rate, pauses, fit and dynamics of the whole utterance [14]."""
    spoken_s = max((spans[-1, 1] - spans[0, 0]) * FRAME_S, 0.1)
    starts, ends = zip(*((spans[first, 0], spans[end - 1, 1]) for first, end in word_places(words)), strict=True)
    pauses = np.maximum(np.array(starts[1:]) - np.array(ends[:-1]), 0) if len(starts) > 1 else np.zeros(1)
    noticed = pauses[pauses >= PAUSE_FRAMES] * FRAME_S
    paused_s = float(noticed.sum())
    lengths = (spans[:, 1] - spans[:, 0]) * FRAME_S
    voiced = loudness[spans[0, 0] : spans[-1, 1]]
    values = (
        len(spans) / spoken_s / 10,
        len(spans) / max(spoken_s - paused_s, 0.1) / 10,
        len(noticed) / len(starts),
        paused_s / spoken_s,
        float(noticed.max(initial=0.0)),
        np.log(len(spans)) / 3,
        np.log(spoken_s),
        float(lengths.std() / lengths.mean()),
        gaps[0],
        gaps[1],
        float(np.maximum(word_logs, -10).mean()) / 2,
        float(np.maximum(word_logs, -10).min()) / 5,
        float(voiced.std()) / 10 if len(voiced) else 0.0,
        float((voiced < -25).mean()) if len(voiced) else 0.0,
    )
    return np.array(values, np.float64)


def loudness_db(samples: Floats, frames: int) -> lattice.Floats:
    """Loudness [frames] of each 20 ms in dB below the loudest, no lower than -60."""
    count = min(frames, max(1, len(samples) // 320))
    rms = np.sqrt(np.mean(samples[: count * 320].reshape(count, -1).astype(np.float64) ** 2, axis=1))
    below = np.full(frames, -60.0)
    below[:count] = np.maximum(20 * np.log10(rms / max(float(rms.max()), 1e-9) + 1e-9), -60.0)
    return below
