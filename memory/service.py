"""The room's one face: remembers turns and facts of a learner, finds them, answers from them, forgets them."""

import asyncio
import importlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from infra.clock import Clock
from infra.errors import Unavailable
from infra.executors import BoundedExecutor
from infra.scope import Scope
from infra.settings import quiet_libraries
from memory.answering import answer
from memory.archive import Archive
from memory.consolidating import consolidate
from memory.extraction import extract
from memory.facts.fact import Extractor, Fact
from memory.keeping import records_of
from memory.modelled import Finder
from memory.ports import Memory, Remembered, Said
from memory.questions import parse
from memory.ranking import Asked
from memory.records import Record
from memory.reembedding import reembed
from memory.stores.opening import open_store
from memory.stores.points import Store
from providers.ports import Embedder, Vector

T = TypeVar("T")
MAX_TOKENS = 300  # of what is recalled for one turn
_GREETED = (
    "pet:",
    "me:favorite:",
    "me:likes:",
    "me:hobby:",
    "me:wants_to_be",
    "me:can:",
    "friend:",
    "family:",
    "event:",
)


class Memories:
    """`MemoryService` on mem0 over Qdrant. `await open()` before use, `await close()` after.

    `folder` holds one shard folder a learner (embedded); with `qdrant_url` the points live on that server.
    `store` puts another store in its place; `finder` finds facts in the extractor's; `time_zone` decides which day
    "yesterday" was.
    """

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        clock: Clock,
        *,
        open_shards: int = 64,
        qdrant_url: str = "",
        qdrant_api_key: str = "",
        extractor: Extractor = extract,
        finder: Finder | None = None,
        store: Store | None = None,
        time_zone: str = "Asia/Ho_Chi_Minh",
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._clock = clock
        self._open_shards = open_shards
        self._qdrant = (qdrant_url, qdrant_api_key)
        self._extractor = extractor
        self._finder = finder
        self._store = store
        self._archive: Archive | None = None
        self._zone = ZoneInfo(time_zone)
        self._reading = BoundedExecutor("memory-read", threads=2, pending=64)
        self._writing = BoundedExecutor("memory-write", threads=2, pending=256)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._fresh: set[str] = set()
        self._recalls = self._late = 0

    async def open(self) -> None:
        """Opens the store and imports mem0 (about 2.5 s, off the event loop)."""
        quiet_libraries(self._folder / ".mem0")
        store = self._store
        if store is None:
            store = await self._writing.run(open_store, self._folder, self._embedder, self._open_shards, *self._qdrant)
        mem0 = await self._writing.run(importlib.import_module, "memory.mem0_adapter")
        self._archive = Archive(store, mem0, self._open_shards)

    async def close(self) -> None:
        """Waits for what is being written, then closes."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._archive is not None:
            await self._writing.run(self._archive.store.close)
            self._archive = None
        self._reading.close()
        self._writing.close()

    async def ping(self) -> str:
        late = f", {self._late} turns went on without" if self._late else ""
        return await self._reading.run(self.archive.store.ping) + late

    def missed(self) -> None:
        self._late += 1

    def counted(self) -> Mapping[str, int]:
        """Since the start: `recalls` that were asked for, `late` turns that went on without."""
        return {"recalls": self._recalls, "late": self._late}

    async def recall(
        self, scope: Scope, text: str, vector: Vector, *, limit: int = 5, max_tokens: int = MAX_TOKENS
    ) -> Sequence[Memory]:
        self._recalls += 1
        await self._freshened(scope)
        return await self._reading.run(self._recall, scope, text, vector, limit, max_tokens)

    async def answer(self, scope: Scope, question: str, vector: Vector) -> Remembered | None:
        return await self._reading.run(self._answer, scope, question, vector)

    async def highlights(self, scope: Scope, *, limit: int = 3) -> Sequence[Memory]:
        book = await self._reading.run(self.archive.facts, scope)
        live = [
            r
            for r in book.timeline.live()
            if r.subject_key.startswith(_GREETED) and not r.subject_key.endswith(":count")
        ]
        return [record.memory() for record in reversed(live)][:limit]

    async def remember(self, scope: Scope, said: Said) -> None:
        there = said.model_copy(update={"said_at": said.said_at.astimezone(self._zone)})
        await self._freshened(scope)
        await self.alone(scope, self._remember, scope, there)

    async def forget_learner(self, scope: Scope) -> int:
        return await self.alone(scope, self.write, self.archive.erase, scope)

    async def consolidate(self, scope: Scope) -> int:
        """Sums up days that have faded, at most `consolidating.MOST_DAYS`; returns how many turns that were."""
        return await self.alone(scope, consolidate, self, scope, self._clock)

    async def freshen(self, scope: Scope) -> int:
        """Brings over what was stored of the learner under another version; returns how many memories that were."""
        return await self.alone(scope, reembed, self, scope)

    async def _freshened(self, scope: Scope) -> None:
        """Begins to bring a learner's older memories over, at the learner's first call in this process."""
        if scope.key in self._fresh:
            return
        self._fresh.add(scope.key)
        if await self._reading.run(self.archive.store.has_older, scope):
            _keep_running(self._tasks, asyncio.ensure_future(self.freshen(scope)))

    @property
    def archive(self) -> Archive:
        """Raises Unavailable while the memories are not open."""
        if self._archive is None:
            raise Unavailable("The memories are not open.")
        return self._archive

    async def read(self, call: Callable[..., T], *given: Any) -> T:
        return await self._reading.run(call, *given)

    async def write(self, call: Callable[..., T], *given: Any) -> T:
        return await self._writing.run(call, *given)

    async def keep(self, scope: Scope, records: Sequence[Record]) -> None:
        """Stores records in order: facts come before the turn that told them, so that a turn that is there is a turn
        whose facts are there. The caller holds the learner's turn, see `alone`."""
        new = await self.write(self.archive.unknown, scope, records)
        vectors = await self._vectors(new)
        await self.write(self.archive.keep, scope, records, vectors)

    async def alone(self, scope: Scope, work: Callable[..., Coroutine[Any, Any, T]], *given: Any) -> T:
        """Runs `work` as the only writer of the learner. It ends even when the caller is gone: half a turn must not be
        written behind an erasure's back."""

        async def locked() -> T:
            async with self._lock(scope):
                return await work(*given)

        task = asyncio.ensure_future(locked())
        _keep_running(self._tasks, task)
        return await asyncio.shield(task)

    async def _remember(self, scope: Scope, said: Said) -> None:
        before = await self.write(self.archive.before, scope, said)
        if before is not None:
            facts = await (self._finder or self._by_rules)(said, before)
            await self.keep(scope, records_of(scope, said, facts))

    async def _vectors(self, records: Sequence[Record]) -> dict[str, Sequence[float]]:
        if not records:
            return {}
        vectors = await self._embedder.passages([f"{r.context} {r.passage}".strip() for r in records])
        return {record.id: vector.tolist() for record, vector in zip(records, vectors, strict=True)}

    async def _by_rules(self, said: Said, before: Sequence[Record]) -> Sequence[Fact]:
        return await self.write(self._extractor, said, before)

    def _recall(self, scope: Scope, text: str, vector: Vector, limit: int, max_tokens: int) -> list[Memory]:
        asked = Asked.of(text, self._clock.now())
        found = self.archive.recalled(scope, asked, vector, limit, max_tokens)
        return [record.memory(round(score, 4)) for record, score in found]

    def _answer(self, scope: Scope, question: str, vector: Vector) -> Remembered | None:
        query = parse(question, self.archive.facts(scope).names)
        return answer(query, self.archive.told(scope, query, vector, self._clock.now())) if query else None

    def _lock(self, scope: Scope) -> asyncio.Lock:
        """One lock a learner, alive as long as somebody holds or awaits it."""
        lock = self._locks.get(scope.key)
        if lock is None:
            lock = self._locks[scope.key] = asyncio.Lock()
        return lock


def _keep_running(tasks: set[asyncio.Task[Any]], task: asyncio.Task[Any]) -> None:
    tasks.add(task)
    task.add_done_callback(tasks.discard)
