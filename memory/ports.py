"""What rooms above may ask of memory; every call takes the `Scope` first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from infra.scope import Scope
from providers.ports import Vector

Kind = Literal["episodic", "semantic", "procedural"]
Speaker = str  # "learner", or who else told: "parent", "teacher"


class Memory(BaseModel):
    """One thing remembered. `text` is the child's own words (episodic), a fact in a few words (semantic), or what
    helps this child learn (procedural). `subject_key` names what a fact is about, e.g. "pet:dog:name"; a newer
    fact with the same key replaces it. `importance`, `confidence` and `strength` (what is left of it after the time
    that passed) are 0 to 1; `valid_to` is None while a fact holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    text: str
    said_at: datetime
    turn_id: str
    language: str = "en"
    subject_key: str = ""
    about: str = ""  # what a fact is about, said to the child: "your dog's name"
    value: str = ""  # the fact's value, e.g. "Rex"
    quote: str = ""  # the sentence it was taken from
    score: float = 0.0
    speaker: Speaker = "learner"
    importance: float = 0.5
    confidence: float = 0.9
    pinned: bool = False
    strength: float = 1.0
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    source_turn_ids: tuple[str, ...] = ()


class Remembered(BaseModel):
    """The answer to a question about the past, or that there is none (`known` False: never told)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    known: bool
    about: str = ""  # e.g. "your dog's name"
    answer: str = ""
    quote: str = ""
    confidence: float = Field(0.0, ge=0, le=1)


class Said(BaseModel):
    """A learner's turn to remember. `context` is the coach's line before it. Personal data is already redacted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    turn_id: str
    text: str
    context: str = ""
    said_at: datetime
    language: str = "en"
    speaker: Speaker = "learner"


class Stats(BaseModel):
    """How much is stored of one learner, by kind; `live` facts hold now, `quarantined` were heard and not believed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    episodic: int = 0
    semantic: int = 0
    procedural: int = 0
    live: int = 0
    quarantined: int = 0


class MemoryRepository(Protocol):
    """A learner's memories as records. Ids of somebody else's memories are as if they were not there."""

    async def store(self, scope: Scope, said: "Said") -> None:
        """Stores a turn and the facts in it. Calling it again with the same turn id changes nothing."""
        ...

    async def retrieve(self, scope: Scope, text: str, vector: Vector, *, limit: int = 5) -> Sequence[Memory]: ...

    async def get(self, scope: Scope, memory_id: str) -> Memory:
        """Raises NotFound."""
        ...

    async def update(
        self, scope: Scope, memory_id: str, *, value: str | None = None, pinned: bool | None = None, by: Speaker
    ) -> Memory:
        """Corrects a fact (the old value becomes history) or pins a memory. Raises NotFound, BadInput."""
        ...

    async def delete(self, scope: Scope, memory_id: str) -> None:
        """Removes one memory for good, from the files too. Raises NotFound."""
        ...

    async def history(self, scope: Scope, memory_id: str) -> Sequence[Memory]:
        """Every value the fact has had, oldest first, each with the time it held. Raises NotFound."""
        ...

    async def export(self, scope: Scope) -> Sequence[Memory]:
        """Everything, in the order it was said."""
        ...

    async def forget_learner(self, scope: Scope) -> int: ...

    async def stats(self, scope: Scope) -> Stats: ...


class MemoryService(Protocol):
    """The face of this room."""

    async def recall(self, scope: Scope, text: str, vector: Vector, *, limit: int = 5) -> Sequence[Memory]:
        """The memories nearest to `text`, best first, at most `limit`; superseded facts are left out."""
        ...

    async def answer(self, scope: Scope, question: str, vector: Vector) -> Remembered | None:
        """The answer to "what is my dog's name?"; None when `question` does not ask for a memory."""
        ...

    async def highlights(self, scope: Scope, *, limit: int = 3) -> Sequence[Memory]:
        """Current facts worth mentioning in a greeting, newest first."""
        ...

    def missed(self) -> None:
        """Told when a turn went on without its memories, because they came too late: counted."""
        ...

    def counted(self) -> Mapping[str, int]:
        """Since the start: `recalls` that were asked for, `late` turns that went on without."""
        ...

    async def remember(self, scope: Scope, said: Said) -> None:
        """Stores a turn and the facts in it. Calling it again with the same turn id changes nothing."""
        ...

    async def forget_learner(self, scope: Scope) -> int:
        """Removes every trace of the learner from this room; returns how many memories there were."""
        ...
