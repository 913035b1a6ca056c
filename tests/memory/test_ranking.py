"""What is kept after a time, what a question for a kind of thing looks for, and what is chosen."""

from datetime import UTC, datetime, timedelta

import pytest

from memory.cards import Card
from memory.forgetting import retained
from memory.kinds import members
from memory.ranking import Asked, Candidate, chosen, rank
from memory.records import Record
from memory.text import stem

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def record(text: str, *, days: float = 0, key: str = "", pinned: bool = False) -> Record:
    kind = "semantic" if key else "episodic"
    said_at = NOW - timedelta(days=days)
    return Record(text, kind, text, said_at, text, 0, subject_key=key, pinned=pinned)  # type: ignore[arg-type]  # one of the two


@pytest.mark.parametrize(
    ("key", "days", "pinned", "tellings", "kept"),
    [
        ("word:cat", 7, False, 1, 0.5),
        ("word:cat", 14, False, 1, 0.25),
        ("error:tense", 14, False, 1, 0.5),
        ("word:cat", 7 * 1.6, False, 2, 0.5),
        ("word:cat", 700, True, 1, 1.0),
        ("pet:dog:name", 3650, False, 1, 1.0),
        ("word:cat", -1, False, 1, 1.0),
    ],
)
def test_a_memory_fades_unless_it_is_pinned_or_told_again(
    key: str, days: float, pinned: bool, tellings: int, kept: float
) -> None:
    assert retained(record("x", days=days, key=key, pinned=pinned), NOW, tellings) == pytest.approx(kept)


def test_a_question_for_a_kind_names_its_members() -> None:
    assert {"swim", "football"} <= members("which sports do i play?")
    assert stem("guitar") in members("what instruments can i play?")
    assert members("how old am i?") == frozenset()


def test_the_member_of_the_kind_comes_before_what_is_as_near() -> None:
    cards = [Card.of(record("i painted with mum")), Card.of(record("i talked with mum"))]
    candidates = [Candidate(card, cosine=0.3) for card in cards]
    (first, _), _ = rank(candidates, Asked.of("what art do i make?", NOW))
    assert first.id == "i painted with mum"


def test_what_was_said_twice_is_chosen_once_and_the_budget_is_kept() -> None:
    said = [
        ("i like big red dogs", 3.0),
        ("i like big red dogs", 2.9),
        ("we went to the sea", 2.0),
        ("it was far", 1.0),
    ]
    ranked = [(record(text), score) for text, score in said]
    assert [kept.text for kept, _ in chosen(ranked, 5, 1000)] == [
        "i like big red dogs",
        "we went to the sea",
        "it was far",
    ]
    assert [kept.text for kept, _ in chosen(ranked, 5, 5)] == ["i like big red dogs"]
    assert len(chosen(ranked, 1, 1000)) == 1
