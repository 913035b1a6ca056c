"""What LangGraph's clients send becomes a turn, and a turn's events become the server's parts: by table."""

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from pydantic import ValidationError

from api.routers.langgraph.asked import asked, learner_of
from api.routers.langgraph.messages import chunk, human, reply, shown
from api.routers.langgraph.schemas import Mode, RunCreate
from api.routers.langgraph.views import ASSISTANT, matches, state, values_of
from api.routers.langgraph.wire import END, Part, Translation, Turn, after, sse
from graphs.turns import TurnEvent
from infra.errors import BadInput

RUN, THREAD = "6f1ed002-ab55-4c6e-8d5e-0e5f5b0d6a01", "0a3b1a39-7b0f-4f6b-9d2d-3f6d0d8a1c02"
BEFORE = [human("hi", "t0"), reply("Hello!", "t0-reply", "")]
TURN = Turn(run_id=RUN, thread_id=THREAD, turn_id="t1", text="i like cat", before=BEFORE)
ABOUT = {"run_id": RUN, "thread_id": THREAD, "langgraph_node": "reply", "graph_id": "coach"}
OUTCOME = {"reply": "You like cats! Me too!", "reply_vi": "Bạn thích mèo! Mình cũng vậy!"}
VALUES = {"messages": [*BEFORE, human("i like cat", "t1")], "turn": OUTCOME}

STATUS: TurnEvent = {"event": "status", "turn_id": "t1", "stage": "thinking"}
FIRST: TurnEvent = {"event": "token", "delta": "You like cats!", "vi": "Bạn thích mèo!"}
SECOND: TurnEvent = {"event": "token", "delta": " Me too!", "vi": "Mình cũng vậy!"}
FINAL: TurnEvent = {"event": "final", "outcome": OUTCOME}
ERROR: TurnEvent = {"event": "error", "code": "unavailable", "detail": "Later.", "retry_after": 1}

WHOLE = reply("You like cats! Me too!", "t1-reply", "Bạn thích mèo! Mình cũng vậy!")
METADATA: Part = ("metadata", {"run_id": RUN, "attempt": 1})


def run(*messages: Any, **more: Any) -> RunCreate:
    said = messages or ({"role": "user", "content": "hello"},)
    return RunCreate.model_validate({"assistant_id": "coach", "input": {"messages": said}, **more})


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (
            "values",
            [METADATA, ("values", {"messages": [*BEFORE, human("i like cat", "t1")]}), ("values", VALUES)],
        ),
        (
            "messages-tuple",
            [
                METADATA,
                ("messages", [chunk("You like cats!", "t1-reply", "Bạn thích mèo!"), ABOUT]),
                ("messages", [chunk(" Me too!", "t1-reply", " Mình cũng vậy!"), ABOUT]),
            ],
        ),
        (
            "messages",
            [
                METADATA,
                ("messages/metadata", {"t1-reply": {"metadata": ABOUT}}),
                ("messages/partial", [reply("You like cats!", "t1-reply", "Bạn thích mèo!")]),
                ("messages/partial", [WHOLE]),
                ("messages/complete", [WHOLE]),
            ],
        ),
        ("updates", [METADATA, ("updates", {"reply": {"messages": [WHOLE], "turn": OUTCOME}})]),
        ("custom", [METADATA, ("custom", FIRST), ("custom", SECOND)]),
    ],
)
def test_the_events_of_a_turn_become_these_parts(mode: Mode, expected: list[Part]) -> None:
    translation = Translation(TURN, (mode,))
    events = (STATUS, FIRST, SECOND, FINAL)
    assert [part for event in events for part in translation.parts(event, VALUES)] == expected


def test_a_failure_is_an_error_part_in_every_mode() -> None:
    parts = Translation(TURN, ("values",)).parts(ERROR, {})
    assert parts == [("error", {"error": "unavailable", "message": "Later."})]


@pytest.mark.parametrize(
    ("part", "line"),
    [
        (END, "event: end\r\ndata: null\r\nid: 4-0\r\n\r\n"),
        (("custom", {"vi": "mèo\n"}), 'event: custom\r\ndata: {"vi": "mèo\\n"}\r\nid: 4-0\r\n\r\n'),
    ],
)
def test_a_part_is_one_server_sent_event(part: Part, line: str) -> None:
    assert sse(part, "4-0") == line


@pytest.mark.parametrize(
    ("given", "seen"), [(None, (-1, -1)), ("", (-1, -1)), ("-1", (-1, -1)), ("x", (-1, -1)), ("3-1", (3, 1))]
)
def test_a_client_says_what_it_has_seen(given: str | None, seen: tuple[int, int]) -> None:
    assert after(given) == seen


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"role": "user", "content": "hi"}, "hi"),
        ({"type": "human", "content": "hi"}, "hi"),
        ({"type": "human", "content": [{"type": "text", "text": "one"}, "two"]}, "one two"),
        ({"role": "user", "content": ""}, ""),
    ],
)
def test_a_childs_message_may_have_any_of_langchains_shapes(message: dict[str, Any], text: str) -> None:
    assert asked(run(message), "linh", THREAD, RUN).text == text


@pytest.mark.parametrize(
    "message",
    [
        {"role": "assistant", "content": "hi"},
        {"type": "ai", "content": "hi"},
        {"content": "hi"},
        {"role": "user", "content": [{"type": "image_url", "image_url": "x"}]},
        {"role": "user", "content": "secret " * 400},
    ],
)
def test_what_is_not_a_childs_text_is_refused(message: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as caught:
        asked(run(message), "linh", THREAD, RUN)
    assert "secret" not in caught.value.detail


@pytest.mark.parametrize(
    "more",
    [
        {"command": {"resume": 1}},
        {"interrupt_before": ["reply"]},
        {"webhook": "http://x"},
        {"after_seconds": 5},
        {"stream_mode": ["debug"]},
        {"input": None},
        {"input": {"messages": []}},
        {"multitask_strategy": "fork"},
        {"context": {"learner_id": "*"}},
    ],
)
def test_what_the_coach_cannot_do_is_refused_by_name(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=next(iter(more))):
        run(**more)


def test_a_message_that_is_sent_twice_under_its_id_is_one_turn() -> None:
    named = {"role": "user", "content": "hi", "id": "m-1"}
    assert asked(run(named), "linh", THREAD, RUN).turn_id == "m-1"
    assert asked(run({**named, "id": "not an id"}), "linh", THREAD, RUN).turn_id == RUN
    assert asked(run(), "linh", THREAD, RUN).turn_id == RUN


def test_a_multitask_strategy_is_the_turns_strategy() -> None:
    assert asked(run(multitask_strategy="rollback"), "linh", THREAD, RUN).strategy == "rollback"
    assert asked(run(), "linh", THREAD, RUN).strategy == "enqueue"


@pytest.mark.parametrize(
    ("more", "labels", "owner", "learner"),
    [
        ({}, {}, None, "guest"),
        ({}, {"learner_id": "label"}, None, "label"),
        ({}, {"learner_id": "label"}, "owner", "owner"),
        ({"context": {"learner_id": "linh"}}, {}, "owner", "linh"),
        ({"config": {"configurable": {"learner_id": "linh"}}}, {}, None, "linh"),
        ({"context": {"learner_id": "a"}, "config": {"configurable": {"learner_id": "b"}}}, {}, None, "a"),
    ],
)
def test_the_learner_is_who_the_run_names_or_whose_the_thread_is(
    more: dict[str, Any], labels: dict[str, Any], owner: str | None, learner: str
) -> None:
    assert learner_of(run(**more), labels, owner) == learner


def test_a_label_that_is_no_id_names_nobody() -> None:
    with pytest.raises(BadInput):
        learner_of(run(), {"learner_id": "../x"}, None)


def test_messages_are_read_again_under_the_ids_they_were_streamed_with() -> None:
    messages = [
        AIMessage("Hello!", id="a0"),
        HumanMessage("i like cat", id="t1"),
        AIMessage("Me too!", id="a1", additional_kwargs={"vi": "Mình cũng vậy!"}),
    ]
    assert shown(messages) == [
        reply("Hello!", "a0", ""),
        human("i like cat", "t1"),
        reply("Me too!", "t1-reply", "Mình cũng vậy!"),
    ]


def test_a_thread_without_a_turn_has_an_empty_state() -> None:
    assert values_of(None) == {}
    assert state(None, THREAD)["checkpoint"]["checkpoint_id"] is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, True),
        ({"graph_id": "coach"}, True),
        ({"graph_id": "agent"}, False),
        ({"assistant_id": ASSISTANT}, True),
        ({"topic": "cats"}, True),
        ({"topic": "dogs"}, False),
        ({"topic": "cats", "graph_id": "coach"}, True),
    ],
)
def test_threads_are_found_by_their_metadata(wanted: dict[str, Any], found: bool) -> None:
    assert matches({"topic": "cats"}, wanted) is found
