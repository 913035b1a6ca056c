"""Fits drawings.npz on a folder of drawings, `WORD/*.png`: `python -m tools.image.train_drawings FOLDER`."""

import hashlib
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tools import linear
from tools.image.network import DRAWINGS, SIDE, Network

if TYPE_CHECKING:
    from PIL.Image import Image

VARIANTS = 5  # of each drawing: as it is, then turned, moved, mirrored, on other grounds
L2 = 1e-5
SEED = 0
_GROUNDS = ("white", "#e4f1fd", "#faf0dc", "#c8dcc8", "#f0c8c8", "#5a5a64")
_DRAWN_SIDE, _MARGIN, _TURN_DEGREES = 400, 1.15, 18


def variants(drawing: "Image", chance: random.Random) -> Iterator["Image"]:
    """The drawing on white, then as a camera might see a card of it."""
    from PIL import Image

    scale = _DRAWN_SIDE / max(drawing.size)
    whole = drawing.convert("RGBA").resize((round(drawing.width * scale), round(drawing.height * scale)))
    yield _placed(whole, "white", _MARGIN, (0.5, 0.5))
    for _ in range(VARIANTS - 1):
        turned = whole.rotate(chance.uniform(-_TURN_DEGREES, _TURN_DEGREES), Image.Resampling.BICUBIC, expand=True)
        if chance.random() < 0.5:
            turned = turned.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        place = (chance.uniform(0.2, 0.8), chance.uniform(0.2, 0.8))
        yield _placed(turned, chance.choice(_GROUNDS), chance.uniform(1.0, 1.9), place)


def _placed(drawing: "Image", ground: str, margin: float, place: tuple[float, float]) -> "Image":
    from PIL import Image

    side = int(max(drawing.size) * margin)
    card = Image.new("RGBA", (side, side), ground)
    card.alpha_composite(drawing, (int((side - drawing.width) * place[0]), int((side - drawing.height) * place[1])))
    return card.convert("RGB")


def train(folder: Path) -> linear.Model:
    """The classifier on the network's features, one label for each subfolder."""
    from PIL import Image

    network, chance = Network(), random.Random(SEED)
    rows: list[Any] = []
    words: list[str] = []
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*/*.png")):
        digest.update(path.read_bytes())
        with Image.open(path) as drawing:
            seen = [network.features(np.asarray(variant.resize((SIDE, SIDE)))) for variant in variants(drawing, chance)]
        rows += seen
        words += [path.parent.name] * len(seen)
    return linear.fit(np.array(rows), words, L2, data_hash=digest.hexdigest())


if __name__ == "__main__":
    train(Path(sys.argv[1])).save(DRAWINGS)
