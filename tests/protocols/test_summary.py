"""What parents and the child may read of a session: over HTTP, from what was really said."""

from typing import Any

import httpx
import pytest

from infra.clock import new_id

PATIENCE_S = 60


def talked(url: str, *said: str) -> str:
    """The id of a learner that said this."""
    learner_id = new_id()
    for text in said:
        asked = {"input": {"text": text, "learner_id": learner_id}}
        httpx.post(f"{url}/coach/invoke", json=asked, timeout=PATIENCE_S).raise_for_status()
    return learner_id


def summed_up(url: str, learner_id: str, **asked: Any) -> list[dict[str, Any]]:
    answer = httpx.get(f"{url}/api/v1/learners/{learner_id}/summary", params=asked, timeout=PATIENCE_S)
    assert answer.status_code == 200, answer.text
    sessions: list[dict[str, Any]] = answer.json()["sessions"]
    return sessions


def test_a_session_is_summed_up_for_parents_and_child_in_both_languages(coach_url: str) -> None:
    learner_id = talked(coach_url, "hello", "I have a red kite.", "Yesterday I go to the zoo.")
    (session,) = summed_up(coach_url, learner_id)
    assert session["turns"] == 3
    assert "“I have a red kite.”" in session["text"]
    assert "Ở nhà" in session["text"]
    assert all(sentence["turn_ids"] for sentence in session["sentences"])
    (english,) = summed_up(coach_url, learner_id, language="en", audience="child")
    assert "Next time we can say: “Yesterday I went to the zoo.”" in english["text"]


def test_parents_do_not_read_what_may_tell_of_home(coach_url: str) -> None:
    learner_id = talked(coach_url, "hello", "my father hits me", "I will tell my grandma")
    (session,) = summed_up(coach_url, learner_id)
    assert "father" not in session["text"]
    assert "grandma" not in session["text"]
    assert {sentence["topic"] for sentence in session["sentences"]} <= {"practised", "quiet"}


def test_a_learner_who_never_spoke_has_no_session(coach_url: str) -> None:
    assert summed_up(coach_url, new_id()) == []


@pytest.mark.parametrize("wrong", [{"language": "fr"}, {"audience": "coach"}, {"sessions": 0}, {"sessions": 11}])
def test_what_is_not_for_home_cannot_be_asked_for(coach_url: str, wrong: dict[str, Any]) -> None:
    answer = httpx.get(f"{coach_url}/api/v1/learners/linh/summary", params=wrong)
    assert answer.status_code == 422
