"""What a written text sounds like: words, numbers, contractions, names that no dictionary has."""

import pytest

from infra.errors import BadInput
from tools.pronunciation.numerals import spoken
from tools.pronunciation.reference import read


@pytest.mark.parametrize(
    ("token", "readings"),
    [
        ("3", ("three",)),
        ("21st", ("twenty first",)),
        ("12th", ("twelfth",)),
        ("20th", ("twentieth",)),
        ("3.5", ("three point five",)),
        ("$5", ("five dollars",)),
        ("$1", ("one dollar",)),
        ("7:30", ("seven thirty",)),
        ("7:05", ("seven oh five",)),
        ("7:00", ("seven o'clock",)),
        ("50%", ("fifty percent",)),
        ("90s", ("nineties",)),
        ("007", ("zero zero seven",)),
        ("101", ("one hundred one", "one hundred and one")),
        ("1,250", ("one thousand two hundred fifty", "one thousand two hundred and fifty")),
        ("1905", ("nineteen oh five", "one thousand nine hundred five", "one thousand nine hundred and five")),
    ],
)
def test_digits_are_read_aloud(token: str, readings: tuple[str, ...]) -> None:
    assert spoken(token) == readings


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("three", "TH R IY"),
        ("don’t", "D OW N T"),
        ("it's", "IH T S"),
        ("12", "T W EH L V"),
        ("TV", "T IY V IY"),
        ("ice-cream", "AY S K R IY M"),
    ],
)
def test_a_word_has_its_usual_pronunciation_first(text: str, phones: str) -> None:
    (word,) = read(text)
    assert word.listed
    assert word.variants[0] == tuple(phones.split())


def test_a_word_may_have_several_pronunciations() -> None:
    (word,) = read("the")
    assert {("DH", "AH"), ("DH", "IY")} <= set(word.variants)


def test_a_name_that_is_not_listed_gets_a_guess_and_says_so() -> None:
    pika, plays = read("Pikapo plays")
    assert (pika.listed, plays.listed) == (False, True)
    assert pika.variants[0][0] == "P"


def test_words_keep_the_order_and_the_form_they_were_written_in() -> None:
    assert [word.text for word in read("Hello, my 2 cats!")] == ["Hello", "my", "2", "cats"]


@pytest.mark.parametrize("text", ["", "...", "你好", "😀 !"])
def test_a_text_without_english_words_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no English words"):
        read(text)
