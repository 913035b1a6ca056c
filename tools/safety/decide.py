"""Decides the flags of a text from pattern hits, classifier probabilities and personal data found."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple, cast

import yaml

from tools.safety.lexicon import NEUTRAL, Hit
from tools.schemas import Flag, SafetyLabel

HERE = Path(__file__).parent
_NEVER, _ALWAYS = 0.01, 0.99  # the classifier alone is never surer than this
CLASSIFIER = "classifier"


class Policy(NamedTuple):
    """How evidence becomes flags: see policy.yaml. `thresholds` are set by cross-validation (train.py)."""

    severity: tuple[str, ...]
    critical: frozenset[str]
    pattern_trust: float
    margin: float
    thresholds: Mapping[str, float]


@cache
def shipped_policy() -> Policy:
    raw = yaml.safe_load((HERE / "policy.yaml").read_text("utf-8"))
    thresholds = yaml.safe_load((HERE / "thresholds.yaml").read_text("utf-8"))
    return Policy(tuple(raw["severity"]), frozenset(raw["critical"]), raw["pattern_trust"], raw["margin"], thresholds)


def scores(hits: Sequence[Hit], probabilities: Mapping[str, float], policy: Policy) -> dict[str, float]:
    """Probability per unsafe label: the classifier's log odds, moved by each pattern's (naive Bayes)."""
    result = {}
    for label in policy.severity:
        odds = _logit(min(max(probabilities.get(label, 0.0), _NEVER), _ALWAYS))
        odds += policy.pattern_trust * sum(_logit(hit.weight) for hit in hits if hit.label == label)
        result[label] = 1 / (1 + exp(-odds))
    return result


def decide(hits: Sequence[Hit], probabilities: Mapping[str, float], policy: Policy) -> tuple[Flag, ...]:
    """Flags above their thresholds, gravest first; none when the text is safe."""
    scored = scores(hits, probabilities, policy)
    over = {label: score for label, score in scored.items() if score >= policy.thresholds[label]}
    floor = max(over.values(), default=0.0) - policy.margin
    return tuple(
        Flag(label=cast(SafetyLabel, label), confidence=round(over[label], 4), fired=_fired(label, hits))
        for label in policy.severity
        if over.get(label, -1.0) >= floor
    )


def _fired(label: str, hits: Sequence[Hit]) -> str:
    ids = [f"{hit.label}.{hit.id}" for hit in hits if hit.label == label and hit.weight > NEUTRAL]
    return "+".join(ids) or CLASSIFIER


def _logit(probability: float) -> float:
    return log(probability / (1 - probability))
