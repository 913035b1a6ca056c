"""Decides which colours of a child's vocabulary are large in a picture."""

import numpy as np
from numpy.typing import NDArray

LARGE = 0.12  # share of what is not background
_GRID = 64  # pixels a side that are looked at
_BACKGROUND = 40.0  # RGB distance to the border's colour within which a pixel is background
_PLAIN_BORDER = 0.6  # share of the border that must agree before it counts as background

_HUES = (  # upper bound in degrees, name
    (14, "red"),
    (42, "orange"),
    (68, "yellow"),
    (165, "green"),
    (255, "blue"),
    (292, "purple"),
    (342, "pink"),
    (360, "red"),
)


def colours(pixels: NDArray[np.uint8]) -> tuple[str, ...]:
    """Names of the large colours of (height, width, 3) RGB, largest first. A plain background is left out."""
    small = _sampled(pixels).astype(np.float64)
    seen = small[~_is_background(small)]
    names, counts = np.unique([named(*map(float, pixel)) for pixel in seen], return_counts=True)
    shares = sorted(zip(counts / max(1, len(seen)), map(str, names), strict=True), reverse=True)
    return tuple(name for share, name in shares if share >= LARGE)


def named(red: float, green: float, blue: float) -> str:
    """The colour word of one pixel; each channel 0 to 255."""
    high, low = max(red, green, blue), min(red, green, blue)
    saturation, light = (high - low) / max(high, 1.0), high / 255
    if light < 0.2:
        return "black"
    if saturation < 0.18:
        return "white" if light > 0.85 else "grey"
    hue = _hue(red, green, blue, high, high - low)
    if light < 0.62 and (hue < 48 or hue > 350) and saturation < 0.85:
        return "brown"
    if (hue < 14 or hue > 320) and light > 0.8 and saturation < 0.5:
        return "pink"
    return next(name for bound, name in _HUES if hue <= bound)


def _hue(red: float, green: float, blue: float, high: float, span: float) -> float:
    if high == red:
        return 60 * (((green - blue) / span) % 6)
    if high == green:
        return 60 * ((blue - red) / span + 2)
    return 60 * ((red - green) / span + 4)


def _sampled(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rows, columns = (np.linspace(0, side - 1, _GRID).astype(int) for side in pixels.shape[:2])
    sampled: NDArray[np.uint8] = pixels[np.ix_(rows, columns)]
    return sampled


def _is_background(small: NDArray[np.float64]) -> NDArray[np.bool_]:
    """True where a pixel has the colour of most of the border; nowhere when the border has none, or all has it."""
    border = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    ground = np.median(border, axis=0)
    plain = float((np.linalg.norm(border - ground, axis=1) < _BACKGROUND).mean())
    alike: NDArray[np.bool_] = np.linalg.norm(small - ground, axis=2) < _BACKGROUND
    return alike if plain >= _PLAIN_BORDER and alike.mean() < 0.98 else np.zeros_like(alike)
