"""The places that know a learner: database, memories, caches in this process, files."""

import asyncio
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from infra.scope import Scope
from learners.ports import LearnerService
from memory.ports import MemoryRepository

SCANNED_BYTES = 256 * 1024 * 1024  # newest files first: an erasure must not read a whole archive
MOST_CANARIES = 8
LONG_ENOUGH = 16  # characters of an id that no other data holds by chance
UNMISTAKABLE = 40  # characters of a sentence that another child will not have said


class DatabaseKeeper:
    """Profile, transcript, evidence, progress, outbox and inbox, threads. A server keeps its own logs."""

    name, note = "database", ""

    def __init__(self, learners: LearnerService) -> None:
        self._learners = learners

    async def canaries(self, scope: Scope) -> Sequence[str]:
        lines = await self._learners.transcript(scope)
        ids = [line.turn_id for line in lines if len(line.turn_id) >= LONG_ENOUGH]
        return ids[-MOST_CANARIES:] + [line.said for line in lines if len(line.said) >= UNMISTAKABLE][-MOST_CANARIES:]

    async def remove(self, scope: Scope, canaries: Sequence[str]) -> int:
        return await self._learners.forget_learner(scope)

    async def traces(self, scope: Scope, canaries: Sequence[str]) -> int:
        profile = await self._learners.profile(scope)
        return len(await self._learners.transcript(scope)) + len(await self._learners.evidence(scope)) + profile.turns


class MemoryKeeper:
    """Vectors, words, facts and their history (mem0 keeps none of its own)."""

    name, note = "memories", ""

    def __init__(self, memory: MemoryRepository) -> None:
        self._memory = memory

    async def canaries(self, scope: Scope) -> Sequence[str]:
        return [memory.id for memory in (await self._memory.export(scope))[-MOST_CANARIES:]]

    async def remove(self, scope: Scope, canaries: Sequence[str]) -> int:
        return await self._memory.forget_learner(scope)

    async def traces(self, scope: Scope, canaries: Sequence[str]) -> int:
        stats = await self._memory.stats(scope)
        return stats.episodic + stats.semantic + stats.procedural


class CachesKeeper:
    """Answers and sentence vectors kept in this process: they carry no name, so all of them are dropped."""

    name, note = "caches", "Caches of other processes hold no names and are overwritten with use."

    def __init__(self, drops: Sequence[Callable[[], int]]) -> None:
        self._drops = drops

    async def canaries(self, scope: Scope) -> Sequence[str]:
        return ()

    async def remove(self, scope: Scope, canaries: Sequence[str]) -> int:
        return sum(drop() for drop in self._drops)

    async def traces(self, scope: Scope, canaries: Sequence[str]) -> int:
        return 0


class FilesKeeper:
    """The data folder: nothing is removed here, every file is searched for what the other places knew."""

    name = "files"
    note = ""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def canaries(self, scope: Scope) -> Sequence[str]:
        return ()

    async def remove(self, scope: Scope, canaries: Sequence[str]) -> int:
        return 0

    async def traces(self, scope: Scope, canaries: Sequence[str]) -> int:
        """Files whose bytes hold a canary, and folders that carry the learner's name."""
        return await asyncio.to_thread(_traces, self._folder, scope, canaries)


def _traces(folder: Path, scope: Scope, canaries: Sequence[str]) -> int:
    folders = sum(1 for _ in folder.glob(f"memory/{scope.folder}"))
    if not canaries:
        return folders
    wanted = re.compile(b"|".join(re.escape(canary.encode()) for canary in canaries))
    return folders + sum(_holds(path, wanted) for path in _scanned(folder))


def _scanned(folder: Path) -> list[Path]:
    """Files of what is shared; a learner's memories lie in a folder of their own, which is gone."""
    files = [path for path in folder.rglob("*") if path.relative_to(folder).parts[0] != "memory"]
    stats = sorted(((_stat(path), path) for path in files), reverse=True)
    kept, total = [], 0
    for (_, size), path in stats:
        total += size
        if size and total <= SCANNED_BYTES:
            kept.append(path)
    return kept


def _stat(path: Path) -> tuple[float, int]:
    try:
        found = path.stat()
        return (found.st_mtime, found.st_size if path.is_file() else 0)
    except FileNotFoundError:  # deleted meanwhile
        return (0.0, 0)


def _holds(path: Path, wanted: re.Pattern[bytes]) -> bool:
    try:
        return wanted.search(path.read_bytes()) is not None
    except OSError:  # deleted meanwhile, or a socket
        return False
