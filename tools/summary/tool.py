"""CONVERSATION_SUMMARY_TOOL."""

from typing import ClassVar

from tools.ports import Terms, ToolAnswer, ToolRequest
from tools.summary.observed import Readers, observe
from tools.summary.schemas import SummaryAnswer, SummaryRequest
from tools.summary.words import needs_grown_up, summary
from tools.turns import Turn

DEADLINE_MS = 30_000  # 40 ms a turn, for the longest conversation
CONFIDENCE = 0.9  # every sentence quotes or counts; what may be wrong is a correction or a mood


class ConversationSummaryTool:
    """Writes from what the other tools see; it quotes and counts, and adds nothing."""

    name: ClassVar[str] = "CONVERSATION_SUMMARY_TOOL"
    request: ClassVar[type[ToolRequest]] = SummaryRequest
    answer: ClassVar[type[ToolAnswer]] = SummaryAnswer
    terms: ClassVar[Terms] = Terms(deadline_ms=DEADLINE_MS)

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    def warm(self) -> None:
        self.run(SummaryRequest(turns=(Turn(text="I have a cat"),)))

    def run(self, request: SummaryRequest, /) -> SummaryAnswer:
        seen = observe(request.turns, self._readers)
        sentences = summary(request.turns, seen, request.audience, request.language, request.name)
        return SummaryAnswer(
            sentences=sentences,
            text=" ".join(sentence.text for sentence in sentences),
            needs_grown_up=needs_grown_up(seen),
            confidence=CONFIDENCE,
        )
