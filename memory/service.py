"""The room's one face: remembers turns and facts of a learner, finds them, answers from them, forgets them."""

import asyncio
import importlib
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from infra.clock import Clock
from infra.errors import Unavailable
from infra.executors import BoundedExecutor
from infra.scope import Scope
from infra.settings import quiet_libraries
from memory.answering import Told, answer
from memory.dates import resolve
from memory.extraction import extract, known_names
from memory.facts.fact import Extractor, Fact
from memory.notebook import Notebook, Notebooks
from memory.ports import Memory, Remembered, Said
from memory.questions import parse
from memory.ranking import rank
from memory.records import Record, from_payload, point_id
from memory.stores.points import Points, Store
from memory.timeline import Timeline
from providers.ports import Embedder, Vector

T = TypeVar("T")
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


Read = tuple[tuple[str, int, bytes], dict[str, float]]  # (learner, memories, vector): cosine by memory id
NOTHING_READ: Read = (("", 0, b""), {})


class Memories:
    """`MemoryService` on mem0 over Qdrant. `await open()` before use, `await close()` after.

    `folder` holds one shard folder a learner (embedded); with `qdrant_url` the points live on that server.
    `store` puts another store in its place; `time_zone` decides which day "yesterday" was.
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
        store: Store | None = None,
        time_zone: str = "Asia/Ho_Chi_Minh",
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._clock = clock
        self._open_shards = open_shards
        self._qdrant = (qdrant_url, qdrant_api_key)
        self._extractor = extractor
        self._store = store
        self._last_read = NOTHING_READ
        self._zone = ZoneInfo(time_zone)
        self._reading = BoundedExecutor("memory-read", threads=2, pending=64)
        self._writing = BoundedExecutor("memory-write", threads=2, pending=256)
        self._notebooks = Notebooks(open_shards)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._mem0: Any = None

    async def open(self) -> None:
        """Opens the store and imports mem0 (about 2.5 s, off the event loop)."""
        quiet_libraries(self._folder / ".mem0")
        if self._store is None:
            self._store = await self._writing.run(self._open_store)
        self._mem0 = await self._writing.run(importlib.import_module, "memory.mem0_adapter")

    async def close(self) -> None:
        """Waits for what is being written, then closes."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._store is not None:
            await self._writing.run(self._store.close)
            self._store = None
        self._reading.close()
        self._writing.close()

    async def ping(self) -> str:
        return await self._reading.run(self._opened.ping)

    async def recall(self, scope: Scope, text: str, vector: Vector, *, limit: int = 5) -> Sequence[Memory]:
        return await self._reading.run(self._recall, scope, text, vector, limit)

    async def answer(self, scope: Scope, question: str, vector: Vector) -> Remembered | None:
        return await self._reading.run(self._answer, scope, question, vector)

    async def highlights(self, scope: Scope, *, limit: int = 3) -> Sequence[Memory]:
        records = await self._reading.run(self._all, scope)
        live = [
            r
            for r in Timeline(records).live()
            if r.subject_key.startswith(_GREETED) and not r.subject_key.endswith(":count")
        ]
        return [record.memory() for record in reversed(live)][:limit]

    async def remember(self, scope: Scope, said: Said) -> None:
        there = said.model_copy(update={"said_at": said.said_at.astimezone(self._zone)})
        await self._shielded(self._remember(scope, there))

    async def forget_learner(self, scope: Scope) -> int:
        return await self._shielded(self._forget(scope))

    @property
    def _opened(self) -> Store:
        if self._store is None:
            raise Unavailable("The memories are not open.")
        return self._store

    def _open_store(self) -> Store:
        url, key = self._qdrant
        version = self._embedder.version.replace("/", "-")
        if not url:
            from memory.stores.edge import EdgeStore

            return EdgeStore(self._folder, self._embedder.dimensions, version=version, open_shards=self._open_shards)
        from qdrant_client import QdrantClient

        from memory.stores.server import ServerStore

        return ServerStore(QdrantClient(url=url, api_key=key or None), self._embedder.dimensions, version=version)

    async def _remember(self, scope: Scope, said: Said) -> None:
        """Facts first, the turn itself last: a turn that is there is a turn whose facts are there."""
        async with self._lock(scope):
            turn_id = point_id(scope, said.turn_id, "episodic", 0)
            told = await self._writing.run(self._all, scope)
            if any(record.id == turn_id for record in told):
                return
            told = [record for record in told if record.turn_id != said.turn_id]
            facts = await self._writing.run(self._extractor, said, told)
            records = self._records(scope, said, facts, len(told))
            vectors = await self._embedder.passages([f"{r.context} {r.text}".strip() for r in records])
            await self._writing.run(self._write, scope, records, vectors.tolist())

    async def _forget(self, scope: Scope) -> int:
        async with self._lock(scope):
            return await self._writing.run(self._erase, scope)

    def _records(self, scope: Scope, said: Said, facts: Sequence[Fact], told: int) -> list[Record]:
        day = resolve(said.text, said.said_at.date())
        base = {"said_at": said.said_at, "turn_id": said.turn_id, "language": said.language}
        records = [
            Record(
                id=point_id(scope, said.turn_id, "semantic", index),
                kind="semantic",
                text=fact.text,
                sequence=told + index,
                subject_key=fact.key,
                about=fact.about,
                value=fact.value,
                quote=fact.quote,
                on=fact.on,
                stance="retraction" if fact.denied else "claim",
                **base,  # type: ignore[arg-type]  # the three fields every record shares
            )
            for index, fact in enumerate(facts)
        ]
        turn = Record(
            id=point_id(scope, said.turn_id, "episodic", 0),
            kind="episodic",
            text=said.text,
            context=said.context,
            sequence=told + len(facts),
            on=day.isoformat() if day else "",
            **base,  # type: ignore[arg-type]  # as above
        )
        return [*records, turn]

    def _write(self, scope: Scope, records: Sequence[Record], vectors: Sequence[Sequence[float]]) -> None:
        with self._opened.lease(scope) as points:
            texts = {record.text: vector for record, vector in zip(records, vectors, strict=True)}
            memory = self._mem0.LearnerMemory(points, texts)
            for record in records:
                memory.keep(scope, record)
            self._add_to_notebook(scope, records)

    def _add_to_notebook(self, scope: Scope, records: Sequence[Record]) -> None:
        """The notebook goes on with what was just written: reading the whole past again would cost more each turn."""
        before = self._notebooks.get(scope.key)
        if before is not None:
            kept = [record for record in records if record.id not in before.ids]
            self._notebooks.put(scope.key, Notebook([*before.records, *kept], before))

    def _erase(self, scope: Scope) -> int:
        count = self._opened.erase(scope)
        self._notebooks.drop(scope.key)
        self._last_read = NOTHING_READ
        return count

    def _read(self, scope: Scope, vector: Vector) -> tuple[Notebook, dict[str, float]]:
        with self._opened.lease(scope) as points:
            count = points.count()
            key = (scope.key, count, vector.tobytes())
            read = self._last_read
            if read[0] != key:  # one turn asks twice about the same words: recall, then answer
                read = self._last_read = (key, dict(points.nearest(vector, count)) if count else {})
            return self._notebook(scope, points, count), read[1]

    def _all(self, scope: Scope) -> list[Record]:
        with self._opened.lease(scope) as points:
            return self._notebook(scope, points, points.count()).records

    def _notebook(self, scope: Scope, points: Points, count: int) -> Notebook:
        """What was read before, when nothing else was added since. The caller holds the lease: nobody erases now."""
        before = self._notebooks.get(scope.key)
        if before is not None and len(before.ids) == count:
            return before
        book = Notebook(_records_of(points), before)
        self._notebooks.put(scope.key, book)
        return book

    def _recall(self, scope: Scope, text: str, vector: Vector, limit: int) -> list[Memory]:
        book, cosines = self._read(scope, vector)
        live = {record.id for record in Timeline(book.records).live()}
        current = [note for note in book.notes if note.record.kind == "episodic" or note.record.id in live]
        ranked = rank(current, text, cosines, self._clock.now())
        return [record.memory(round(score, 4)) for record, score in ranked[:limit]]

    def _answer(self, scope: Scope, question: str, vector: Vector) -> Remembered | None:
        book, cosines = self._read(scope, vector)
        query = parse(question, known_names(book.records))
        return answer(query, Told(book.notes, cosines, self._clock.now())) if query else None

    def _lock(self, scope: Scope) -> asyncio.Lock:
        """One lock a learner, alive as long as somebody holds or awaits it."""
        lock = self._locks.get(scope.key)
        if lock is None:
            lock = self._locks[scope.key] = asyncio.Lock()
        return lock

    async def _shielded(self, work: Coroutine[Any, Any, T]) -> T:
        """Writing ends even when the caller is gone: half a turn must not be written behind an erasure's back."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)


def _records_of(points: Points) -> list[Record]:
    return [from_payload(key, payload) for key, payload in points.all()]
