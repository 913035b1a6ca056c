"""Safety by a model: it may only add to what the tool found, never clear it."""

from typing import Literal

from tools.model_route.task import Shape, Task, bounded
from tools.safety.decide import shipped_policy
from tools.schemas import Flag, SafetyAnswer, TextRequest

SUREST_DOUBT = 0.6  # a flag that the model itself doubts more is not raised

# All labels but personal data: where it stands in the text only the tool knows.
Danger = Literal[
    "self_harm", "violence_threat", "bullying_victim", "abuse_disclosure", "grooming", "sexual", "dangerous_act",
    "hate", "profanity", "prompt_injection", "secret_keeping",
]  # fmt: skip


class ModelFlag(Shape):
    label: Danger
    confidence: float


class ModelSafety(Shape):
    """None for a text without danger."""

    flags: list[ModelFlag]


def settle(request: TextRequest, embedded: SafetyAnswer, shaped: ModelSafety, source: str) -> SafetyAnswer:
    """Every flag of the tool, and the model's where the tool has none of that label; gravest first."""
    known = {flag.label for flag in embedded.flags}
    doubted = {flag.label: flag.confidence for flag in shaped.flags if flag.confidence >= SUREST_DOUBT}
    added = [
        Flag(label=label, confidence=bounded(sure), fired=source)
        for label, sure in doubted.items()
        if label not in known
    ]
    order = shipped_policy().severity
    flags = tuple(sorted((*embedded.flags, *added), key=lambda flag: order.index(flag.label)))
    return embedded.model_copy(
        update={
            "flags": flags,
            "label": flags[0].label if flags else "safe",
            "confidence": flags[0].confidence if flags else embedded.confidence,
            "source": source,
        }
    )


SAFETY = Task("tool_safety", ModelSafety, settle)
