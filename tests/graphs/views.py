"""Views for table tests: a small lesson and one turn, changed where a test says so."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from graphs.conversation import Conversation
from graphs.decide import TurnView
from learners.ports import Profile
from lessons.schemas import Lesson, Line, Position, Step, Verdict, Word, Wrong
from tools.schemas import (
    Edit,
    GrammarAnswer,
    IntentAnswer,
    IntentLabel,
    LanguageAnswer,
    LanguageLabel,
    MoodAnswer,
    MoodLabel,
    SafetyAnswer,
    SafetyLabel,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def a_step(name: str, **changes: Any) -> Step:
    hints = tuple(Line(en=f"Hint {size} for {name}.", vi=f"Gợi ý {size}.") for size in ("one", "two", "three"))
    values: dict[str, Any] = {
        "id": name,
        "kind": "practice",
        "ask": Line(en=f"Question {name}?", vi=f"Câu hỏi {name}?"),
        "smaller": Line(en=f"Small question {name}?", vi=f"Câu hỏi nhỏ {name}?"),
        "hints": hints,
        "model": "I like cats.",
        "items": ("word:cat", "pattern:i-like"),
    }
    return Step(**{**values, **changes})


def a_lesson(name: str = "l1", **changes: Any) -> Lesson:
    values: dict[str, Any] = {
        "id": name,
        "unit": "u1",
        "order": 1,
        "level": "A1",
        "title": Line(en=f"Lesson {name}", vi=f"Bài {name}"),
        "topic": Line(en="animals", vi="con vật"),
        "objective": Line(en="Talk about animals.", vi="Nói về con vật."),
        "words": (Word(en="cat", vi="con mèo", picture="cat"),),
        "patterns": ("I like",),
        "targets": ("plural",),
        "steps": tuple(a_step(f"s{number}") for number in range(1, 7)),
    }
    return Lesson(**{**values, **changes})


LESSON = a_lesson()
OTHER = a_lesson("l2")


def at(index: int, lesson: Lesson = LESSON) -> Position:
    return Position(lesson=lesson, step=lesson.steps[index], index=index)


def a_view(text: str = "i like cats", **changes: Any) -> TurnView:
    """A turn in the middle of a lesson whose question was asked, with every tool calm."""
    view = TurnView(
        text=text,
        now=NOW,
        profile=Profile(name="Linh", age=9, turns=3),
        conversation=asked(),
        position=at(0),
        following=at(1),
        safety=safety("safe"),
        language=language("en"),
        grammar=GrammarAnswer(corrected=text, confidence=0.9),
        intent=intent("answer"),
        mood=mood("neutral"),
        verdict=Verdict(kind="right", matched="i like cats", words=("cat",), confidence=0.9),
    )
    return replace(view, **changes)


def asked(**changes: Any) -> Conversation:
    """A session in its third turn, its question open."""
    values: dict[str, Any] = {
        "lesson_id": "l1",
        "step_id": "s1",
        "asked": True,
        "started_at": NOW,
        "last_at": NOW,
        "turns": 3,
        "session_turns": 3,
    }
    return Conversation(**{**values, **changes})


def safety(label: SafetyLabel) -> SafetyAnswer:
    return SafetyAnswer(label=label, redacted="", confidence=0.95)


def language(label: LanguageLabel) -> LanguageAnswer:
    return LanguageAnswer(language=label, tokens=(), diacritics=True, confidence=0.95)


def intent(label: IntentLabel, **slots: Any) -> IntentAnswer:
    return IntentAnswer(intent=label, confidence=0.9, **slots)


def mood(label: MoodLabel, confidence: float = 0.9) -> MoodAnswer:
    return MoodAnswer(mood=label, confidence=confidence)


def verdict(kind: Any, **more: Any) -> Verdict:
    return Verdict(kind=kind, confidence=0.9, **more)


def wrong(right: str = "I like cats.", vi: str = "Thêm s nhé.") -> Verdict:
    return verdict("wrong", wrong=Wrong(match="i like cat", right=right, vi=vi))


def grammar(
    *types: str, blocks: bool = False, confidence: float = 0.9, corrected: str = "i like cats"
) -> GrammarAnswer:
    edits = tuple(
        Edit(
            start=index,
            end=index + 3,
            wrong="cat",
            right="cats",
            type=kind,
            rule=f"{kind}-1",
            confidence=confidence,
            blocks_meaning=blocks,
            explanation_en="Two or more: add s.",
            explanation_vi="Nhiều hơn một thì thêm s.",
        )
        for index, kind in enumerate(types)
    )
    return GrammarAnswer(corrected=corrected, edits=edits, confidence=0.9)
