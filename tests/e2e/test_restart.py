"""Stop the server, start it again: the conversation goes on where it was."""

import signal
from pathlib import Path

import httpx
import pytest

from tests.databases import mariadb_database
from tests.e2e.processes import coach, eventually, says, serving
from tests.servers import NO_REDIS, redis_url


def lines(url: str) -> list[str]:
    past = httpx.get(f"{url}/api/v1/learners/linh/threads/main").json()
    return [line["line"] for line in past["lines"]]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_conversation_goes_on_after_a_restart(tmp_path: Path, stop: signal.Signals) -> None:
    folder = tmp_path / "var"
    with serving(folder) as (url, process):
        says(url, "hello")
        says(url, "my dog's name is Rex")
        before = lines(url)
        process.send_signal(stop)
        process.wait(timeout=30)
    with serving(folder) as (url, _):
        assert lines(url) == before
        assert "Rex" in eventually(lambda: says(url, "What is my dog's name?", thread="another-day"), "Rex")
        says(url, "i like cats")
        assert lines(url)[: len(before)] == before


def test_a_second_server_on_the_same_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    with serving(folder):
        told = coach(folder, "serve", "--port", "0", status=1)
    assert "COACH_DATA_DIR" in told
    assert "Traceback" not in told


def test_commands_talk_to_the_running_server(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    with serving(folder) as (url, _):
        says(url, "hello")
        assert coach(folder, "say", "i like cats", "--learner", "linh")
        assert len(lines(url)) == 4
        assert "checkpoints" in coach(folder, "doctor")


def test_servers_of_ones_own_hold_the_conversation(tmp_path: Path) -> None:
    redis = redis_url()
    if redis is None:
        pytest.skip(NO_REDIS)
    with mariadb_database() as database:
        url_text = database.render_as_string(hide_password=False)
        settings = {"COACH_REDIS_URL": f"{redis}/11", "COACH_DATABASE_URL": url_text, "COACH_THREAD_TTL_DAYS": "0.01"}
        learner = f"e2e-{database.database}"
        for folder in (tmp_path / "one", tmp_path / "two"):
            with serving(folder, **settings) as (url, _):
                says(url, "hello", learner=learner)
                past = httpx.get(f"{url}/api/v1/learners/{learner}/threads/main").json()
    assert len(past["lines"]) == 4
