"""Sums up what a learner said in a session: for the parents or the child on request, and one line for the goodbye."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from langchain_core.messages import AnyMessage
from pydantic import BaseModel, ConfigDict

from graphs.conversation import SESSION_GAP
from graphs.services import Tools
from infra.scope import Scope
from learners.ports import LearnerService, TranscriptLine
from tools.failures import failure_of
from tools.summary.schemas import SummaryAnswer, SummaryLanguage, SummarySentence, Topic

SUMMARY = "CONVERSATION_SUMMARY_TOOL"
TURN_CHARACTERS = 2000  # of a turn that are read
READ_TURNS = 200  # newest turns that are looked through for sessions
MOST_SESSIONS = 10
LOOKED_BACK = 8  # newest messages of the child that a goodbye looks through: 10 ms of CPU each
WELL_SAID_WORDS = 8  # a longer sentence is not said back at a goodbye

AtHome = Literal["parent", "child"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GroundedSentence(_Part):
    """One sentence of a summary, and the turns of the transcript that it stands on."""

    topic: Topic
    text: str
    turn_ids: tuple[str, ...]


class SessionSummary(_Part):
    """One session: when, how many turns, and its summary in sentences; what may be read at home."""

    began: datetime
    ended: datetime
    turns: int
    text: str
    sentences: tuple[GroundedSentence, ...]


async def summaries(
    learners: LearnerService,
    tools: Tools,
    scope: Scope,
    *,
    audience: AtHome,
    language: SummaryLanguage,
    limit: int,
) -> list[SessionSummary]:
    """The last `limit` sessions, newest first, summed up from the transcript. Raises what kept the tool from it."""
    profile, lines = await learners.profile(scope), await learners.transcript(scope, limit=READ_TURNS)
    found = []
    for session in sessions_of(lines)[::-1][:limit]:
        asked = {"turns": _turns(session), "audience": audience, "language": language, "name": _name(profile.name)}
        outcome = await tools.run(SUMMARY, asked)
        if not isinstance(outcome.answer, SummaryAnswer):
            raise failure_of(outcome)
        found.append(_summary(session, outcome.answer))
    return found


def _summary(session: Sequence[TranscriptLine], written: SummaryAnswer) -> SessionSummary:
    return SessionSummary(
        began=session[0].at,
        ended=session[-1].at,
        turns=len(session),
        text=written.text,
        sentences=tuple(_grounded(session, sentence) for sentence in written.sentences),
    )


def _grounded(session: Sequence[TranscriptLine], sentence: SummarySentence) -> GroundedSentence:
    lines = dict.fromkeys(session[number // 2].turn_id for number in sentence.turns)  # two turns a line
    return GroundedSentence(topic=sentence.topic, text=sentence.text, turn_ids=tuple(lines))


def sessions_of(lines: Sequence[TranscriptLine]) -> list[list[TranscriptLine]]:
    """The lines, oldest first, by session: a long silence begins a new one, whatever the thread."""
    sessions: list[list[TranscriptLine]] = []
    for line in lines:
        if not sessions or line.at - sessions[-1][-1].at >= SESSION_GAP:
            sessions.append([])
        sessions[-1].append(line)
    return sessions


async def well_said(tools: Tools, messages: Sequence[AnyMessage], session_turns: int) -> str:
    """A short sentence that the child said well in this session, in its own words; "" where there is none.

    The newest message is the goodbye itself.
    """
    said = [message.text for message in messages if message.type == "human"][:-1]
    recent = said[-min(session_turns, LOOKED_BACK) :] if session_turns else []
    turns = [{"text": text} for text in recent]
    answer = (
        (await tools.run(SUMMARY, {"turns": turns, "audience": "child", "language": "en"})).answer if turns else None
    )
    praised = answer.sentences if isinstance(answer, SummaryAnswer) else ()
    quotes = [recent[sentence.turns[0]].strip() for sentence in praised if sentence.topic == "went_well"]
    return next((quote for quote in quotes if len(quote.split()) <= WELL_SAID_WORDS), "")


def _turns(session: Sequence[TranscriptLine]) -> list[dict[str, Any]]:
    """What was said and what was answered: an answer of one word means something behind its question only."""
    said = [
        (line, speaker, text) for line in session for speaker, text in (("learner", line.said), ("coach", line.replied))
    ]
    return [{"speaker": speaker, "text": text[:TURN_CHARACTERS], "at": line.at} for line, speaker, text in said]


def _name(name: str) -> str:
    """The child's name where it can stand in a sentence."""
    return name if len(name) <= 40 and not set(name) & set("<>{}\n") else ""
