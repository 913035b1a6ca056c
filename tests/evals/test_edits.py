"""Token edits and their score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scoring.edits import TokenEdit, edits, f_beta, score_item, tokens

WORDS = st.sampled_from(["i", "he", "go", "goes", "cat", "cats", "a", "the", "is", "very", "happy", "to", "not"])
SENTENCES = st.lists(WORDS, max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("she like cat", "she likes cats", {TokenEdit(1, 2, ("likes",)), TokenEdit(2, 3, ("cats",))}),
        ("she happy", "she is happy", {TokenEdit(1, 1, ("is",))}),
        ("the the cat", "the cat", {TokenEdit(0, 1, ())}),
        ("a shirt red", "a red shirt", {TokenEdit(1, 3, ("red", "shirt"))}),
        ("open the light", "turn on the light", {TokenEdit(0, 1, ("turn", "on"))}),
        ("i go home", "i go home", set()),
    ],
)
def test_edits_are_what_a_teacher_would_mark(source: str, target: str, expected: set[TokenEdit]) -> None:
    found = edits(tokens(source), tokens(target))
    assert {edit.right for edit in found} == {edit.right for edit in expected}
    assert len(found) == len(expected)


@given(SENTENCES, SENTENCES)
def test_edits_turn_the_source_into_the_target(source: str, target: str) -> None:
    words = tokens(source)
    for edit in sorted(edits(words, tokens(target)), reverse=True):
        words[edit.start : edit.end] = edit.right
    assert words == tokens(target)


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("She doesn't like cats.", (2, 0, 0)),
        ("she don't like cats", (1, 0, 1)),
        ("she don't like cat", (0, 0, 2)),
        ("she does not likes cats", (2, 1, 0)),
    ],
)
def test_score_counts_edits_and_ignores_case_points_and_contractions(
    system: str, expected: tuple[int, int, int]
) -> None:
    assert score_item("she don't like cat", system, ["She does not like cats."]) == expected


def test_the_reference_that_fits_best_counts() -> None:
    references = ["I like dogs very much.", "I really like dogs."]
    assert score_item("i very like dogs", "i really like dogs", references) == (1, 0, 0)


def test_a_right_sentence_that_is_changed_is_a_false_positive() -> None:
    assert score_item("so cute", "it is so cute", []) == (0, 1, 0)


def test_f_leans_to_precision() -> None:
    assert f_beta(1, 0, 1) > f_beta(1, 1, 0)
    assert f_beta(0, 0, 0) == 1.0
    assert f_beta(0, 1, 1) == 0.0
