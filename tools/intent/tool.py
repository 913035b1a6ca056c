"""INTENT_DETECTION_TOOL: what the child wants with this line."""

import re
from pathlib import Path
from typing import ClassVar, cast

import numpy as np

from tools import cues, linear
from tools.intent import context as coach
from tools.intent import features, slots
from tools.language import LanguageTool
from tools.loose import new_style
from tools.ports import ToolAnswer, ToolRequest
from tools.schemas import IntentAnswer, IntentLabel, IntentRequest, TextRequest
from tools.vectors import READ_CHARACTERS, Encoder

PACK = Path(__file__).parent / "weights.npz"
PATTERNS = Path(__file__).parent / "patterns.tsv"

FLOOR = 1e-4
_CONTRACTED = re.compile(r"\b(what|who|where|how|when)s\b")  # children leave the apostrophe out
TEMPERATURE = 1.1


class IntentTool:
    """Phrase patterns and a classifier on the sentence vector, added up as log-odds."""

    name: ClassVar[str] = "INTENT_DETECTION_TOOL"
    request: ClassVar[type[ToolRequest]] = IntentRequest
    answer: ClassVar[type[ToolAnswer]] = IntentAnswer

    def __init__(self, encoder: Encoder, language: LanguageTool) -> None:
        self._encoder = encoder
        self._language = language
        self._pack = linear.Pack(PACK)

    def warm(self) -> None:
        self.run(IntentRequest(text="xin chào", context="Hello!"))

    def run(self, request: IntentRequest, /) -> IntentAnswer:
        text = request.text[:READ_CHARACTERS]
        spelled = self._language.spell(text)
        lowered = _CONTRACTED.sub(r"\1's", new_style(spelled.lower()))
        label, confidence = self._decide(spelled, lowered, request.context)
        language = self._language.run(TextRequest(text=text))
        return IntentAnswer(
            intent=label,
            confidence=confidence,
            term=slots.term(label, lowered),
            topic=slots.topic(label, lowered, language),
            names=slots.found_names(text, language),
            asks_coach=slots.asks_coach(label, lowered),
            asks_memory=label in ("small_talk", "off_topic") and slots.asks_memory(lowered),
        )

    def _decide(self, spelled: str, lowered: str, line: str) -> tuple[IntentLabel, float]:
        if not any(character.isalnum() for character in lowered):
            return _wordless(lowered)
        model, previous = self._pack.model(), coach.read(line[-READ_CHARACTERS:])
        vector = self._encoder.encode([spelled], query=True)[0]
        spoken = cues.read(PATTERNS).weigh(lowered)
        gains = coach.adjustments(previous, lowered, bool(spoken))
        scores = np.log(model.probabilities(features.row(vector, spelled, previous)[None]) + FLOOR)[0]
        for index, label in enumerate(model.labels):
            name = cast(IntentLabel, label)
            scores[index] += spoken.get(name, 0.0) + gains.get(name, 0.0)
        chances = linear.softmax(scores[None] / TEMPERATURE)[0]
        best = int(chances.argmax())
        return cast(IntentLabel, model.labels[best]), float(chances[best])


def _wordless(text: str) -> tuple[IntentLabel, float]:
    """Nothing but signs: question marks ask, the rest (silence, an emoji) counts as a try to answer."""
    return ("dont_understand", 0.8) if "?" in text else ("answer", 0.5)
