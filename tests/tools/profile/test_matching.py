"""What suits a learner: a table of what counts, and what does not."""

from typing import Any

import pytest

from tools.profile import ProfileMatchingTool
from tools.profile.matching import content
from tools.profile.schemas import Candidate, ProfileMatchRequest


def ids(*candidates: Candidate, **profile: Any) -> list[str]:
    request = ProfileMatchRequest(candidates=candidates, **profile)
    return [match.id for match in ProfileMatchingTool().run(request).matches]


def lesson(name: str, *words: str, **rest: Any) -> Candidate:
    return Candidate(id=name, kind="lesson", title=name, words=words, **rest)


ANIMALS, FOOD, SPORT = lesson("animals", "cat", "dog"), lesson("food", "noodles", "soup"), lesson("sport", "football")


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({"likes": ("dogs",)}, ["animals"]),
        ({"likes": ("playing football", "cats", "dogs")}, ["animals", "sport"]),
        ({"likes": ("dog", "cat"), "dislikes": ("soup",)}, ["animals"]),
        ({"likes": ("cat", "noodles"), "dislikes": ("soup",)}, ["animals", "food"]),
        ({"goals": ("be a football player",)}, ["sport"]),
        ({"likes": ("cat",), "done": ("animals",)}, []),
        ({"likes": ("the",)}, []),
        ({}, []),
    ],
)
def test_shared_interests_come_first(profile: dict[str, Any], expected: list[str]) -> None:
    assert ids(ANIMALS, FOOD, SPORT, **profile) == expected


def test_a_lesson_of_the_level_comes_before_one_that_is_too_hard() -> None:
    easy, hard = lesson("easy", "cat", level="A1"), lesson("hard", "cat", level="B1")
    assert ids(hard, easy, likes=("cat",), level="A1") == ["easy", "hard"]


def test_a_peer_of_the_same_age_comes_first() -> None:
    old, young = (
        Candidate(id=name, kind="peer", words=("chess",), age=age) for name, age in (("old", 14), ("young", 9))
    )
    assert ids(old, young, likes=("chess",), age=8) == ["young", "old"]


def test_reasons_say_what_the_score_is_made_of() -> None:
    request = ProfileMatchRequest(
        likes=("cats",), dislikes=("soup",), candidates=(ANIMALS, lesson("both", "cat", "soup"))
    )
    first, second = ProfileMatchingTool().run(request).matches
    assert first.reasons == ("likes cats",)
    assert second.reasons == ("likes cats", "but does not like soup")
    assert first.score > second.score >= 0


@pytest.mark.parametrize(
    ("text", "words"),
    [("the drums", {"drum"}), ("stories", {"story"}), ("bóng đá", {"bong da"}), ("bus", {"bus"}), ("glass", {"glass"})],
)  # fmt: skip
def test_words_are_compared_by_what_they_mean(text: str, words: set[str]) -> None:
    assert content(text) == words
