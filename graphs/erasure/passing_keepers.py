"""What is kept for an hour at most, and without a learner's name: uploads of turns, jobs of single tools."""

import asyncio
import re
from collections.abc import Sequence

from infra.errors import CoachError
from infra.files import StoredFiles
from infra.scope import Scope
from tools.jobs import ToolJobs

_UPLOAD = re.compile(r"[0-9a-f]{64}")


class UploadsKeeper:
    """Recordings and pictures that turns of the learner name; `TurnsKeeper` tells which, as canaries."""

    name = "uploads"
    note = "An upload that no turn was sent for carries no name; it is deleted after an hour."

    def __init__(self, files: StoredFiles) -> None:
        self._files = files

    async def canaries(self, scope: Scope) -> Sequence[str]:
        return ()

    async def remove(self, scope: Scope, canaries: Sequence[str]) -> int:
        left = await self._left(canaries)
        for name in left:
            await asyncio.to_thread(self._files.delete, name)
        return len(left)

    async def traces(self, scope: Scope, canaries: Sequence[str]) -> int:
        return len(await self._left(canaries))

    async def _left(self, canaries: Sequence[str]) -> list[str]:
        return [name for name in canaries if _UPLOAD.fullmatch(name) and await self._is_there(name)]

    async def _is_there(self, name: str) -> bool:
        try:
            await asyncio.to_thread(self._files.read, name)
        except CoachError:
            return False
        return True


class JobsKeeper:
    """Jobs of the learner's tenant whose results hold what only this learner's data holds."""

    name = "jobs"
    note = "A job that quotes short sentences only cannot be told from other children's; it expires within an hour."

    def __init__(self, jobs: ToolJobs) -> None:
        self._jobs = jobs

    async def canaries(self, scope: Scope) -> Sequence[str]:
        return ()

    async def remove(self, scope: Scope, canaries: Sequence[str]) -> int:
        found = await self._jobs.holding(scope.tenant, canaries)
        for job in found:
            await self._jobs.forget(scope.tenant, job)
        return len(found)

    async def traces(self, scope: Scope, canaries: Sequence[str]) -> int:
        return len(await self._jobs.holding(scope.tenant, canaries))
