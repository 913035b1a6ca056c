"""Whether a phone was said as another, and as which: the decision, and its fit on cases with a known answer."""

import numpy as np
import pytest

from tools.pronunciation.decision import HEARD, Decision, rival_inputs, wrong_inputs
from tools.pronunciation.goodness import RATIO_LIMIT, Goodness
from tools.pronunciation.phones import INDEX
from tools.pronunciation.scorer import Scores
from tools.pronunciation.training.decision import conditional, logistic

RIVAL = np.array([1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0])
WRONG = np.eye(16)[1]  # the scorer alone


def goodness(asked: list[str], **ratios: float) -> Goodness:
    """Phones in one word, the first with these ratios by both ears, all else out of the question."""
    by_ear = np.full((2, len(asked), 40), -RATIO_LIMIT)
    for name, ratio in ratios.items():
        by_ear[:, 0, HEARD.index("" if name == "nothing" else name)] = ratio
    length = len(asked)
    return Goodness(
        phones=np.array([INDEX[name] for name in asked]),
        words=np.zeros(length, np.int64),
        features=np.zeros((length, 1), np.float32),
        pooled=np.zeros((length, 1), np.float32),
        utterance=np.zeros(1, np.float32),
        spans=np.zeros((length, 2), np.int64),
        by_ear=by_ear,
        omitted=np.zeros((2, 1)),
        gap=0.5,
    )


def scores(*wrong: float) -> Scores:
    each = np.array(wrong, np.float32)
    return Scores(1 - each, each, np.ones(1, np.float32), np.ones(4, np.float32))


@pytest.mark.parametrize(
    ("ratios", "named"),
    [
        ({"T": 2.0}, "T"),
        ({"nothing": 6.0, "T": 1.0}, ""),
        ({"T": 1.0, "K": 1.5}, "T"),  # an expected confusion beats a slightly likelier one
        ({"T": 1.0, "K": 6.0}, "K"),
        ({"TH": 9.0, "T": -1.0}, "T"),  # the asked phone is no rival of its own
    ],
)
def test_the_likeliest_substitute_is_named(ratios: dict[str, float], named: str) -> None:
    _, names = Decision(RIVAL, WRONG).decide(goodness(["TH", "IH"], **ratios), scores(0.9, 0.1))
    assert names[0] == named


def test_each_phone_has_its_own_probability() -> None:
    chances, _ = Decision(RIVAL, WRONG).decide(goodness(["TH", "IH"], T=2.0), scores(0.9, 0.1))
    assert chances == pytest.approx([0.9, 0.1], abs=1e-3)


def test_inputs_stay_finite_where_the_scorer_is_certain() -> None:
    one = goodness(["TH", "IH"], T=12.0)
    assert np.isfinite(wrong_inputs(one, scores(1.0, 0.0), Decision(RIVAL, WRONG).support(one))).all()


def test_vowels_and_consonants_are_of_different_kinds() -> None:
    same_kind = rival_inputs(goodness(["IH"]))[0, :, 6]
    assert same_kind[INDEX["IY"]] == 1
    assert same_kind[INDEX["S"]] == 0
    assert same_kind[-1] == 0


def test_a_logistic_regression_finds_the_weights_that_made_the_cases() -> None:
    chance = np.random.default_rng(3)
    inputs = np.column_stack([np.ones(20_000), chance.standard_normal((20_000, 2))])
    truth = np.array([-1.0, 2.0, 0.5])
    wanted = (chance.random(20_000) < 1 / (1 + np.exp(-inputs @ truth))).astype(float)
    assert logistic(inputs, wanted, np.ones(20_000)) == pytest.approx(truth, abs=0.1)


def test_a_conditional_logit_finds_the_weights_and_never_takes_what_is_no_choice() -> None:
    chance = np.random.default_rng(4)
    inputs = chance.standard_normal((8_000, 5, 2))
    truth = np.array([1.5, -0.5])
    inputs[:, 0] = np.nan
    noise = chance.gumbel(size=(8_000, 5))
    answers = np.nan_to_num(inputs @ truth + noise, nan=-np.inf).argmax(axis=1)
    assert conditional(inputs, answers, np.ones(8_000)) == pytest.approx(truth, abs=0.1)
