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
SAFE = "safe"
CLASSIFIER = "classifier"
_NEVER, _ALWAYS = 0.015, 0.99  # the classifier alone is never surer than this
_LEAST = 0.05  # a label less likely than this is not named
_MOST_MOVED = 50.0


class Policy(NamedTuple):
    """How evidence becomes flags: see policy.yaml. `thresholds` are set on held-out sentences (train.py)."""

    severity: tuple[str, ...]
    critical: frozenset[str]
    pattern_trust: float
    margin: float
    thresholds: Mapping[str, float]  # "critical": of the four together; "unsafe": of all labels together


@cache
def shipped_policy() -> Policy:
    raw = yaml.safe_load((HERE / "policy.yaml").read_text("utf-8"))
    thresholds = yaml.safe_load((HERE / "thresholds.yaml").read_text("utf-8"))
    return Policy(tuple(raw["severity"]), frozenset(raw["critical"]), raw["pattern_trust"], raw["margin"], thresholds)


def scores(hits: Sequence[Hit], probabilities: Mapping[str, float], policy: Policy) -> dict[str, float]:
    """Probability per unsafe label; with that of being safe they sum to 1.

    The classifier's log probabilities, moved by each pattern's log odds (naive Bayes), then normalised.
    """
    weights = {SAFE: _bounded(probabilities.get(SAFE, 0.0))}
    for label in policy.severity:
        moved = policy.pattern_trust * sum(_logit(hit.weight) for hit in hits if hit.label == label)
        weights[label] = _bounded(probabilities.get(label, 0.0)) * exp(min(moved, _MOST_MOVED))
    total = sum(weights.values())
    return {label: weights[label] / total for label in policy.severity}


def masses(scored: Mapping[str, float], policy: Policy) -> dict[str, float]:
    """Of `scores`: the critical labels together, and all together. Doubt between two dangers is no doubt of danger."""
    return {"critical": sum(scored[label] for label in policy.critical), "unsafe": sum(scored.values())}


def decide(hits: Sequence[Hit], probabilities: Mapping[str, float], policy: Policy) -> tuple[Flag, ...]:
    """The likely labels, gravest first, of a text whose danger passes a threshold; none when the text is safe."""
    scored = scores(hits, probabilities, policy)
    if all(mass < policy.thresholds[name] for name, mass in masses(scored, policy).items()):
        return ()
    floor = max(scored.values()) - policy.margin
    return tuple(
        Flag(label=cast(SafetyLabel, label), confidence=round(scored[label], 4), fired=_fired(label, hits))
        for label in policy.severity
        if scored[label] >= max(floor, _LEAST)
    )


def _fired(label: str, hits: Sequence[Hit]) -> str:
    ids = [f"{hit.label}.{hit.id}" for hit in hits if hit.label == label and hit.weight > NEUTRAL]
    return "+".join(ids) or CLASSIFIER


def _logit(probability: float) -> float:
    return log(probability / (1 - probability))


def _bounded(probability: float) -> float:
    return min(max(probability, _NEVER), _ALWAYS)
