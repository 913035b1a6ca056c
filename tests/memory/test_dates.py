"""Which day a child's words speak of."""

from datetime import date

import pytest

from memory.dates import DayOfYear, day_of_year, resolve, spoken

MONDAY = date(2026, 9, 14)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday i go fishing", date(2026, 9, 13)),
        ("hôm qua con đi chơi", date(2026, 9, 13)),
        ("hom qua con di choi", date(2026, 9, 13)),
        ("tomorrow i have a test", date(2026, 9, 15)),
        ("ngày mai con thi", date(2026, 9, 15)),
        ("last friday we lost", date(2026, 9, 11)),
        ("next sunday we play", date(2026, 9, 20)),
        ("chủ nhật tuần sau con đi biển", date(2026, 9, 20)),
        ("thứ tư tuần trước", date(2026, 9, 9)),
        ("three days ago", date(2026, 9, 11)),
        ("in two days", date(2026, 9, 16)),
        ("the day before yesterday", date(2026, 9, 12)),
        ("on the 17th of September", date(2026, 9, 17)),
        ("on january 2nd", date(2027, 1, 2)),
        ("ngày 2 tháng 9", date(2026, 9, 2)),
        ("today i am happy", MONDAY),
        ("i like dogs", None),
        ("on 31 april", None),
    ],
)
def test_a_day_is_resolved_from_the_day_it_was_said(text: str, day: date | None) -> None:
    assert resolve(text, MONDAY) == day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5 may", DayOfYear(5, 5)),
        ("May the fifth", DayOfYear(5, 5)),
        ("mùng 3 tháng 2", DayOfYear(2, 3)),
        ("in August", DayOfYear(8, 0)),
        ("tháng 12", DayOfYear(12, 0)),
        ("40 may", None),
        ("i may go", None),
    ],
)
def test_a_birthday_needs_no_year(text: str, told: DayOfYear | None) -> None:
    assert day_of_year(text) == told


def test_dates_are_said_in_words() -> None:
    assert spoken(MONDAY) == "14 September 2026"
    assert DayOfYear(5, 15).spoken() == "15 May"
