"""The tools over HTTP: the contract's address, one call, batches, streams, jobs."""

import base64
import io
import json
import wave
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.protocols.conftest import KEY, SCHOOL_KEY

TOOLS = "/api/v1/tools"
GRAMMAR, MOOD, INTENT = "GRAMMAR_CHECKER_TOOL", "MOOD_ANALYSIS_TOOL", "INTENT_DETECTION_TOOL"
PROBLEM = "application/problem+json"
WRONG = "yesterday i go to school"


@pytest.fixture
def coach(coach_url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=coach_url, timeout=60) as client:
        yield client


def as_tenant(url: str, key: str) -> httpx.Client:
    return httpx.Client(base_url=url, timeout=60, headers={"X-API-Key": key})


def call(tool: str, **request: Any) -> dict[str, Any]:
    return {"tool": tool, "request": request}


def silence() -> str:
    """A second of it, as a data: URL."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(16_000)
        written.writeframes(bytes(32_000))
    return f"data:audio/wav;base64,{base64.b64encode(file.getvalue()).decode()}"


def events(text: str) -> list[tuple[str, Any]]:
    """(event, data) of a whole stream."""
    found = []
    for block in text.strip().split("\r\n\r\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\r\n"))
        found.append((fields["event"], json.loads(fields["data"])))
    return found


# -- the contract -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tool", "field", "value"),
    [
        (GRAMMAR, "corrected", "yesterday i went to school"),
        ("LANGUAGE_DETECTION_TOOL", "language", "en"),
        (MOOD, "mood", "neutral"),
        (INTENT, "intent", "small_talk"),
        ("SAFETY_SCREEN_TOOL", "label", "safe"),
    ],
)
def test_the_contracts_call_is_answered_by_every_tool(coach: httpx.Client, tool: str, field: str, value: str) -> None:
    body = {"conversation_id": "c1", "tool_name": tool, "audio_url": "", "message": WRONG, "text_refs": ""}
    answer = coach.post("/api/tools/execute", json=body).raise_for_status().json()
    assert set(answer) == {"status", "result"}
    assert answer["status"] == "success"
    assert answer["result"][field] == value


def test_a_conversation_is_a_message_with_a_line_for_each_turn(coach: httpx.Client) -> None:
    message = "Coach: Do you have a pet?\nlearner: I have a brown dog\n\nhis name is Vàng"
    body = {"tool_name": "PROFILE_EXTRACTION_TOOL", "message": message}
    facts = coach.post("/api/tools/execute", json=body).raise_for_status().json()["result"]["facts"]
    assert "dog" in json.dumps(facts)
    assert "Coach" not in json.dumps(facts)


def test_every_tool_there_is_answers_the_contract_or_says_what_it_lacks(coach: httpx.Client) -> None:
    for tool in coach.get(TOOLS).json()["tools"]:
        answer = coach.post("/api/tools/execute", json={"tool_name": tool["name"], "message": "I have a cat"})
        assert answer.status_code in (200, 422), (tool["name"], answer.text)
        assert answer.json().get("actor", "caller") == "caller"
        assert (answer.headers["content-type"] == PROBLEM) == (answer.status_code == 422)


def test_the_contracts_pronunciation_has_its_three_fields_and_no_score_for_silence(coach: httpx.Client) -> None:
    body = {"tool_name": "PRONUNCIATION_CHECKER_TOOL", "audio_url": silence(), "message": "", "text_refs": "Hello."}
    result = coach.post("/api/tools/execute", json=body).raise_for_status().json()["result"]
    assert (result["status"], result["accuracy_score"], result["suggestions"]) == ("no_speech", None, [])
    assert result["pronunciation_feedback"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"tool_name": "PRONUNCIATION_CHECKER_TOOL", "text_refs": "Hello."}, 422, "bad_input"),
        ({"tool_name": "PRONUNCIATION_CHECKER_TOOL", "audio_url": "data:,x", "text_refs": "Hi."}, 422, "bad_input"),
        ({"tool_name": "NO_TOOL", "message": "hi"}, 404, "not_found"),
        ({"message": "hi"}, 422, "bad_input"),
        ({"tool_name": GRAMMAR}, 422, "bad_input"),
        ({"tool_name": GRAMMAR, "message": "x" * 4001}, 422, "bad_input"),
        ({"tool_name": GRAMMAR, "message": ["hi"]}, 422, "bad_input"),
        ("hi", 422, "bad_input"),
    ],
)
def test_the_contracts_errors_are_problems_that_say_who_acts_next(
    coach: httpx.Client, body: Any, status: int, code: str
) -> None:
    answer = coach.post("/api/tools/execute", json=body)
    problem = answer.json()
    assert answer.headers["content-type"] == PROBLEM
    assert (answer.status_code, problem["code"], problem["actor"]) == (status, code, "caller")
    assert "xxx" not in problem["detail"]


def test_null_and_absent_fields_of_the_contract_are_empty(coach: httpx.Client) -> None:
    body = {"tool_name": GRAMMAR, "message": WRONG, "audio_url": None, "text_refs": None, "priority": 3}
    assert coach.post("/api/tools/execute", json=body).json()["status"] == "success"


# -- one tool ---------------------------------------------------------------------------------------------


def test_tools_are_listed_with_schemas_that_their_answers_keep(coach: httpx.Client) -> None:
    listed = {tool["name"]: tool for tool in coach.get(TOOLS).raise_for_status().json()["tools"]}
    assert {GRAMMAR, MOOD, INTENT} <= set(listed)
    assert all(tool["purpose"] and tool["deadline_ms"] > 0 for tool in listed.values())
    assert coach.get(f"{TOOLS}/{INTENT}").json() == listed[INTENT]
    assert set(listed[INTENT]["request"]["properties"]) == {"text", "context"}
    answer = coach.post(f"{TOOLS}/{INTENT}/run", json={"text": "bye bye"}).raise_for_status().json()["answer"]
    assert set(answer) == set(listed[INTENT]["answer"]["properties"])


def test_one_call_is_explained_and_the_same_again_comes_from_the_cache(coach: httpx.Client) -> None:
    first, second = (coach.post(f"{TOOLS}/{GRAMMAR}/run", json={"text": "she like dog very"}).json() for _ in range(2))
    assert first["steps"] == ["embedded: begun", "answered by embedded"]
    assert second["steps"] == ["answered from the cache, by embedded"]
    assert (first["cached"], second["cached"]) == (False, True)
    assert first["answer"] == second["answer"]
    stats = coach.get(f"{TOOLS}/stats").json()["tools"][GRAMMAR]
    assert stats["cached"] >= 1
    assert 0 < stats["hit_ratio"] < 1
    assert stats["p50_ms"] <= stats["p95_ms"]
    assert stats["routes"]["embedded"] >= 1


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [("NO_TOOL", {"text": "a"}, 404), (GRAMMAR, {"words": "a"}, 422), (GRAMMAR, {}, 422), (GRAMMAR, [], 422)],
)
@pytest.mark.parametrize("headers", [{}, {"Prefer": "respond-async"}, {"Accept": "text/event-stream"}])
def test_what_cannot_be_run_is_refused_however_it_is_asked_for(
    coach: httpx.Client, name: str, body: Any, status: int, headers: dict[str, str]
) -> None:
    answer = coach.post(f"{TOOLS}/{name}/run", json=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)


def test_a_streamed_call_tells_its_steps_and_its_result(coach: httpx.Client) -> None:
    headers = {"Accept": "text/event-stream"}
    answer = coach.post(f"{TOOLS}/{MOOD}/run", json={"text": "i am so happy today yay"}, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = events(answer.text)
    assert [name for name, _ in told] == ["step", "step", "result"]
    assert told[-1][1]["answer"]["mood"] in ("happy", "excited")


# -- batches ----------------------------------------------------------------------------------------------

MIXED = {"calls": [call(GRAMMAR, text=WRONG), call("NO_TOOL"), call(MOOD, words="a"), call(MOOD, text="i am sad")]}


def check_mixed(found: list[dict[str, Any]]) -> None:
    assert [one["status"] for one in found] == ["success", "error", "error", "success"]
    assert [one["tool"] for one in found] == [GRAMMAR, "NO_TOOL", MOOD, MOOD]
    assert [(one["error"]["code"], one["error"]["actor"]) for one in found[1:3]] == [
        ("not_found", "caller"),
        ("bad_input", "caller"),
    ]


def test_a_batch_has_a_result_for_each_call_in_their_order(coach: httpx.Client) -> None:
    check_mixed(coach.post(f"{TOOLS}/batch", json=MIXED).raise_for_status().json()["results"])


def test_a_streamed_batch_tells_each_result_as_it_comes(coach: httpx.Client) -> None:
    answer = coach.post(f"{TOOLS}/batch", json=MIXED, headers={"Accept": "text/event-stream"})
    told = events(answer.text)
    assert [name for name, _ in told] == ["result"] * 4 + ["done"]
    assert [data["done"] for _, data in told] == [1, 2, 3, 4, 4]
    check_mixed([data["result"] for _, data in sorted(told[:4], key=lambda event: event[1]["index"])])


@pytest.mark.parametrize("calls", [[], [call(MOOD, text="a")] * 65, [{"tool": MOOD}], "all"])
def test_a_batch_is_bounded_and_well_formed(coach: httpx.Client, calls: Any) -> None:
    answer = coach.post(f"{TOOLS}/batch", json={"calls": calls})
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)


# -- jobs -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body", "total"),
    [(f"{GRAMMAR}/run", {"text": WRONG}, 1), ("batch", MIXED, 4)],
)
def test_what_is_not_waited_for_becomes_a_job_that_can_be_watched(
    coach: httpx.Client, path: str, body: Any, total: int
) -> None:
    started = coach.post(f"{TOOLS}/{path}", json=body, headers={"Prefer": "wait=5, Respond-Async"})
    assert started.status_code == 202
    assert started.headers["preference-applied"] == "respond-async"
    place = started.headers["location"]
    told = events(coach.get(f"{place}/events").text)
    assert [name for name, _ in told] == ["accepted", *["result"] * total, "done"]
    rest = coach.get(f"{place}/events", headers={"Last-Event-ID": str(total)}).text
    assert [name for name, _ in events(rest)] == ["done"]
    job = coach.get(place).raise_for_status().json()
    assert (job["state"], job["done"], job["total"]) == ("done", total, total)
    assert job["results"][0]["answer"]["corrected"] == "yesterday i went to school"
    assert job["job"] in [known["job"] for known in coach.get(f"{TOOLS}/jobs").json()["jobs"]]
    assert coach.delete(place).status_code == 204
    assert coach.get(place).status_code == 404


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_job_that_is_not_there_is_a_problem(coach: httpx.Client, method: str) -> None:
    for job in ("0" * 32, "*", "a b"):
        answer = coach.request(method, f"{TOOLS}/jobs/{job}")
        assert answer.headers["content-type"] == PROBLEM
        assert answer.status_code in (404, 405)


def test_jobs_are_their_tenants_alone_and_every_address_wants_a_key(keyed_url: str) -> None:
    with as_tenant(keyed_url, KEY) as home, as_tenant(keyed_url, SCHOOL_KEY) as school:
        headers = {"Prefer": "respond-async"}
        place = home.post(f"{TOOLS}/{MOOD}/run", json={"text": "hello"}, headers=headers).headers["location"]
        for answer in (school.get(place), school.get(f"{place}/events"), school.delete(place)):
            assert answer.status_code == 404
        assert school.get(f"{TOOLS}/jobs").json() == {"jobs": []}
        assert home.get(place).status_code == 200
    with httpx.Client(base_url=keyed_url, timeout=60) as stranger:
        body = {"tool_name": MOOD, "message": "hello"}
        refused = [
            stranger.get(TOOLS),
            stranger.get(f"{TOOLS}/stats"),
            stranger.get(f"{TOOLS}/{MOOD}"),
            stranger.post(f"{TOOLS}/{MOOD}/run", json={"text": "hello"}),
            stranger.post(f"{TOOLS}/batch", json={"calls": [call(MOOD, text="hello")]}),
            stranger.post("/api/tools/execute", json=body),
            stranger.get(place),
        ]
        assert {answer.status_code for answer in refused} == {401}


# -- what nobody should send --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff\xfe", b"", b"null", b"[" * 100_000, b'{"a":' * 50_000, b'{"text": "\\ud800"}', b'{"text": 1e999}'],
)
@pytest.mark.parametrize("path", ["/api/tools/execute", f"{TOOLS}/batch", f"{TOOLS}/{GRAMMAR}/run"])
def test_a_malformed_body_is_a_problem(coach: httpx.Client, path: str, content: bytes) -> None:
    answer = coach.post(path, content=content, headers={"content-type": "application/json"})
    assert answer.headers["content-type"] == PROBLEM
    assert 400 <= answer.status_code < 500


def test_a_body_may_hold_a_recording_but_no_more(coach: httpx.Client) -> None:
    body = {"tool_name": MOOD, "message": "hello", "audio_url": f"data:audio/wav;base64,{'A' * 2_000_000}"}
    assert coach.post("/api/tools/execute", json=body).status_code == 200
    assert coach.post("/api/tools/execute", json={**body, "audio_url": "A" * 15_000_000}).status_code == 413
    assert coach.post(f"{TOOLS}/{MOOD}/run", json={"text": "A" * 15_000_000}).status_code == 413
