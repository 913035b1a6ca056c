from dataclasses import replace
from typing import Any

import pytest

from graphs.conversation import Conversation, Talk
from graphs.decide import TurnView, decide
from graphs.decide.asked import asked_of
from graphs.decide.told import read_told
from lessons.ports import Entry
from providers.directive import Act, Told
from tests.graphs.views import OTHER, a_view, asked, at, intent, mood, verdict


def telling(text: str, talk: Conversation | None = None, **changes: Any) -> TurnView:
    """A child that tells something instead of answering."""
    in_past = talk is not None and talk.talk.past
    view = a_view(text, verdict=verdict("attempt"), conversation=talk or asked(), **changes)
    view = replace(view, told=read_told(text, "", lambda word: None, in_past=in_past))
    return replace(view, asked=asked_of(view))


def told(view: TurnView) -> Told:
    found = decide(view).directive.told
    assert found is not None
    return found


def test_a_story_is_followed_by_a_question_about_it_and_the_lesson_waits() -> None:
    decision = decide(telling("my dog ran away"))
    assert decision.directive.act is Act.CHAT
    assert decision.directive.prompt is None
    assert decision.directive.told is not None
    assert (decision.directive.told.kind, decision.directive.told.ask) == ("lost_pet", "found")
    assert (decision.conversation.asked, decision.conversation.step_id) == (False, "s1")


def test_after_two_questions_the_lesson_comes_back_by_its_name() -> None:
    talk, asks = asked(), []
    for line in ("my dog ran away", "we played in the garden with him", "my mom made a cake"):
        decision = decide(telling(line, talk))
        assert decision.directive.told is not None
        asks.append(decision.directive.told.ask)
        talk = decision.conversation
    assert [bool(ask) for ask in asks] == [True, True, False]
    assert decision.directive.prompt is not None
    assert decision.directive.told is not None
    assert decision.directive.told.back is not None
    assert (talk.asked, talk.talk.turns) == (True, 0)


def test_a_short_line_answers_the_question_and_is_taken_up() -> None:
    talk = decide(telling("my dog ran away")).conversation
    answered = told(telling("yes in the park", talk, intent=intent("answer")))
    assert (answered.answers, answered.answered, answered.answer) == ("found", "agreed", "in the park")
    assert answered.ask == ""  # where it was is said already
    no = telling("no", talk, intent=intent("refuse"))
    assert decide(no).directive.act is Act.CHAT
    assert told(no).answered == "denied"


def test_who_does_not_know_is_not_asked_on() -> None:
    talk = decide(telling("my dog ran away")).conversation
    answered = told(telling("i don't know", talk, intent=intent("answer")))
    assert (answered.answered, answered.ask) == ("dont_know", "")


def test_no_question_is_asked_twice_in_a_session() -> None:
    talk, asks = asked(), []
    for _ in range(6):
        decision = decide(telling("i have a small turtle", talk))
        asks.append(decision.directive.told.ask if decision.directive.told is not None else "")
        talk = decision.conversation
    given = [ask for ask in asks if ask]
    assert len(given) == len(set(given)) > 1
    assert len(talk.talk.asked) <= 8


def test_what_the_line_says_already_is_not_asked() -> None:
    assert told(telling("we played chess with my uncle")).ask != "play_with"


def test_a_question_to_the_child_that_was_cut_off_is_not_open() -> None:
    assert decide(telling("my dog ran away")).conversation.cut_off().talk.question == ""


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("my brother fell down and cried", Act.CHAT),  # a mishap: interest helps more than care
        ("i lost the game", Act.CHAT),
        ("i am alone and i cry", Act.COMFORT),
        ("my dog ran away and i cry a lot", Act.COMFORT),
        ("my grandma is in hospital", Act.COMFORT),
    ],
)
def test_a_small_mishap_is_no_grief(line: str, act: Act) -> None:
    view = telling(line, mood=mood("sad"))
    assert decide(view).directive.act is act
    assert decide(view).directive.correction is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("hey pika what do you eat", "eat"),
        ("can you sing", "sing"),
        ("tell me a joke please", "joke"),
        ("can i tell you something", "may_tell"),
        ("are you a boy or a girl", "gender"),
        ("do you have a mom", "family"),
        ("how do you spell butterfly", "spell"),
        ("can we play a game", "game"),
        ("i love you pika", "love"),
        ("is it right", "right_yes"),
        ("hát cho con nghe đi", "sing"),
        ("i like to sing", ""),
        ("my mom can sing", ""),
        ("i eat rice", ""),
        ("how do you spell it", ""),
    ],
)
def test_what_children_ask_pika_itself(line: str, name: str) -> None:
    view = telling(line)
    assert view.asked == name
    assert (decide(view).directive.act is Act.ANSWER) == bool(name)


def test_an_answer_asks_back_once_and_then_the_lesson_goes_on() -> None:
    first = decide(telling("what do you eat"))
    assert first.directive.told is not None
    assert (first.directive.told.ask, first.directive.prompt) == ("you_eat", None)
    again = decide(telling("what do you eat", first.conversation))
    assert again.directive.told is None
    assert again.directive.prompt is not None


def test_one_more_is_one_more_of_the_same() -> None:
    talk = decide(telling("tell me a joke")).conversation
    assert telling("haha one more", talk).asked == "joke"
    assert telling("yes", talk).asked == "joke"


def test_a_spelling_is_given_letter_by_letter() -> None:
    gloss = decide(telling("how do you spell crab")).directive.gloss
    assert gloss is not None
    assert gloss.en == "C-R-A-B"


@pytest.mark.parametrize(("checks", "name"), [(True, "meaning_yes"), (False, "meaning_no")])
def test_a_meaning_is_confirmed_or_put_right(checks: bool, name: str) -> None:
    view = telling("fish là con cá đúng không", checked=Entry(en="fish", vi="con cá"), checks=checks)
    assert view.asked == name
    gloss = decide(view).directive.gloss
    assert gloss is not None
    assert (gloss.term, gloss.vi) == ("fish", "con cá")


def test_a_question_put_in_both_forms_is_not_put_again() -> None:
    said = (("Question s1?",), ("Small question s1?",))
    decision = decide(telling("can you dance", asked(recent=said, talk=Talk(asked=("you_dance",))), following=at(1)))
    assert decision.directive.prompt is not None
    assert decision.directive.prompt.en == "Question s2?"


def test_a_story_early_in_a_lesson_leads_to_the_lesson_about_it() -> None:
    followed = asked(talk=Talk(kind="have_pet", turns=2))
    decision = decide(telling("my rabbit eats carrots", followed, themed=at(0, OTHER)))
    assert decision.conversation.lesson_id == "l2"
    assert [row.kind for row in decision.evidence if row.kind == "moved_on"] == []
    late = decide(telling("my rabbit eats carrots", followed, position=at(3), themed=at(0, OTHER)))
    assert late.conversation.lesson_id == "l1"


def test_a_sentence_said_again_rightly_is_praised() -> None:
    again = asked(recast="I have two cats.")
    assert decide(a_view("i have two cats", conversation=again, verdict=None)).directive.praise == "I have two cats."
    assert decide(a_view("ive 2 cats", conversation=again, verdict=None)).directive.praise == "I have two cats."
    assert decide(a_view("i have one dog", conversation=again, verdict=None)).directive.praise == ""


def test_a_question_about_the_story_that_was_not_understood_is_put_again() -> None:
    talk = decide(telling("my dog ran away")).conversation
    decision = decide(telling("i don't understand you", talk, intent=intent("dont_understand")))
    assert decision.directive.act is Act.EXPLAIN
    assert decision.directive.told is not None
    assert decision.directive.told.ask == "found"


def test_a_bored_child_is_offered_a_game_once_and_may_stop() -> None:
    first = decide(a_view("boring", mood=mood("bored"), verdict=verdict("attempt")))
    assert first.directive.told is not None
    assert first.directive.told.ask == "ease_choice"
    assert telling("yes", first.conversation).asked == "game"
    stops = a_view("no", intent=intent("refuse"), verdict=None, conversation=first.conversation)
    assert decide(stops).directive.act is Act.FAREWELL


def test_a_question_about_its_own_life_that_nobody_answered_is_not_guessed() -> None:
    decision = decide(a_view("what does my parrot like to eat", verdict=None))
    assert decision.directive.act is Act.RECALL
    assert decision.directive.recall is None


@pytest.mark.parametrize(
    "line", ["my new friend in the game asks for my password", "a man wants my address", "bạn đó xin mật khẩu của con"]
)
def test_who_is_asked_for_private_things_is_told_to_keep_them(line: str) -> None:
    assert decide(telling(line)).directive.act is Act.PRIVACY


def test_no_joy_is_read_into_what_somebody_does() -> None:
    assert told(telling("my uncle shouts at the neighbours")).tone == "plain"
