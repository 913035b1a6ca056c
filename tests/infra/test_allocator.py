"""Free memory goes back to the system."""

import ctypes
import os
from pathlib import Path

from infra.allocator import give_back

MEGABYTE = 1_000_000


def resident() -> int:
    """Bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_free_pages_go_back_where_the_allocator_keeps_them() -> None:
    blocks = [bytes(40_000) + bytes([index % 256]) for index in range(3000)]
    last = blocks[-1]  # keeps what lies before it from going back by itself
    used = resident() if Path("/proc/self/statm").exists() else 0
    blocks.clear()
    give_back()
    if hasattr(ctypes.CDLL(None), "malloc_trim"):
        assert resident() < used - 80 * MEGABYTE
    assert last
