"""What a finished turn shows to front ends: plain JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphs.conversation import Conversation
from graphs.gather import conversation_of
from graphs.state import last_human
from lessons.ports import LessonService
from providers.ports import Sentence


def outcome_of(
    state: Mapping[str, Any], spoken: Sequence[Sentence], lessons: LessonService, *, is_cut: bool = False
) -> dict[str, Any]:
    """`reply` in sentences, the Directive behind it, the correction, the lesson's progress, what each tool answered.

    `interrupted`: the reply ended early; what is in it was said. `heard`: how a recording sounded (a
    PronunciationAnswer), None where there was none.
    """
    directive = state["decision"]["directive"]
    safety = state["screened"]["safety"]
    sentences = [{"text": sentence["text"], "vi": sentence["vi"]} for sentence in spoken]
    return {
        "turn_id": str(last_human(state["messages"]).id),
        "reply": " ".join(sentence["text"] for sentence in sentences),
        "reply_vi": " ".join(sentence["vi"] for sentence in sentences if sentence["vi"]),
        "sentences": sentences,
        "interrupted": is_cut,
        "provider": spoken[-1]["provider"] if spoken else "",
        "directive": directive,
        "corrections": [directive["correction"]] if directive["correction"] else [],
        "card": directive["card"],
        "heard": (state.get("heard") or {}).get("answer"),
        "lesson": lesson_of(Conversation.model_validate(state["decision"]["conversation"]), lessons),
        "safety": safety["label"] if safety else "safe",
        "tools": {"safety": safety, **(state.get("reading") or {})},
        "context": conversation_of(state).previous.en,
    }


def lesson_of(conversation: Conversation, lessons: LessonService) -> dict[str, Any]:
    """Where the lesson stands, as a progress bar shows it."""
    position = lessons.at(conversation.lesson_id, conversation.step_id)
    lesson = position.lesson
    return {
        "id": lesson.id,
        "title": lesson.title.model_dump(),
        "step": position.step.id,
        "index": position.index,
        "total": len(lesson.steps),
    }
