"""Decides what a turn says about what the learner knows."""

from collections.abc import Iterator

from graphs.decide.correction import error_edits
from graphs.decide.lesson import Move
from graphs.decide.sight import shown_words
from graphs.decide.sound import SOUND, sound_said, sounds_observed
from graphs.decide.view import TurnView
from learners.ports import Evidence, EvidenceKind
from providers.directive import Act

_HINTING = frozenset({Act.RETRY, Act.HELP, Act.WAIT, Act.EXPLAIN})


def observe(view: TurnView, act: Act, after: Move) -> tuple[Evidence, ...]:
    """The evidence of one turn, in a fixed order."""
    return (
        *_answer(view, act),
        *_words(view),
        *shown_words(view, act),
        *_errors(view),
        *sounds_observed(view),
        *_passage(view, act, after),
    )


def _step_item(view: TurnView) -> str:
    return f"step:{view.position.lesson.id}/{view.position.step.id}"


def _of_step(view: TurnView, kind: EvidenceKind, item: str, correct: bool | None = None) -> Evidence:
    return Evidence(
        kind=kind,
        item=item,
        lesson_id=view.position.lesson.id,
        step_id=view.position.step.id,
        correct=correct,
        hints=view.conversation.hints,
    )


def _answer(view: TurnView, act: Act) -> Iterator[Evidence]:
    if view.conversation.review:
        yield from _reviewed(view, act)
        return
    correct = {Act.CONFIRM: True, Act.RETRY: False}.get(act)
    if correct is None:
        return
    for item in (_step_item(view), *view.position.step.items):
        yield _of_step(view, "answer", item, correct)


def _reviewed(view: TurnView, act: Act) -> Iterator[Evidence]:
    if act in (Act.CONFIRM, Act.RETRY, Act.MOVE_ON, Act.CHAT):
        yield Evidence(kind="review", item=view.conversation.review, correct=_remembered(view))


def _remembered(view: TurnView) -> bool:
    """Whether the reviewed word was said, or the reviewed sound said well."""
    if view.conversation.review.startswith(SOUND):
        return sound_said(view, view.conversation.review)
    return view.verdict is not None and view.verdict.kind == "right"


def _words(view: TurnView) -> Iterator[Evidence]:
    for word in view.verdict.words if view.verdict is not None else ():
        yield _of_step(view, "word_used", f"word:{word}", True)


def _errors(view: TurnView) -> Iterator[Evidence]:
    for edit in error_edits(view):
        yield Evidence(
            kind="error",
            item=f"error:{edit.type}",
            lesson_id=view.position.lesson.id,
            step_id=view.position.step.id,
            correct=False,
            detail={"rule": edit.rule, "confidence": round(edit.confidence, 3)},
        )


def _passage(view: TurnView, act: Act, after: Move) -> Iterator[Evidence]:
    if act in _HINTING and after.hints > view.conversation.hints:
        yield _of_step(view, "hint", _step_item(view))
    is_elsewhere = view.themed is not None and after.position == view.themed
    if act in (Act.MOVE_ON, Act.CHAT) and not is_elsewhere and after.position.step.id != view.position.step.id:
        yield _of_step(view, "moved_on", _step_item(view))
    if after.position.lesson.id != view.position.lesson.id and act in (Act.CONFIRM, Act.MOVE_ON):
        yield Evidence(kind="lesson_done", item=f"lesson:{view.position.lesson.id}", lesson_id=view.position.lesson.id)
    if after.asked and not view.conversation.asked and after.position.index == 0:
        lesson_id = after.position.lesson.id
        yield Evidence(kind="lesson_started", item=f"lesson:{lesson_id}", lesson_id=lesson_id)
