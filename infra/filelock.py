"""Advisory locks on files: the kernel drops them with the last process that has the file open, so none goes stale."""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from infra.clock import SystemClock
from infra.errors import Unavailable

T = TypeVar("T")

POLL_S = 0.02


def take(path: Path, *, shared: bool = False) -> int | None:
    """The open file that holds the lock (closing it gives the lock back), or None when somebody else has it."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def held(path: Path) -> bool:
    """Whether anybody, this process included, holds the lock."""
    file = take(path)
    if file is not None:
        os.close(file)
    return file is None


@contextlib.contextmanager
def alone(path: Path, timeout_s: float) -> Iterator[None]:
    """Blocks until the lock can be had. Raises Unavailable after `timeout_s`."""
    file = eventually(lambda: take(path), timeout_s)
    if file is None:
        raise Unavailable(f"Another process has held {path} for {timeout_s:g} s.", retry_after=timeout_s)
    try:
        yield
    finally:
        os.close(file)


def eventually(attempt: Callable[[], T | None], timeout_s: float) -> T | None:
    """What `attempt` returns as soon as that is not None; None after `timeout_s`. Blocks."""
    clock = SystemClock()
    deadline = clock.monotonic() + timeout_s
    while (result := attempt()) is None and clock.monotonic() < deadline:
        time.sleep(POLL_S)
    return result
