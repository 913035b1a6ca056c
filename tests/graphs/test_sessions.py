"""What is summed up of a session, and what of it is said at a goodbye: a real tool, nothing that was not said."""

from datetime import timedelta

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from graphs.sessions import LOOKED_BACK, sessions_of, well_said
from house import opened_tools
from infra.settings import load_settings
from learners.ports import TranscriptLine
from tests.conftest import PATIENT_MS
from tests.graphs.views import NOW


def line(minute: int, said: str = "hello") -> TranscriptLine:
    return TranscriptLine(
        turn_id=f"t{minute}",
        thread_id="main",
        at=NOW + timedelta(minutes=minute),
        said=said,
        replied="Hi!",
        safety_label="safe",
    )


@pytest.mark.parametrize(
    ("minutes", "sizes"),
    [([], []), ([0], [1]), ([0, 1, 30], [3]), ([0, 1, 31, 32], [2, 2]), ([0, 40, 80], [1, 1, 1])],
)
def test_a_long_silence_begins_a_new_session(minutes: list[int], sizes: list[int]) -> None:
    assert [len(session) for session in sessions_of([line(minute) for minute in minutes])] == sizes


def talk(*said: str) -> list[AnyMessage]:
    return [message for text in said for message in (HumanMessage(text), AIMessage("Oh!"))]


WELL_SAID = {
    "the longest right statement": (["hello", "I have a red kite.", "it is a robot", "bye"], 3, "I have a red kite."),
    "not of the session before": (["I have a red kite.", "hello", "bye"], 1, ""),
    "not of long ago": (["I have a red kite.", *["ok"] * LOOKED_BACK, "bye"], LOOKED_BACK + 1, ""),
    "nothing wrong, nothing sad": (["yesterday i go to the zoo", "my dog died", "no", "bye"], 3, ""),
    "nothing long": (["I like the very big black dog of my best friend", "bye"], 1, ""),
    "nothing after a danger": (["my father hits me", "We have a big garden.", "bye"], 2, ""),
    "nothing": (["bye"], 0, ""),
}


async def test_a_goodbye_tells_a_sentence_that_was_said_well() -> None:
    async with opened_tools(load_settings({"COACH_TOOL_DEADLINE_MS": PATIENT_MS})) as tools:
        told = {name: await well_said(tools, talk(*said), turns) for name, (said, turns, _) in WELL_SAID.items()}
    assert told == {name: quote for name, (_, _, quote) in WELL_SAID.items()}
