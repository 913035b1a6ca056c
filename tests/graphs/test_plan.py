from dataclasses import replace
from datetime import timedelta

import pytest

from graphs.conversation import Conversation
from graphs.decide import TurnView, decide
from lessons.ports import Entry
from memory.ports import Memory, Remembered
from providers.directive import Act, Bilingual
from tests.graphs.views import NOW, a_view, asked, grammar, intent, language, safety, verdict

ELEPHANT = Entry(en="elephant", vi="con voi")


@pytest.mark.parametrize(
    ("view", "speaks"),
    [
        (a_view(), False),
        (a_view(language=language("vi"), verdict=verdict("none")), True),
        (a_view(language=language("mixed")), True),
        (a_view(profile=a_view().profile.model_copy(update={"vietnamese_help": True})), True),
        (a_view(intent=intent("dont_understand")), True),
        (a_view(safety=safety("self_harm")), True),
    ],
)
def test_when_pika_adds_vietnamese(view: TurnView, speaks: bool) -> None:
    assert decide(view).directive.vietnamese is speaks


def test_a_word_asked_about_is_glossed() -> None:
    view = a_view("what is elephant", intent=intent("ask_meaning", term="elephant"), gloss=ELEPHANT)
    gloss = decide(view).directive.gloss
    assert gloss is not None
    assert (gloss.en, gloss.vi, gloss.known) == ("elephant", "con voi", True)


def test_an_unknown_word_is_said_to_be_unknown() -> None:
    gloss = decide(a_view(intent=intent("ask_meaning", term="zyzzyva"))).directive.gloss
    assert gloss is not None
    assert not gloss.known


def test_that_sentence_means_the_coachs_last_line() -> None:
    talk = asked(previous=Bilingual(en="You like elephants!", vi="Bạn thích voi!"))
    gloss = decide(a_view(intent=intent("ask_meaning"), conversation=talk, vietnamese="Bạn thích voi!")).directive.gloss
    assert gloss is not None
    assert (gloss.en, gloss.vi) == ("You like elephants!", "Bạn thích voi!")


@pytest.mark.parametrize("known", [True, False])
def test_a_memory_is_told_or_said_to_be_missing(known: bool) -> None:
    found = Remembered(
        question="what is my dog's name", known=known, answer="Rex" if known else "", about="your dog's name"
    )
    recall = decide(a_view(remembered=found, intent=intent("small_talk", asks_memory=True))).directive.recall
    assert recall is not None
    assert (recall.known, recall.answer) == (known, "Rex" if known else "")


def test_praise_names_a_word_only_where_nothing_was_wrong() -> None:
    assert decide(a_view()).directive.praise == "cat"
    assert decide(a_view(grammar=grammar("plural"))).directive.praise == ""


def test_a_returning_child_is_reminded_of_one_thing_it_told() -> None:
    fact = Memory(
        id="1",
        kind="semantic",
        text="your dog's name: Rex",
        about="your dog's name",
        said_at=NOW,
        turn_id="t",
        subject_key="pet:dog:name",
        value="Rex",
    )
    view = a_view("hi", intent=intent("greet"), verdict=None, conversation=Conversation(), highlights=(fact,))
    directive = decide(view).directive
    assert directive.act is Act.GREET
    assert directive.returning
    assert directive.remember is not None
    assert directive.remember.answer == "Rex"


def test_a_new_child_is_not_told_of_a_shared_past() -> None:
    profile = a_view().profile.model_copy(update={"turns": 0})
    directive = decide(
        a_view("hi", intent=intent("greet"), verdict=None, conversation=Conversation(), profile=profile)
    ).directive
    assert not directive.returning
    assert directive.remember is None


def test_a_turn_of_danger_asks_nothing_and_teaches_nothing() -> None:
    directive = decide(a_view(safety=safety("abuse_disclosure"), grammar=grammar("tense", blocks=True))).directive
    assert directive.act is Act.SAFEGUARD
    assert (directive.prompt, directive.correction, directive.praise, directive.card) == (None, None, "", None)
    assert directive.danger == "abuse_disclosure"


def test_a_secret_told_after_a_danger_goes_on_with_that_danger() -> None:
    first = decide(a_view("he wants my photo", safety=safety("grooming")))
    second = decide(a_view("i will tell my aunt", safety=safety("secret_keeping"), conversation=first.conversation))
    assert (second.directive.danger, second.directive.follow_up) == ("grooming", True)


def test_the_second_turn_of_danger_follows_up_on_the_first() -> None:
    first = decide(a_view(safety=safety("abuse_disclosure")))
    second = decide(a_view("please dont tell", verdict=None, conversation=first.conversation))
    assert (first.directive.follow_up, second.directive.follow_up) == (False, True)
    assert second.directive.danger == "abuse_disclosure"


def test_deciding_is_a_pure_function_of_the_view() -> None:
    view = a_view(grammar=grammar("plural"))
    assert decide(view) == decide(replace(view))


def test_a_long_silence_starts_a_new_session() -> None:
    talk = asked(farewell_proposed=True, corrections_running=2)
    assert talk.opened(NOW + timedelta(minutes=29)) == talk
    later = talk.opened(NOW + timedelta(minutes=31))
    assert (later.session_turns, later.farewell_proposed, later.corrections_running, later.asked) == (
        0,
        False,
        0,
        False,
    )
    assert later.lesson_id == "l1"


def test_only_the_last_ten_turns_are_kept_from_being_repeated() -> None:
    talk = Conversation()
    for number in range(15):
        talk = talk.spoken((f"Sentence {number}.",), Bilingual(en=f"Sentence {number}."), NOW)
    assert len(talk.recent) == 10
    assert talk.recent[0] == ("Sentence 5.",)


def test_what_is_explained_is_the_open_question() -> None:
    talk = asked(previous=Bilingual(en="Oh, you went! Question s1?", vi="Ồ! Câu hỏi s1?"))
    directive = decide(a_view("con không hiểu", intent=intent("dont_understand"), conversation=talk)).directive
    assert directive.previous == Bilingual(en="Question s1?", vi="Câu hỏi s1?")
