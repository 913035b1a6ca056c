"""How the ledger's keys are named, so that every step of a turn touches one Cluster slot.

Threads fall into `GROUPS` groups, and a group's number is the hash tag of all keys of its threads and of the list of
its open turns: that list changes in the same atomic step as the turn itself, on one server and on a Cluster alike. With
one list for all, a Cluster would need two steps, and a crash between them would hide a turn from recovery.
"""

import zlib
from urllib.parse import quote

GROUPS = 64  # enough to spread over a Cluster, few enough that recovery reads all lists at once


def group_of(thread: str) -> int:
    return zlib.crc32(thread.encode()) % GROUPS


def thread_key(prefix: str, kind: str, thread: str) -> str:
    """The key of one `kind` of data of one thread."""
    return f"{prefix}:{kind}:{{t{group_of(thread)}}}:{quote(thread, safe=':')}"


def open_turns(prefix: str, group: int) -> str:
    """The list of a group's turns that may be open, by time."""
    return f"{prefix}:open-turns:{{t{group}}}"
