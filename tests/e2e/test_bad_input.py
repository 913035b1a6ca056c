"""What nobody should send: a clear problem or a kind reply, never a trace, and the server stays up."""

from typing import Any

import httpx
import pytest

from graphs.turns.schemas import MAX_TEXT_CHARACTERS

PROBLEM = "application/problem+json"


def post(url: str, body: Any = None, content: bytes | None = None) -> httpx.Response:
    headers = {"content-type": "application/json"}
    if content is not None:
        return httpx.post(f"{url}/coach/invoke", content=content, headers=headers, timeout=30)
    return httpx.post(f"{url}/coach/invoke", json=body, timeout=30)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"input": {"text": "x" * (MAX_TEXT_CHARACTERS + 1)}}, 422, "bad_input"),
        ({"input": {"text": "x" * 100_000}}, 413, "too_large"),
        ({"input": {"text": "hi", "learner_id": "*"}}, 422, "bad_input"),
        ({"input": {"text": "hi", "learner_id": "../x"}}, 422, "bad_input"),
        ({"input": {"text": "hi", "thread_id": "a:b"}}, 422, "bad_input"),
        ({"input": {"text": "hi", "surprise": 1}}, 422, "bad_input"),
        ({"input": {"words": "hi"}}, 422, "bad_input"),
        ({"input": {"text": 7}}, 422, "bad_input"),
        ({"input": "hi"}, 422, "bad_input"),
        ({}, 422, "bad_input"),
        ([], 422, "bad_input"),
    ],
)
def test_a_bad_body_is_a_problem_that_says_what_to_do(coach_url: str, body: Any, status: int, code: str) -> None:
    answer = post(coach_url, body)
    assert answer.headers["content-type"] == PROBLEM
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem["detail"]
    assert problem["correlation_id"] == answer.headers["x-correlation-id"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"", b"null", b'{"input": {"text": "\x01"}}'])
def test_what_is_not_json_is_a_problem(coach_url: str, content: bytes) -> None:
    answer = post(coach_url, content=content)
    assert answer.headers["content-type"] == PROBLEM
    assert 400 <= answer.status_code < 500


def test_a_problem_does_not_quote_what_the_child_said(coach_url: str) -> None:
    answer = post(coach_url, {"input": {"text": "my secret words", "learner_id": "*"}})
    assert "my secret words" not in answer.text


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "😀😀😀",
        "\u200b\u200d",
        "\u202eolleh",
        "a\x00b",
        "?????",
        "ا ب ت",
        "1234567890",
        "a" * MAX_TEXT_CHARACTERS,
        "<b>hi</b>",
    ],
)
def test_odd_words_get_a_kind_reply(coach_url: str, words: str) -> None:
    answer = post(coach_url, {"input": {"text": words, "learner_id": "odd"}})
    assert answer.status_code == 200
    assert answer.json()["output"]["outcome"]["reply"]


def test_an_unknown_address_and_a_wrong_method_are_problems_too(coach_url: str) -> None:
    for answer in (httpx.get(f"{coach_url}/api/v1/nothing"), httpx.delete(f"{coach_url}/coach/invoke")):
        assert answer.headers["content-type"] == PROBLEM
        assert answer.status_code in (404, 405)


def test_another_host_name_is_refused(coach_url: str) -> None:
    answer = httpx.get(f"{coach_url}/healthz", headers={"host": "evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (421, "wrong_host")


def test_a_learner_id_in_a_path_is_checked(coach_url: str) -> None:
    assert httpx.get(f"{coach_url}/api/v1/learners/%2A").status_code == 422
    assert httpx.get(f"{coach_url}/api/v1/learners/%2A").headers["content-type"] == PROBLEM


def test_a_correlation_id_is_kept_when_it_is_safe_and_replaced_when_it_is_not(coach_url: str) -> None:
    kept = httpx.get(f"{coach_url}/healthz", headers={"x-correlation-id": "abc-1"})
    replaced = httpx.get(f"{coach_url}/healthz", headers={"x-correlation-id": "a b\tc"})
    assert kept.headers["x-correlation-id"] == "abc-1"
    assert len(replaced.headers["x-correlation-id"]) == 32


def test_the_server_is_still_up(coach_url: str) -> None:
    assert httpx.get(f"{coach_url}/readyz").json()["ready"] is True
