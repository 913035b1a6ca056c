"""Patterns that forgive missing marks and nothing else."""

import pytest

from tools.loose import loose, new_style


@pytest.mark.parametrize(("text", "matches"), [("muốn", 1), ("muon", 1), ("muôn", 1), ("mượn", 0), ("muộn", 0)])
def test_marks_may_be_missing_but_not_contradict(text: str, matches: int) -> None:
    assert bool(loose("muốn").fullmatch(text)) == bool(matches)


def test_the_letter_d_with_a_bar_may_lose_it() -> None:
    assert loose("đi").fullmatch("di")
    assert not loose("di").fullmatch("đi")


def test_old_and_new_tone_placement_are_one() -> None:
    assert new_style("hoà thuý") == "hòa thúy"
