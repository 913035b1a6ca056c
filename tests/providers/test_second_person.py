"""Whom a sentence speaks to: the child's own said back to it, and Vietnamese with the family's word for "you"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.scripted.address import readdressed
from providers.scripted.second_person import joined, pieces, reads_oddly, to_second_person
from providers.scripted.syllables import parts, slow_word


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("I went to my grandma's house", "You went to your grandma's house"),
        ("I am 7 years old", "You are 7 years old"),
        ("My name is Linh", "Your name is Linh"),
        ("I'm happy", "You're happy"),
        ("I've got two cats and I'll feed them", "You've got two cats and you'll feed them"),
        ("My brother and I play chess", "You and your brother play chess"),
        ("Yesterday my little sister and I swam", "Yesterday you and your little sister swam"),
        ("Lan and I were late", "You and Lan were late"),
        ("Me and my dad went fishing", "You and your dad went fishing"),
        ("I was tired", "You were tired"),
        ("I ate rice and was full", "You ate rice and were full"),
        ("I saw a dog and it was big", "You saw a dog and it was big"),
        ("I wasn't at school", "You weren't at school"),
        ("When I was six, I had a bird", "When you were six, you had a bird"),
        ("My cat was sick", "Your cat was sick"),
        ("She gave me a book at 7 am", "She gave you a book at 7 am"),
        ("I made it myself and it is mine", "You made it yourself and it is yours"),
        ("We went to our school", "You went to your school"),
        ("He likes bones", "He likes bones"),
        ("I also am here", "You also are here"),
        ("in my bag", "in your bag"),
        ("I’m from Huế", "You're from Huế"),
        ("", ""),
    ],
)
def test_it_is_said_back_to_you(said: str, back: str) -> None:
    assert to_second_person(said) == back


@pytest.mark.parametrize(
    "said",
    [
        "What is your name?",
        "where is my bag",
        "Can I go?",
        "I love you",
        "Please help me",
        "Thank you",
        'He said "I am big"',
    ],
)
def test_some_sentences_are_better_quoted(said: str) -> None:
    assert reads_oddly(said)


@pytest.mark.parametrize("said", ["I like rice", "She is tall", "There are two cats", "My mum cooks well"])
def test_plain_statements_are_not_odd(said: str) -> None:
    assert not reads_oddly(said)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Bạn có nuôi con gì không?", "Con có nuôi con gì không?"),
        ("Tên của bạn là gì?", "Tên của con là gì?"),
        ("Bạn thân của bạn tên gì?", "Bạn thân của con tên gì?"),
        ("Các bạn cùng lớp của bạn", "Các bạn cùng lớp của con"),
        ("Bạn chơi với bạn nào?", "Con chơi với bạn nào?"),
    ],
)
def test_a_line_written_with_ban_is_spoken_with_con(written: str, spoken: str) -> None:
    assert readdressed(written, "con") == spoken
    assert readdressed(written, "bạn") == written


@pytest.mark.parametrize(
    ("word", "slowly"),
    [
        ("rabbit", "rab-bit"), ("elephant", "e-le-phant"), ("apple", "ap-ple"), ("table", "ta-ble"), ("cake", "cake"),
        ("computer", "com-pu-ter"), ("umbrella", "um-brel-la"), ("teacher", "tea-cher"), ("the", "the"),
        ("whale", "whale"), ("a", "a"), ("xyz", "xyz"),
    ],
)  # fmt: skip
def test_a_word_is_split_to_be_said_slowly(word: str, slowly: str) -> None:
    assert "-".join(parts(word)) == slowly


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("say tomato slowly", "tomato"),
        ("can you say the word penguin slowly", "penguin"),
        ("nói chậm từ giraffe", "giraffe"),
        ("say it again slowly", ""),
        ("slowly please", ""),
    ],
)
def test_the_word_wanted_slowly_is_found(said: str, word: str) -> None:
    assert slow_word(said) == word


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert joined(pieces(text)) == text
    assert isinstance(to_second_person(text), str)
