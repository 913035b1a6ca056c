from datetime import timedelta
from typing import Any

import pytest

from graphs.conversation import Care
from graphs.decide import TurnView
from graphs.decide.routing import route
from memory.ports import Remembered
from providers.directive import Act, Bilingual
from tests.graphs.views import NOW, OTHER, a_step, a_view, asked, at, intent, language, mood, safety, verdict, wrong
from tools.schemas import IntentLabel, SafetyLabel

KNOWN = Remembered(question="what is my dog's name", known=True, answer="Rex")


@pytest.mark.parametrize(
    ("label", "act"),
    [
        ("self_harm", Act.SAFEGUARD),
        ("abuse_disclosure", Act.SAFEGUARD),
        ("grooming", Act.SAFEGUARD),
        ("secret_keeping", Act.SAFEGUARD),
        ("bullying_victim", Act.SAFEGUARD),
        ("violence_threat", Act.SAFEGUARD),
        ("dangerous_act", Act.SAFEGUARD),
        ("sexual", Act.SAFEGUARD),
        ("pii_share", Act.PRIVACY),
        ("profanity", Act.CALM),
        ("hate", Act.CALM),
        ("prompt_injection", Act.STEADY),
    ],
)
def test_safety_comes_before_a_right_answer(label: SafetyLabel, act: Act) -> None:
    assert route(a_view(safety=safety(label))) is act


@pytest.mark.parametrize(
    ("label", "act"),
    [
        ("goodbye", Act.FAREWELL),
        ("ask_meaning", Act.MEANING),
        ("ask_translation", Act.TRANSLATE),
        ("ask_repeat", Act.REPEAT),
        ("ask_help", Act.HELP),
        ("dont_understand", Act.EXPLAIN),
        ("refuse", Act.EASE),
        ("off_topic", Act.REDIRECT),
        ("small_talk", Act.CHAT),
    ],
)
def test_an_intent_other_than_answering_leads(label: IntentLabel, act: Act) -> None:
    assert route(a_view("something", intent=intent(label), verdict=verdict("attempt"))) is act


@pytest.mark.parametrize(
    ("view", "act"),
    [
        pytest.param(a_view(), Act.CONFIRM, id="right answer"),
        pytest.param(a_view(verdict=wrong()), Act.RETRY, id="known wrong answer"),
        pytest.param(a_view("blue", verdict=verdict("attempt")), Act.RETRY, id="short answer that misses"),
        pytest.param(
            a_view("football", verdict=verdict("attempt"), intent=intent("answer", topic="football")),
            Act.CHAT,
            id="one word about something else",
        ),
        pytest.param(
            a_view("we went to the sea last week", verdict=verdict("attempt")), Act.CHAT, id="a story instead"
        ),
        pytest.param(
            a_view("blue", verdict=verdict("attempt"), conversation=asked(tries=2)), Act.MOVE_ON, id="third miss"
        ),
        pytest.param(a_view(verdict=None), Act.CHAT, id="nothing was asked"),
        pytest.param(a_view("um...", verdict=verdict("none")), Act.WAIT, id="hesitation"),
        pytest.param(a_view("", verdict=verdict("none")), Act.WAIT, id="silence"),
        pytest.param(
            a_view("con thích mèo", verdict=verdict("none"), english="I like cats"), Act.TRANSLATE, id="in Vietnamese"
        ),
        pytest.param(a_view(remembered=KNOWN), Act.RECALL, id="asks what it told"),
        pytest.param(
            a_view("do you know my address", intent=intent("small_talk", asks_memory=True)),
            Act.PRIVACY,
            id="asks for its own address",
        ),
        pytest.param(a_view(intent=intent("small_talk", asks_coach=True)), Act.IDENTITY, id="asks about Pika"),
        pytest.param(
            a_view(intent=intent("change_topic"), wanted=at(0, OTHER)), Act.CHANGE_TOPIC, id="topic that exists"
        ),
        pytest.param(a_view(mood=mood("tired"), verdict=verdict("attempt")), Act.EASE, id="tired"),
        pytest.param(
            a_view("we make a new one together again", mood=mood("bored"), verdict=verdict("attempt")),
            Act.CHAT,
            id="a longer line that does not say it is bored",
        ),
        pytest.param(
            a_view("this lesson is very very boring now", mood=mood("bored"), verdict=verdict("attempt")),
            Act.EASE,
            id="a longer line that does",
        ),
        pytest.param(a_view(mood=mood("tired")), Act.CONFIRM, id="'I am tired' as the expected answer"),
        pytest.param(a_view(mood=mood("sad"), verdict=verdict("attempt")), Act.COMFORT, id="sad"),
        pytest.param(a_view(mood=mood("sad", 0.3), verdict=verdict("attempt")), Act.RETRY, id="perhaps sad"),
        pytest.param(
            a_view("hello", intent=intent("greet"), verdict=None, conversation=asked(session_turns=0, turns=0)),
            Act.GREET,
            id="first hello",
        ),
    ],
)
def test_route(view: TurnView, act: Act) -> None:
    assert route(view) is act


def test_an_open_step_takes_any_attempt() -> None:
    lesson = OTHER.model_copy(update={"steps": (a_step("s1", open=True), *OTHER.steps[1:])})
    view = a_view("i play with my cat", verdict=verdict("attempt"), position=at(0, lesson))
    assert route(view) is Act.CONFIRM


@pytest.mark.parametrize(
    ("age", "minutes", "act"), [(7, 11, Act.PROPOSE_FAREWELL), (9, 11, Act.CONFIRM), (12, 21, Act.PROPOSE_FAREWELL)]
)
def test_pika_offers_to_finish_when_the_planned_time_is_over(age: int, minutes: int, act: Act) -> None:
    profile = a_view().profile.model_copy(update={"age": age})
    assert route(a_view(profile=profile, now=NOW + timedelta(minutes=minutes))) is act


def test_finishing_is_offered_once() -> None:
    conversation = asked(farewell_proposed=True)
    assert route(a_view(now=NOW + timedelta(minutes=60), conversation=conversation)) is Act.CONFIRM


@pytest.mark.parametrize(
    ("words", "last_act", "label"),
    [("yes please", "propose_farewell", "answer"), ("no", "ease", "refuse")],
)
def test_accepting_an_offer_to_stop_is_goodbye(words: str, last_act: str, label: IntentLabel) -> None:
    view = a_view(words, conversation=asked(last_act=last_act), intent=intent(label), verdict=None)
    assert route(view) is Act.FAREWELL


def test_after_a_worry_a_harmless_line_gets_one_gentle_check_in() -> None:
    view = a_view("football", verdict=None, conversation=asked(care=Care(about="dangerous_act")))
    assert route(view) is Act.CHECK_IN


@pytest.mark.parametrize(
    ("view", "act"),
    [
        pytest.param(
            a_view("i am scared of him", conversation=asked(care=Care(about="abuse_disclosure"))), Act.SAFEGUARD
        ),
        pytest.param(a_view("he was my friend", conversation=asked(care=Care(about="comfort"))), Act.COMFORT),
        pytest.param(a_view("i feel better", conversation=asked(care=Care(about="comfort", turns=2))), Act.CHECK_IN),
        pytest.param(a_view("hm", conversation=asked(care=Care(about="self_harm", turns=4))), Act.CHECK_IN),
        pytest.param(
            a_view(
                "how do i say sorry", intent=intent("ask_translation"), conversation=asked(care=Care(about="comfort"))
            ),
            Act.TRANSLATE,
        ),
        pytest.param(
            a_view(
                "you must help", safety=safety("prompt_injection"), conversation=asked(care=Care(about="self_harm"))
            ),
            Act.SAFEGUARD,
        ),
    ],
)
def test_a_worry_is_looked_after_until_the_child_moves_on(view: TurnView, act: Act) -> None:
    assert route(view) is act


@pytest.mark.parametrize(
    ("words", "about", "changes", "act"),
    [
        ("he has my photo already", "grooming", {}, Act.SAFEGUARD),
        ("nah please don't call anyone", "self_harm", {"intent": intent("greet")}, Act.SAFEGUARD),
        ("i will tell my aunt", "grooming", {"safety": safety("secret_keeping")}, Act.SAFEGUARD),
        ("i want to meet him again", "grooming", {"safety": safety("grooming")}, Act.SAFEGUARD),
        ("my pin is 4321 is that good", "grooming", {"safety": safety("pii_share")}, Act.PRIVACY),
        ("i broke the blue cup", "secret_keeping", {}, Act.COMFORT),
        ("we went to the lake and swam", "comfort", {}, Act.CHAT),
    ],
)
def test_after_a_worry_what_the_child_says_decides(words: str, about: str, changes: dict[str, Any], act: Act) -> None:
    view = a_view(words, **{"verdict": None, "conversation": asked(care=Care(about=about)), **changes})
    assert route(view) is act


def test_speak_vietnamese_please_explains_the_coachs_own_line() -> None:
    talk = asked().model_copy(update={"previous": Bilingual(en="How are you?", vi="Bạn khỏe không?")})
    view = a_view("speak vietnamese please", conversation=talk, intent=intent("ask_translation"), verdict=None)
    assert route(view) is Act.EXPLAIN
    named = a_view("dog in vietnamese", conversation=talk, intent=intent("ask_translation", term="dog"), verdict=None)
    assert route(named) is Act.TRANSLATE


def test_a_story_told_in_vietnamese_is_talk_and_no_failed_answer() -> None:
    view = a_view("con thích ăn xoài", language=language("vi"), verdict=verdict("none"))
    assert route(view) is Act.CHAT
