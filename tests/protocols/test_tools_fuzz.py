"""Whatever is sent to the tools' addresses: an answer or a problem, never a broken server."""

import json
from typing import Any
from urllib.parse import quote

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PROBLEM = "application/problem+json"
UNHURRIED = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TOOLS = ("GRAMMAR_CHECKER_TOOL", "INTENT_DETECTION_TOOL", "SAFETY_SCREEN_TOOL", "LANGUAGE_DETECTION_TOOL")
FIELDS = ("conversation_id", "tool_name", "audio_url", "message", "text_refs", "text", "context", "calls", "tool")
ODD = ("", "a\x00b", "\u202e\u200d", "{}", '{"text": 1}', "data:,", "http://[", "?" * 3999, "1e999", "ạ" * 500)

texts = st.text(max_size=40) | st.sampled_from(ODD)
names = st.sampled_from(TOOLS) | texts
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS) | texts, inner, max_size=4),
    max_leaves=8,
)
requests = st.fixed_dictionaries({"text": texts | values}, optional={"context": texts | values})
calls = st.fixed_dictionaries({"tool": names | values, "request": requests | values})
executes = st.fixed_dictionaries(
    {"tool_name": names}, optional=dict.fromkeys(("message", "text_refs", "audio_url"), texts | values)
)
bodies = values | requests | executes | st.fixed_dictionaries({"calls": st.lists(calls, max_size=5) | values})
headers = st.fixed_dictionaries(
    {},
    optional={
        "Accept": st.sampled_from(["text/event-stream", "*/*", "image/png", "text/event-stream;q=0, a"]),
        "Prefer": st.sampled_from(["respond-async", "wait=1", ", ;=", "respond-async; x"]),
        "Last-Event-ID": st.sampled_from(["0", "-1", "9" * 30, "²", "a"]),
        "Content-Type": st.sampled_from(["application/json", "text/plain", "multipart/form-data", "a/b; charset=x"]),
    },
)


def url_part(name: str) -> str:
    return quote(name, safe="", errors="surrogatepass")


def as_sent(extra: dict[str, str]) -> list[tuple[bytes, bytes]]:
    given_headers = {"Content-Type": "application/json", **extra}
    return [(name.encode(), value.encode()) for name, value in given_headers.items()]


paths = st.sampled_from(
    ["/api/tools/execute", "/api/v1/tools/batch", *(f"/api/v1/tools/{name}/run" for name in TOOLS)]
) | names.map(lambda name: f"/api/v1/tools/{url_part(name)}/run")
looks = st.sampled_from(["/api/v1/tools", "/api/v1/tools/stats", "/api/v1/tools/jobs"]) | names.flatmap(
    lambda name: st.sampled_from([f"/api/v1/tools/{url_part(name)}", f"/api/v1/tools/jobs/{url_part(name)}/events"])
)


def check(answer: httpx.Response) -> None:
    sent = f"{answer.request.method} {answer.request.url} {answer.request.headers} {answer.request.content!r}"
    assert answer.status_code not in (500, 502), sent  # 503 and 504: the machine is too busy
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == PROBLEM, sent
        assert answer.json()["detail"], sent
    assert "Traceback" not in answer.text, sent


def sent_body(body: Any) -> bytes:
    return json.dumps(body).encode()  # also NaN and lone surrogates: not quite JSON, as clients do send it


def test_no_body_breaks_the_server(coach_url: str) -> None:
    with httpx.Client(base_url=coach_url, timeout=60) as client:

        @UNHURRIED
        @given(paths, bodies.map(sent_body) | st.binary(max_size=40), headers)
        def send(path: str, content: bytes, extra: dict[str, str]) -> None:
            check(client.post(path, content=content, headers=as_sent(extra)))

        send()


def test_no_address_breaks_the_server(coach_url: str) -> None:
    with httpx.Client(base_url=coach_url, timeout=60) as client:

        @UNHURRIED
        @given(st.sampled_from(["GET", "DELETE", "PUT"]), looks, headers)
        def look(method: str, path: str, extra: dict[str, str]) -> None:
            check(client.request(method, path, headers=as_sent(extra)))

        look()


def test_the_server_is_still_up(coach_url: str) -> None:
    with httpx.Client(base_url=coach_url, timeout=60) as client:
        body = {"tool_name": TOOLS[0], "message": "he go home"}
        assert client.post("/api/tools/execute", json=body).json()["status"] == "success"
