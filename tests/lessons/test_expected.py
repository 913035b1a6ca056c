"""What a child may say to a step: the closed set among which the ear decides."""

import pytest

from lessons.expected import GOOD_PHRASES, MAX_PHRASES, expected, named
from lessons.patterns import MAX_PHRASE_WORDS, Pattern
from lessons.schemas import Lesson
from lessons.service import Lessons


@pytest.mark.parametrize(
    ("pattern", "phrases"),
    [
        ("a red robot", ["a red robot"]),
        ("[a] (red|blue) robot", ["red robot", "blue robot", "a red robot", "a blue robot"]),
        ("it's {word}", ["it is cat", "it is dog"]),
        ("i see {words}", ["i see cats", "i see dogs"]),
        ("i am {name}", []),
        ("i like * cats", ["i like cats"]),
    ],
)
def test_a_pattern_lists_what_it_accepts_shortest_first(pattern: str, phrases: list[str]) -> None:
    assert sorted(Pattern(pattern, ("cat", "dog")).phrases(10)) == sorted(phrases)
    lengths = [len(phrase.split()) for phrase in Pattern(pattern, ("cat", "dog")).phrases(10)]
    assert lengths == sorted(lengths)


def test_the_list_is_bounded_however_rich_the_pattern_is() -> None:
    rich = " ".join(["[a|b|c|d|e|f]"] * 30) + " end"
    found = Pattern(rich).phrases(50)
    assert 0 < len(found) <= 50
    assert max(len(phrase.split()) for phrase in found) <= MAX_PHRASE_WORDS


def test_every_step_expects_its_model_first_and_nothing_it_would_not_understand(lessons: Lessons) -> None:
    for lesson in lessons.lessons():
        for index, step in enumerate(lesson.steps):
            position = lessons.at(lesson.id, step.id)
            assert position.index == index
            phrases = lessons.expected(position)
            assert phrases[0] == step.model
            assert len(set(phrases)) == len(phrases) <= MAX_PHRASES
            kinds = [lessons.judge(position, phrase).kind for phrase in phrases]
            assert set(kinds) <= {"right", "wrong", "attempt", "none"}
            assert kinds[: min(GOOD_PHRASES, len(kinds))].count("right") >= 1, (lesson.id, step.id)


def test_good_answers_are_understood(lessons: Lessons) -> None:
    """What comes from a step's accepted patterns is right when it is judged."""
    for lesson in lessons.lessons():
        for step in lesson.steps:
            without_wrong: Lesson = lesson.model_copy(update={"steps": (step.model_copy(update={"wrong": ()}),)})
            position = lessons.at(lesson.id, step.id)
            for phrase in expected(lesson, without_wrong.steps[0])[1:]:
                verdict = lessons.judge(position, phrase)
                assert verdict.kind in ("right", "wrong"), (lesson.id, step.id, phrase, verdict)


def test_a_word_is_named_with_its_article() -> None:
    assert "it is an apple" in named("apple")
    assert "it's a cat" in named("cat")
