"""The patterns of screen.yaml, and the evidence that they find in a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tools.safety.normalise import Forms
from tools.safety.patterns import Pattern, Text, compile_pattern

HERE = Path(__file__).parent
NEUTRAL = 0.5  # the weight that says nothing


@dataclass(frozen=True)
class Rule:
    """A set of patterns that speak for one label; none counts where an `unless` pattern is also found."""

    id: str
    label: str
    weight: float
    any: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()
    firm: bool = False  # contexts do not weaken it

    def fires(self, text: Text) -> bool:
        return found(self.any, text) and not found(self.unless, text)


@dataclass(frozen=True)
class Context:
    """Surroundings in which patterns of some labels mean less, or that speak against them (`calm` below one half)."""

    id: str
    labels: frozenset[str]
    factor: float
    calm: float
    any: tuple[Pattern, ...]


class Hit(NamedTuple):
    """Evidence about a label: the id of what fired, and a probability; below NEUTRAL it speaks against the label."""

    label: str
    id: str
    weight: float


class Lexicon(NamedTuple):
    rules: tuple[Rule, ...]
    contexts: tuple[Context, ...]

    def hits(self, forms: Forms) -> tuple[Hit, ...]:
        """What fires on the plain reading or on the undisguised one."""
        texts = [Text(tokens, forms.unmarked) for tokens in (forms.tokens, forms.folded) if tokens]
        factors = [self._factors(text) for text in texts]
        hits = []
        for rule in self.rules:
            weights = [
                NEUTRAL + (rule.weight - NEUTRAL) * (1.0 if rule.firm else factor.get(rule.label, 1.0))
                for text, factor in zip(texts, factors, strict=True)
                if rule.fires(text)
            ]
            if weights:
                hits.append(Hit(rule.label, rule.id, max(weights)))
        return (*hits, *self._calming(texts[:1]))

    def _calming(self, texts: Sequence[Text]) -> list[Hit]:
        lowest: dict[str, Hit] = {}
        for context in self.contexts:
            if context.calm < NEUTRAL and any(found(context.any, text) for text in texts):
                for label in context.labels:
                    hit = Hit(label, context.id, context.calm)
                    lowest[label] = min(hit, lowest.get(label, hit), key=lambda h: h.weight)
        return list(lowest.values())

    def _factors(self, text: Text) -> dict[str, float]:
        factors: dict[str, float] = {}
        for context in self.contexts:
            if found(context.any, text):
                for label in context.labels:
                    factors[label] = min(factors.get(label, 1.0), context.factor)
        return factors


def found(patterns: Sequence[Pattern], text: Text) -> bool:
    return any(pattern.found_in(text) for pattern in patterns)


@cache
def screen() -> Lexicon:
    """The shipped patterns over what a child says. Raises ContentInvalid when the file is wrong."""
    return read(yaml.safe_load((HERE / "screen.yaml").read_text("utf-8")))


def read(raw: Mapping[str, Any]) -> Lexicon:
    """A lexicon from the parsed file: groups, patterns by label, contexts."""
    groups = raw["groups"]

    def compiled(lines: Sequence[str]) -> tuple[Pattern, ...]:
        return tuple(compile_pattern(line, groups) for line in lines)

    rules = [
        Rule(
            entry["id"],
            label,
            entry["weight"],
            compiled(entry["any"]),
            compiled(entry.get("unless", [])),
            entry.get("firm", False),
        )
        for label, entries in raw["patterns"].items()
        for entry in entries
    ]
    contexts = [
        Context(
            entry["id"], frozenset(entry["labels"]), entry["factor"], entry.get("calm", NEUTRAL), compiled(entry["any"])
        )
        for entry in raw.get("contexts", [])
    ]
    return Lexicon(tuple(rules), tuple(contexts))
