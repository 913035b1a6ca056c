"""What the HTTP face needs of the house it stands in front of."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from langgraph.checkpoint.base import BaseCheckpointSaver

from graphs.erasure import Erasure
from graphs.turns import CoachService
from infra.database import Database
from infra.files import StoredFiles
from learners.ports import LearnerService
from lessons.ports import LessonService
from memory.repository import StoredMemories
from providers.ports import Embedder
from tools.executor import ToolExecutor
from tools.jobs import ToolJobs


class House(Protocol):
    """The opened house: its faces and its health."""

    @property
    def coach(self) -> CoachService: ...
    @property
    def learners(self) -> LearnerService: ...
    @property
    def lessons(self) -> LessonService: ...
    @property
    def database(self) -> Database: ...

    tools: ToolExecutor
    files: StoredFiles
    memories: StoredMemories

    @property
    def embedder(self) -> Embedder: ...
    @property
    def erasure(self) -> Erasure: ...

    @property
    def tool_jobs(self) -> ToolJobs: ...
    @property
    def saver(self) -> BaseCheckpointSaver[str]: ...

    async def settled(self) -> None:
        """Waits until what opens behind the first turns is open, the memories among it."""
        ...

    def metrics(self) -> bytes:
        """Counters of this process in Prometheus' text format 0.0.4."""
        ...

    async def health(self) -> Sequence[Mapping[str, Any]]:
        """One row a backend: `name`, `ok`, `detail`, and `remedy` where it is not ok."""
        ...
