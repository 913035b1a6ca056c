"""A conversation in the one shape of `POST /api/tools/execute`."""

import json
from typing import Any

import pytest

from infra.errors import BadInput
from tools.grounding import is_grounded
from tools.ports import LegacyCall
from tools.turns import conversation_in


@pytest.mark.parametrize(
    ("message", "turns"),
    [
        ("I have a cat\nCoach: What is its name?\n\nBông", ["", "coach", ""]),
        ("my time is 9:30", [""]),
        (json.dumps({"turns": [{"text": "hi", "speaker": "coach"}]}), ["coach"]),
        ("", []),
    ],
)
def test_a_message_is_a_conversation(message: str, turns: list[str]) -> None:
    found: Any = conversation_in(LegacyCall(tool_name="T", message=message))["turns"]
    assert [turn.get("speaker", "") for turn in found] == turns
    assert all(turn["text"] for turn in found)


def test_a_message_that_is_nearly_json_is_bad_input() -> None:
    with pytest.raises(BadInput, match="turns"):
        conversation_in(LegacyCall(tool_name="T", message='{"turns": ['))


@pytest.mark.parametrize(
    ("words", "said", "is_said"),
    [
        ("Rex", "my dog is called rex", True),
        ("9", "I am nine", True),
        ("tám", "con 8 tuổi", True),
        ("ha noi", "con ở Hà Nội", True),
        ("dogs", "a dog", True),
        ("Max", "my dog is called rex", False),
        ("10", "I am nine", False),
        ("", "anything", True),
    ],
)
def test_words_are_grounded_in_what_was_said(words: str, said: str, is_said: bool) -> None:
    assert is_grounded(words, said) == is_said
