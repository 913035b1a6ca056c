"""The fitted pack in one file: what judges with both ears, and what judges with one."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from infra.errors import Misconfigured
from tools.pronunciation.decision import Decision
from tools.pronunciation.head import PhoneHead
from tools.pronunciation.plain import PlainScorer
from tools.pronunciation.scorer import Scorer

FILE = Path(__file__).parent / "pack.npz"
VERSION = 2
BOTH, ALONE = "both", "alone"
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
    """What judges: with a head for both ears, without one for the phoneme recogniser alone."""

    head: PhoneHead | None
    scorer: Scorer | PlainScorer
    decision: Decision
    thresholds: Thresholds


@dataclass(frozen=True)
class Weights:
    """A pack as it is stored: of the head, if there is one, and of each member of the scorer."""

    head: Arrays | None
    members: Sequence[Arrays]
    decision: Decision
    thresholds: Thresholds

    def pack(self) -> Pack:
        if self.head is None:
            return Pack(None, PlainScorer(self.members[0]), self.decision, self.thresholds)
        return Pack(PhoneHead(self.head), Scorer(self.members), self.decision, self.thresholds)


def load(path: Path = FILE, *, alone: bool = False) -> Pack:
    """Reads what judges with both ears, or `alone`. Raises Misconfigured when the file is of another version."""
    with np.load(path) as archive:
        arrays: dict[str, NDArray[np.generic]] = {name: archive[name] for name in archive.files}
    if int(arrays["version"]) != VERSION:
        raise Misconfigured(
            f"{path.name} is of version {arrays['version']}, not {VERSION}: run coach train pronunciation."
        )
    stored = _under(ALONE if alone else BOTH, arrays)
    return Weights(
        head=_under("head", stored) or None,
        members=[_under(f"scorer{member}", stored) for member in range(int(stored["members"]))],
        decision=Decision.of(_under("decision", stored)),
        thresholds=Thresholds(**{name: float(value) for name, value in _under("threshold", stored).items()}),
    ).pack()


def save(path: Path, both: Weights, alone: Weights) -> None:
    """Writes a pack, the networks' weights as 16-bit floats."""
    arrays = {f"{name}/{key}": value for name, one in ((BOTH, both), (ALONE, alone)) for key, value in _flat(one)}
    np.savez_compressed(path, allow_pickle=False, version=np.array(VERSION), **arrays)


def _flat(weights: Weights) -> list[tuple[str, NDArray[np.generic]]]:
    small = np.float32 if weights.head is None else np.float16
    networks = {"head": weights.head or {}} | {f"scorer{at}": one for at, one in enumerate(weights.members)}
    return [
        ("members", np.array(len(weights.members))),
        *((f"threshold/{name}", np.array(value)) for name, value in asdict(weights.thresholds).items()),
        ("decision/rival", weights.decision.rival),
        ("decision/wrong", weights.decision.wrong),
        *((f"{part}/{name}", value.astype(small)) for part, one in networks.items() for name, value in one.items()),
    ]


def _under(prefix: str, arrays: Arrays) -> Arrays:
    return {name.removeprefix(f"{prefix}/"): value for name, value in arrays.items() if name.startswith(f"{prefix}/")}
