import pytest

from graphs.conversation import Talk
from graphs.decide import decide
from graphs.decide.lesson import move
from lessons.schemas import DueReview, Line, Word
from providers.directive import Act
from tests.graphs.views import OTHER, a_view, asked, at, grammar, intent, verdict, wrong

DUE = DueReview(
    item="word:dog",
    word=Word(en="dog", vi="con chó", picture="dog"),
    ask=Line(en="What is 'con chó' in English?", vi="Con chó tiếng Anh là gì?"),
    model="dog",
)


@pytest.mark.parametrize(
    ("act", "step", "prompt"),
    [
        (Act.CONFIRM, "s2", "Question s2?"),
        (Act.RETRY, "s1", "Small question s1?"),
        (Act.MOVE_ON, "s2", "Question s2?"),
        (Act.HELP, "s1", "Small question s1?"),
        (Act.CHAT, "s1", "Small question s1?"),
        (Act.MEANING, "s1", "Small question s1?"),
        (Act.TRANSLATE, "s1", None),
        (Act.REPEAT, "s1", None),
        (Act.EASE, "s1", None),
        (Act.SAFEGUARD, "s1", None),
        (Act.COMFORT, "s1", None),
        (Act.FAREWELL, "s1", None),
    ],
)
def test_where_the_lesson_goes(act: Act, step: str, prompt: str | None) -> None:
    after = move(a_view(), act)
    assert after.position.step.id == step
    assert (after.prompt.en if after.prompt is not None else None) == prompt


def test_hints_grow_and_stay_at_the_largest() -> None:
    hints = [move(a_view(conversation=asked(hints=given)), Act.HELP).hint for given in range(4)]
    assert [hint.en for hint in hints if hint is not None] == [
        "Hint one for s1.",
        "Hint two for s1.",
        "Hint three for s1.",
        "Hint three for s1.",
    ]


def test_another_topic_starts_its_lesson() -> None:
    after = move(a_view(wanted=at(0, OTHER)), Act.CHANGE_TOPIC)
    assert (after.position.lesson.id, after.asked) == ("l2", True)


def test_one_due_review_is_woven_in_between_two_steps() -> None:
    decision = decide(a_view(due=(DUE,)))
    assert decision.directive.prompt is not None
    assert decision.directive.prompt.en == DUE.ask.en
    assert (decision.conversation.step_id, decision.conversation.review) == ("s2", "word:dog")
    again = decide(a_view(due=(DUE,), conversation=decision.conversation, position=at(1), following=at(2)))
    assert again.conversation.review == ""
    assert [evidence.item for evidence in again.evidence if evidence.kind == "review"] == ["word:dog"]


def test_a_word_of_the_lesson_itself_is_not_reviewed() -> None:
    own = DUE.model_copy(update={"item": "word:cat"})
    assert decide(a_view(due=(own,))).conversation.review == ""


def test_a_right_answer_is_evidence_for_each_item_of_the_step() -> None:
    evidence = decide(a_view()).evidence
    answers = [(row.item, row.correct) for row in evidence if row.kind == "answer"]
    assert answers == [("step:l1/s1", True), ("word:cat", True), ("pattern:i-like", True)]


def test_a_wrong_answer_is_evidence_against_and_costs_a_hint() -> None:
    decision = decide(a_view(verdict=wrong(), intent=intent("answer")))
    assert {row.correct for row in decision.evidence if row.kind == "answer"} == {False}
    assert [row.kind for row in decision.evidence if row.kind == "hint"] == ["hint"]
    assert (decision.conversation.tries, decision.conversation.hints) == (1, 1)


def test_errors_are_logged_even_when_they_are_not_corrected() -> None:
    decision = decide(a_view(grammar=grammar("tense"), conversation=asked(corrections_running=1)))
    assert decision.directive.correction is None
    assert [row.item for row in decision.evidence if row.kind == "error"] == ["error:tense"]


def test_evidence_never_holds_the_childs_sentence() -> None:
    decision = decide(a_view("my secret is i like cat", grammar=grammar("tense"), verdict=wrong()))
    assert "secret" not in str(decision.evidence)


def test_finishing_the_last_step_is_the_lessons_end() -> None:
    decision = decide(a_view(position=at(5), following=at(0, OTHER)))
    assert [(row.kind, row.lesson_id) for row in decision.evidence if row.kind.startswith("lesson")] == [
        ("lesson_done", "l1"),
    ]


def test_three_failures_say_it_together_and_move_on() -> None:
    view = a_view("blue", verdict=verdict("attempt"), conversation=asked(tries=2, hints=2))
    decision = decide(view)
    assert decision.directive.act is Act.MOVE_ON
    assert decision.directive.model == "I like cats."
    assert decision.conversation.step_id == "s2"


def test_a_child_who_tells_stories_instead_is_not_held_at_a_question() -> None:
    followed = asked(tries=2, talk=Talk(kind="did", turns=2))
    decision = decide(a_view("we went to the sea last week", verdict=verdict("attempt"), conversation=followed))
    assert decision.directive.act is Act.CHAT
    assert decision.conversation.step_id == "s2"
    assert [row.item for row in decision.evidence if row.kind == "moved_on"] == ["step:l1/s1"]
