"""Intent by a model: what it quotes must have been said."""

from collections.abc import Mapping

from prompts.coach import as_data
from tools.model_route.task import Refused, Shape, Task, bounded
from tools.safety.pii import find
from tools.schemas import IntentAnswer, IntentLabel, IntentRequest
from tools.text import strip_marks


class ModelIntent(Shape):
    """`term`: the word or line asked about; `topic`: what it is about; both in the child's words, or empty."""

    intent: IntentLabel
    confidence: float
    term: str
    topic: str


def settle(request: IntentRequest, embedded: IntentAnswer, shaped: ModelIntent, source: str) -> IntentAnswer:
    """The model's intent and quotes; what else the tool found stays with the tool's own intent."""
    said = _folded(request.text)
    if any(_folded(quote) not in said for quote in (shaped.term, shaped.topic)):
        raise Refused("it quotes what was not said")
    agreed = shaped.intent == embedded.intent
    return IntentAnswer(
        intent=shaped.intent,
        confidence=max(bounded(shaped.confidence), embedded.confidence if agreed else 0.0),
        term=embedded.term if agreed and embedded.term else shaped.term,
        topic=embedded.topic if agreed and embedded.topic else shaped.topic,
        names=embedded.names,
        asks_coach=agreed and embedded.asks_coach,
        asks_memory=agreed and embedded.asks_memory,
        source=source,
    )


def _folded(text: str) -> str:
    return " ".join(strip_marks(text.lower()).split())


def _parameters(request: IntentRequest) -> Mapping[str, str]:
    return {"context": as_data(find(request.context).redacted)}


INTENT = Task("tool_intent", ModelIntent, settle, parameters=_parameters)
