"""What a profile or a summary kept of a script: the scoring."""

from typing import Any

import pytest

from evals.scoring.kept import flat_turns, judged, supported

ROW: dict[str, Any] = {
    "sessions": [
        {"date": "2026-01-05", "turns": ["I have a goat called Mít", "I live in Vinh"]},
        {"date": "2026-02-05", "turns": ["now I live in Huế"]},
    ],
    "questions": [
        {"id": "name", "kind": "fact", "accept": ["Mít"], "reject": [], "evidence": [[0, 0]]},
        {"id": "city", "kind": "update", "accept": ["Huế"], "reject": ["Vinh"], "evidence": [[0, 1], [1, 0]]},
        {"id": "order", "kind": "temporal", "accept": ["after"], "reject": [], "evidence": [[0, 1], [1, 0]]},
        {"id": "age", "kind": "never_said", "accept": [], "reject": [], "evidence": []},
    ],
}


@pytest.mark.parametrize(
    ("text", "kept", "stale"),
    [
        ("goat's name: Mit; home: Hue", ["name", "city"], []),
        ("home: Vinh", [], ["city"]),
        ("home: Huế, before: Vinh", ["city"], []),
        ("", [], []),
    ],
)
def test_questions_are_held_against_what_was_kept(text: str, kept: list[str], stale: list[str]) -> None:
    found = judged(ROW, text)
    assert [one.id for one in found if one.kept] == kept
    assert [one.id for one in found if one.stale] == stale
    assert [one.id for one in found if one.said] == ["name", "city"]


def test_turns_come_with_their_day() -> None:
    assert flat_turns(ROW)[2] == ("2026-02-05", "now I live in Huế")


@pytest.mark.parametrize(
    ("value", "said", "is_said"),
    [("two cats", "I have 2 cat", True), ("Hue", "con ở Huế", True), ("three cats", "I have 2 cats", False)],
)
def test_a_value_is_said_or_not(value: str, said: str, is_said: bool) -> None:
    assert supported(value, said) == is_said
