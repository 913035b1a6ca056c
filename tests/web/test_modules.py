"""The page's pure modules, run by Node."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from infra.settings import ROOT

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed")


def run(module: str, expression: str, *values: Any) -> Any:
    """The value of a JavaScript expression over a module's names and `values`."""
    source = (ROOT / "web/src" / module).as_uri()
    program = f"import * as page from '{source}'; const values = {json.dumps(values)};" + (
        f"console.log(JSON.stringify({expression}))"
    )
    command = [str(NODE), "--input-type=module", "-e", program]
    return json.loads(subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout)


VIETNAMESE = ["Chào bạn!", "Bạn đang vui hay hơi mệt?", 'Hỏi hay lắm, "teddy bear" là "gấu bông".', "Mình là Pika."]
ENGLISH = ["How are you?", "Hi Bông!", "Your cat is Bông.", "Bông is so cute!", "", "123"]


def test_the_language_of_a_sentence_is_seen_and_a_name_does_not_make_it_vietnamese() -> None:
    told = run("language.js", "values[0].map(page.isVietnamese)", VIETNAMESE + ENGLISH)
    assert told == [True] * len(VIETNAMESE) + [False] * len(ENGLISH)


def sentence(text: str, vi: str = "") -> dict[str, str]:
    return {"text": text, "vi": vi}


ASKED = sentence("How are you?", "Bạn khỏe không?")
SAID_IN_VIETNAMESE = sentence("Bạn khỏe không?")


@pytest.mark.parametrize(
    ("sentences", "shown"),
    [
        ([ASKED], [ASKED]),
        ([ASKED, SAID_IN_VIETNAMESE], [ASKED]),
        ([SAID_IN_VIETNAMESE, ASKED], [SAID_IN_VIETNAMESE, sentence("How are you?")]),
        ([sentence("Chào bạn!", "Chào bạn!")], [sentence("Chào bạn!")]),
    ],
)
def test_with_help_no_vietnamese_is_shown_twice(sentences: list[Any], shown: list[Any]) -> None:
    assert run("language.js", "page.shown(values[0], true)", sentences) == shown


def test_without_help_sentences_stand_as_they_were_said() -> None:
    told = run("language.js", "page.shown(values[0], false)", [ASKED, SAID_IN_VIETNAMESE])
    assert told == [sentence("How are you?"), SAID_IN_VIETNAMESE]


@pytest.mark.parametrize(
    ("text", "vi", "pairs"),
    [
        ("Hi! How are you?", "Chào! Bạn khỏe không?", [sentence("Hi!", "Chào!"), ASKED]),
        ("Bạn khỏe không? How are you?", "Bạn khỏe không?", [SAID_IN_VIETNAMESE, ASKED]),
        ("Hi! How are you?", "Bạn khỏe không?", [sentence("Hi! How are you?", "Bạn khỏe không?")]),
        ("Bye!", "", [sentence("Bye!")]),
    ],
)
def test_a_stored_reply_finds_its_vietnamese_lines_again(text: str, vi: str, pairs: list[Any]) -> None:
    assert run("language.js", "page.paired(...values)", text, vi) == pairs


def test_a_failed_turn_takes_back_its_lines_and_gives_back_the_words() -> None:
    events = [
        {"type": "said", "text": "hi"},
        {"type": "sentence", "sentence": sentence("You")},
        {"type": "failed", "text": "hi", "code": "unreachable"},
    ]
    talk = run("conversation.js", "values[0].reduce(page.changed, page.EMPTY)", events)
    assert (talk["lines"], talk["unsent"], talk["busy"], talk["problem"]) == ([], {"text": "hi"}, False, "unreachable")


def test_what_a_turn_ends_with_counts_and_not_what_streamed_before() -> None:
    outcome = {"sentences": [ASKED], "corrections": [{"right": "went"}], "card": None, "lesson": None}
    events = [
        {"type": "said", "text": "hi"},
        {"type": "sentence", "sentence": sentence("Half a")},
        {"type": "answered", "outcome": outcome},
    ]
    child, coach = run("conversation.js", "values[0].reduce(page.changed, page.EMPTY).lines", events)
    assert child["correction"] == {"right": "went"}
    assert coach["sentences"] == [ASKED]


@pytest.mark.parametrize("name", ["constructor", "__proto__", "", "dragon"])
def test_a_picture_that_is_not_drawn_is_no_picture(name: str) -> None:
    assert run("pictures.js", "page.picture(values[0])", name) == ""


def test_a_conversation_opened_again_shows_corrections_and_the_sentences_as_they_were_said() -> None:
    past = {
        "lesson": None,
        "card": None,
        "lines": [
            {"role": "child", "line": "i go", "vi": "", "sentences": None, "correction": {"better": "went"}},
            {
                "role": "coach",
                "line": "You went! Nice.",
                "vi": "Con đã đi!",
                "sentences": [sentence("You went! Nice.")],
            },
            {"role": "child", "line": "yes", "vi": "", "sentences": None, "correction": None},
            {"role": "coach", "line": "Good!", "vi": "Giỏi!", "sentences": None, "correction": None},
        ],
    }
    told = run("conversation.js", "page.changed(page.EMPTY, { type: 'loaded', past: values[0] })", past)
    first, reply, second, before_sentences_were_kept = told["lines"]
    assert first["correction"] == {"better": "went"}
    assert reply["sentences"] == [sentence("You went! Nice.")]
    assert "correction" not in second
    assert before_sentences_were_kept["sentences"] == [sentence("Good!", "Giỏi!")]
