"""Rebuilds the shipped classifier with its thresholds from training.tsv: `python -m tools.safety.train`."""

import csv
import logging
import random
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from providers.embeddings import E5
from tools.language import LanguageTool
from tools.linear import file_hash
from tools.network import fit
from tools.safety import validation
from tools.safety.decide import SAFE, Policy, scores
from tools.safety.features import DIMENSIONS, SentenceVectors, evidence, features
from tools.safety.normalise import forms, strip_marks

HERE = Path(__file__).parent
TRAINING, PACK, THRESHOLDS, POLICY = (
    HERE / name for name in ("training.tsv", "safety.npz", "thresholds.yaml", "policy.yaml")
)
ORDINARY = tuple(HERE.parent / room / "sentences.tsv" for room in ("mood", "intent"))  # safe talk, not look-alikes
EVERYDAY = "everyday"  # the kind of lines with ordinary sentences, which need no care in the making
VARIANTS, EVERYDAY_VARIANTS = 3, 10  # sentences made of one line with {one|another} slots
_SLOT = re.compile(r"\{([^{}]*)\}")
_SHORTER = {"không": "k", "được": "dc", "với": "vs", "rồi": "r", "người": "ng", "gì": "j", "biết": "bik", "muốn": "mun"}
_log = logging.getLogger(__name__)


class Example(NamedTuple):
    """A training sentence. `line` is shared by all sentences made of one line."""

    label: str
    lang: str
    text: str
    line: str
    kind: str
    derived: bool

    @property
    def look_alike(self) -> bool:
        return self.label == SAFE and self.kind != EVERYDAY

    @property
    def marks(self) -> tuple[str, str]:
        """What it is counted under."""
        if self.label != SAFE:
            return self.label, f"unsafe {self.lang}"
        return ("look-alike", f"safe {self.lang}") if self.look_alike else (EVERYDAY, f"safe {self.lang}")


def examples(path: Path = TRAINING) -> list[Example]:
    """The file's sentences, slots filled; Vietnamese ones also as teenagers type them, without marks. None twice."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    result: dict[str, Example] = {}
    for row in rows:
        made = Example(row["label"], row["lang"], "", row["text"], row["kind"], derived=False)
        count = EVERYDAY_VARIANTS if made.kind == EVERYDAY else VARIANTS
        for text in variants(unicodedata.normalize("NFC", row["text"]), count):
            result.setdefault(text, made._replace(text=text))
            if made.lang in {"vi", "mixed"}:
                typed = as_typed(text)
                result.setdefault(typed, made._replace(text=typed, lang="vi_nd", derived=True))
    return list(result.values())


def ordinary() -> Iterator[Example]:
    """What children say in the sentences of mood and intent: safe, and not written to be mistaken."""
    for path in ORDINARY:
        for row in path.read_text("utf-8").splitlines():
            if not row.startswith("#"):
                text = unicodedata.normalize("NFC", row.split("\t")[1])
                yield Example(SAFE, "", text, text, EVERYDAY, derived=True)


def variants(line: str, count: int = VARIANTS) -> list[str]:
    """Up to `count` sentences of a line with slots, the same ones every time; different choices in each slot."""
    parts = _SLOT.split(line)
    chance = random.Random(zlib.crc32(line.encode()))
    slots = [chance.sample(slot.split("|"), slot.count("|") + 1) for slot in parts[1::2]]
    made = []
    for turn in range(count if slots else 1):
        picked = [slot[(turn + turn // len(slot) * place) % len(slot)] for place, slot in enumerate(slots)]
        text = parts[0] + "".join(choice + rest for choice, rest in zip(picked, parts[2::2], strict=True))
        made.append(re.sub(r"\s+([,.?])", r"\1", " ".join(text.split())).rstrip(", "))
    return list(dict.fromkeys(made))


def as_typed(text: str) -> str:
    """A line as children type it in a hurry: short forms, no marks."""
    return strip_marks(" ".join(_SHORTER.get(word, word) for word in text.split()))


def matrix(rows: Sequence[Example], vectors: SentenceVectors) -> NDArray[np.float32]:
    """The rows' features, shape (n, features)."""
    language = LanguageTool()
    return np.stack([_row(row.text, language, vectors) for row in rows])


def _row(text: str, language: LanguageTool, vectors: SentenceVectors) -> NDArray[np.float32]:
    read = forms(text)
    return features(language.spell(text), read, evidence(read), vectors)


def main(vectors: SentenceVectors) -> None:
    data_hash = file_hash(TRAINING)
    rows = [*examples(), *ordinary()]
    x, labels = matrix(rows, vectors), [row.label for row in rows]
    raw = yaml.safe_load(POLICY.read_text("utf-8"))
    policy = Policy(tuple(raw["severity"]), frozenset(raw["critical"]), raw["pattern_trust"], raw["margin"], {})
    families = validation.families(x[:, :DIMENSIONS], [row.line for row in rows])
    names, logits = validation.out_of_fold(x, labels, families, noisy=DIMENSIONS)
    temperature, offsets = validation.calibration(logits, [names.index(label) for label in labels])
    _log.info("%d sentences, %d families, temperature %.2f", len(rows), len(set(families)), temperature)
    found = validation.probabilities(logits, names, temperature, offsets)
    scored = [scores(evidence(forms(row.text)), p, policy) for row, p in zip(rows, found, strict=True)]
    alike = [one for row, one in zip(rows, scored, strict=True) if row.look_alike]
    policy = policy._replace(thresholds=validation.thresholds(alike, policy, raw["false_alarms"], raw["threshold"]))
    THRESHOLDS.write_text(yaml.safe_dump(dict(policy.thresholds), sort_keys=True), "utf-8")
    _log.info(
        "flagged of sentences whose family was held out: %s",
        validation.report([row.marks for row in rows], scored, policy),
    )
    fit(x, labels, noisy=DIMENSIONS, data_hash=data_hash).calibrated(temperature, offsets).save(PACK)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main(E5())
