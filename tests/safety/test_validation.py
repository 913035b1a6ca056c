"""Families of sentences, calibration and the thresholds that follow."""

import numpy as np
import pytest

from tools.linear import softmax
from tools.safety.decide import Policy
from tools.safety.validation import calibration, families, report, thresholds

POLICY = Policy(("self_harm", "profanity"), frozenset({"self_harm"}), 0.0, 0.3, {"critical": 0.5, "unsafe": 0.5})


def test_sentences_of_one_line_and_lines_close_in_meaning_are_one_family() -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1], [0.9, 0.44]], np.float32)
    assert families(vectors, ["a", "b", "c", "a"]) == [0, 0, 2, 0]


def test_calibration_finds_the_temperature_and_the_offset_that_spoiled_the_scores() -> None:
    random = np.random.default_rng(3)
    honest = random.normal(scale=2.0, size=(6000, 3))
    wanted = [int(random.choice(3, p=row)) for row in softmax(honest)]
    temperature, offsets = calibration(honest * 3 + [0.0, 0.0, 3.0], wanted)
    assert temperature == pytest.approx(3.0, rel=0.1)
    assert offsets[2] - offsets[0] == pytest.approx(-1.0, abs=0.15)


def test_thresholds_flag_no_more_than_the_allowed_share_of_safe_sentences() -> None:
    safe = [{"self_harm": step / 100, "profanity": 0.0} for step in range(100)]
    found = thresholds(safe, POLICY, {"critical": 0.1, "unsafe": 0.3}, {"lowest": 0.1, "highest": 0.95})
    assert found == {"critical": 0.89 + 0.001, "unsafe": 0.69 + 0.001}
    bounded = thresholds(safe, POLICY, {"critical": 0.1}, {"lowest": 0.2, "highest": 0.6})
    assert bounded == {"critical": 0.6}


def test_the_report_counts_by_every_mark() -> None:
    scored = [{"self_harm": 0.9, "profanity": 0.0}, {"self_harm": 0.1, "profanity": 0.1}]
    counts = report([("self_harm", "unsafe en"), ("look-alike", "safe en")], scored, POLICY)
    assert counts == {"look-alike": "0/1", "safe en": "0/1", "self_harm": "1/1", "unsafe en": "1/1"}
