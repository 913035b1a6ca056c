"""Opens a picture that somebody sent: bounded, upright, one frame, on white where it is transparent."""

import io
import struct
import threading
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from infra.errors import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 25_000_000  # what phone cameras send
MAX_SIDE, MIN_SIDE = 12_000, 8
KEPT_SIDE = 512  # pixels of the longer side: nothing here looks closer
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_LARGEST = f"send at most {MAX_PIXELS // 1_000_000} million pixels"
_UNREADABLE = "This picture cannot be read: send a whole JPEG, PNG, WebP, GIF or BMP file."
# What decoders raise for files that are broken or lie about themselves.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, AttributeError, struct.error,
           OverflowError, MemoryError, RuntimeError, ArithmeticError)  # fmt: skip
_decoding = threading.Lock()  # one at a time: a picture may take 100 MB while it is decoded


@dataclass(frozen=True, eq=False)
class Picture:
    """`pixels`: uint8 (height, width, 3), at most KEPT_SIDE a side. `width`, `height`: upright, as it was sent."""

    pixels: NDArray[np.uint8]
    width: int
    height: int


def opened(content: bytes) -> Picture:
    """The first frame. Raises BadInput.

    The size in the header is checked before a pixel is decoded, so that a small file which unfolds into a huge picture
    costs nothing.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings(), _decoding:
            warnings.simplefilter("ignore")  # a half-broken file warns: it is judged by what can be decoded
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                _check_size(*image.size)
                return _reduced(image)
    except Image.DecompressionBombError as error:
        raise BadInput(f"The picture is too large: {_LARGEST}.") from error
    except _BROKEN as error:
        raise BadInput(_UNREADABLE) from error


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise BadInput(f"The picture is {width} x {height}: {_LARGEST}.")
    if min(width, height) < MIN_SIDE:
        raise BadInput(f"The picture is {width} x {height}: send at least {MIN_SIDE} pixels a side.")


def _reduced(image: "Image") -> Picture:
    from PIL import ImageOps

    turned = image.getexif().get(0x0112) in (5, 6, 7, 8)  # EXIF orientation: lying on its side
    width, height = reversed(image.size) if turned else image.size
    image.draft("RGB", (2 * KEPT_SIDE, 2 * KEPT_SIDE))  # a JPEG is decoded at a fraction of its size
    image.thumbnail((KEPT_SIDE, KEPT_SIDE))
    return Picture(np.asarray(_on_white(ImageOps.exif_transpose(image)), np.uint8), width, height)


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    ground.alpha_composite(layer)
    return ground.convert("RGB")
