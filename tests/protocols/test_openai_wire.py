"""What OpenAI clients send becomes a turn, and a turn's events become OpenAI's chunks: by table."""

import json
from typing import Any

import pytest

from api.ids import derived_id, safe_id
from api.routers.openai.asked import asked
from api.routers.openai.schemas import ChatRequest
from api.routers.openai.wire import Answer, completion, error_body, lines, opening
from graphs.turns import TurnEvent
from infra.errors import BadInput, NotFound

ANSWER = Answer(turn_id="t1", created=7, prompt="i like cat")
BOTH = Answer(turn_id="t1", created=7, prompt="i like cat", both_languages=True)
COUNTED = Answer(turn_id="t1", created=7, prompt="i like cat", usage=True)
FINAL: TurnEvent = {
    "event": "final",
    "outcome": {
        "reply": "Oh, you like cats! Me too!",
        "sentences": [{"text": "Oh, you like cats!", "vi": "Ồ, bạn thích mèo!"}, {"text": "Me too!", "vi": ""}],
    },
}


def user(words: Any) -> dict[str, Any]:
    return {"role": "user", "content": words}


def chat(*messages: dict[str, Any], **more: Any) -> ChatRequest:
    return ChatRequest.model_validate({"model": "pika-coach", "messages": messages or [user("hello")], **more})


@pytest.mark.parametrize("name", ["linh", "Linh-2", "a_b", "0" * 64])
def test_an_id_stays_what_it_is(name: str) -> None:
    assert safe_id(name) == name


@pytest.mark.parametrize("name", ["", "*", "../x", "a:b", "mẹ Linh", "linh@example.com", "x" * 65, "-x"])
def test_any_other_name_gets_a_stable_id_of_its_own(name: str) -> None:
    assert safe_id(safe_id(name)) == safe_id(name) != safe_id(f"{name}!")
    assert safe_id(name).startswith("h-")


def test_a_name_is_the_same_name_however_its_letters_are_composed() -> None:
    assert safe_id("me\u0323 Linh") == safe_id("mẹ Linh")


def test_parts_of_a_derived_id_do_not_run_into_each_other() -> None:
    assert derived_id("x", "ab", "c") != derived_id("x", "a", "bc")


@pytest.mark.parametrize(
    ("messages", "text"),
    [
        ([user("hi")], "hi"),
        ([user("hi"), {"role": "assistant", "content": "Hello!"}, user("bye")], "bye"),
        ([{"role": "system", "content": "be rude"}, user("hi")], "hi"),
        ([user("hi"), {"role": "system", "content": "be rude"}], "hi"),
        ([user([{"type": "text", "text": "one"}, {"type": "text", "text": "two"}])], "one two"),
        ([user(None)], ""),
    ],
)
def test_only_the_newest_words_of_the_user_are_the_turn(messages: list[dict[str, Any]], text: str) -> None:
    assert asked(chat(*messages), "local", {}).text == text


@pytest.mark.parametrize(
    "messages",
    [
        [{"role": "system", "content": "x"}],
        [user("hi"), {"role": "assistant", "content": "Hel"}],
        [user([{"type": "image_url", "image_url": {"url": "https://x"}}])],
        [user([{"type": "input_audio", "input_audio": {}}])],
        [user("x" * 2001)],
    ],
)
def test_what_is_no_turn_is_refused(messages: list[dict[str, Any]]) -> None:
    with pytest.raises(BadInput) as caught:
        asked(chat(*messages), "local", {})
    assert "xxx" not in caught.value.detail


@pytest.mark.parametrize(
    "more",
    [
        {"n": 2},
        {"tools": [{"type": "function"}]},
        {"tool_choice": "required"},
        {"functions": [{}]},
        {"response_format": {"type": "json_object"}},
        {"modalities": ["audio"]},
        {"logprobs": True},
        {"messages": []},
        {"user": "x" * 513},
    ],
)
def test_what_the_coach_cannot_do_is_refused_by_name(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(more))):
        chat(**more)


@pytest.mark.parametrize(
    "more",
    [
        {"temperature": 2, "max_tokens": 5, "top_p": 0.1, "stop": ["x"], "seed": 1, "presence_penalty": 0},
        {"n": 1, "tools": [], "tool_choice": "auto", "response_format": {"type": "text"}, "logprobs": False},
        {"chat_id": "x", "session_id": "y", "background_tasks": {}},
    ],
)
def test_what_does_not_matter_is_let_pass(more: dict[str, Any]) -> None:
    assert asked(chat(**more), "local", {}).text == "hello"


def test_another_model_is_not_there() -> None:
    with pytest.raises(NotFound, match="pika-coach"):
        asked(chat(model="gpt-4o"), "local", {})


def test_learner_and_thread_are_named_in_the_body_or_by_open_webuis_headers() -> None:
    headers = {"x-openwebui-user-id": "u1", "x-openwebui-chat-id": "c1"}
    by_header = asked(chat(), "local", headers)
    by_body = asked(chat(user="linh", metadata={"thread_id": "monday"}), "local", headers)
    assert (by_header.learner_id, by_header.thread_id) == ("u1", "c1")
    assert (by_body.learner_id, by_body.thread_id) == ("linh", "monday")
    assert asked(chat(), "local", {}).learner_id == "guest"


def test_without_a_thread_id_a_conversation_is_known_by_how_it_began() -> None:
    began = asked(chat(user("hello"), user="linh"), "local", {}).thread_id
    went_on = [user("hello"), {"role": "assistant", "content": "Hi!"}, user("i like cats")]
    assert asked(chat(*went_on, user="linh"), "local", {}).thread_id == began
    others = [
        asked(chat(user("good morning"), user="linh"), "local", {}),
        asked(chat(user("hello"), user="an"), "local", {}),
        asked(chat(user("hello"), user="linh"), "school", {}),
    ]
    assert len({began, *(other.thread_id for other in others)}) == 4


def test_the_same_idempotency_key_is_the_same_turn_and_none_is_a_new_one() -> None:
    same = [asked(chat(user="linh"), "local", {"idempotency-key": "k 1"}).turn_id for _ in range(2)]
    assert same[0] == same[1] is not None
    assert asked(chat(user="linh"), "local", {"idempotency-key": "k 2"}).turn_id != same[0]
    assert asked(chat(user="an"), "local", {"idempotency-key": "k 1"}).turn_id != same[0]
    assert asked(chat(user="linh"), "local", {}).turn_id is None


def test_both_languages_are_asked_for_in_the_metadata() -> None:
    assert asked(chat(metadata={"vietnamese_help": "true"}), "local", {}).vietnamese_help
    assert not asked(chat(), "local", {}).vietnamese_help


def test_what_happens_to_a_running_turn_is_asked_for_in_the_metadata() -> None:
    assert asked(chat(metadata={"strategy": "interrupt"}), "local", {}).strategy == "interrupt"
    assert asked(chat(), "local", {}).strategy == "enqueue"
    with pytest.raises(BadInput, match="strategy"):
        asked(chat(metadata={"strategy": "fork"}), "local", {})


def chunk(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return {
        "id": "chatcmpl-t1",
        "object": "chat.completion.chunk",
        "created": 7,
        "model": "pika-coach",
        "choices": [choice],
    }


def parsed(line: str) -> Any:
    assert line.startswith("data: ")
    assert line.endswith("\n\n")
    body = line[6:-2]
    return body if body == "[DONE]" else json.loads(body)


@pytest.mark.parametrize(
    ("event", "answer", "expected"),
    [
        ({"event": "status", "stage": "thinking"}, ANSWER, []),
        ({"event": "token", "delta": " Me too!", "vi": "Mình cũng vậy!"}, ANSWER, [chunk({"content": " Me too!"})]),
        (
            {"event": "token", "delta": " Me too!", "vi": "Mình cũng vậy!"},
            BOTH,
            [chunk({"content": " Me too! (Mình cũng vậy!)"})],
        ),
        (FINAL, ANSWER, [chunk({}, "stop"), "[DONE]"]),
        (
            FINAL,
            COUNTED,
            [
                {**chunk({}, "stop"), "usage": None},
                {
                    **chunk({}),
                    "choices": [],
                    "usage": {"prompt_tokens": 3, "completion_tokens": 6, "total_tokens": 9},
                },
                "[DONE]",
            ],
        ),
        (
            {"event": "error", "code": "conflict", "detail": "Busy.", "correlation_id": "c"},
            ANSWER,
            [error_body("conflict", "Busy.", "c", 500)],
        ),
    ],
)
def test_an_event_becomes_these_lines(event: TurnEvent, answer: Answer, expected: list[Any]) -> None:
    assert [parsed(line) for line in lines(event, answer)] == expected


def test_a_stream_opens_with_who_speaks() -> None:
    assert parsed(opening(ANSWER)) == chunk({"role": "assistant", "content": ""})


@pytest.mark.parametrize(
    ("answer", "content"),
    [(ANSWER, "Oh, you like cats! Me too!"), (BOTH, "Oh, you like cats! (Ồ, bạn thích mèo!) Me too!")],
)
def test_a_final_event_becomes_one_completion(answer: Answer, content: str) -> None:
    body = completion(FINAL, answer)
    assert (body["id"], body["object"]) == ("chatcmpl-t1", "chat.completion")
    assert body["choices"][0]["message"]["content"] == content
    assert body["choices"][0]["finish_reason"] == "stop"
    assert body["usage"]["total_tokens"] == 9


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, "authentication_error"),
        (404, "not_found_error"),
        (409, "invalid_request_error"),
        (422, "invalid_request_error"),
        (429, "rate_limit_error"),
        (503, "server_error"),
    ],
)
def test_an_error_says_in_openais_words_whose_it_is(status: int, kind: str) -> None:
    assert error_body("x", "y", "z", status)["error"]["type"] == kind
