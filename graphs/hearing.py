"""Hears what a child recorded: how it was said and, where no words came with it, which expected answer it is."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from graphs.conversation import Conversation
from graphs.decide.sound import SOUND
from graphs.services import Tools
from infra.errors import CoachError
from infra.files import STORED
from lessons.expected import MAX_PHRASES, named
from lessons.ports import LessonService
from lessons.schemas import Position
from providers.directive import Unheard
from tools.schemas import PronunciationAnswer

_log = logging.getLogger(__name__)

PRONUNCIATION = "PRONUNCIATION_CHECKER_TOOL"
WORD = "word:"


async def heard(
    tools: Tools, recording: str, text: str, candidates: Sequence[str], targets: Sequence[str]
) -> Mapping[str, Any]:
    """`answer` (a PronunciationAnswer as plain data, None where there is none) and `unheard`: why nothing was
    understood, "" where it was, or where `text` says it anyway.
    """
    asked = {"text": text} if text else {"candidates": tuple(candidates)}
    try:
        outcome = await tools.run(PRONUNCIATION, {"audio_url": STORED + recording, "targets": tuple(targets), **asked})
    except CoachError as error:  # a file that is no recording, or is not there any more
        _log.info("a recording could not be heard: %s", error.code)
        return {"answer": None, "unheard": "" if text else "no_speech"}
    answer = outcome.answer
    if not isinstance(answer, PronunciationAnswer):
        return {"answer": None, "unheard": "" if text else "unavailable"}
    return {"answer": answer.model_dump(mode="json"), "unheard": "" if text else unheard(answer)}


def unheard(answer: PronunciationAnswer) -> Unheard:
    """Why an answer does not say what was said; "" where it does."""
    return "" if answer.status == "ok" else answer.status


def candidates_for(conversation: Conversation, position: Position, lessons: LessonService) -> Sequence[str]:
    """What the child may be saying: the word to practise, or what answers the review question, else the step's."""
    practised = (conversation.practise,) if conversation.practise else ()
    return tuple(dict.fromkeys((*practised, *_answers(conversation, position, lessons))))[:MAX_PHRASES]


def _answers(conversation: Conversation, position: Position, lessons: LessonService) -> Sequence[str]:
    if conversation.review.startswith(WORD):
        return named(conversation.review.removeprefix(WORD))
    if conversation.review.startswith(SOUND):
        return lessons.drill(conversation.review.removeprefix(SOUND))
    return lessons.expected(position)
