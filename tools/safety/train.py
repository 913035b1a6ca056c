"""Rebuilds the shipped classifier with its thresholds from training.tsv: `python -m tools.safety.train`."""

import csv
import logging
import unicodedata
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from providers.embeddings import E5
from tools.linear import file_hash, fit
from tools.safety.decide import Policy, scores
from tools.safety.features import SentenceVectors, features
from tools.safety.lexicon import Hit, screen
from tools.safety.normalise import forms, strip_marks
from tools.safety.pii import find

HERE = Path(__file__).parent
TRAINING, PACK, THRESHOLDS, POLICY = (
    HERE / name for name in ("training.tsv", "safety.npz", "thresholds.yaml", "policy.yaml")
)
FOLDS = 5
L2 = 3e-5
_SHORTER = {"không": "k", "được": "dc", "với": "vs", "rồi": "r", "người": "ng", "gì": "j", "biết": "bik", "muốn": "mun"}
_log = logging.getLogger(__name__)


class Example(NamedTuple):
    """A training sentence. `fold` is shared with the sentences derived from it."""

    label: str
    lang: str
    text: str
    fold: int
    derived: bool


def examples(path: Path = TRAINING) -> list[Example]:
    """The file's sentences; Vietnamese ones also as teenagers type them, without marks."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    result = []
    for row in rows:
        label, lang, text = row["label"], row["lang"], unicodedata.normalize("NFC", row["text"])
        fold = zlib.crc32(strip_marks(text).encode()) % FOLDS
        result.append(Example(label, lang, text, fold, derived=False))
        if lang in {"vi", "mixed"} and (typed := as_typed(text)) != text:
            result.append(Example(label, "vi_nd", typed, fold, derived=True))
    return result


def as_typed(text: str) -> str:
    """A line as children type it in a hurry: short forms, no marks."""
    return strip_marks(" ".join(_SHORTER.get(word, word) for word in text.split()))


def matrix(rows: Sequence[Example], vectors: SentenceVectors) -> NDArray[np.float32]:
    return np.stack([features(row.text, forms(row.text), vectors) for row in rows])


def cross_validated(
    rows: Sequence[Example], x: NDArray[np.float32], l2: float
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Labels and out-of-fold probabilities of shape (len(rows), labels)."""
    folds = np.array([row.fold for row in rows])
    labels = np.array([row.label for row in rows])
    names: tuple[str, ...] = ()
    result = np.zeros((len(rows), len(set(labels))))
    for fold in range(FOLDS):
        model = fit(x[folds != fold], labels[folds != fold].tolist(), l2)
        names = model.labels
        result[folds == fold] = model.probabilities(x[folds == fold])
    return names, result


def evidence(text: str) -> list[Hit]:
    """Pattern hits, personal data among them."""
    return [*screen().hits(forms(text)), *find(forms(text).clean).hits]


def thresholds(
    rows: Sequence[Example], scored: Sequence[dict[str, float]], policy: Policy, raw: dict[str, dict[str, float]]
) -> dict[str, float]:
    """Per label the lowest threshold that keeps its share of flagged safe sentences within the policy's bound."""
    result = {}
    for label in policy.severity:
        allowed = raw["false_alarms"]["critical" if label in policy.critical else "other"]
        safe = sorted((s[label] for row, s in zip(rows, scored, strict=True) if row.label == "safe"), reverse=True)
        edge = safe[int(allowed * len(safe))] + 0.01
        result[label] = round(min(max(edge, raw["threshold"]["lowest"]), raw["threshold"]["highest"]), 3)
    return result


def report(rows: Sequence[Example], scored: Sequence[dict[str, float]], policy: Policy) -> dict[str, str]:
    """Counts on held-out folds: per label "flagged/all", for safe ones the false alarms."""
    counts: dict[str, list[int]] = {}
    for row, scores_ in zip(rows, scored, strict=True):
        flagged = any(scores_[label] >= policy.thresholds[label] for label in policy.severity)
        counts.setdefault(row.label, []).append(flagged)
    return {label: f"{sum(flags)}/{len(flags)}" for label, flags in sorted(counts.items())}


def main(vectors: SentenceVectors) -> None:
    data_hash = file_hash(TRAINING)
    rows = examples()
    x = matrix(rows, vectors)
    raw = yaml.safe_load(POLICY.read_text("utf-8"))
    policy = Policy(tuple(raw["severity"]), frozenset(raw["critical"]), raw["pattern_trust"], raw["margin"], {})
    names, probabilities = cross_validated(rows, x, L2)
    scored = [
        scores(evidence(row.text), dict(zip(names, p, strict=True)), policy)
        for row, p in zip(rows, probabilities, strict=True)
    ]
    policy = policy._replace(thresholds=thresholds(rows, scored, policy, raw))
    THRESHOLDS.write_text(yaml.safe_dump(dict(policy.thresholds), sort_keys=True), "utf-8")
    fit(x, [row.label for row in rows], L2, data_hash=data_hash).save(PACK)
    _log.info("held-out counts of %d sentences: %s", len(rows), report(rows, scored, policy))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main(E5())
