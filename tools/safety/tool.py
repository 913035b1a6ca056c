"""SAFETY_SCREEN_TOOL: what is dangerous, unkind or private in what a child says."""

from typing import ClassVar

from tools.language import LanguageTool
from tools.ports import ToolAnswer, ToolRequest
from tools.safety.classifier import Classifier
from tools.safety.decide import decide, shipped_policy
from tools.safety.features import SentenceVectors
from tools.safety.lexicon import screen
from tools.safety.normalise import forms
from tools.safety.pii import find
from tools.schemas import SafetyAnswer, TextRequest

CLASSIFIER = "classifier"
MIN_TOKENS_FOR_CLASSIFIER = 3  # "no" or "football" say too little for a classifier alone to raise an alarm


class SafetyTool:
    """Patterns and a classifier over one text. `vectors` is the shared embedder; nothing needs closing.

    Give the `language` that mood and intent have, so that its word tables are loaded once.
    """

    name: ClassVar[str] = "SAFETY_SCREEN_TOOL"
    request: ClassVar[type[ToolRequest]] = TextRequest
    answer: ClassVar[type[ToolAnswer]] = SafetyAnswer

    def __init__(self, vectors: SentenceVectors, language: LanguageTool | None = None) -> None:
        self._classifier = Classifier(vectors, language or LanguageTool())

    def warm(self) -> None:
        screen()
        shipped_policy()
        self._classifier.warm()

    def run(self, request: TextRequest, /) -> SafetyAnswer:
        """The gravest label with its reasons. Pure: the same text gives the same answer."""
        read = forms(request.text)
        private = find(read.clean)
        if not read.tokens:
            return SafetyAnswer(label="safe", confidence=1.0, redacted=private.redacted, pii=private.kinds)
        hits = [*screen().hits(read), *private.hits]
        probabilities = self._classifier.probabilities(read, hits)
        flags = decide(hits, probabilities, shipped_policy())
        if len(read.tokens) < MIN_TOKENS_FOR_CLASSIFIER:
            flags = tuple(flag for flag in flags if flag.fired != CLASSIFIER)
        return SafetyAnswer(
            label=flags[0].label if flags else "safe",
            confidence=flags[0].confidence if flags else probabilities["safe"],
            flags=flags,
            redacted=private.redacted,
            pii=private.kinds,
        )
