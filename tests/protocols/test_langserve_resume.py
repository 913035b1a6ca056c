"""/coach/stream: a client that lost the connection goes on where it was, on any server and after a restart."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from langserve import RemoteRunnable

from infra.valkey import EmbeddedValkey
from tests.protocols.light import light_server


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    valkey = EmbeddedValkey(tmp_path_factory.mktemp("valkey"))
    yield f"unix://{quote(str(valkey.open()))}"
    valkey.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("light")


def asks(turn_id: str, pause_ms: int) -> dict[str, Any]:
    return {"text": f"1 {pause_ms}", "learner_id": "linh", "thread_id": turn_id, "turn_id": turn_id}


def heard(url: str, asked: dict[str, Any], last: str = "", *, most: int = 100) -> list[tuple[str, dict[str, Any]]]:
    """(id, event) of what came, at most so many: then the client hangs up."""
    headers = {"Last-Event-ID": last} if last else {}
    found: list[tuple[str, dict[str, Any]]] = []
    fields: dict[str, str] = {}
    with httpx.stream("POST", f"{url}/coach/stream", json={"input": asked}, headers=headers, timeout=30) as answer:
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if line:
                fields[name] = value
                continue
            if fields.get("event") == "data":
                found.append((fields.get("id", ""), json.loads(fields["data"])))
            fields = {}
            if len(found) == most:
                break
    return found


def test_every_event_has_its_id_and_a_client_goes_on_behind_it(folder: Path, redis_url: str) -> None:
    with light_server(folder, redis_url) as url:
        whole = heard(url, asks("a", 0))
        assert [event["event"] for _, event in whole] == ["status", "token", "token", "token", "final"]
        assert [event_id for event_id, _ in whole] == [event["id"] for _, event in whole]
        for number, (event_id, _) in enumerate(whole):
            assert heard(url, asks("a", 0), event_id) == whole[number + 1 :]
        assert [event["code"] for _, event in heard(url, asks("a", 0), "newest")] == ["bad_input"]


@pytest.mark.parametrize("cut_after", [1, 2, 3])
def test_a_lost_connection_costs_nothing_on_a_sibling(folder: Path, redis_url: str, cut_after: int) -> None:
    with light_server(folder, redis_url) as url, light_server(folder, redis_url) as sibling:
        asked = asks(f"b{cut_after}", 50)
        before = heard(url, asked, most=cut_after)
        after = heard(sibling, asked, before[-1][0])
        assert before + after == heard(url, asked)


def test_a_restart_costs_nothing(folder: Path, redis_url: str) -> None:
    asked = asks("c", 300)
    with light_server(folder, redis_url) as url:
        before = heard(url, asked, most=2)
    with light_server(folder, redis_url) as url:
        after = heard(url, asked, before[-1][0])
        assert before + after == heard(url, asked)
        assert after[-1][1]["event"] == "final"


def test_langchains_client_reads_the_same_events(folder: Path, redis_url: str) -> None:
    with light_server(folder, redis_url) as url:
        remote: Any = RemoteRunnable(f"{url}/coach")
        assert list(remote.stream(asks("d", 0))) == [event for _, event in heard(url, asks("d", 0))]
        remote.sync_client.close()
