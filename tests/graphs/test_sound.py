"""What a turn does with how a child sounded: one tip at most, evidence, practice later, and asking again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from graphs.conversation import Conversation
from graphs.decide import decide
from graphs.decide.sound import choose_tip, sounds_observed
from graphs.gather import spoken_verdict, verdict_of
from graphs.hearing import candidates_for, unheard
from learners.ports import Evidence, StoredEvidence
from lessons.loader import load
from lessons.schemas import DueReview, Line
from lessons.service import CONTENT, Lessons
from providers.directive import Act, Bilingual, Directive, SoundTip
from tests.graphs.views import NOW, a_view, asked, at, grammar, mood
from tests.lessons.conftest import HashedWords
from tools.schemas import PronunciationAnswer, SoundHeard

HOW = Bilingual(en="Blow.", vi="Thổi.")


def tip(sound: str, meaning: bool = True) -> SoundTip:
    return SoundTip(sound=sound, spelled=sound.lower(), word="three", meaning=meaning, how=HOW)


def heard(*tips: SoundTip, **changes: Any) -> PronunciationAnswer:
    values: dict[str, Any] = {
        "status": "ok", "confidence": 0.9, "text": "i like cats", "feedback": HOW, "tips": tips,
        "sounds": (SoundHeard(sound="K", score=0.9, correct=True), SoundHeard(sound="TH", score=0.2, correct=False)),
    }  # fmt: skip
    return PronunciationAnswer(**{**values, **changes})


TH, V, MILD = tip("TH"), tip("V"), tip("Z", meaning=False)


@pytest.mark.parametrize(
    ("what", "changes", "act", "corrected", "sound"),
    [
        ("the first tip", {"heard": heard(TH, V)}, Act.CONFIRM, False, "TH"),
        ("in a chat", {"heard": heard(TH)}, Act.CHAT, False, "TH"),
        ("nothing to say", {"heard": heard()}, Act.CONFIRM, False, None),
        ("typed", {}, Act.CONFIRM, False, None),
        ("never beside a correction", {"heard": heard(TH)}, Act.CONFIRM, True, None),
        ("not while a wrong answer is helped", {"heard": heard(TH)}, Act.RETRY, False, None),
        ("not in care", {"heard": heard(TH)}, Act.COMFORT, False, None),
        ("not to a sad child", {"heard": heard(TH), "mood": mood("sad"), "verdict": None}, Act.CHAT, False, None),
        ("each sound once a session", {"heard": heard(TH, V), "conversation": asked(tips=("TH",))}, Act.CHAT, False,
         "V"),
        ("all were given", {"heard": heard(TH), "conversation": asked(tips=("TH",))}, Act.CHAT, False, None),
        ("after a correction, for the meaning", {"heard": heard(TH), "conversation": asked(corrections_running=1)},
         Act.CHAT, False, "TH"),
        ("after a correction, not for less", {"heard": heard(MILD), "conversation": asked(corrections_running=1)},
         Act.CHAT, False, None),
        ("not after two", {"heard": heard(TH), "conversation": asked(corrections_running=2)}, Act.CHAT, False, None),
    ],
)  # fmt: skip
def test_at_most_one_tip_where_it_helps(
    what: str, changes: dict[str, Any], act: Act, corrected: bool, sound: str | None
) -> None:
    chosen = choose_tip(a_view(**changes), act, corrected=corrected)
    assert (None if chosen is None else chosen.sound) == sound, what


def test_a_tip_is_in_the_directive_and_remembered_for_the_session() -> None:
    decision = decide(a_view(heard=heard(TH)))
    assert decision.directive.tip == TH
    assert (decision.conversation.tips, decision.conversation.practise) == (("TH",), "three")
    assert decision.conversation.corrections_running == 1
    later = decision.conversation.model_copy(update={"last_at": NOW}).opened(NOW + timedelta(hours=1))
    assert later.tips == ()


def practising(*tips: SoundTip, text: str = "three", given: tuple[str, ...] = ("TH",)) -> Directive:
    """The reply to a child that was asked to say "three" again."""
    talk = asked(tips=given, practise="three", corrections_running=1)
    return decide(a_view(text, heard=heard(*tips, chosen=0), conversation=talk, verdict=None, intent=None)).directive


def test_a_word_that_is_said_well_at_the_second_try_is_praised() -> None:
    directive = practising()
    assert (directive.act, directive.praise, directive.tip) == (Act.CHAT, "three", None)
    assert directive.prompt is not None


def test_a_sound_that_is_still_hard_gets_its_tip_once_more_and_then_rest() -> None:
    assert (practising(TH).tip, practising(TH).praise) == (TH, "")
    third = practising(TH, given=("TH", "TH"))
    assert (third.tip, third.praise) == (None, "")
    assert practising(TH, text="i like cats").tip is None


def test_a_correction_of_grammar_goes_before_a_tip() -> None:
    decision = decide(a_view(grammar=grammar("plural", blocks=True), heard=heard(TH)))
    assert decision.directive.correction is not None
    assert decision.directive.tip is None


def test_the_hard_sounds_are_evidence_but_for_the_one_that_is_reviewed() -> None:
    kept = [(each.kind, each.item, each.correct) for each in sounds_observed(a_view(heard=heard()))]
    assert kept == [("sound", "sound:K", True), ("sound", "sound:TH", False)]
    reviewing = a_view(heard=heard(), conversation=asked(review="sound:TH"))
    assert [each.item for each in sounds_observed(reviewing)] == ["sound:K"]


@pytest.mark.parametrize(("correct", "remembered"), [(True, True), (False, False)])
def test_a_reviewed_sound_is_remembered_by_how_it_sounded(correct: bool, remembered: bool) -> None:
    sounds = (SoundHeard(sound="TH", score=0.5, correct=correct),)
    view = a_view("three", heard=heard(sounds=sounds), conversation=asked(review="sound:TH"))
    reviews = [each for each in decide(view).evidence if each.kind == "review"]
    assert [(each.item, each.correct) for each in reviews] == [("sound:TH", remembered)]


def test_what_was_not_heard_is_asked_for_again_and_costs_no_try() -> None:
    decision = decide(a_view("", unheard="too_noisy", verdict=None, language=None, intent=None))
    assert (decision.directive.act, decision.directive.unheard) == (Act.AGAIN, "too_noisy")
    assert decision.conversation.tries == 0
    assert decision.conversation.asked
    assert decision.directive.prompt is not None


SOUND_REVIEW = DueReview(
    item="sound:TH", word=None, ask=Line(en="Can you say 'three'?", vi="Nói 'three' nhé?"), model="three"
)


@pytest.mark.parametrize(("voice", "asked_for"), [(heard(), "sound:TH"), (None, "")])
def test_a_sound_is_only_reviewed_with_a_child_that_speaks(voice: PronunciationAnswer | None, asked_for: str) -> None:
    assert decide(a_view(heard=voice, due=(SOUND_REVIEW,))).conversation.review == asked_for


@pytest.mark.parametrize("status", ["ok", "no_speech", "too_noisy", "wrong_sentence", "too_long"])
def test_every_status_says_whether_it_was_heard(status: Any) -> None:
    assert unheard(heard(status=status)) == ("" if status == "ok" else status)


@pytest.fixture(scope="module")
def drilled() -> Lessons:
    return Lessons(load(CONTENT), HashedWords(), {"TH": ("three", "think", "bath")})


def test_what_may_be_said_depends_on_what_was_asked(drilled: Lessons) -> None:
    position = drilled.position({})
    assert position.step.model in candidates_for(Conversation(), position, drilled)
    assert "it is a cat" in candidates_for(asked(review="word:cat"), position, drilled)
    assert candidates_for(asked(review="sound:TH"), position, drilled) == ("three", "think", "bath")


def test_a_chosen_answer_is_judged_as_if_it_had_been_typed(drilled: Lessons) -> None:
    position = drilled.at("a1-u1-l1", "meet-robot")
    chosen = heard(chosen=0, text="It is a robot.")
    verdict = spoken_verdict(asked(), position, chosen, drilled)
    assert verdict is not None
    assert verdict.kind == "right"


def test_a_word_that_is_only_practised_is_no_answer_unless_it_is_one(drilled: Lessons) -> None:
    position, practising = drilled.at("a1-u1-l1", "meet-robot"), asked(practise="three")
    assert candidates_for(practising, position, drilled)[0] == "three"
    assert spoken_verdict(practising, position, heard(chosen=0, text="three"), drilled) is None
    answer = spoken_verdict(asked(practise="robot"), position, heard(chosen=0, text="robot"), drilled)
    assert answer is not None
    assert answer.kind == "right"


def test_a_sound_that_is_typed_is_no_right_answer(drilled: Lessons) -> None:
    verdict = verdict_of(asked(review="sound:TH"), at(0), "three", drilled)
    assert verdict is not None
    assert verdict.kind == "attempt"


def test_a_missed_sound_comes_back_for_practice_and_a_good_one_does_not(drilled: Lessons) -> None:
    def after(correct: bool) -> dict[str, Any]:
        sounds = (SoundHeard(sound="TH", score=0.3, correct=correct),)
        observed = stored(sounds_observed(a_view(heard=heard(sounds=sounds))))
        return drilled.fold({}, observed)

    later = NOW + timedelta(days=30)
    assert drilled.due(after(False), later, spoken=True)[0].item == "sound:TH"
    assert drilled.due(after(False), later) == []
    assert drilled.due_sounds(after(False), later) == ["sound:TH"]
    assert drilled.due_sounds(after(True), later) == []
    ask = drilled.due(after(False), later, spoken=True)[0].ask
    assert any(word in ask.en for word in ("three", "think", "bath"))


def stored(observed: Iterable[Evidence]) -> list[StoredEvidence]:
    """The evidence as the log holds it: with its time."""
    return [StoredEvidence(**each.model_dump(), id=1, turn_id="t", at=NOW) for each in observed]
