"""Rebuilds the shipped classifier with its thresholds from training.tsv: `python -m tools.safety.train`."""

import csv
import logging
import random
import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from providers.embeddings import E5
from tools.language import LanguageTool
from tools.linear import file_hash, fit
from tools.safety.decide import SAFE, Policy, masses, scores
from tools.safety.features import SentenceVectors, features
from tools.safety.lexicon import Hit, screen
from tools.safety.normalise import forms, strip_marks
from tools.safety.pii import find

HERE = Path(__file__).parent
TRAINING, PACK, THRESHOLDS, POLICY = (
    HERE / name for name in ("training.tsv", "safety.npz", "thresholds.yaml", "policy.yaml")
)
ORDINARY = tuple(HERE.parent / room / "sentences.tsv" for room in ("mood", "intent"))  # safe talk, not look-alikes
FOLDS = 5  # the first is held out to set the thresholds
VARIANTS = 3  # sentences made of one line with {one|another} slots
L2 = 3e-5
_SLOT = re.compile(r"\{([^{}]*)\}")
_SHORTER = {"không": "k", "được": "dc", "với": "vs", "rồi": "r", "người": "ng", "gì": "j", "biết": "bik", "muốn": "mun"}
_log = logging.getLogger(__name__)


class Example(NamedTuple):
    """A training sentence. `fold` is shared by all sentences made of one line."""

    label: str
    lang: str
    text: str
    fold: int
    derived: bool


def examples(path: Path = TRAINING) -> list[Example]:
    """The file's sentences, slots filled; Vietnamese ones also as teenagers type them, without marks. None twice."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    result: dict[str, Example] = {}
    for row in rows:
        label, lang, fold = row["label"], row["lang"], fold_of(row["text"])
        for text in variants(unicodedata.normalize("NFC", row["text"])):
            result.setdefault(text, Example(label, lang, text, fold, derived=False))
            if lang in {"vi", "mixed"}:
                typed = as_typed(text)
                result.setdefault(typed, Example(label, "vi_nd", typed, fold, derived=True))
    return list(result.values())


def ordinary() -> Iterator[Example]:
    """What children say in the sentences of mood and intent: safe, and not written to be mistaken."""
    for path in ORDINARY:
        for row in path.read_text("utf-8").splitlines():
            if not row.startswith("#"):
                text = unicodedata.normalize("NFC", row.split("\t")[1])
                yield Example(SAFE, "", text, fold_of(text), derived=True)


def fold_of(line: str) -> int:
    return zlib.crc32(strip_marks(line).encode()) % FOLDS


def variants(line: str) -> list[str]:
    """Up to VARIANTS sentences of a line with slots, the same ones every time; different choices in each slot."""
    parts = _SLOT.split(line)
    chance = random.Random(zlib.crc32(line.encode()))
    slots = [chance.sample(slot.split("|"), slot.count("|") + 1) for slot in parts[1::2]]
    made = []
    for turn in range(VARIANTS if slots else 1):
        picked = [slot[turn % len(slot)] for slot in slots]
        text = parts[0] + "".join(choice + rest for choice, rest in zip(picked, parts[2::2], strict=True))
        made.append(re.sub(r"\s+([,.?])", r"\1", " ".join(text.split())).rstrip(", "))
    return list(dict.fromkeys(made))


def as_typed(text: str) -> str:
    """A line as children type it in a hurry: short forms, no marks."""
    return strip_marks(" ".join(_SHORTER.get(word, word) for word in text.split()))


def matrix(rows: Sequence[Example], vectors: SentenceVectors) -> NDArray[np.float32]:
    language = LanguageTool()
    return np.stack([features(language.spell(row.text), forms(row.text), vectors) for row in rows])


def held_out(
    rows: Sequence[Example], x: NDArray[np.float32], policy: Policy
) -> tuple[list[Example], list[dict[str, float]]]:
    """The rows of the first fold, and their scores by a classifier that never saw a sentence of their lines."""
    out = np.array([row.fold == 0 for row in rows])
    labels = np.array([row.label for row in rows])
    model = fit(x[~out], labels[~out].tolist(), L2, balanced=False)
    kept = [row for row in rows if row.fold == 0]
    found = [dict(zip(model.labels, map(float, p), strict=True)) for p in model.probabilities(x[out])]
    return kept, [scores(evidence(row.text), p, policy) for row, p in zip(kept, found, strict=True)]


def evidence(text: str) -> list[Hit]:
    """Pattern hits, personal data among them."""
    return [*screen().hits(forms(text)), *find(forms(text).clean).hits]


def thresholds(
    rows: Sequence[Example], scored: Sequence[Mapping[str, float]], policy: Policy, raw: dict[str, dict[str, float]]
) -> dict[str, float]:
    """The lowest thresholds that keep the share of flagged safe sentences within the policy's bounds."""
    safe = [masses(s, policy) for row, s in zip(rows, scored, strict=True) if row.label == SAFE]
    result = {}
    for name, allowed in raw["false_alarms"].items():
        edge = sorted((mass[name] for mass in safe), reverse=True)[int(allowed * len(safe))] + 0.001
        result[name] = round(min(max(edge, raw["threshold"]["lowest"]), raw["threshold"]["highest"]), 3)
    return result


def report(rows: Sequence[Example], scored: Sequence[Mapping[str, float]], policy: Policy) -> dict[str, str]:
    """Counts on held-out lines: per label "flagged/all", for safe ones the false alarms."""
    counts: dict[str, list[int]] = {}
    for row, one in zip(rows, scored, strict=True):
        flagged = any(mass >= policy.thresholds[name] for name, mass in masses(one, policy).items())
        for key in (row.label, f"{'safe' if row.label == SAFE else 'unsafe'} {row.lang}"):
            counts.setdefault(key, []).append(flagged)
    return {key: f"{sum(flags)}/{len(flags)}" for key, flags in sorted(counts.items())}


def main(vectors: SentenceVectors) -> None:
    data_hash = file_hash(TRAINING)
    rows = [*examples(), *ordinary()]
    x = matrix(rows, vectors)
    raw = yaml.safe_load(POLICY.read_text("utf-8"))
    policy = Policy(tuple(raw["severity"]), frozenset(raw["critical"]), raw["pattern_trust"], raw["margin"], {})
    kept, scored = held_out(rows, x, policy)
    policy = policy._replace(thresholds=thresholds(kept, scored, policy, raw))
    THRESHOLDS.write_text(yaml.safe_dump(dict(policy.thresholds), sort_keys=True), "utf-8")
    _log.info("held-out counts of %d sentences: %s", len(kept), report(kept, scored, policy))
    fit(x, [row.label for row in rows], L2, balanced=False, data_hash=data_hash).save(PACK)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main(E5())
