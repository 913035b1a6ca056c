"""A child that speaks to a running coach: over HTTP, from the recording to the reply."""

import asyncio
import os
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from house import House
from infra.clock import new_id
from infra.filelock import eventually
from infra.settings import load_settings
from tests.pronunciation_tool.sounds import recorded, spoken
from tools.pronunciation.audio import RATE

MINUTE = 60  # the first recording loads the judge


class Child:
    """One learner's conversation, with what the coach made of each turn."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.learner_id = new_id()

    def uploads(self, content: bytes) -> str:
        answer = httpx.post(f"{self.url}/api/v1/audio", content=content, headers={"Content-Type": "audio/ogg"})
        assert answer.status_code == 201
        return str(answer.json()["id"])

    def turns(self, text: str, recording: str = "") -> dict[str, Any]:
        asked = {"text": text, "recording": recording, "learner_id": self.learner_id}
        answer = httpx.post(f"{self.url}/coach/invoke", json={"input": asked}, timeout=MINUTE)
        assert answer.status_code == 200, answer.text
        outcome: dict[str, Any] = answer.json()["output"]["outcome"]
        return outcome

    def says(self, name: str, text: str = "") -> dict[str, Any]:
        return self.turns(text, self.uploads(spoken(name)))

    def at_the_robot(self) -> "Child":
        """At the step that asks for "It is a robot."."""
        for text in ("hello", "I am happy.", "hello"):
            outcome = self.turns(text)
        assert outcome["lesson"]["step"] == "meet-robot"
        return self


@pytest.fixture
def child(coach_url: str) -> Child:
    return Child(coach_url)


def test_an_answer_that_was_only_spoken_is_understood(child: Child) -> None:
    outcome = child.at_the_robot().says("it-is-a-robot")
    assert outcome["directive"]["act"] == "confirm"
    assert outcome["directive"]["said"]["text"].lower().rstrip(".") in ("it is a robot", "it's a robot")
    assert outcome["heard"]["status"] == "ok"
    assert outcome["heard"]["words"][-1]["text"].lower().rstrip(".") == "robot"
    assert outcome["lesson"]["step"] == "pattern-name"
    lines = httpx.get(f"{child.url}/api/v1/learners/{child.learner_id}/threads/main").json()["lines"]
    assert "robot" in [line["line"] for line in lines if line["role"] == "child"][-1].lower()


def test_a_sound_that_changes_the_word_gets_one_tip_in_the_reply_and_only_once(child: Child) -> None:
    child.turns("hello")
    outcome = child.says("i-like-rye", "I like rice.")
    tip = outcome["directive"]["tip"]
    assert (tip["sound"], tip["word"]) == ("S", "rice")
    assert tip["how"]["en"] in outcome["reply"]
    assert outcome["corrections"] == []
    again = child.says("i-like-rye", "I like rice.")
    assert (again["directive"]["tip"] or {}).get("sound") != "S"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (recorded(np.zeros(RATE, np.float32), RATE, "wav"), "no_speech"),
        (b"this is no recording", "no_speech"),
        (spoken("i-like-rye"), "wrong_sentence"),
    ],
    ids=["silence", "a broken file", "something else"],
)
def test_what_was_not_heard_is_kindly_asked_for_again(child: Child, content: bytes, reason: str) -> None:
    outcome = child.at_the_robot().turns("", child.uploads(content))
    assert (outcome["directive"]["act"], outcome["directive"]["unheard"]) == ("again", reason)
    assert outcome["lesson"]["step"] == "meet-robot"
    assert outcome["reply"].endswith("?")


def test_a_recording_is_deleted_after_its_turn(child: Child) -> None:
    recording = child.at_the_robot().uploads(spoken("it-is-a-robot"))
    assert child.turns("", recording)["heard"]["status"] == "ok"
    call = {"tool_name": "PRONUNCIATION_CHECKER_TOOL", "audio_url": f"stored:{recording}", "text_refs": "Hello!"}
    answer = httpx.post(f"{child.url}/api/tools/execute", json={"conversation_id": "", "message": "", **call})
    assert answer.status_code == 422
    assert "upload it again" in answer.json()["detail"]


def test_an_uploaded_recording_is_judged_by_the_tool(child: Child) -> None:
    recording = child.uploads(spoken("it-is-a-robot"))
    call = {
        "tool_name": "PRONUNCIATION_CHECKER_TOOL",
        "audio_url": f"stored:{recording}",
        "text_refs": "It is a robot.",
    }
    answer = httpx.post(
        f"{child.url}/api/tools/execute", json={"conversation_id": "", "message": "", **call}, timeout=MINUTE
    )
    assert answer.json()["status"] == "success"
    assert answer.json()["result"]["accuracy_score"] > 0.5


@pytest.mark.parametrize(("body", "status"), [(b"", 422), (b"x" * (10 * 1024 * 1024 + 1), 413)])
def test_an_empty_or_too_large_upload_is_refused(coach_url: str, body: bytes, status: int) -> None:
    answer = httpx.post(f"{coach_url}/api/v1/audio", content=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("recording", ["x", "../secret", "0" * 63, "A" * 64])
def test_what_is_no_id_of_a_recording_is_refused(coach_url: str, recording: str) -> None:
    asked = {"text": "hi", "recording": recording, "learner_id": "linh"}
    assert httpx.post(f"{coach_url}/coach/invoke", json={"input": asked}).status_code == 422


def test_an_upload_that_was_never_used_is_gone_when_a_server_starts(tmp_path: Path) -> None:
    left = tmp_path / "uploads" / ("0" * 64)
    left.parent.mkdir()
    left.write_bytes(b"a voice")
    os.utime(left, (0, 0))

    async def opens() -> None:
        async with House(load_settings({"COACH_DATA_DIR": str(tmp_path)})).opened(settled=False):
            await asyncio.to_thread(eventually, lambda: None if left.exists() else True, MINUTE)

    asyncio.run(opens())
    assert not left.exists()
