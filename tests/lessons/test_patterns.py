"""Table of the answer-pattern language: what matches, what does not, what cannot be read."""

import time

import pytest

from lessons.patterns import Lenience, Pattern, PatternError
from lessons.tokens import Token, bare, edit_distance_one, marked, number_word, tokenise

WORDS = ("cat", "teddy bear", "fish")
EXACT = Lenience(is_name=lambda token: token.raw[:1].isupper(), is_known=lambda word: word in {"horse", "house"})
TYPOS = Lenience(EXACT.is_name, EXACT.is_known, typo=True)

MATCHES = [
    ("i like cats", "I like CATS!", True),
    ("i like cats", "I like cats and dogs", False),
    ("i am happy", "I'm happy.", True),
    ("i do not know", "I don't know", True),
    ("it is lan 's cat", "It's Lan's cat", True),
    ("i have two cats", "I have 2 cats", True),
    ("{number}", "twenty-one", True),
    ("{number} years", "8 years", True),
    ("{number}", "many", False),
    ("i like *", "I like", True),
    ("i like * very much", "I like my red kite very much", True),
    ("* cats", "dogs", False),
    ("[i like] (cats|big dogs)", "big dogs", True),
    ("[i like|i love] (cats|dogs)", "I love dogs", True),
    ("[i like] (cats|dogs)", "I like", False),
    ("a ([big|small] {word}|robot)", "a small teddy bear", True),
    ("{words}", "teddy bears", True),
    ("{words}", "fish", True),
    ("{words}", "cat", False),
    ("my name is {name}", "my name is Bảo Ngọc", True),
    ("my name is {name}", "my name is Nguyễn Thị Bảo Ngọc", False),
    ("my name is {name}", "my name is seven", False),
    ("i get up at six o'clock", "I get up at 6 o’clock", True),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), MATCHES)
def test_a_pattern_matches_the_whole_answer_or_not(pattern: str, text: str, expected: bool) -> None:
    assert Pattern(pattern, WORDS).matches(tokenise(text), EXACT) is expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("an elephant", "an elefant", True),
        ("an apple", "an appel", True),
        ("an apple", "an apples", False),
        ("he plays", "he play", False),
        ("the mouse", "the house", False),
        ("a cat", "a cot", False),
        ("breakfast", "brekfast", True),
    ],
)
def test_one_slip_in_a_long_word_is_forgiven_but_no_form_and_no_other_word(
    pattern: str, text: str, expected: bool
) -> None:
    assert Pattern(pattern, WORDS).matches(tokenise(text), TYPOS) is expected
    assert Pattern(pattern, WORDS).matches(tokenise(text), EXACT) is False


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(cat|dog", "missing"),
        ("[cat", "missing"),
        ("cat)", "unexpected"),
        ("(cat||dog)", "empty choice"),
        ("()", "empty choice"),
        ("", "empty choice"),
        ("{color}", "not one of"),
        ("{word", "not closed"),
        ("cat , dog", "not a word"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_why(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError, match=reason):
        Pattern(pattern, WORDS)


def test_a_word_slot_needs_words() -> None:
    with pytest.raises(PatternError, match="no words"):
        Pattern("a {word}")


def test_a_pattern_that_accepts_silence_is_recognised() -> None:
    assert Pattern("[i] [like] *").matches_nothing()
    assert not Pattern("i *").matches_nothing()


def test_matching_takes_time_linear_in_the_answer() -> None:
    pattern = Pattern("* (a|a a) * [a|a a] * (a|[a] a) * b")
    started = time.thread_time()
    assert not pattern.matches([Token("a", "a")] * 4000, EXACT)
    assert time.thread_time() - started < 2


def test_letters_lose_their_marks_and_keep_their_form() -> None:
    assert bare("Con Đường ở Huế") == "con duong o hue"
    assert marked("ăn")
    assert not marked("con voi")


@pytest.mark.parametrize(("value", "word"), [(0, "zero"), (13, "thirteen"), (40, "forty"), (99, "ninety-nine")])
def test_numbers_have_words(value: int, word: str) -> None:
    assert number_word(value) == word
    assert tokenise(word)[0].text == str(value)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("apple", "apple", False),
        ("aple", "apple", True),
        ("appple", "apple", True),
        ("apqle", "apple", True),
        ("palpe", "apple", False),
        ("appel", "apple", True),
        ("", "a", True),
        ("", "ab", False),
    ],
)
def test_one_edit_is_one_edit(left: str, right: str, expected: bool) -> None:
    assert edit_distance_one(left, right) is expected
    assert edit_distance_one(right, left) is expected
