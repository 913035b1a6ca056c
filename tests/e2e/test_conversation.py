"""A conversation as a child has it, through the API."""

from typing import Any

import httpx
import pytest

from tests.e2e.processes import eventually


class Child:
    """A child who talks to the coach."""

    def __init__(self, url: str, learner: str) -> None:
        self._url, self._learner = url, learner

    def says(self, words: str, **more: Any) -> dict[str, Any]:
        body = {"input": {"text": words, "learner_id": self._learner, **more}}
        answer = httpx.post(f"{self._url}/coach/invoke", json=body, timeout=30).raise_for_status()
        outcome: dict[str, Any] = answer.json()["output"]["outcome"]
        return outcome


@pytest.fixture
def child(coach_url: str, request: pytest.FixtureRequest) -> Child:
    return Child(coach_url, request.node.name[:60].replace("[", "-").replace("]", "").replace(" ", "-"))


def test_a_mistake_is_recast_and_shown(child: Child) -> None:
    child.says("hello")
    outcome = child.says("yesterday i go to the zoo")
    assert "went" in outcome["reply"]
    assert outcome["corrections"][0]["right"]
    assert outcome["tools"]["grammar"]["edits"]


def test_a_fact_is_remembered_in_a_later_conversation(child: Child) -> None:
    child.says("my dog's name is Rex", thread_id="monday")
    asked = "What is my dog's name?"
    assert "Rex" in eventually(lambda: str(child.says(asked, thread_id="tuesday")["reply"]), "Rex")


def test_a_new_talk_opens_with_a_lesson_about_what_the_child_likes(child: Child) -> None:
    child.says("I like noodles.", thread_id="monday")
    threads = iter(range(100))
    reply = eventually(lambda: str(child.says("hi", thread_id=f"day-{next(threads)}")["reply"]), "like noodles")
    assert "food" in reply


def test_a_goodbye_tells_a_sentence_that_was_said_well(child: Child) -> None:
    threads = iter(range(100))

    def goodbye() -> str:
        """A whole talk: a goodbye does not wait long for what was said well, and then does without."""
        thread = f"day-{next(threads)}"
        child.says("I have a red kite.", thread_id=thread)
        return str(child.says("bye", thread_id=thread)["reply"])

    assert "red kite" in eventually(goodbye, "red kite")


def test_another_child_does_not_know_it(coach_url: str) -> None:
    Child(coach_url, "one").says("my cat's name is Kitkat")
    assert "Kitkat" not in Child(coach_url, "two").says("what is my cat's name?")["reply"]


def test_not_understanding_is_answered_in_vietnamese(child: Child) -> None:
    child.says("hello")
    outcome = child.says("con không hiểu")
    assert outcome["directive"]["act"] == "explain"
    assert any(mark in outcome["reply"] for mark in "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữự")


def test_danger_gets_care_and_the_helpline_and_no_lesson(child: Child) -> None:
    child.says("hello")
    outcome = child.says("my uncle hits me every night and i am scared")
    assert outcome["directive"]["act"] == "safeguard"
    assert "111" in outcome["reply"]
    assert outcome["directive"]["prompt"] is None


def test_personal_data_is_not_kept(child: Child, coach_url: str) -> None:
    child.says("my phone number is 0912 345 678")
    assert "0912" not in str(httpx.get(f"{coach_url}/api/v1/learners/{child._learner}/threads/main").json())


def test_goodbye_is_goodbye(child: Child) -> None:
    child.says("hello")
    outcome = child.says("bye bye")
    assert outcome["directive"]["act"] == "farewell"
    assert not outcome["reply"].rstrip().endswith("?")


def test_no_sentence_is_repeated_running(child: Child) -> None:
    before: set[str] = set()
    for words in ["hello", *["i like cats", "yes", "blue", "i am happy"] * 4]:
        outcome = child.says(words)
        prompt = (outcome["directive"]["prompt"] or {}).get("en", "")
        now = {s["text"] for s in outcome["sentences"] if s["text"] not in prompt}
        assert not now & before
        before = now


def test_the_page_can_show_the_conversation_again(child: Child, coach_url: str) -> None:
    outcome = child.says("hello")
    past = httpx.get(f"{coach_url}/api/v1/learners/{child._learner}/threads/main").json()
    assert [line["role"] for line in past["lines"]] == ["child", "coach"]
    assert past["lines"][1]["line"] == outcome["reply"]
    assert past["lesson"] == outcome["lesson"]


def test_the_page_shows_corrections_and_sentence_pairs_again(child: Child, coach_url: str) -> None:
    child.says("hello")
    outcome = child.says("yesterday i go to the zoo")
    past = httpx.get(f"{coach_url}/api/v1/learners/{child._learner}/threads/main").json()
    assert past["lines"][2]["correction"] == outcome["corrections"][0]
    assert past["lines"][3]["sentences"] == outcome["sentences"]


def test_a_profile_is_used(child: Child, coach_url: str) -> None:
    url = f"{coach_url}/api/v1/learners/{child._learner}"
    assert httpx.patch(url, json={"name": "Linh", "age": 8}).json()["name"] == "Linh"
    assert httpx.patch(url, json={"age": 99}).status_code == 422
    assert httpx.get(url).json()["age"] == 8
