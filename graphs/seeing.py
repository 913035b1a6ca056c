"""Sees what a child shows: the picture held against what the lesson asks for and against what was shown before."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from graphs.conversation import Conversation
from graphs.decide.sight import sight_of, words_asked
from graphs.services import Tools
from infra.errors import CoachError
from infra.files import STORED
from lessons.ports import LessonService
from lessons.schemas import Position
from providers.directive import Sight
from tools.image.schemas import ImageMatchAnswer
from tools.image.vocabulary import vocabulary

_log = logging.getLogger(__name__)

MATCHING = "IMAGE_MATCHING_TOOL"


async def seen(tools: Tools, picture: str, asked: Sequence[str], known: Sequence[str]) -> Mapping[str, Any]:
    """`answer`: an ImageMatchAnswer as plain data, None where the picture could not be seen."""
    request = {"image_url": STORED + picture, "word": "".join(asked[:1]), "known": tuple(known)}
    try:
        answer = (await tools.run(MATCHING, request)).answer
    except CoachError as error:  # a file that is no picture, or is not there any more
        _log.info("a picture could not be seen: %s", error.code)
        answer = None
    return {"answer": None if answer is None else answer.model_dump(mode="json")}


def sight_in(
    shown: Mapping[str, Any], said: str, conversation: Conversation, position: Position, lessons: LessonService
) -> tuple[Sight | None, str]:
    """What Pika makes of the picture, and its fingerprint; None and "" where none was shown."""
    if not shown:
        return None, ""
    answer = None if shown["answer"] is None else ImageMatchAnswer.model_validate(shown["answer"])
    sight = sight_of(answer, words_asked(conversation, position), said)
    return _in_known_words(sight, lessons), answer.fingerprint if answer is not None else ""


def _in_known_words(sight: Sight, lessons: LessonService) -> Sight:
    """The sight with its Vietnamese. A model may see what no list of ours names: that Pika does not repeat."""
    entry = lessons.gloss(sight.word) if sight.word else None
    if sight.kind == "seen" and entry is None and sight.word not in vocabulary().index:
        return Sight(kind="unsure")
    return sight if entry is None else sight.model_copy(update={"vi": entry.vi})
