"""Values at the edge of the database: one form for equal things."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from infra.columns import UtcDateTime, canonical_json, nfc

SQLITE = sqlite.dialect()
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(values)
def test_canonical_json_reads_back_as_the_composed_value_and_is_stable(value: Any) -> None:
    written = canonical_json(value)
    assert json.loads(written) == nfc(value)
    assert canonical_json(json.loads(written)) == written


@pytest.mark.parametrize("mark", ["\u0301", "\u0303", "\u0309"])
def test_a_mark_after_a_line_break_does_not_merge_with_the_escape(mark: str) -> None:
    assert json.loads(canonical_json([f"\n{mark}"])) == [f"\n{mark}"]


def test_key_order_and_composition_do_not_matter() -> None:
    assert canonical_json({"b": 1, "a": ("má",)}) == canonical_json({"a": ["ma\u0301"], "b": 1}) == '{"a":["má"],"b":1}'


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"x": float("nan")})


@given(st.text())
def test_every_text_comes_out_composed(text: str) -> None:
    assert unicodedata.is_normalized("NFC", nfc({text: [text]})[nfc(text)][0])


def test_an_instant_is_stored_as_utc_and_a_naive_one_refused() -> None:
    column = UtcDateTime()
    hanoi = datetime(2026, 1, 1, 6, 0, 0, 1, tzinfo=timezone(timedelta(hours=7)))
    stored = column.process_bind_param(hanoi, SQLITE)
    assert stored == datetime(2025, 12, 31, 23, 0, 0, 1)  # noqa: DTZ001
    assert column.process_result_value(stored, SQLITE) == hanoi.astimezone(UTC)
    assert column.process_bind_param(None, SQLITE) is None
    with pytest.raises(ValueError, match="naive"):
        column.process_bind_param(datetime(2026, 1, 1), SQLITE)  # noqa: DTZ001
