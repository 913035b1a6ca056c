"""Owns small files that live for a while: what a caller uploaded, until it is used or its time is over."""

import hashlib
import os
import re
from pathlib import Path

from infra.clock import Clock
from infra.errors import BadInput, NotFound, Unavailable

STORED = "stored:"
TTL_SECONDS = 3600
FULL_BYTES = 512 * 1024 * 1024
_ID = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = ".part"


class StoredFiles:
    """Files in one folder, each named by a hash of its owner and its content: the same upload is the same file.

    A file is deleted `ttl_seconds` after it was stored, at the next `put` or `sweep`. The calls block.
    """

    def __init__(
        self, folder: Path, clock: Clock, *, ttl_seconds: float = TTL_SECONDS, full_bytes: int = FULL_BYTES
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._ttl_seconds = ttl_seconds
        self._full_bytes = full_bytes

    def put(self, owner: str, content: bytes) -> str:
        """Stores `content` and returns its id, 64 hexadecimal digits. Raises Unavailable when the folder is full."""
        if self.sweep() + len(content) > self._full_bytes:
            raise Unavailable("There is no room for more uploads. Try again later.", retry_after=60)
        name = hashlib.sha256(owner.encode() + b"\0" + content).hexdigest()
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / f"{name}.{os.getpid()}{_UNFINISHED}"
        unfinished.write_bytes(content)
        os.utime(unfinished, (self._now(), self._now()))
        unfinished.replace(self._folder / name)
        return name

    def read(self, name: str) -> bytes:
        """Raises BadInput (not an id) and NotFound (never stored, or deleted since)."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise NotFound("This file is not stored any more: upload it again.") from None

    def delete(self, name: str) -> None:
        """Deletes the file; nothing happens when it is gone already."""
        self._path(name).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Deletes what is too old. Returns the bytes that remain."""
        oldest, remaining = self._now() - self._ttl_seconds, 0
        for path in self._folder.glob("*"):
            try:
                status = path.stat()
                if status.st_mtime < oldest:
                    path.unlink()
                else:
                    remaining += status.st_size
            except FileNotFoundError:  # another call deleted it
                continue
        return remaining

    def _path(self, name: str) -> Path:
        if not _ID.fullmatch(name):
            raise BadInput("This is not the id of a stored file: upload the file first and send the id you get.")
        return self._folder / name

    def _now(self) -> float:
        return self._clock.now().timestamp()
