import pytest
from pydantic import ValidationError

from graphs.turns.schemas import MAX_TEXT_CHARACTERS, TurnRequest
from graphs.turns.text import cleaned


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("hello", "hello"),
        ("  a \n\t b ", "a b"),
        ("a\x00b\x07", "ab"),
        ("ki\u200bll", "kill"),
        ("\u202eolleh", "olleh"),
        ("me\u0323", "mẹ"),
        ("\ud800x", "x"),
        ("", ""),
        ("😀😀", "😀😀"),
    ],
)
def test_invisible_characters_are_removed(raw: str, clean: str) -> None:
    assert cleaned(raw) == clean


@pytest.mark.parametrize("bad", ["*", "../x", "", "a b", "é", "x" * 65, "-x", "a\n"])
@pytest.mark.parametrize("field", ["learner_id", "thread_id", "turn_id"])
def test_ids_that_could_become_other_keys_are_refused(field: str, bad: str) -> None:
    with pytest.raises(ValidationError):
        TurnRequest.model_validate({"text": "hi", field: bad})


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(ValidationError):
        TurnRequest(text="a" * (MAX_TEXT_CHARACTERS + 1))
