"""Mood by a model: never more cheerful than the tool allows."""

from tools.model_route.task import Refused, Shape, Task, bounded
from tools.mood.tool import chosen
from tools.schemas import MoodAnswer, MoodLabel, TextRequest


class ModelMood(Shape):
    mood: MoodLabel
    confidence: float


def settle(request: TextRequest, embedded: MoodAnswer, shaped: ModelMood, source: str) -> MoodAnswer:
    """Half the weight is the model's, half the tool's own scores."""
    sure = bounded(shaped.confidence)
    others = max(1, len(embedded.scores) - 1)
    scores = {
        label: (score + (sure if label == shaped.mood else (1 - sure) / others)) / 2
        for label, score in embedded.scores.items()
    }
    mood = chosen(scores)
    if mood not in (shaped.mood, embedded.mood):
        raise Refused("neither route's mood is left when both are weighed")
    return MoodAnswer(mood=mood, confidence=scores[mood], scores=scores, source=source)


MOOD = Task("tool_mood", ModelMood, settle)
