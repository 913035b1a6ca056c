"""What the C library's allocator keeps although nobody uses it."""

import ctypes


def give_back() -> None:
    """Hands free pages back to the system where the allocator is glibc's, which keeps them; does nothing elsewhere.

    After models have been loaded this is about 30 MB of buffers that they were read through (malloc_trim(3)).
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
