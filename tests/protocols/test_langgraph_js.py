"""LangGraph's npm client, and useStream of its React package in a DOM, talk with the coach."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from infra.valkey import EmbeddedValkey
from tests.protocols.conftest import KEY, Run
from tests.protocols.light import light_server


def test_the_npm_client_holds_a_conversation(run_js: Run, keyed_url: str) -> None:
    seen = run_js("langgraph.mjs", f"{keyed_url}/langgraph", KEY)
    assert seen["assistants"] == ["coach"]
    assert seen["created"]
    assert {"metadata", "values", "messages", "custom", "updates", "end"} == set(seen["events"])
    assert seen["streamed"] == seen["reply"] != ""
    assert seen["same"]
    assert seen["joined"] == ["metadata", "values", "values", "end"]
    assert seen["again"] == ["values", "end"]
    assert seen["ended"] == 6
    assert (seen["status"], seen["cancelled"]) == ("success", 409)
    assert {"__start__", "screen", "reply", "__end__"} <= set(seen["drawn"])
    assert seen["found"] == [True]
    assert seen["refused"] == 422
    assert seen["alone"] == 2


def test_a_react_page_shows_the_conversation_as_it_grows_and_again_later(run_js: Run, keyed_url: str) -> None:
    seen = run_js("use-stream.mjs", f"{keyed_url}/langgraph", KEY)
    assert seen["errors"] == []
    assert [line.partition(":")[0] for line in seen["shown"]] == ["human", "ai"] * 2
    assert "went" in seen["shown"][3]
    assert seen["again"] == seen["shown"]
    assert seen["ids"] == 4
    assert seen["history"] == 1
    assert seen["grew"] > 1
    assert seen["custom"] > 1


@pytest.fixture
def valkey_url(tmp_path: Path) -> Iterator[str]:
    valkey = EmbeddedValkey(tmp_path / "valkey")
    yield f"unix://{quote(str(valkey.open()))}"
    valkey.close()


def test_a_page_that_stops_or_leaves_stops_pika(run_js: Run, tmp_path: Path, valkey_url: str) -> None:
    with light_server(tmp_path, valkey_url) as url:
        seen = run_js("stop.mjs", f"{url}/langgraph")
    for way in ("left", "stopped", "cancelled"):
        assert seen[way]["status"] == "interrupted", way
        child, reply = seen[way]["messages"]
        assert child == "1 1200"
        assert 1 <= reply.count("Reply") < 3
