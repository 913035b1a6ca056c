"""One judge for the whole folder, and the recordings of the smoke set."""

from collections.abc import Callable

import numpy as np
import pytest

from evals.suites.pronunciation import SMOKE
from tools.pronunciation.audio import decode
from tools.pronunciation.judge import Judge, Samples

Recording = Callable[[str], Samples]


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge.load()


@pytest.fixture(scope="session")
def recording() -> Recording:
    """Samples of a recording of the smoke set by its name."""

    def read(name: str) -> Samples:
        return decode((SMOKE / "audio" / f"{name}.ogg").read_bytes()).samples

    return read


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(5)
