"""What the contract's one shape means to a tool: by table."""

from typing import Any, ClassVar

import pytest

from tests.tools.test_executor import EchoTool
from tools.legacy import request_of, result_of
from tools.ports import LegacyCall, Terms, ToolRequest
from tools.schemas import IntentRequest, TextRequest
from tools.turns import Turns


class Heard(ToolRequest):
    audio_url: str
    text: str = ""


class Talk(ToolRequest):
    turns: Turns


def tool(request_: type[ToolRequest], terms_: Terms | None = None) -> EchoTool:
    class Reading(EchoTool):
        request: ClassVar[type[ToolRequest]] = request_
        terms: ClassVar[Terms] = terms_ or Terms()

    return Reading()


@pytest.mark.parametrize(
    ("request_", "call", "fields"),
    [
        (TextRequest, {"message": "a", "text_refs": "b", "audio_url": "c"}, {"text": "a"}),
        (TextRequest, {"text_refs": "b"}, {"text": "b"}),
        (TextRequest, {}, {}),
        (IntentRequest, {"message": "a", "text_refs": "b"}, {"text": "a", "context": "b"}),
        (Heard, {"message": "a", "text_refs": "b", "audio_url": "c"}, {"text": "b", "audio_url": "c"}),
        (Heard, {"message": "a", "audio_url": "c"}, {"text": "a", "audio_url": "c"}),
        (IntentRequest, {"message": '{"text": "x", "context": "y"}', "text_refs": "b"}, {"text": "x", "context": "y"}),
        (TextRequest, {"message": '{"text": "x", "more": 1}'}, {"text": '{"text": "x", "more": 1}'}),
        (TextRequest, {"message": "{"}, {"text": "{"}),
        (TextRequest, {"message": "{}"}, {"text": "{}"}),
        (
            Talk,
            {"message": "Pika: Hi!\nchild: hello\n\n  i like cats "},
            {
                "turns": [
                    {"speaker": "coach", "text": "Hi!"},
                    {"speaker": "learner", "text": "hello"},
                    {"speaker": "learner", "text": "i like cats"},
                ]
            },
        ),
    ],
)
def test_a_call_is_read_by_the_names_of_the_tools_fields(
    request_: type[ToolRequest], call: dict[str, str], fields: dict[str, Any]
) -> None:
    assert request_of(tool(request_), LegacyCall(tool_name="X", **call)) == fields


def test_a_tools_own_terms_come_first() -> None:
    terms = Terms(from_legacy=lambda call: {"text": call.audio_url}, to_legacy=lambda answer: {"said": answer.text})
    own = tool(TextRequest, terms)
    assert request_of(own, LegacyCall(tool_name="X", audio_url="c", message='{"text": "x"}')) == {"text": "c"}
    answer = own.run(TextRequest(text="a"))
    assert result_of(own, answer) == {"said": "a"}
    assert result_of(tool(TextRequest), answer)["text"] == "a"
