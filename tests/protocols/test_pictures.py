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

    def turns(self, text: str, picture: str = "") -> dict[str, Any]:
        asked = {"text": text, "picture": picture, "learner_id": self.learner_id}
        answer = httpx.post(f"{self.url}/coach/invoke", json={"input": asked}, timeout=PATIENCE_S)
        assert answer.status_code == 200, answer.text
        outcome: dict[str, Any] = answer.json()["output"]["outcome"]
        return outcome

    def shows(self, name: str, text: str = "") -> dict[str, Any]:
        return self.turns(text, self.uploads((PICTURES / name).read_bytes()))

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


def test_a_picture_without_words_is_seen_and_asked_about_and_known_again(child: Child) -> None:
    child.turns("hello")
    outcome = child.shows("cat.jpg")
    assert (outcome["directive"]["act"], outcome["directive"]["sight"]["word"]) == ("show", "cat")
    assert outcome["card"] == {"word": "cat", "vi": "con mèo", "picture": ""}
    assert "cat" in outcome["reply"]
    assert outcome["reply"].endswith("?")
    assert child.shows("cat.jpg")["directive"]["sight"]["kind"] == "again"
    lines = httpx.get(f"{child.url}/api/v1/learners/{child.learner_id}/threads/main").json()["lines"]
    assert [line["sight"]["kind"] for line in lines if line["sight"]] == ["seen", "again"]


def test_the_child_tells_of_what_it_shows_and_the_word_counts(child: Child) -> None:
    child.turns("hello")
    outcome = child.shows("cat.jpg", "this is my cat")
    assert outcome["directive"]["act"] in ("chat", "confirm")
    assert outcome["directive"]["sight"]["named"]
    bye = child.turns("bye")
    assert "cat" in bye["directive"]["learned"]


def test_a_file_that_is_no_picture_is_kindly_asked_for_again(child: Child) -> None:
    child.turns("hello")
    outcome = child.turns("", child.uploads(b"this is no picture"))
    assert (outcome["directive"]["act"], outcome["directive"]["sight"]["kind"]) == ("show", "unseen")
    assert outcome["reply"].endswith("?")


def test_a_picture_is_deleted_after_its_turn_also_where_the_turn_was_about_a_danger(child: Child) -> None:
    for text in ("hello", "my father hits me"):
        picture = child.uploads((PICTURES / "flower.jpg").read_bytes())
        child.turns(text, picture)
        answer = matched(child, picture, "kite")  # asked of no picture before: nothing is answered from the cache
        assert "upload it again" in answer.text


@pytest.mark.parametrize("picture", ["x", "../secret", "0" * 63, "A" * 64])
def test_what_is_no_id_of_a_picture_is_refused(coach_url: str, picture: str) -> None:
    asked = {"text": "hi", "picture": picture, "learner_id": "linh"}
    assert httpx.post(f"{coach_url}/coach/invoke", json={"input": asked}).status_code == 422
