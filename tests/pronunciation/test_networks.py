"""The numpy networks give what their torch twins gave: stored outputs on a tiny case with random weights."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tools.pronunciation import pack
from tools.pronunciation.decision import Decision
from tools.pronunciation.goodness import Goodness
from tools.pronunciation.head import PhoneHead
from tools.pronunciation.scorer import Scorer

Arrays = Mapping[str, NDArray[Any]]


@pytest.fixture(scope="module")
def case() -> Arrays:
    with np.load(Path(__file__).parent / "torch_case.npz") as archive:
        return {name: archive[name] for name in archive.files}


def under(prefix: str, arrays: Arrays) -> Arrays:
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}


def test_the_phone_head_equals_its_torch_twin(case: Arrays) -> None:
    got = PhoneHead(under("head/", case)).log_probs(case["vectors"])
    assert np.abs(got - case["log_probs"]).max() < 1e-3  # the head spreads a millionth over all classes


def test_the_scorer_equals_its_torch_twin_in_a_padded_batch(case: Arrays) -> None:
    length = len(case["a/phones"])
    goodness = Goodness(
        phones=case["a/phones"],
        words=case["a/words"],
        features=case["a/features"],
        pooled=case["a/pooled"],
        utterance=case["a/utterance"],
        spans=np.zeros((length, 2), np.int64),
        by_ear=np.zeros((2, length, 40)),
        omitted=np.zeros((2, 1)),
        gap=0.0,
    )
    scores = Scorer([under("scorer/", case)]).score(goodness)
    assert scores.phones == pytest.approx(case["phone"][:, 0], abs=1e-5)
    assert scores.wrong == pytest.approx(1 / (1 + np.exp(-case["phone"][:, 1])), abs=1e-5)
    assert scores.words == pytest.approx(case["word"][:, 0], abs=1e-5)
    assert scores.aspects == pytest.approx(case["aspect"], abs=1e-5)


def test_a_pack_comes_back_as_it_was_saved(case: Arrays, tmp_path: Path) -> None:
    thresholds = pack.Thresholds(gap=4.0, omission=3.0, wrong=0.5)
    decision = Decision(np.arange(7.0), np.arange(16.0))
    both = pack.Weights(under("head/", case), [under("scorer/", case)], decision, thresholds)
    alone = pack.Weights(None, [{"phone": np.arange(3.0)}], decision, pack.Thresholds(gap=1.0, omission=2.0, wrong=0.3))
    pack.save(tmp_path / "pack.npz", both, alone)
    restored = pack.load(tmp_path / "pack.npz")
    other = pack.load(tmp_path / "pack.npz", alone=True)
    assert (other.head, other.thresholds.gap) == (None, 1.0)
    assert restored.decision.rival.tolist() == decision.rival.tolist()
    assert restored.decision.wrong.tolist() == decision.wrong.tolist()
    assert restored.thresholds == thresholds
    assert restored.head is not None
    assert np.abs(restored.head.log_probs(case["vectors"]) - case["log_probs"]).max() < 1e-3
