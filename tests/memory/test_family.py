"""What a family can do over HTTP: read, correct, pin and delete memories, and have a child forgotten everywhere."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.conftest import PATIENT
from tests.wire import serving

KEY, SCHOOL_KEY = "a-key-of-this-family", "a-key-of-the-school"
CANARY = "the zebra Quuxabra sleeps under our blue kitchen table every single night"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("family")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    from infra.settings import load_settings
    from server import create_app

    settings = load_settings(
        {
            "COACH_DATA_DIR": str(folder),
            "COACH_API_KEYS": f"{KEY},school:{SCHOOL_KEY}",
            **PATIENT,
        }
    )
    with (
        serving(create_app(settings)) as url,
        httpx.Client(base_url=url, headers={"X-API-Key": KEY}, timeout=60) as opened,
    ):
        yield opened


def say(client: httpx.Client, learner: str, text: str, **more: Any) -> None:
    body = {"input": {"text": text, "learner_id": learner, **more}}
    client.post("/coach/invoke", json=body).raise_for_status()


def memories(client: httpx.Client, learner: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/learners/{learner}/memories", params=query).json()
    return found


def eventually(until: Callable[[], Any]) -> Any:
    """What `until` gives as soon as it gives anything: memory is written behind the reply."""
    deadline = time.monotonic() + 60
    while not (found := until()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def dog(client: httpx.Client, learner: str) -> dict[str, Any]:
    def named() -> list[dict[str, Any]]:
        return [memory for memory in memories(client, learner) if memory["about"] == "your dog's name"]

    found: dict[str, Any] = eventually(named)[0]
    return found


def test_a_memory_says_why_it_is_believed(client: httpx.Client) -> None:
    say(client, "anna", "my dog's name is Bim")
    memory = dog(client, "anna")
    assert memory["value"] == "Bim"
    assert "my dog's name is Bim" in memory["why"]["en"]
    assert memory["why"]["vi"].startswith("Con đã nói ngày")
    assert memory["why"]["turn_ids"]


def test_a_corrected_fact_replaces_the_old_one_and_keeps_its_history(client: httpx.Client) -> None:
    say(client, "bao", "my dog's name is Bim")
    old = dog(client, "bao")
    place = f"/api/v1/learners/bao/memories/{old['id']}"
    new = client.patch(place, json={"value": "Bom", "pinned": True}).raise_for_status().json()
    assert (new["value"], new["pinned"], new["valid_to"]) == ("Bom", True, None)
    assert dog(client, "bao")["value"] == "Bom"
    history = client.get(f"{place}/history").json()
    assert [item["value"] for item in history] == ["Bim", "Bom"]
    assert history[0]["valid_to"] == history[1]["valid_from"]


def test_a_parent_adds_searches_and_deletes_a_memory(client: httpx.Client, folder: Path) -> None:
    added = client.post("/api/v1/learners/chi/memories", json={"text": "is shy with Quuxilla strangers"})
    assert added.status_code == 201
    found = client.get("/api/v1/learners/chi/memories/search", params={"q": "shy strangers"}).json()
    assert [memory["id"] for memory in found] == [added.json()["id"]]
    assert found[0]["why"]["en"].startswith("Your parent said")
    assert client.delete(f"/api/v1/learners/chi/memories/{found[0]['id']}").status_code == 204
    assert memories(client, "chi") == []
    assert not _files_with(folder / "memory", "Quuxilla")


def test_deleting_a_turn_deletes_what_it_told(client: httpx.Client) -> None:
    say(client, "dung", "my dog's name is Bim")
    dog(client, "dung")
    (turn,) = memories(client, "dung", kind="episodic")
    client.delete(f"/api/v1/learners/dung/memories/{turn['id']}").raise_for_status()
    assert memories(client, "dung", current=False) == []


def test_everything_can_be_exported_and_counted(client: httpx.Client) -> None:
    say(client, "em", "my dog's name is Bim")
    dog(client, "em")
    export = client.get("/api/v1/learners/em/memories/export")
    assert "memories-em.json" in export.headers["content-disposition"]
    assert {memory["kind"] for memory in export.json()} == {"episodic", "semantic"}
    assert client.get("/api/v1/learners/em/memories/stats").json()["episodic"] == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/memories/00000000-0000-5000-8000-000000000000", None, 404),
        ("GET", "/memories/not-an-id", None, 422),
        ("DELETE", "/memories/00000000-0000-5000-8000-000000000000", None, 404),
        ("POST", "/memories", {"text": "call 0912 345 678"}, 422),
        ("POST", "/memories", {}, 422),
        ("GET", "/memories?kind=secret", None, 422),
        ("GET", "/memories/search?q=", None, 422),
    ],
)
def test_bad_requests_are_refused_with_a_reason(
    client: httpx.Client, method: str, path: str, body: Any, status: int
) -> None:
    answer = client.request(method, f"/api/v1/learners/nobody{path}", json=body)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_another_tenant_sees_changes_and_deletes_nothing(client: httpx.Client) -> None:
    say(client, "giang", "my dog's name is Bim")
    mine = dog(client, "giang")
    school = {"X-API-Key": SCHOOL_KEY}
    place = f"/api/v1/learners/giang/memories/{mine['id']}"
    assert client.get("/api/v1/learners/giang/memories", headers=school).json() == []
    assert client.get(place, headers=school).status_code == 404
    assert client.patch(place, json={"pinned": True}, headers=school).status_code == 404
    assert client.delete(place, headers=school).status_code == 404
    assert client.delete("/api/v1/learners/giang", headers=school).json()["clean"]
    assert dog(client, "giang")["id"] == mine["id"]
    assert client.get("/api/v1/learners/giang/memories", headers={"X-API-Key": "x" * 20}).status_code == 401


def test_a_forgotten_child_leaves_no_byte(client: httpx.Client, folder: Path) -> None:
    for thread in ("monday", "tuesday"):
        say(client, "han", CANARY, thread_id=thread)
    say(client, "hana", "my dog's name is Bim")  # a name that begins alike
    eventually(lambda: len(memories(client, "han", kind="episodic")) == 2)
    assert _files_with(folder, "Quuxabra")
    receipt = client.delete("/api/v1/learners/han").raise_for_status().json()
    removed = {place["place"]: place["removed"] for place in receipt["places"]}
    assert receipt["clean"], receipt
    assert removed["conversations"] > 0
    assert removed["database"] > 0
    assert removed["memories"] == 2
    assert not _files_with(folder, "Quuxabra")
    assert client.get("/api/v1/learners/han").json()["turns"] == 0
    assert client.get("/api/v1/learners/han/threads/monday").json()["lines"] == []
    assert dog(client, "hana")["value"] == "Bim"


def test_a_job_that_quotes_a_forgotten_child_goes_and_others_stay(client: httpx.Client, folder: Path) -> None:
    line = CANARY.replace("Quuxabra", "Quuxarta")
    say(client, "khanh", line)
    jobs = [_job_of(client, line), _job_of(client, "she have a dog")]
    receipt = client.delete("/api/v1/learners/khanh").raise_for_status().json()
    assert receipt["clean"], receipt
    assert {place["place"]: place["removed"] for place in receipt["places"]}["jobs"] == 1
    assert [client.get(job).status_code for job in jobs] == [404, 200]
    assert not _files_with(folder, "Quuxarta")


def _job_of(client: httpx.Client, line: str) -> str:
    """The address of a job that has ended, whose result quotes the line."""
    address, later = "/api/v1/tools/GRAMMAR_CHECKER_TOOL/run", {"Prefer": "respond-async"}
    sent = client.post(address, json={"text": line}, headers=later)
    job: str = sent.raise_for_status().headers["location"]
    assert eventually(lambda: client.get(job).json()["state"] == "done")
    return job


def _files_with(folder: Path, word: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def test_a_prometheus_server_reads_what_was_done_and_nobody_by_name(client: httpx.Client) -> None:
    say(client, "metria", "what is my dog's name?")
    assert client.get("/metrics", headers={"X-API-Key": "somebody-elses-key"}).status_code == 401
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = {
        sample.name + "".join(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert found["coach_turns_totaldone"] >= 1
    assert found["coach_memory_recalls_total"] >= 1
    assert found["coach_memory_recalls_missed_total"] <= found["coach_turns_totaldone"]  # some before it was open
    assert found["coach_tool_calls_totalokSAFETY_SCREEN_TOOL"] >= 1
    assert found["coach_tool_seconds0.5SAFETY_SCREEN_TOOL"] > 0
    assert "metria" not in answer.text
