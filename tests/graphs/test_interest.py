"""A session opens with what the child likes, where a lesson is about it; a goodbye tells what was said well."""

from dataclasses import replace
from typing import Any

import pytest

from graphs.decide import TurnView, decide
from graphs.decide.interest import Suits
from graphs.interests import suits
from infra.executors import BoundedExecutor
from lessons.loader import load
from lessons.service import CONTENT, Lessons
from memory.ports import Memory
from providers.directive import Act, Directive
from tests.graphs.views import NOW, OTHER, a_view, asked, at, intent
from tests.lessons.conftest import HashedWords
from tools.executor import ToolExecutor
from tools.profile import ProfileMatchingTool

HERE, THERE = Suits("cats", at(0), at(1)), Suits("cats", at(0, OTHER), at(1, OTHER))


def liked(value: str, key: str = "me:likes:thing") -> Memory:
    return Memory(
        id=value,
        kind="semantic",
        text=value,
        said_at=NOW,
        turn_id="t",
        subject_key=key,
        about="what you like",
        value=value,
    )


def opening(found: Suits | None, **changes: Any) -> TurnView:
    """A child that comes back and says hello, between two lessons."""
    talk = asked(asked=False, session_turns=0)
    highlights = (liked("Rex", "pet:dog:name"), liked("cats"))
    values = {"conversation": talk, "intent": intent("greet"), "verdict": None, "highlights": highlights}
    return a_view("hi", **{**values, "suits": found, **changes})


def told(directive: Directive) -> tuple[str, str]:
    remembered, topic = directive.remember, directive.topic
    return (remembered.answer if remembered is not None else "", topic.en if topic is not None else "")


@pytest.mark.parametrize(
    ("what", "view", "lesson", "words"),
    [
        ("the lesson that is next", opening(HERE), "l1", ("cats", "animals")),
        ("another lesson, between two", opening(THERE), "l2", ("cats", "animals")),
        ("a lesson that was begun is not left", opening(THERE, position=at(2)), "l1", ("Rex", "")),
        ("a lesson that was begun and suits", opening(replace(HERE, position=at(2)), position=at(2)), "l1",
         ("cats", "animals")),
        ("nothing suits", opening(None), "l1", ("Rex", "")),
        ("a new child", opening(THERE, profile=a_view().profile.model_copy(update={"turns": 0})), "l1", ("", "")),
    ],
)  # fmt: skip
def test_a_greeting_names_what_the_child_likes(what: str, view: TurnView, lesson: str, words: tuple[str, str]) -> None:
    decision = decide(view)
    assert decision.directive.act is Act.GREET
    assert (decision.conversation.lesson_id, told(decision.directive)) == (lesson, words), what


def test_in_the_middle_of_a_session_the_lesson_stays() -> None:
    decision = decide(opening(THERE, conversation=asked()))
    assert decision.conversation.lesson_id == "l1"
    assert decision.directive.topic is None


@pytest.mark.parametrize(
    ("likes", "done", "now", "lesson", "like"),
    [
        (["noodles"], [], "a1-u1-l1", "a1-u1-l5", "noodles"),
        (["football", "noodles"], ["a1-u1-l5"], "a1-u1-l1", "a1-u1-l8", "football"),
        (["noodles", "dogs"], [], "a1-u1-l3", "a1-u1-l3", "dogs"),
        (["dinosaurs"], [], "a1-u1-l1", "", ""),
        ([], [], "a1-u1-l1", "", ""),
    ],
)
async def test_the_lesson_is_one_that_is_not_done_and_about_something_liked(
    likes: list[str], done: list[str], now: str, lesson: str, like: str
) -> None:
    lessons = Lessons(load(CONTENT), HashedWords())
    progress = {"lessons": {name: {"started": "", "done": NOW.isoformat()} for name in done}}
    pool = BoundedExecutor("interest-test", threads=1, pending=4)
    tools = ToolExecutor([ProfileMatchingTool()], pool, deadline_ms=10_000, cache_size=0)
    view = opening(None, highlights=[liked(value) for value in likes], position=lessons.at(now, ""))
    found = await suits(tools, view, lessons, progress)
    pool.close()
    assert (found.position.lesson.id, found.like) == (lesson, like) if found else not lesson


@pytest.mark.parametrize(("label", "said"), [("goodbye", "I have a kite."), ("answer", "")])
def test_only_a_goodbye_tells_what_was_said_well(label: Any, said: str) -> None:
    view = a_view("bye", intent=intent(label), verdict=None, well_said="I have a kite.")
    assert decide(view).directive.well_said == said
