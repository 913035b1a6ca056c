"""The scorer: from goodness to what experts would say, in numpy (after GOPT, Gong et al. 2022)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation.goodness import Goodness
from tools.pronunciation.spectrum import Floats

Weights = Mapping[str, NDArray[np.generic]]

WIDTH = 64
HEADS = 4
BLOCKS = 3
ASPECTS = ("accuracy", "fluency", "prosodic", "total")
EPSILON = 1e-5


@dataclass(frozen=True)
class Scores:
    """Experts' scores as expected, about 0..1: phones [L], words [W], aspects [4] in the order of ASPECTS.

    wrong [L]: probability 0..1 that another phone was said, or none.
    """

    phones: Floats
    wrong: Floats
    words: Floats
    aspects: Floats


class Scorer:
    """The mean of several small transformers fitted from different seeds. See `training/scorer.py` for their fit."""

    def __init__(self, members: Sequence[Weights]) -> None:
        """`members`: one mapping of names that the training module exports to arrays, for each seed."""
        self._members = [{name: array.astype(np.float32) for name, array in one.items()} for one in members]

    def score(self, goodness: Goodness) -> Scores:
        """The scores of one utterance; not clipped."""
        each = [_score(weights, goodness) for weights in self._members]
        return Scores(
            phones=np.mean([one.phones for one in each], axis=0),
            wrong=np.mean([one.wrong for one in each], axis=0),
            words=np.mean([one.words for one in each], axis=0),
            aspects=np.mean([one.aspects for one in each], axis=0),
        )


def _score(w: Mapping[str, Floats], goodness: Goodness) -> Scores:
    averaging = _word_averaging(goodness.words)
    hidden = _entered(w, goodness, averaging)
    for block in range(BLOCKS):
        hidden = _block(w, f"blocks.{block}", hidden)
    hidden = _normed(w, "norm", hidden)
    by_word = averaging @ hidden
    features = (goodness.utterance - w["utterance_mean"]) / w["utterance_scale"]
    whole = np.concatenate([hidden.mean(axis=0), features])
    of_phones = _mlp(w, "phone", hidden)
    return Scores(
        phones=of_phones[:, 0],
        wrong=(1 / (1 + np.exp(-of_phones[:, 1]))).astype(np.float32),
        words=_mlp(w, "word", by_word)[:, 0],
        aspects=_mlp(w, "aspect", whole),
    )


def _word_averaging(words: NDArray[np.int64]) -> Floats:
    """[W, L]: rows that average the phones of a word."""
    member = words[None, :] == np.arange(words[-1] + 1)[:, None]
    rows: Floats = (member / member.sum(axis=1, keepdims=True)).astype(np.float32)
    return rows


def _entered(w: Mapping[str, Floats], goodness: Goodness, averaging: Floats) -> Floats:
    """Phones [L, WIDTH] with what their neighbours and their word add."""
    features = (goodness.features - w["feature_mean"]) / w["feature_scale"]
    pooled = (goodness.pooled - w["pooled_mean"]) / w["pooled_scale"]
    rows = _linear(w, "features", features) + _linear(w, "pooled", pooled) + w["phones.weight"][goodness.phones]
    padded = np.pad(rows, ((1, 1), (0, 0)))
    kernel = w["neighbours.weight"]
    around = sum(padded[shift : shift + len(rows)] @ kernel[:, :, shift].T for shift in range(3)) + w["neighbours.bias"]
    inside = _linear(w, "inside", averaging @ rows)[goodness.words]
    entered: Floats = rows + np.maximum(around + inside, 0)
    return entered


def _block(w: Mapping[str, Floats], name: str, hidden: Floats) -> Floats:
    """Self-attention and feed-forward, each normed before and added (Xiong et al. 2020)."""
    queries, keys, values = np.split(_linear(w, f"{name}.attend", _normed(w, f"{name}.norm1", hidden)), 3, axis=1)
    split = [part.reshape(len(hidden), HEADS, -1).transpose(1, 0, 2) for part in (queries, keys, values)]
    scores = split[0] @ split[1].transpose(0, 2, 1) / np.sqrt(WIDTH / HEADS)
    shares = np.exp(scores - scores.max(axis=2, keepdims=True))
    mixed = (shares / shares.sum(axis=2, keepdims=True)) @ split[2]
    hidden = hidden + _linear(w, f"{name}.merge", mixed.transpose(1, 0, 2).reshape(len(hidden), -1))
    inner = np.maximum(_linear(w, f"{name}.widen", _normed(w, f"{name}.norm2", hidden)), 0)
    result: Floats = hidden + _linear(w, f"{name}.narrow", inner)
    return result


def _normed(w: Mapping[str, Floats], name: str, rows: Floats) -> Floats:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    scaled: Floats = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
    return scaled * w[f"{name}.weight"] + w[f"{name}.bias"]


def _linear(w: Mapping[str, Floats], name: str, rows: Floats) -> Floats:
    result: Floats = rows @ w[f"{name}.weight"].T + w[f"{name}.bias"]
    return result


def _mlp(w: Mapping[str, Floats], name: str, rows: Floats) -> Floats:
    return _linear(w, f"{name}.2", np.maximum(_linear(w, f"{name}.0", rows), 0))
