"""A child shows pictures to a running coach: over HTTP, from the upload to the reply."""

from typing import Any

import httpx
import pytest

from infra.clock import new_id
from infra.settings import ROOT

PICTURES = ROOT / "evals" / "data" / "images"
PATIENCE_S = 60  # the first picture loads the network


class Child:
    """One learner's conversation, with what the coach made of each turn."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.learner_id = new_id()

    def uploads(self, content: bytes) -> str:
        answer = httpx.post(f"{self.url}/api/v1/pictures", content=content, headers={"Content-Type": "image/jpeg"})
        assert answer.status_code == 201
        return str(answer.json()["id"])


@pytest.fixture
def child(coach_url: str) -> Child:
    return Child(coach_url)


def matched(child: Child, picture: str, word: str) -> httpx.Response:
    asked: dict[str, Any] = {"image_url": f"stored:{picture}", "word": word}
    return httpx.post(f"{child.url}/api/v1/tools/IMAGE_MATCHING_TOOL/run", json=asked, timeout=PATIENCE_S)


def test_an_uploaded_picture_is_seen_by_the_tool(child: Child) -> None:
    answer = matched(child, child.uploads((PICTURES / "cat.jpg").read_bytes()), "cat").json()["answer"]
    assert (answer["match"], answer["seen"]) == ("yes", "cat")
    assert answer["seen_confidence"] > 0.8


@pytest.mark.parametrize(("body", "status"), [(b"", 422), (b"x" * (8 * 1024 * 1024 + 1), 413)])
def test_an_empty_or_too_large_picture_is_refused(coach_url: str, body: bytes, status: int) -> None:
    answer = httpx.post(f"{coach_url}/api/v1/pictures", content=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
