"""Decides whether a turn corrects, what, and by which means."""

import re
from collections.abc import Sequence

from graphs.decide.care import is_sorrowful
from graphs.decide.view import TurnView
from lessons.tokens import tokenise
from providers.directive import Act, Bilingual, Correction, Means
from tools.schemas import Edit

MIN_CONFIDENCE = 0.7
MAX_RUNNING = 2  # never correct more turns than this in a row
_LESSON_WRONG_CONFIDENCE = 0.95
_CORRECTING_ACTS = frozenset(
    {Act.CONFIRM, Act.RETRY, Act.MOVE_ON, Act.CHAT, Act.GREET, Act.IDENTITY, Act.RECALL, Act.REDIRECT, Act.CHECK_IN}
)
_PRESENT = frozenset({"third_person_s"})
_FILLERS = re.compile(
    r"^((ok|okay|um+|uh+|yes|yeah|yep|no|well|so|haha|hi|hello|hey|oh|pika|robot)\b[\s,.!]*)+(?=\S)", re.I
)
_NO_APOSTROPHE = re.compile(r"\b(do|does|did|is|are|was|were|ca|wo)nt\b", re.I)
_LONE_I = re.compile(r"\bi\b(?=$|[\s',.!?])")


def error_edits(view: TurnView) -> Sequence[Edit]:
    """The errors that are sure enough to act on or to log."""
    if view.grammar is None:
        return ()
    return tuple(edit for edit in view.grammar.edits if edit.confidence >= MIN_CONFIDENCE)


def choose_correction(view: TurnView, act: Act) -> Correction | None:
    """The one correction of this turn, or None.

    By default one in two error turns for A1 and two in three for A2; errors that block meaning or are
    today's target go first and are not thinned out; nothing while the child is sad or has just been
    corrected twice (recasts cost the conversation less than prompts: Lyster & Saito 2010).
    """
    if act not in _CORRECTING_ACTS or is_sorrowful(view) or view.conversation.corrections_running >= MAX_RUNNING:
        return None
    if act is Act.RETRY and view.verdict is not None and view.verdict.wrong is not None:
        return _from_lesson(view)
    edits = () if _told_as_past(view) or _begins_in_vietnamese(view) else error_edits(view)
    if not edits:
        return None
    chosen = max(edits, key=lambda edit: _priority(view, edit))
    if not _is_priority(view, chosen) and not _is_turn_for_one(view):
        return None
    return _from_edit(view, chosen)


def _told_as_past(view: TurnView) -> bool:
    """Whether the child's clause is said back in the past, where its story is: "buys" would be no help then."""
    if view.told is None or "**" not in view.told.flip:
        return False
    return all(edit.type in _PRESENT for edit in error_edits(view))


def _begins_in_vietnamese(view: TurnView) -> bool:
    """ "con và Lan play together": a verb that agrees with Vietnamese words is no error of English."""
    language = view.language
    return language is not None and language.language == "mixed" and [t.language for t in language.tokens[:1]] == ["vi"]


def _is_turn_for_one(view: TurnView) -> bool:
    """Spacing: A1 lets one error turn pass after each correction, A2 corrects two and lets one pass."""
    most_running = 1 if view.profile.level == "A1" else MAX_RUNNING
    return view.conversation.corrections_running < most_running


def _is_priority(view: TurnView, edit: Edit) -> bool:
    return edit.blocks_meaning or edit.type in view.position.lesson.targets


def _priority(view: TurnView, edit: Edit) -> tuple[bool, bool, float, int]:
    return edit.blocks_meaning, edit.type in view.position.lesson.targets, edit.confidence, -edit.start


def _from_lesson(view: TurnView) -> Correction:
    assert view.verdict is not None
    assert view.verdict.wrong is not None
    wrong = view.verdict.wrong
    return Correction(
        wrong=wrong.match,
        right=wrong.right,
        recast=polished(wrong.right),
        type="lesson",
        rule=f"{view.position.lesson.id}/{view.position.step.id}",
        means=Means.EXPLAIN if wrong.vi else Means.RECAST,
        explanation=Bilingual(vi=wrong.vi),
        confidence=_LESSON_WRONG_CONFIDENCE,
    )


def _from_edit(view: TurnView, edit: Edit) -> Correction:
    assert view.grammar is not None
    explanation = _explanation(view, edit)
    return Correction(
        wrong=edit.wrong,
        right=edit.right,
        recast=polished(view.grammar.corrected),
        type=edit.type,
        rule=edit.rule,
        means=_means(view, edit, explanation),
        explanation=explanation,
        confidence=edit.confidence,
    )


def _explanation(view: TurnView, edit: Edit) -> Bilingual:
    """Why, in the hint language: Vietnamese at A1, English with Vietnamese beside it from A2 on."""
    return Bilingual(en="" if view.profile.level == "A1" else edit.explanation_en, vi=edit.explanation_vi)


def _means(view: TurnView, edit: Edit, explanation: Bilingual) -> Means:
    """A recast; today's target also gets a short reason, and from A2 on a choice to repair it when it was missed."""
    if edit.type not in view.position.lesson.targets:
        return Means.RECAST
    if view.conversation.tries > 0 and view.profile.level == "A2" and len(error_edits(view)) == 1:
        return Means.PROMPT
    return Means.EXPLAIN if explanation.vi else Means.RECAST


def polished(text: str) -> str:
    """A transcript as a sentence to be quoted: no leading filler, "I" and the first letter as capitals, a full stop."""
    sentence = _LONE_I.sub("I", _FILLERS.sub("", text.strip())).strip()
    sentence = _NO_APOSTROPHE.sub(lambda found: f"{found[1]}n't", sentence)
    if not sentence:
        return ""
    sentence = sentence[0].upper() + sentence[1:]
    return sentence if sentence[-1] in ".!?" else f"{sentence}."


def repaired(view: TurnView) -> bool:
    """Whether the child has just said the sentence right that the last reply corrected."""
    recast = view.conversation.recast
    return bool(recast) and _levelled(view.text) == _levelled(recast)


def _levelled(text: str) -> list[str]:
    return [token.text for token in tokenise(text)]


def paced(view: TurnView, corrected: bool) -> dict[str, int]:
    """The counters that space corrections, after this turn."""
    had_error = bool(error_edits(view)) or (view.verdict is not None and view.verdict.kind == "wrong")
    if corrected:
        return {"corrections_running": view.conversation.corrections_running + 1, "error_turns_uncorrected": 0}
    passed = view.conversation.error_turns_uncorrected + (1 if had_error else 0)
    return {"corrections_running": 0, "error_turns_uncorrected": passed}
