"""The fitted pack: phone head, scorer and thresholds in one file."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from infra.errors import Misconfigured
from tools.pronunciation.head import PhoneHead
from tools.pronunciation.scorer import Scorer

FILE = Path(__file__).parent / "pack.npz"
VERSION = 1
Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True)
class Thresholds:
    """Where decisions fall; each is fitted on held-out speakers, see docs/models/pronunciation.md.

    gap: nats per phone beyond which another sentence was said. omission: log-likelihood ratio per phone beyond which a
    word was left out. wrong: probability beyond which a phone counts as another one.
    """

    gap: float
    omission: float
    wrong: float


@dataclass(frozen=True)
class Pack:
    head: PhoneHead
    scorer: Scorer
    thresholds: Thresholds


def load(path: Path = FILE) -> Pack:
    """Reads a pack. Raises Misconfigured when the file is of another version."""
    with np.load(path) as archive:
        arrays: dict[str, NDArray[np.generic]] = {name: archive[name] for name in archive.files}
    if int(arrays["version"]) != VERSION:
        raise Misconfigured(
            f"{path.name} is of version {arrays['version']}, not {VERSION}: run coach train pronunciation."
        )
    members = int(arrays["members"])
    return Pack(
        head=PhoneHead(_under("head", arrays)),
        scorer=Scorer([_under(f"scorer{member}", arrays) for member in range(members)]),
        thresholds=Thresholds(**{name: float(value) for name, value in _under("threshold", arrays).items()}),
    )


def save(path: Path, head: Arrays, members: Sequence[Arrays], thresholds: Thresholds) -> None:
    """Writes a pack with weights as 16-bit floats."""
    arrays: dict[str, NDArray[np.generic]] = {
        "version": np.array(VERSION),
        "members": np.array(len(members)),
        **{f"threshold/{name}": np.array(value) for name, value in asdict(thresholds).items()},
        **{f"head/{name}": value.astype(np.float16) for name, value in head.items()},
    }
    for member, weights in enumerate(members):
        arrays |= {f"scorer{member}/{name}": value.astype(np.float16) for name, value in weights.items()}
    np.savez_compressed(path, allow_pickle=False, **arrays)


def _under(prefix: str, arrays: Arrays) -> Arrays:
    return {name.removeprefix(f"{prefix}/"): value for name, value in arrays.items() if name.startswith(f"{prefix}/")}
