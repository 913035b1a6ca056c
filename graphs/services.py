"""What the graph's nodes may call, filled by the composition root."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from langgraph.config import get_stream_writer

from infra.clock import Clock
from infra.scope import LOCAL_TENANT, Scope
from learners.ports import LearnerService
from lessons.ports import LessonService
from memory.ports import MemoryService
from providers.directive import Directive
from providers.ports import Embedder, Sentence, Wording
from tools.ports import Outcome


class Tools(Protocol):
    """The part of `ToolExecutor` that a turn uses."""

    async def run(self, name: str, request: Mapping[str, Any]) -> Outcome: ...

    def ahead(self, name: str, request: Mapping[str, Any]) -> None: ...


@dataclass(frozen=True)
class Services:
    """One of each. `instructions` words a Directive, with memories, for a provider's model; `forget_upload` deletes
    a stored recording or picture.
    """

    tools: Tools
    embedder: Embedder
    memory: MemoryService
    lessons: LessonService
    learners: LearnerService
    wording: Wording
    instructions: Callable[[Directive, Sequence[str]], str]
    forget_upload: Callable[[str], Awaitable[None]]
    clock: Clock
    recall_deadline_ms: float


@dataclass
class TurnContext:
    """Whose turn it is; given with each run. `recording`, `picture`: the ids of what was uploaded, where the child
    spoke or showed something. `milliseconds` is filled by the nodes as they end.

    As it is, a turn is played once and nothing is kept of it on the way, as in Studio; `graphs.turns` gives a context
    that keeps finished steps, so that a turn goes on after a crash where it was.
    """

    learner_id: str = "guest"
    tenant: str = LOCAL_TENANT
    vietnamese_help: bool = False
    recording: str = ""
    picture: str = ""
    milliseconds: dict[str, float] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return Scope(tenant=self.tenant, learner_id=self.learner_id)

    def earlier(self, step: str) -> dict[str, Any] | None:
        """The update of a step that an earlier attempt at this turn finished."""
        return None

    def was_recorded(self) -> None:
        """Told before anything is found out about the message when the transcript has its turn already."""

    def finished(self, step: str, update: dict[str, Any]) -> None:
        """Told after each step."""

    def said(self) -> Sequence[Sentence]:
        """Sentences that an earlier attempt at this turn said."""
        return ()

    @property
    def stopped(self) -> asyncio.Event:
        """Set when the turn shall speak no more."""
        return asyncio.Event()

    async def say(
        self, said: Sequence[tuple[Mapping[str, Any], Sentence]], ending: Mapping[str, Any] | None = None
    ) -> bool:
        """Sends sentences out, each with its event; False when none was sent, because the turn shall speak no more.

        `ending`: the update of the reply step, when these are known to be its last sentences.
        """
        for event, _ in said:
            get_stream_writer()(event)
        return True

    async def commit(self) -> None:
        """Asks whether the turn may be recorded; from then on it is only ever finished."""

    def recorded(self, *, is_new: bool) -> None:
        """Told when the turn is in the transcript; `is_new` is False when it was there before."""
