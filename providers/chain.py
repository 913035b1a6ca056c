"""The wording port: tries the configured models in order, the scripted coach last."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage

from infra.clock import Clock, new_id
from infra.errors import ModelFailed
from providers.breaker import Breaker
from providers.chat import Connection
from providers.directive import Directive, directive_message
from providers.ports import Sentence
from providers.sentences import SentenceSplitter

_log = logging.getLogger(__name__)

HISTORY_MESSAGES = 12
MAX_SENTENCES = 6
SCRIPTED = "scripted"

Check = Callable[[str], str]


@dataclass
class Speaker:
    """A chat model that may word replies. `connect` makes it at its first use, off the event loop."""

    name: str
    connect: Callable[[], Connection]
    breaker: Breaker
    connection: Connection | None = field(default=None)

    async def ready(self) -> BaseChatModel:
        if self.connection is None:
            self.connection = await asyncio.to_thread(self.connect)
        return self.connection.model

    async def close(self) -> None:
        if self.connection is not None:
            await self.connection.close()
            self.connection = None


class WordingChain:
    """`Wording` over the speakers, then the scripted coach.

    A model that fails, or whose first sentence is late or refused by `check`, is replaced by the next one.
    After its first sentence a failing model just ends the reply: two models' texts are never joined.
    """

    def __init__(
        self,
        models: Sequence[tuple[str, Callable[[], Connection]]],
        scripted: BaseChatModel,
        *,
        check: Check,
        first_sentence_s: float,
        clock: Clock,
    ) -> None:
        self._speakers = [Speaker(name, connect, Breaker(clock)) for name, connect in models]
        self._scripted = scripted
        self._check = check
        self._first_sentence_s = first_sentence_s

    async def sentences(
        self, directive: Directive, instructions: str, history: Sequence[AnyMessage]
    ) -> AsyncIterator[Sentence]:
        prompt: list[BaseMessage] = [directive_message(directive, instructions), *_plain(history)]
        for speaker in self._speakers:
            if speaker.breaker.is_open:
                continue
            has_spoken = False
            async for sentence in self._attempt(speaker, prompt):
                has_spoken = True
                yield sentence
            if has_spoken:
                return
        async for sentence in _scripted(self._scripted, prompt):
            yield sentence

    async def close(self) -> None:
        """Closes the models' connections."""
        for speaker in self._speakers:
            await speaker.close()

    async def _attempt(self, speaker: Speaker, prompt: Sequence[BaseMessage]) -> AsyncIterator[Sentence]:
        """The speaker's sentences; none at all when it failed before its first."""
        spoken = 0
        stream = self._checked(speaker, prompt)
        try:
            while True:
                async with asyncio.timeout(self._first_sentence_s):
                    sentence = await anext(stream)
                spoken += 1
                yield sentence
                if spoken == MAX_SENTENCES:
                    break
        except StopAsyncIteration:
            if not spoken:
                speaker.breaker.failed()
                return
        except Exception as error:  # any client library's error: the next speaker takes over
            _log.warning("provider %s failed after %d sentences: %s", speaker.name, spoken, type(error).__name__)
            speaker.breaker.failed()
            return
        finally:
            await stream.aclose()
        speaker.breaker.succeeded()

    async def _checked(self, speaker: Speaker, prompt: Sequence[BaseMessage]) -> AsyncGenerator[Sentence, None]:
        model = await speaker.ready()
        splitter, message_id = SentenceSplitter(), new_id()
        async for chunk in model.astream(list(prompt)):
            message_id = chunk.id or message_id
            for text in splitter.feed(chunk.text):
                yield self._sentence(text, speaker.name, message_id)
        remaining = splitter.rest()
        if remaining:
            yield self._sentence(remaining, speaker.name, message_id)

    def _sentence(self, text: str, provider: str, message_id: str) -> Sentence:
        reason = self._check(text)
        if reason:
            raise ModelFailed(f"The model's sentence was refused: {reason}.")
        return {"text": text, "vi": "", "provider": provider, "message_id": message_id}


async def _scripted(model: BaseChatModel, prompt: Sequence[BaseMessage]) -> AsyncIterator[Sentence]:
    message_id = new_id()
    async for chunk in model.astream(list(prompt)):
        message_id = chunk.id or message_id
        if chunk.text.strip():
            vi = str(chunk.additional_kwargs.get("vi", ""))
            yield {"text": chunk.text.strip(), "vi": vi, "provider": SCRIPTED, "message_id": message_id}


def _plain(history: Sequence[AnyMessage]) -> list[BaseMessage]:
    """The newest messages, without what only our own pages read."""
    kinds = {"human": HumanMessage, "ai": AIMessage}
    return [
        kinds[message.type](content=message.text) for message in history[-HISTORY_MESSAGES:] if message.type in kinds
    ]
