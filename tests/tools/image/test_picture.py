"""Pictures that somebody sent: kept in bounds, turned upright, never a crash."""

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from infra.errors import BadInput
from tools.image.picture import KEPT_SIDE, MAX_PIXELS, opened


def written(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


RED = Image.new("RGB", (64, 40), (220, 30, 30))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_every_usual_format_is_read(kind: str) -> None:
    picture = opened(written(RED, kind))
    assert (picture.width, picture.height) == (64, 40)
    assert np.abs(picture.pixels.astype(int) - (220, 30, 30)).max() < 12


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "RGBA"])
def test_every_way_to_write_colours_becomes_rgb(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(
        written(Image.new("L", (32, 32), 200).convert(mode) if mode != "I;16" else Image.new(mode, (32, 32)), kind)
    ).pixels.shape == (32, 32, 3)


def test_what_is_transparent_is_white() -> None:
    assert (opened(written(Image.new("RGBA", (32, 32), (0, 0, 0, 0)))).pixels == 255).all()


def test_a_picture_that_lies_on_its_side_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = opened(written(RED, "JPEG", exif=exif))
    assert (picture.width, picture.height) == (40, 64)
    assert picture.pixels.shape == (64, 40, 3)


def test_an_animation_is_its_first_frame() -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("blue", "red")]
    moving = written(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert opened(moving).pixels[0, 0].tolist() == [0, 0, 255]


def test_a_large_picture_is_reduced() -> None:
    picture = opened(written(Image.new("RGB", (3000, 1500)), "JPEG"))
    assert (picture.width, picture.height) == (3000, 1500)
    assert max(picture.pixels.shape) == KEPT_SIDE


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises `width` x `height`."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read"),
        (b"%PDF-1.4", "cannot be read"),
        (bomb(60_000, 60_000), "million pixels"),
        (bomb(11_000, 11_000), "million pixels"),
        (written(Image.new("RGB", (4, 200))), "8 pixels"),
        (written(RED, "JPEG")[:300], "cannot be read"),
    ],
    ids=["empty", "svg", "pdf", "huge bomb", "bomb", "sliver", "truncated"],
)
def test_what_is_no_picture_is_refused_with_what_to_send(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        opened(content)


def test_the_limit_holds_what_a_phone_sends() -> None:
    assert MAX_PIXELS >= 5712 * 4284


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "BMP"]),
    changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=12),
    cut=st.integers(0, 10_000),
)
def test_a_broken_file_is_a_picture_or_a_refusal(kind: str, changes: list[tuple[int, int]], cut: int) -> None:
    content = bytearray(_SAMPLES[kind])
    for place, value in changes:
        content[place % len(content)] = value
    try:
        picture = opened(bytes(content[: max(1, len(content) - cut % len(content))]))
    except BadInput:
        return
    assert picture.pixels.shape[2] == 3


def _noisy() -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 255, (48, 48, 3), np.uint8))


_SAMPLES = {kind: written(_noisy(), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP")}
