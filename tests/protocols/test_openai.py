"""OpenAI's own clients, Python and npm, talk with the coach."""

from collections.abc import Iterator
from typing import Any

import httpx
import openai
import pytest

from api.ids import derived_id, safe_id
from infra.scope import LOCAL_TENANT
from tests.protocols.conftest import KEY, SCHOOL_KEY, Run


@pytest.fixture
def client(coach_url: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{coach_url}/v1", api_key="none-needed", max_retries=0) as made:
        yield made


def say(client: openai.OpenAI, words: str, learner: str, thread: str = "main") -> str:
    answer = client.chat.completions.create(
        model="pika-coach",
        messages=[{"role": "user", "content": words}],
        user=learner,
        metadata={"thread_id": thread},
    )
    return str(answer.choices[0].message.content)


def lines_of(url: str, learner: str, thread: str = "main", key: str = "") -> list[dict[str, Any]]:
    headers = {"x-api-key": key} if key else {}
    answer = httpx.get(f"{url}/api/v1/learners/{learner}/threads/{thread}", headers=headers)
    past: list[dict[str, Any]] = answer.json()["lines"]
    return past


def test_the_coach_is_the_one_model(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["pika-coach"]
    assert client.models.retrieve("pika-coach").owned_by == "pika"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-4o")


def test_a_conversation_goes_on_in_its_thread(client: openai.OpenAI, coach_url: str) -> None:
    say(client, "hello", "openai-1")
    assert "went" in say(client, "yesterday i go to the zoo", "openai-1")
    assert [line["role"] for line in lines_of(coach_url, "openai-1")] == ["child", "coach"] * 2


def test_a_stream_is_the_reply_sentence_by_sentence(client: openai.OpenAI, coach_url: str) -> None:
    stream = client.chat.completions.create(
        model="pika-coach",
        messages=[{"role": "user", "content": "hello"}],
        user="openai-2",
        metadata={"thread_id": "main"},
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    said = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices and chunk.choices[0].delta.content]
    assert chunks[0].choices[0].delta.role == "assistant"
    assert len(said) > 1
    assert "".join(said) == lines_of(coach_url, "openai-2")[-1]["line"]
    assert [c.choices[0].finish_reason for c in chunks if c.choices and c.choices[0].finish_reason] == ["stop"]
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens > 0
    assert len({chunk.id for chunk in chunks}) == 1


async def test_the_asynchronous_client_streams_too(coach_url: str) -> None:
    async with openai.AsyncOpenAI(base_url=f"{coach_url}/v1", api_key="none", max_retries=0) as client:
        async with client.chat.completions.stream(
            model="pika-coach", messages=[{"role": "user", "content": "hello"}], user="openai-3"
        ) as stream:
            final = await stream.get_final_completion()
    assert final.choices[0].message.content


def test_a_front_end_that_sends_the_whole_conversation_stays_in_one_thread(
    client: openai.OpenAI, coach_url: str
) -> None:
    messages: list[Any] = [{"role": "user", "content": "good morning"}]
    first = client.chat.completions.create(model="pika-coach", messages=messages, user="openai-4")
    messages += [first.choices[0].message.model_dump(include={"role", "content"})]
    messages += [{"role": "user", "content": "i like cats"}]
    client.chat.completions.create(model="pika-coach", messages=messages, user="openai-4")
    thread = derived_id("chat-", LOCAL_TENANT, "openai-4", "good morning")
    said = [line["line"] for line in lines_of(coach_url, "openai-4", thread) if line["role"] == "child"]
    assert said == ["good morning", "i like cats"]


def test_a_name_that_is_no_id_is_a_learner_too(client: openai.OpenAI, coach_url: str) -> None:
    say(client, "hello", "mẹ.linh@example.com")
    assert lines_of(coach_url, safe_id("mẹ.linh@example.com"))[0]["line"] == "hello"


def test_the_same_idempotency_key_is_the_same_turn(client: openai.OpenAI) -> None:
    asked: Any = {"model": "pika-coach", "messages": [{"role": "user", "content": "hello"}], "user": "openai-5"}
    headers = {"Idempotency-Key": "one"}
    first, second = (client.chat.completions.create(**asked, extra_headers=headers) for _ in range(2))
    assert first.id == second.id
    assert client.chat.completions.create(**asked).id != first.id


UNDOABLE = openai.UnprocessableEntityError
TOOL = {"type": "function", "function": {"name": "f"}}


@pytest.mark.parametrize(
    ("more", "kind", "code", "param"),
    [
        ({"n": 2}, UNDOABLE, "bad_input", "n"),
        ({"tools": [TOOL]}, UNDOABLE, "bad_input", "tools"),
        ({"model": "gpt-4o"}, openai.NotFoundError, "not_found", None),
        ({"messages": [{"role": "assistant", "content": "x"}]}, UNDOABLE, "bad_input", None),
        ({"messages": [{"role": "user", "content": "secret " * 400}]}, UNDOABLE, "bad_input", None),
    ],
)
def test_what_cannot_be_done_is_an_error_the_client_understands(
    client: openai.OpenAI, more: dict[str, Any], kind: type[openai.APIStatusError], code: str, param: str | None
) -> None:
    asked = {"model": "pika-coach", "messages": [{"role": "user", "content": "hi"}], **more}
    with pytest.raises(kind) as caught:
        client.chat.completions.create(**asked)
    assert (caught.value.code, caught.value.param) == (code, param)
    assert caught.value.type in ("invalid_request_error", "not_found_error")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"", b"[]"])
def test_what_is_not_json_gets_openais_shape_too(coach_url: str, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = httpx.post(f"{coach_url}/v1/chat/completions", content=content, headers=headers)
    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]["code"] == "bad_input"
    assert answer.json()["error"]["correlation_id"] == answer.headers["x-correlation-id"]


def test_a_long_conversation_may_be_sent_whole(client: openai.OpenAI) -> None:
    past: list[Any] = [{"role": role, "content": "x" * 2000} for role in ("user", "assistant")] * 50
    answer = client.chat.completions.create(
        model="pika-coach", messages=[*past, {"role": "user", "content": "hello"}], user="openai-6"
    )
    assert answer.choices[0].message.content


def test_the_usual_key_is_needed_and_keeps_callers_apart(keyed_url: str) -> None:
    with openai.OpenAI(base_url=f"{keyed_url}/v1", api_key="wrong", max_retries=0) as stranger:
        with pytest.raises(openai.AuthenticationError) as caught:
            say(stranger, "hello", "linh")
        assert caught.value.code == "unauthenticated"
        with pytest.raises(openai.AuthenticationError):
            stranger.models.list()
    with openai.OpenAI(base_url=f"{keyed_url}/v1", api_key=KEY, max_retries=0) as home:
        say(home, "hello", "linh")
    with openai.OpenAI(base_url=f"{keyed_url}/v1", api_key=SCHOOL_KEY, max_retries=0) as school:
        say(school, "good morning", "linh")
    assert lines_of(keyed_url, "linh", key=KEY)[0]["line"] == "hello"
    assert lines_of(keyed_url, "linh", key=SCHOOL_KEY)[0]["line"] == "good morning"


def test_the_npm_client_does_the_same(run_js: Run, keyed_url: str) -> None:
    seen = run_js("openai.mjs", keyed_url, KEY)
    assert seen["models"] == ["pika-coach"]
    assert seen["whole"]
    assert "went" in seen["streamed"]
    assert seen["ends"] == ["stop"]
    assert seen["usage"]["completion_tokens"] > 0
    assert seen["collected"]
    assert seen["refused"] == {"kind": "UnprocessableEntityError", "status": 422, "code": "bad_input", "param": "n"}
