"""Cleaning, folding and the shape of syllables."""

import pytest

from tools import text


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyển",
        "gì",
        "giờ",
        "khuya",
        "thuở",
        "hòa",
        "xoong",
        "đường",
        "uống",
        "ghế",
        "the",
        "song",
        "hat",
    ],
)
def test_a_well_formed_vietnamese_syllable_is_recognised(word: str) -> None:
    assert text.is_syllable(word)


@pytest.mark.parametrize(
    "word", ["book", "she", "quiet", "want", "strip", "kat", "ngi", "cế", "chằt", "school", "apple", "ái-ố"]
)
def test_a_word_no_vietnamese_speller_writes_is_refused(word: str) -> None:
    assert not text.is_syllable(word)


def test_folding_drops_marks_case_and_what_cannot_be_seen() -> None:
    assert text.fold("  Đi\u200b Học\x00 VỀ  ") == "di hoc ve"


def test_decomposed_and_composed_spelling_fold_alike() -> None:
    assert text.fold("ho\u0323c") == text.fold("học")
    assert text.has_marks("ho\u0323c")
    assert not text.has_marks("a\u00f1o")


def test_stretched_words_shrink_and_double_letters_stay() -> None:
    assert [text.unstretch(word) for word in ("noooo", "good", "quááá")] == ["no", "good", "quá"]
