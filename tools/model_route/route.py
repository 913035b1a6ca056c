"""One generic second route: renders the tool's prompt, asks for its shape, checks what comes back."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar

from langchain_core.messages import BaseMessage
from pydantic import BaseModel, ValidationError

from infra.errors import CoachError
from prompts.coach import as_data
from prompts.library import PromptLibrary
from prompts.tools import tool_messages
from tools.model_route.task import Refused, Shape, Task, words_of
from tools.ports import Tell, ToolAnswer, ToolRequest
from tools.safety.pii import find

ShapeT = TypeVar("ShapeT", bound=BaseModel)


class Models(Protocol):
    """`providers.structured.StructuredModels` is one."""

    async def ask(self, shape: type[ShapeT], messages: Sequence[BaseMessage]) -> tuple[ShapeT, str]: ...


class Proposal(NamedTuple):
    shaped: Shape
    provider: str


class ModelRoute:
    """`Route` of one tool. Personal data that is found never leaves the house: it is redacted, or nothing is sent."""

    def __init__(self, task: Task, models: Models, library: PromptLibrary) -> None:
        self._task = task
        self._models = models
        self._library = library

    async def propose(self, request: ToolRequest, tell: Tell) -> Proposal | None:
        text = words_of(request)
        shown = as_data(find(text).redacted)
        if not shown or (self._task.exact and shown != text):
            tell("model: not asked, the text is empty or cannot be shown as it is")
            return None
        tell("model: asked")
        messages = tool_messages(self._library, self._task.prompt, shown, **self._task.parameters(request))
        try:
            return Proposal(*await self._models.ask(self._task.shape, messages))
        except CoachError as error:
            tell(f"model: {error.code}")
            return None

    def settle(self, request: ToolRequest, embedded: ToolAnswer, proposal: object, tell: Tell) -> ToolAnswer | None:
        assert isinstance(proposal, Proposal)
        try:
            answer = self._task.settle(request, embedded, proposal.shaped, f"model:{proposal.provider}")
        except Refused as refused:
            tell(f"model {proposal.provider}: refused, {refused}")
            return None
        except ValidationError:
            tell(f"model {proposal.provider}: refused, it makes no answer of the tool")
            return None
        tell(f"model {proposal.provider}: accepted")
        return answer
