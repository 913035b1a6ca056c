"""A child's Vietnamese said back by a friend."""

import pytest

from providers.scripted.second_person_vi import to_second_person_vi


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("con thích vị xoài nhất", "bạn thích vị xoài nhất"),
        ("Em đang vẽ con mèo nè", "bạn đang vẽ con mèo"),
        ("hôm nay con được đi biển với mẹ con", "hôm nay bạn được đi biển với mẹ bạn"),
        ("nhà em nuôi hai con vịt", "nhà bạn nuôi hai con vịt"),
        ("pika ơi con mới mua truyện tranh nha", "bạn mới mua truyện tranh"),
        ("tớ có em gái tên Su", "bạn có em gái tên Su"),
        ("con có em bé mới sinh", "bạn có em bé mới sinh"),
    ],
)
def test_the_child_is_you(said: str, answered: str) -> None:
    assert to_second_person_vi(said, "bạn") == answered


@pytest.mark.parametrize(
    "said",
    [
        "con mèo này màu gì",
        "con chó nhà bên sủa to",
        "em bé khóc",
        "con có đi được không",
        "trời mưa to",
        "con thích " + "ăn kem và " * 6 + "phở",
    ],
)
def test_what_is_not_plainly_of_the_child_is_not_said_back(said: str) -> None:
    assert to_second_person_vi(said, "bạn") == ""


def test_a_family_that_says_con_is_answered_with_con() -> None:
    assert to_second_person_vi("con thích bơi", "con") == "con thích bơi"
