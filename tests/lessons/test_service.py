"""Where a learner is: tables over the shipped unit."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from infra.errors import NotFound
from lessons.ports import LessonService
from lessons.schemas import Position
from lessons.service import Lessons

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    kind: str
    lesson_id: str = ""
    step_id: str = ""
    item: str = ""
    correct: bool | None = None
    hints: int = 0
    at: datetime = START


def place(position: Position) -> tuple[str, int, bool]:
    return position.lesson.id, position.index, position.done


def done(lessons: Lessons, lesson_id: str, *, upto: int | None = None) -> list[Seen]:
    return [
        Seen("answer", lesson_id, step.id, "pattern:x", correct=True) for step in lessons.lesson(lesson_id).steps[:upto]
    ]


def everything(lessons: Lessons) -> list[Seen]:
    return [
        replace(seen, at=START + timedelta(days=day))
        for day, lesson in enumerate(lessons.lessons())
        for seen in (*done(lessons, lesson.id), Seen("lesson_done", lesson.id))
    ]


def test_it_is_the_port(lessons: Lessons) -> None:
    service: LessonService = lessons
    assert len(service.lessons()) == 8


def test_lessons_come_in_teaching_order(lessons: Lessons) -> None:
    assert [lesson.id for lesson in lessons.lessons()] == [f"a1-u1-l{number}" for number in range(1, 9)]


def test_an_unknown_lesson_is_not_found(lessons: Lessons) -> None:
    with pytest.raises(NotFound, match="a9-u9"):
        lessons.lesson("a9-u9")


def test_a_new_learner_begins_at_the_beginning(lessons: Lessons) -> None:
    assert place(lessons.position({})) == ("a1-u1-l1", 0, False)


def test_a_learner_goes_on_at_the_first_step_not_done(lessons: Lessons) -> None:
    progress = lessons.fold({}, [*done(lessons, "a1-u1-l1"), *done(lessons, "a1-u1-l2", upto=3)])
    assert place(lessons.position(progress)) == ("a1-u1-l2", 3, False)


def test_a_lesson_closed_early_counts_as_done(lessons: Lessons) -> None:
    progress = lessons.fold({}, [Seen("lesson_done", "a1-u1-l1")])
    assert place(lessons.position(progress)) == ("a1-u1-l2", 0, False)


def test_at_finds_the_step_or_the_beginning_of_its_lesson(lessons: Lessons) -> None:
    assert lessons.at("a1-u1-l3", "pattern-like").step.id == "pattern-like"
    assert lessons.at("a1-u1-l3", "gone").index == 0


def test_after_walks_through_every_lesson_once(lessons: Lessons) -> None:
    progress: dict[str, Any] = {}
    position = lessons.position(progress)
    seen = []
    while not position.done:
        seen.append((position.lesson.id, position.step.id))
        following = lessons.after(position, progress)
        progress = lessons.fold(progress, [Seen("answer", *seen[-1], "pattern:x", correct=True)])
        position = following
    assert seen == [(lesson.id, step.id) for lesson in lessons.lessons() for step in lesson.steps]


def test_after_the_last_step_of_a_chosen_lesson_the_next_one_not_done_follows(lessons: Lessons) -> None:
    progress = lessons.fold({}, done(lessons, "a1-u1-l6"))
    last = lessons.at("a1-u1-l5", "bye-food")
    progress = lessons.fold(progress, done(lessons, "a1-u1-l5"))
    assert place(lessons.after(last, progress)) == ("a1-u1-l7", 0, False)


def test_steps_left_behind_come_round_again(lessons: Lessons) -> None:
    rest = [seen for lesson in lessons.lessons()[:-1] for seen in done(lessons, lesson.id)]
    progress = lessons.fold({}, rest)
    last = lessons.at("a1-u1-l8", "bye-sing")
    assert place(lessons.after(last, progress)) == ("a1-u1-l8", 0, False)


def test_when_all_is_done_the_lesson_finished_longest_ago_is_reviewed(lessons: Lessons) -> None:
    progress = lessons.fold({}, everything(lessons))
    position = lessons.position(progress)
    assert place(position) == ("a1-u1-l1", 0, True)
    assert place(lessons.after(position, progress)) == ("a1-u1-l1", 1, True)
    assert place(lessons.after(lessons.at("a1-u1-l1", "bye-hello"), progress)) == ("a1-u1-l2", 0, True)


def test_due_words_come_with_a_ready_question(lessons: Lessons) -> None:
    progress = lessons.fold({}, [Seen("answer", item="word:cat", correct=True)])
    assert lessons.due(progress, START) == []
    (review,) = lessons.due(progress, START + timedelta(days=5))
    assert review.item == "word:cat"
    assert "'con mèo'" in review.ask.en
    assert "'con mèo'" in review.ask.vi
    assert review.model == "cat"
    assert review.word is not None
    assert review.word.picture == "cat"


def test_a_review_is_asked_in_another_way_each_time(lessons: Lessons) -> None:
    asked = set()
    history: list[Seen] = []
    for number in range(4):
        at = START + timedelta(days=40 * number)
        history.append(Seen("review", item="word:cat", correct=True, at=at))
        (review,) = lessons.due(lessons.fold({}, history), at + timedelta(days=400))
        asked.add(review.ask.en)
    assert len(asked) == 4


def test_items_the_content_no_longer_has_are_not_due(lessons: Lessons) -> None:
    progress = lessons.fold({}, [Seen("answer", item="word:gramophone", correct=True)])
    assert lessons.due(progress, START + timedelta(days=99)) == []


def test_no_more_reviews_than_asked_for(lessons: Lessons) -> None:
    words = [f"word:{word.en}" for word in lessons.lesson("a1-u1-l3").words]
    progress = lessons.fold({}, [Seen("answer", item=item, correct=True) for item in words])
    assert len(lessons.due(progress, START + timedelta(days=99))) == 2
    assert len(lessons.due(progress, START + timedelta(days=99), limit=5)) == 5
