"""Qdrant's engine in-process: one shard folder a learner, so that erasing is removing the folder."""

import fcntl
import logging
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from infra.errors import Conflict, Unavailable
from infra.scope import Scope
from memory.stores.points import Payload
from providers.ports import Vector

log = logging.getLogger(__name__)

_ALL = 1_000_000  # more than a learner can say; scroll and search want a limit
_LOCK_FILE = "owner.lock"


class EdgePoints:
    """`Points` of one open shard."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        import qdrant_edge

        self._edge = qdrant_edge
        self.shard = _opened(folder, dimensions)

    def upsert(self, point_id: str, vector: Sequence[float], payload: Payload) -> None:
        point = self._edge.Point(point_id, list(vector), dict(payload))
        self.shard.update(self._edge.UpdateOperation.upsert_points([point]))

    def delete(self, point_id: str) -> None:
        self.shard.update(self._edge.UpdateOperation.delete_points([point_id]))

    def get(self, point_id: str) -> Payload | None:
        found = self.shard.retrieve([point_id], True, False)
        return dict(found[0].payload) if found else None

    def all(self) -> list[tuple[str, Payload]]:
        records, _ = self.shard.scroll(self._edge.ScrollRequest(limit=_ALL, with_payload=True, with_vector=False))
        return [(str(record.id), record.payload) for record in records]

    def count(self) -> int:
        return int(self.shard.count(self._edge.CountRequest(exact=True)))

    def nearest(self, vector: Vector, limit: int) -> list[tuple[str, float]]:
        query = self._edge.Query.Nearest(vector.tolist())
        found = self.shard.query(self._edge.QueryRequest(query=query, limit=limit, with_payload=False))
        return [(str(point.id), float(point.score)) for point in found]

    def close(self) -> None:
        self.shard.flush()
        self.shard.close()


class EdgeStore:
    """`Store` over `folder`, with at most about `open_shards` shards open (13-18 ms to open one, about 1 MB each).

    One process owns the folder: a second one raises Conflict.
    """

    def __init__(self, folder: Path, dimensions: int, *, version: str, open_shards: int) -> None:
        self._folder = folder
        self._version = version
        self._dimensions = dimensions
        self._open_shards = open_shards
        self._guard = threading.Lock()
        self._turns: dict[str, _Turn] = {}
        self._shards: OrderedDict[str, EdgePoints] = OrderedDict()
        self._owner = _owned(folder)

    @contextmanager
    def lease(self, scope: Scope) -> Iterator[EdgePoints]:
        with self._turn(scope):
            yield self._points(scope)
        self._close_idle()

    def erase(self, scope: Scope) -> int:
        folder = self._folder / scope.folder
        with self._turn(scope):
            if not folder.is_dir():
                return 0
            points = self._points(scope)
            count = points.count()
            with self._guard:
                self._shards.pop(scope.folder, None)
            points.close()
            shutil.rmtree(folder)
            return count

    def ping(self) -> str:
        if not self._folder.is_dir():
            raise Unavailable(f"The memory folder {self._folder} is gone.")
        return f"embedded Qdrant, {len(self._shards)} of at most {self._open_shards} shards open"

    def close(self) -> None:
        with self._guard:
            shards, self._shards = list(self._shards.values()), OrderedDict()
        for points in shards:
            points.close()
        self._owner.close()

    def _points(self, scope: Scope) -> EdgePoints:
        """The learner's open shard; the caller holds the learner's turn."""
        with self._guard:
            points = self._shards.get(scope.folder)
        if points is None:
            points = EdgePoints(self._folder / scope.folder / self._version, self._dimensions)
        with self._guard:
            self._shards[scope.folder] = points
            self._shards.move_to_end(scope.folder)
        return points

    def _close_idle(self) -> None:
        with self._guard:
            idle = [name for name in self._shards if name not in self._turns]
            surplus = [self._shards.pop(name) for name in idle[: max(0, len(self._shards) - self._open_shards)]]
            for points in surplus:  # under the guard: a shard that is closing must not be opened a second time
                points.close()

    @contextmanager
    def _turn(self, scope: Scope) -> Iterator[None]:
        with self._guard:
            turn = self._turns.setdefault(scope.folder, _Turn())
            turn.waiting += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._guard:
                turn.waiting -= 1
                if not turn.waiting:
                    del self._turns[scope.folder]


class _Turn:
    """A learner's place in the queue: its lock, with how many calls hold or wait for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting = 0


def _opened(folder: Path, dimensions: int) -> Any:
    import qdrant_edge

    if (folder / "segments").is_dir():
        return qdrant_edge.EdgeShard.load(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    exact = qdrant_edge.HnswIndexConfig(m=0, ef_construct=4, full_scan_threshold=_ALL)
    vectors = qdrant_edge.EdgeVectorParams(size=dimensions, distance=qdrant_edge.Distance.Cosine, hnsw_config=exact)
    config = qdrant_edge.EdgeConfig(vectors=vectors, hnsw_config=exact, max_search_threads=1)
    return qdrant_edge.EdgeShard.create(str(folder), config)


def _owned(folder: Path) -> IO[str]:
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / _LOCK_FILE).open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise Conflict(
            f"Another process has the memories in {folder} open: stop it, or use COACH_QDRANT_URL."
        ) from None
    return lock
