"""MOOD_ANALYSIS_TOOL: the mood of one line."""

from pathlib import Path
from typing import ClassVar, cast

import numpy as np

from tools import cues, linear
from tools.language import LanguageTool
from tools.loose import new_style
from tools.ports import ToolAnswer, ToolRequest
from tools.schemas import MoodAnswer, MoodLabel, TextRequest
from tools.vectors import READ_CHARACTERS, Encoder

PACK = Path(__file__).parent / "weights.npz"
CUES = Path(__file__).parent / "cues.tsv"

FLOOR = 1e-3
TEMPERATURE = 1.0
CARE = 0.4  # this much chance of hurt is enough not to answer a child cheerfully
CHEERFUL = frozenset({"happy", "excited"})
HURT = frozenset({"sad", "anxious", "frustrated"})


class MoodTool:
    """Cue words and a classifier on the sentence vector, added up as log-odds."""

    name: ClassVar[str] = "MOOD_ANALYSIS_TOOL"
    request: ClassVar[type[ToolRequest]] = TextRequest
    answer: ClassVar[type[ToolAnswer]] = MoodAnswer

    def __init__(self, encoder: Encoder, language: LanguageTool) -> None:
        self._encoder = encoder
        self._language = language
        self._pack = linear.Pack(PACK)

    def warm(self) -> None:
        self.run(TextRequest(text="con vui"))

    def run(self, request: TextRequest, /) -> MoodAnswer:
        spelled = self._language.spell(request.text[:READ_CHARACTERS])
        scores = self._scores(spelled)
        mood = chosen(scores)
        return MoodAnswer(mood=mood, confidence=scores[mood], scores=scores)

    def _scores(self, spelled: str) -> dict[str, float]:
        model = self._pack.model()
        weighed = cues.read(CUES).weigh(new_style(spelled.lower()))
        if any(character.isalnum() for character in spelled):
            chances = model.probabilities(self._encoder.encode([spelled], query=True))[0]
        else:
            chances = np.array([0.8 if label == "neutral" else 0.025 for label in model.labels])
        odds = np.log(chances + FLOOR) + np.array([weighed.get(label, 0.0) for label in model.labels])
        softened = linear.softmax(odds[None] / TEMPERATURE)[0]
        return dict(zip(model.labels, map(float, softened), strict=True))


def chosen(scores: dict[str, float]) -> MoodLabel:
    """The likeliest mood, but never a cheerful one while hurt has a chance of `CARE` or more."""
    best = max(scores, key=lambda label: scores[label])
    if best in CHEERFUL and sum(scores[label] for label in HURT) >= CARE:
        best = max(HURT, key=lambda label: scores[label])
    return cast(MoodLabel, best)
