"""Finds the lesson that suits what a child likes, for the opening of a session."""

from collections.abc import Mapping
from typing import Any

from graphs.decide import TurnView
from graphs.decide.interest import LIKED, Suits
from graphs.services import Tools
from lessons.ports import LessonService
from lessons.progress import lesson_closed
from lessons.schemas import Lesson
from tools.profile.schemas import ProfileMatchAnswer, Suited

MATCHING = "PROFILE_MATCHING_TOOL"
_REASON = "likes "


async def suits(tools: Tools, view: TurnView, lessons: LessonService, progress: Mapping[str, Any]) -> Suits | None:
    """A lesson about something the child likes: the one where it stands, else the best that is not done; None for none,
    and without a look at what is remembered, which is there at the start of a session.
    """
    likes = [memory.value for memory in view.highlights if memory.value and memory.subject_key.startswith(LIKED)]
    if not likes:  # at every turn but the first of a session
        return None
    left = [lesson for lesson in lessons.lessons() if not lesson_closed(progress, lesson.id)]
    if not left:
        return None
    answer = (await tools.run(MATCHING, {"likes": likes, "candidates": [_candidate(one) for one in left]})).answer
    matches = answer.matches if isinstance(answer, ProfileMatchAnswer) else ()
    now = view.position.lesson.id
    best = next((match for match in matches if match.id == now), next(iter(matches), None))
    if best is None:
        return None
    begins = view.position if best.id == now else lessons.at(best.id, "")
    return Suits(like=_like(best), position=begins, following=lessons.after(begins, progress))


def _candidate(lesson: Lesson) -> dict[str, Any]:
    words = [word.en for word in lesson.words]
    return {"id": lesson.id, "kind": "lesson", "title": lesson.title.en, "words": [*words, lesson.topic.en]}


def _like(match: Suited) -> str:
    return next(reason.removeprefix(_REASON) for reason in match.reasons if reason.startswith(_REASON))
