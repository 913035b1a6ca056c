"""The scripted coach as a LangChain chat model: no key, no network, no weights."""

import random
from collections.abc import AsyncIterator, Iterator
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from providers.directive import directive_of
from providers.scripted.line import Line
from providers.scripted.wording import word

VIETNAMESE_KEY = "vi"
EARLIER_TURNS = 10


class ScriptedCoach(BaseChatModel):
    """Words the Directive that the last SystemMessage carries (see `providers.directive.directive_message`).

    Streams one chunk a sentence, the space before it included; `additional_kwargs["vi"]` of a chunk is
    the Vietnamese support line of that sentence, "" where there is none or where the sentence is itself
    Vietnamese. The choice among wordings is `directive.variant`'s. Raises ValueError without a Directive.
    """

    @property
    def _llm_type(self) -> str:
        return "scripted-coach"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model_name": "scripted"}

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        lines = worded(messages)
        message = AIMessage(
            content=" ".join(line.spoken for line in lines),
            additional_kwargs={VIETNAMESE_KEY: " ".join(line.support for line in lines if line.support)},
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for index, line in enumerate(worded(messages)):
            chunk = _chunk(line, first=index == 0)
            if run_manager:
                run_manager.on_llm_new_token(chunk.text, chunk=chunk)
            yield chunk

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        for index, line in enumerate(worded(messages)):
            chunk = _chunk(line, first=index == 0)
            if run_manager:
                await run_manager.on_llm_new_token(chunk.text, chunk=chunk)
            yield chunk


def worded(messages: list[BaseMessage]) -> list[Line]:
    """The reply to the Directive in `messages`. Raises ValueError when there is none."""
    directive = directive_of(messages)
    if directive is None:
        raise ValueError(
            "The scripted coach words a Directive: put directive_message(directive, instructions) from "
            "providers.directive among the messages."
        )
    earlier = [message.text for message in messages if isinstance(message, HumanMessage)][-EARLIER_TURNS:]
    return word(directive, random.Random(directive.variant), earlier=earlier)


def _chunk(line: Line, *, first: bool) -> ChatGenerationChunk:
    text = line.spoken if first else f" {line.spoken}"
    return ChatGenerationChunk(message=AIMessageChunk(content=text, additional_kwargs={VIETNAMESE_KEY: line.support}))
