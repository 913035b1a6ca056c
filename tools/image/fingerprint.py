"""Decides whether two pictures are the same picture, by a perceptual hash."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SAME_BITS = 10  # of 64: sizes, formats and light edits stay below, other pictures lie around 32


def fingerprint(pixels: NDArray[np.uint8]) -> str:
    """The 64-bit DCT hash of a picture (imagehash `phash`), as 16 hexadecimal digits."""
    import imagehash
    from PIL import Image

    return str(imagehash.phash(Image.fromarray(pixels)))


def distance(one: str, other: str) -> int:
    """Bits in which two fingerprints differ, 0 to 64."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def same_picture(found: str, known: Sequence[str]) -> str:
    """The nearest of `known` within SAME_BITS of `found`; "" when none is."""
    nearest = min(known, key=lambda other: distance(found, other), default="")
    return nearest if nearest and distance(found, nearest) <= SAME_BITS else ""
