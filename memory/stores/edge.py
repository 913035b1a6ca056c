"""Qdrant's engine in-process: one shard folder a learner, so that erasing is removing the folder."""

import fcntl
import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from infra.errors import Conflict, Unavailable
from infra.scope import Scope
from memory.stores.edge_points import EdgePoints
from memory.stores.points import Row

_LOCK_FILE = "owner.lock"
_NEW, _OLD = ".new", ".old"  # a shard that is being written anew, and the one it replaces


class EdgeStore:
    """`Store` over `folder`, with at most about `open_shards` shards open (13-18 ms to open one, about 1 MB each).

    A learner's folder holds one shard a version. One process owns the whole: a second one raises Conflict.
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
            self._close(scope)
            shutil.rmtree(folder)
            return count

    def compact(self, scope: Scope) -> None:
        """Copies the learner's points into a new shard: deleted ones stay in the engine's log and pages otherwise."""
        with self._turn(scope):
            points = self._points(scope)
            folder = self._folder / scope.folder / self._version
            if not folder.is_dir():
                return
            fresh = EdgePoints(_sibling(folder, _NEW), self._dimensions)
            fresh.copy(points)
            fresh.close()
            self._close(scope)
            folder.rename(_sibling(folder, _OLD))
            if _sibling(folder, _NEW).is_dir():  # there is none when no point is left
                _sibling(folder, _NEW).rename(folder)
            shutil.rmtree(_sibling(folder, _OLD))

    def learners(self) -> Iterator[Scope]:
        for folder in self._learners():
            with self._guard:
                points = self._shards.get(folder.name)
                owner = points.owner() if points is not None else self._owner_of(folder / self._version)
            if owner is not None:
                yield owner

    def older(self) -> Iterator[Scope]:
        for folder in self._learners():
            owners = (self._owner_of(version) for version in self._others(folder))
            if owner := next((owner for owner in owners if owner is not None), None):
                yield owner

    def has_older(self, scope: Scope) -> bool:
        return bool(self._others(self._folder / scope.folder))

    def older_rows(self, scope: Scope) -> list[Row]:
        rows: dict[str, Row] = {}
        with self._turn(scope):
            for version in self._others(self._folder / scope.folder):
                points = EdgePoints(version, self._dimensions)
                rows |= {row[0]: row for row in points.all()}
                points.close()
        return list(rows.values())

    def drop_older(self, scope: Scope) -> None:
        with self._turn(scope):
            for version in self._others(self._folder / scope.folder):
                shutil.rmtree(version)

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

    def _learners(self) -> list[Path]:
        return sorted(path for path in self._folder.iterdir() if path.is_dir()) if self._folder.is_dir() else []

    def _owner_of(self, shard: Path) -> Scope | None:
        points = EdgePoints(shard, self._dimensions)
        owner = points.owner()
        points.close()
        return owner

    def _others(self, learner: Path) -> list[Path]:
        """Shards of other versions; the newest last."""
        if not learner.is_dir():
            return []
        shards = [path for path in learner.iterdir() if (path / "segments").is_dir()]
        known = {self._version, self._version + _NEW, self._version + _OLD}
        return sorted((path for path in shards if path.name not in known), key=lambda path: path.stat().st_mtime)

    def _points(self, scope: Scope) -> EdgePoints:
        """The learner's open shard; the caller holds the learner's turn."""
        with self._guard:
            points = self._shards.get(scope.folder)
        if points is None:
            folder = self._folder / scope.folder / self._version
            _mend(folder)
            points = EdgePoints(folder, self._dimensions)
        with self._guard:
            self._shards[scope.folder] = points
            self._shards.move_to_end(scope.folder)
        return points

    def _close(self, scope: Scope) -> None:
        """Closes the learner's shard; the caller holds the learner's turn."""
        with self._guard:
            points = self._shards.pop(scope.folder)
        points.close()

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


def _sibling(folder: Path, ending: str) -> Path:
    return folder.with_name(folder.name + ending)


def _mend(folder: Path) -> None:
    """Finishes or undoes a `compact` that a crash cut short."""
    old, new = _sibling(folder, _OLD), _sibling(folder, _NEW)
    if old.is_dir() and not folder.is_dir():  # between two renamings: what was deleted must be deleted again
        old.rename(folder)
    for left in (old, new):
        shutil.rmtree(left, ignore_errors=True)


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
