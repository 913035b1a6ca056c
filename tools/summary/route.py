"""The model route of the summary: a model writes it, and keeps only the sentences that their turns bear out."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from langchain_core.messages import HumanMessage, SystemMessage

from infra.errors import CoachError
from infra.executors import BoundedExecutor
from prompts.coach import as_data
from prompts.library import PromptLibrary
from tools.grounding import is_grounded
from tools.model_route.route import Models
from tools.model_route.task import Shape
from tools.ports import Tell, ToolAnswer, ToolRequest
from tools.safety import SafetyTool
from tools.safety.outgoing import check_sentence
from tools.safety.pii import find
from tools.schemas import TextRequest
from tools.summary.schemas import SummaryAnswer, SummaryRequest, SummarySentence, Topic
from tools.summary.words import is_urgent
from tools.turns import Turn, said_by_learner

MOST_SENTENCES, LONGEST = 20, 400
LEAST_KEPT = 0.5  # a summary of which more is not borne out is not believed at all
CONFIDENCE = 0.8
_KEPT_TOPICS: frozenset[Topic] = frozenset({"grown_up"})
_QUOTED = re.compile(r"[“\"](.+?)[”\"]")
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[\w,;:] )[^\W\d_a-zàáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]\w+")


def summary_instructions(library: PromptLibrary, request: SummaryRequest) -> str:
    """The prompt for one summary."""
    child = as_data(request.name)
    return library.render("tool_summary", audience=request.audience, language=request.language, child=child).text


class ModelSentence(Shape):
    text: str
    turns: list[int]


class ModelSummary(Shape):
    sentences: list[ModelSentence]


class _Proposal(NamedTuple):
    summary: ModelSummary
    provider: str


class SummaryRoute:
    """`Route` of the summary tool. `instructions` renders its prompt; a talk with a danger in it is not sent."""

    def __init__(
        self,
        models: Models,
        instructions: Callable[[SummaryRequest], str],
        safety: SafetyTool,
        pool: BoundedExecutor,
    ) -> None:
        self._models = models
        self._instructions = instructions
        self._safety = safety
        self._pool = pool

    async def propose(self, request: ToolRequest, tell: Tell) -> _Proposal | None:
        assert isinstance(request, SummaryRequest)
        tell("model: asked")
        try:
            shown = await self._pool.run(self._shown, request.turns)
            if not shown:
                tell("model: not asked, something was said in danger, or nothing at all")
                return None
            messages = [SystemMessage(self._instructions(request)), HumanMessage(shown)]
            return _Proposal(*await self._models.ask(ModelSummary, messages))
        except CoachError as error:
            tell(f"model: {error.code}")
            return None

    def _shown(self, turns: Sequence[Turn]) -> str:
        """The turns, personal data replaced, each between tags that it cannot close; "" where a danger is among them:
        what a child says around it would tell of it, and a model cannot be trusted to know who reads."""
        labels = {self._safety.run(TextRequest(text=turn.text)).label for _, turn in said_by_learner(turns)}
        if any(is_urgent(label) for label in labels):
            return ""
        return "\n".join(
            f'<turn number="{number}" speaker="{turn.speaker}">{as_data(find(turn.text).redacted)}</turn>'
            for number, turn in enumerate(turns)
            if turn.text.strip()
        )

    def settle(self, request: ToolRequest, embedded: ToolAnswer, proposal: object, tell: Tell) -> ToolAnswer | None:
        """The sentences that hold, and what the tool itself says of the need for a grown-up."""
        assert isinstance(request, SummaryRequest)
        assert isinstance(embedded, SummaryAnswer)
        assert isinstance(proposal, _Proposal)
        written = proposal.summary.sentences[:MOST_SENTENCES]
        held = [sentence for sentence in written if holds(sentence, request.turns, request.name)]
        if not written or len(held) < LEAST_KEPT * len(written):
            tell(f"model {proposal.provider}: refused, {len(written) - len(held)} sentences are not borne out")
            return None
        own = [sentence for sentence in embedded.sentences if sentence.topic in _KEPT_TOPICS]
        sentences = [SummarySentence(topic="told", text=s.text, turns=tuple(s.turns)) for s in held] + own
        return SummaryAnswer(
            sentences=tuple(sentences),
            text=" ".join(sentence.text for sentence in sentences),
            needs_grown_up=embedded.needs_grown_up,
            confidence=CONFIDENCE,
            source=f"model:{proposal.provider}",
        )


def holds(sentence: ModelSentence, turns: Sequence[Turn], name: str) -> bool:
    """Whether a sentence names turns that there are, and its quotes, names and numbers stand in them.

    What it says in other words than the child's is not checked: no rule could.
    """
    if not (sentence.text.strip() and len(sentence.text) <= LONGEST and sentence.turns):
        return False
    if not all(0 <= number < len(turns) for number in sentence.turns) or check_sentence(_QUOTED.sub("", sentence.text)):
        return False
    said = " ".join([*(turns[number].text for number in sentence.turns), name, "Pika"])
    text = _QUOTED.sub(" ", sentence.text)
    checked = [*_QUOTED.findall(sentence.text), *_NUMBER.findall(text), *_NAME.findall(text)]
    return all(is_grounded(part, said) for part in checked)
