"""Progress is a pure fold: tables for what counts, properties for replay and size."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.progress import due_items, fold, learned_words, step_done, times_asked

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    kind: str
    item: str = ""
    lesson_id: str = ""
    step_id: str = ""
    correct: bool | None = None
    hints: int = 0
    at: datetime = START


KINDS = ("answer", "word_used", "error", "hint", "moved_on", "lesson_started", "lesson_done", "review")
ITEMS = ("word:cat", "word:teddy bear", "pattern:i-like", "error:tense", "step:l1/s1", "")
observations = st.builds(
    Seen,
    kind=st.sampled_from(KINDS),
    item=st.sampled_from(ITEMS),
    lesson_id=st.sampled_from(("", "l1", "l2")),
    step_id=st.sampled_from(("", "s1", "s2", "s3")),
    correct=st.sampled_from((True, False, None)),
    hints=st.integers(0, 3),
    at=st.integers(0, 90 * 24 * 3600).map(lambda seconds: START + timedelta(seconds=seconds)),
)
histories = st.lists(observations, max_size=25)


def canonical(progress: object) -> str:
    return json.dumps(progress, sort_keys=True, ensure_ascii=False)


@settings(max_examples=120, deadline=None)
@given(histories, histories)
def test_folding_in_two_parts_is_folding_at_once_bit_for_bit(first: list[Seen], second: list[Seen]) -> None:
    at_once = canonical(fold({}, first + second))
    stored = json.loads(canonical(fold({}, first)))
    assert canonical(fold(stored, second)) == at_once
    assert canonical(fold(fold({}, first), second)) == at_once


@settings(max_examples=40, deadline=None)
@given(histories)
def test_folding_changes_nothing_it_was_given(history: list[Seen]) -> None:
    before = fold({}, history)
    text = canonical(before)
    fold(before, history)
    assert canonical(before) == text


def test_nobody_has_no_progress() -> None:
    assert fold({}, []) == {}


def test_size_depends_on_items_and_not_on_history() -> None:
    def lived(rounds: int) -> int:
        history = [
            Seen(kind, item, "l1", "s1", correct, hints=number % 3, at=START + timedelta(hours=number))
            for number in range(rounds)
            for kind, item, correct in (("answer", "word:cat", True), ("hint", "step:l1/s1", None))
        ]
        return len(canonical(fold({}, history)))

    # Only the digits of the counts grow.
    assert lived(1000) - lived(100) < 40


def test_a_step_is_done_after_a_right_answer_or_after_moving_on() -> None:
    for last, done in (
        (Seen("answer", "pattern:i-like", "l1", "s1", correct=False), False),
        (Seen("hint", "step:l1/s1", "l1", "s1"), False),
        (Seen("word_used", "word:cat", "l1", "s1", correct=True), False),
        (Seen("answer", "pattern:i-like", "l1", "s1", correct=True), True),
        (Seen("moved_on", "step:l1/s1", "l1", "s1"), True),
    ):
        assert step_done(fold({}, [last]), "l1", "s1") is done


def test_items_count_what_was_seen() -> None:
    history = [
        Seen("answer", "word:cat", correct=True),
        Seen("answer", "word:cat", correct=True, hints=2),
        Seen("review", "word:cat", correct=False),
        Seen("hint", "word:cat"),
        Seen("word_used", "word:cat"),
    ]
    counts = fold({}, history)["items"]["word:cat"]
    wanted = {"seen": 5, "right": 2, "wrong": 1, "unaided": 1, "hints": 1, "used": 1}
    assert {name: counts[name] for name in wanted} == wanted
    assert times_asked(fold({}, history), "word:cat") == 3


def answered(at: datetime, *, correct: bool = True, hints: int = 0, item: str = "word:cat") -> Seen:
    return Seen("answer", item, "l1", "s1", correct=correct, hints=hints, at=at)


def due_after(history: Sequence[Seen]) -> datetime:
    return datetime.fromisoformat(fold({}, history)["cards"][history[-1].item]["due"])


def test_only_words_get_review_cards() -> None:
    history = [answered(START, item=item) for item in ITEMS if item]
    assert set(fold({}, history)["cards"]) == {"word:cat", "word:teddy bear"}


def test_a_word_is_not_due_in_the_lesson_in_which_it_was_met() -> None:
    progress = fold({}, [answered(START)])
    assert due_items(progress, START + timedelta(hours=1)) == []
    assert due_items(progress, START + timedelta(days=4)) == ["word:cat"]


def test_hints_and_mistakes_bring_a_word_back_sooner() -> None:
    unaided, hinted, wrong = (
        due_after([answered(START, correct=correct, hints=hints)])
        for correct, hints in ((True, 0), (True, 2), (False, 0))
    )
    assert unaided > hinted >= wrong


def test_intervals_grow_with_success() -> None:
    first = due_after([answered(START)])
    second = due_after([answered(START), answered(first)])
    assert second - first > first - START


def test_the_most_overdue_word_comes_first() -> None:
    history = [answered(START + timedelta(days=1), item="word:dog"), answered(START, item="word:cat")]
    assert due_items(fold({}, history), START + timedelta(days=30)) == ["word:cat", "word:dog"]


def test_a_word_used_in_the_graded_answer_is_not_graded_twice() -> None:
    used = Seen("word_used", "word:cat", at=START)
    assert fold({}, [answered(START), used])["cards"] == fold({}, [answered(START)])["cards"]


def test_a_late_observation_does_not_turn_time_back() -> None:
    card = fold({}, [answered(START), answered(START - timedelta(days=3))])["cards"]["word:cat"]
    assert card["last_review"] == START.isoformat()


def test_times_are_kept_in_utc() -> None:
    hanoi = START.astimezone(timezone(timedelta(hours=7)))
    assert canonical(fold({}, [answered(hanoi)])) == canonical(fold({}, [answered(START)]))


def test_learned_words_are_those_said_right_since_then_in_order() -> None:
    history = [
        answered(START, item="word:duck"),
        answered(START + timedelta(minutes=1), item="word:fish"),
        answered(START + timedelta(minutes=2), item="word:cat", correct=False),
        Seen("word_used", "word:bird", at=START + timedelta(minutes=2)),
        answered(START + timedelta(minutes=3), item="word:fish"),
        answered(START + timedelta(minutes=3), item="pattern:i-like"),
    ]
    progress = fold({}, history)
    assert learned_words(progress, START + timedelta(seconds=1)) == ["bird", "fish"]
    assert learned_words(progress, START) == ["duck", "bird", "fish"]
