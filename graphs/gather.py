"""Gathers what the parallel nodes found into the view that a decision is made from."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from pydantic import BaseModel

from graphs.conversation import Conversation
from graphs.decide import TurnView
from graphs.decide.asked import asked_of, means_check, opposite_of
from graphs.decide.sound import SOUND
from graphs.decide.told import Reading, read_told
from graphs.hearing import WORD
from graphs.seeing import sight_in
from learners.ports import Profile
from lessons.ports import Entry, LessonService
from lessons.schemas import DueReview, Position, Verdict
from memory.ports import Memory, Remembered
from providers.directive import Bilingual
from tools.schemas import (
    GrammarAnswer,
    IntentAnswer,
    LanguageAnswer,
    MoodAnswer,
    PronunciationAnswer,
    SafetyAnswer,
)

PartT = TypeVar("PartT", bound=BaseModel)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"[a-z]{3,}")
_EASY = frozenset({"day", "word", "time", "thing", "friend", "name"})
_ASKING = re.compile(r"(?: (?:nói|gọi|đọc|viết|dịch|thì|là|noi|goi))+$", re.I)
_EITHER = frozenset({"yes", "yeah", "ok", "okay", "hi", "hello", "hey", "no", "bye", "oh", "wow", "haha", "pika"})
MAX_HARD_WORDS = 3


def view_of(
    state: Mapping[str, Any],
    vietnamese_help: bool,
    lessons: LessonService,
    now: datetime,
    wanted: Position | None = None,
) -> TurnView:
    """The view of one turn; pure but for reading lesson content.

    `vietnamese_help` is the page's switch, `wanted` the lesson that was found for a topic the child asked for.
    """
    profile, progress = Profile.model_validate(state["learner"]["profile"]), state["learner"]["progress"]
    profile = profile.model_copy(update={"vietnamese_help": profile.vietnamese_help or vietnamese_help})
    screened, reading = state.get("screened") or {}, state.get("reading") or {}
    recalled, placed, heard = state.get("recalled") or {}, state.get("placed") or {}, state.get("heard") or {}
    conversation = conversation_of(state).opened(now)
    position = position_of(conversation, progress, lessons)
    language = _part(LanguageAnswer, reading.get("language"))
    text = str(screened["text"])
    pronounced = _pronounced(heard, language)
    if pronounced is not None and pronounced.chosen is not None:
        reading, language = {}, None  # of a text that was not there yet
    intent = _with_clean_term(_part(IntentAnswer, reading.get("intent")))
    verdict = _part(Verdict, placed.get("verdict"))
    if pronounced is not None and (pronounced.chosen is not None or conversation.review.startswith(SOUND)):
        verdict = spoken_verdict(conversation, position, pronounced, lessons)
    english = _english(text, language, intent, lessons)
    grammar = _part(GrammarAnswer, reading.get("grammar"))
    checked, checks = _checked(text, lessons)
    told = _told(
        text, language, grammar, english, intent, lessons, in_past=conversation.talk.past, own_name=profile.name
    )
    sight, fingerprint = sight_in(state.get("shown") or {}, text, conversation, position, lessons)
    view = TurnView(
        text=text,
        now=now,
        profile=profile,
        conversation=conversation,
        position=position,
        following=lessons.after(position, progress),
        safety=_part(SafetyAnswer, screened.get("safety")),
        language=language,
        grammar=grammar,
        intent=intent,
        mood=_part(MoodAnswer, reading.get("mood")),
        sight=sight,
        fingerprint=fingerprint,
        heard=pronounced,
        unheard=heard.get("unheard", ""),
        verdict=verdict,
        wanted=wanted,
        due=tuple(DueReview.model_validate(due) for due in placed.get("due", ())),
        remembered=_part(Remembered, recalled.get("remembered")),
        highlights=tuple(Memory.model_validate(memory) for memory in recalled.get("highlights", ())),
        memories=tuple(Memory.model_validate(memory) for memory in recalled.get("memories", ())),
        learned=lessons.learned(progress, conversation.started_at or now),
        gloss=_gloss(intent, lessons),
        gloss_line=_gloss_line(intent, lessons),
        english=english,
        told=told,
        themed=_themed(told, position, lessons),
        vietnamese=_in_vietnamese(conversation.previous, lessons),
        checked=checked,
        checks=checks,
        opposite=lessons.opposite(opposite_of(text)),
        seed=zlib.crc32(f"{conversation.started_at}{conversation.turns}".encode()),
    )
    return replace(view, asked=asked_of(view))


def conversation_of(state: Mapping[str, Any]) -> Conversation:
    """The thread's own memory; a new one for a new thread."""
    stored = state.get("conversation")
    return Conversation.model_validate(stored) if stored else Conversation()


def position_of(conversation: Conversation, progress: Mapping[str, Any], lessons: LessonService) -> Position:
    """The step the conversation stands at; a new one starts where the learner's progress is."""
    if not conversation.lesson_id:
        return lessons.position(progress)
    return lessons.at(conversation.lesson_id, conversation.step_id)


def verdict_of(conversation: Conversation, position: Position, text: str, lessons: LessonService) -> Verdict | None:
    """How `text` stands to the question that was asked; None when none is open."""
    if not conversation.asked:
        return None
    if conversation.review.startswith(WORD):
        return _review_verdict(conversation.review.removeprefix(WORD), text)
    if conversation.review.startswith(SOUND):  # typed: it cannot be heard
        return Verdict(kind="attempt" if text else "none", confidence=0.9)
    return lessons.judge(position, text)


def spoken_verdict(
    conversation: Conversation, position: Position, heard: PronunciationAnswer, lessons: LessonService
) -> Verdict | None:
    """How what was heard stands to the question; None where none is open, and where a word was only practised."""
    if conversation.asked and conversation.review.startswith(SOUND):
        return Verdict(kind="right", matched=heard.text, confidence=heard.confidence)  # said; how, the evidence tells
    verdict = verdict_of(conversation, position, heard.text, lessons)
    is_practice = heard.text == conversation.practise and (verdict is None or verdict.kind != "right")
    return None if is_practice else verdict


def _pronounced(heard: Mapping[str, Any], language: LanguageAnswer | None) -> PronunciationAnswer | None:
    """How the child's English sounded; None for what was not English."""
    answer = _part(PronunciationAnswer, heard.get("answer"))
    if answer is None or answer.status != "ok":
        return None
    spoke_english = answer.chosen is not None or language is None or language.language == "en"
    return answer if spoke_english else None


def _review_verdict(word: str, text: str) -> Verdict:
    spoken = {token.strip(".,!?\"'") for token in text.lower().split()}
    used = all(part in spoken or f"{part}s" in spoken for part in word.lower().split())
    return Verdict(
        kind="right" if used else "attempt", matched=word if used else "", words=(word,) if used else (), confidence=0.9
    )


def _in_vietnamese(line: Bilingual, lessons: LessonService) -> str:
    """What the coach's line means: its own Vietnamese, else sentence by sentence; and its harder words."""
    sentences = [sentence for sentence in _SENTENCE_END.split(line.en.replace("*", "")) if sentence]
    translated = [lessons.to_vietnamese(sentence) for sentence in sentences]
    meaning = " ".join(translated) if sentences and all(translated) else line.vi
    words = _hard_words(line.en, meaning, lessons)
    return f"{meaning} ({', '.join(words)})" if words else meaning


def _hard_words(english: str, meaning: str, lessons: LessonService) -> list[str]:
    """At most `MAX_HARD_WORDS` nouns of the line whose Vietnamese the meaning does not hold already."""
    entries = (lessons.gloss(word) for word in dict.fromkeys(_WORD.findall(english.lower())))
    nouns = [entry for entry in entries if entry is not None and entry.pos == "n" and entry.en not in _EASY]
    return [f"{noun.en}: {noun.vi}" for noun in nouns if noun.vi.lower() not in meaning.lower()][:MAX_HARD_WORDS]


def _part(kind: type[PartT], stored: Any) -> PartT | None:
    return None if stored is None else kind.model_validate(stored)


def _gloss(intent: IntentAnswer | None, lessons: LessonService) -> Entry | None:
    return lessons.gloss(intent.term) if intent is not None and intent.term else None


def _gloss_line(intent: IntentAnswer | None, lessons: LessonService) -> str:
    """A whole line asked about: its meaning for ask_meaning, its English for ask_translation."""
    if intent is None or not intent.term:
        return ""
    if intent.intent == "ask_translation":
        return lessons.to_english(intent.term) or lessons.to_vietnamese(intent.term)
    return lessons.to_vietnamese(intent.term)


def _with_clean_term(intent: IntentAnswer | None) -> IntentAnswer | None:
    """ "cầu trượt nói [tiếng Anh là gì]": the verb of asking is no part of what is asked about."""
    if intent is None or not intent.term:
        return intent
    return intent.model_copy(update={"term": _ASKING.sub("", intent.term).strip() or intent.term})


def _themed(told: Reading | None, position: Position, lessons: LessonService) -> Position | None:
    """The first step of the lesson about what the child told; None where that is the open lesson, or none fits."""
    theme = told.kind.theme if told is not None else ""
    lesson = next((lesson for lesson in lessons.lessons() if theme and theme in lesson.topic.en), None)
    return None if lesson is None or lesson.id == position.lesson.id else lessons.at(lesson.id, lesson.steps[0].id)


def _checked(text: str, lessons: LessonService) -> tuple[Entry | None, bool | None]:
    """The word whose meaning the child wants confirmed, and whether the meaning is right; None where it asks no such
    thing, or the word is not known."""
    word, meaning = means_check(text)
    checks = lessons.means(word, meaning) if word else None
    return (None, None) if checks is None else (lessons.gloss(word), checks)


def _told(
    text: str,
    language: LanguageAnswer | None,
    grammar: GrammarAnswer | None,
    english: str,
    intent: IntentAnswer | None,
    lessons: LessonService,
    *,
    in_past: bool,
    own_name: str,
) -> Reading | None:
    """What the child tells: of English the line without its errors, of Vietnamese its English where that is known."""
    spoken = language.language if language is not None else "en"
    right = english if spoken in ("vi", "mixed") else (grammar.corrected if grammar is not None else text)
    said = "" if language is None or spoken == "en" else (language.restored or text)
    names = (*(intent.names if intent is not None else ()), own_name)
    return read_told(right or (text if spoken == "mixed" else ""), said, lessons.gloss, names, in_past=in_past)


def _english(text: str, language: LanguageAnswer | None, intent: IntentAnswer | None, lessons: LessonService) -> str:
    """What the child said in Vietnamese, in English: the whole of it, or its Vietnamese part without names."""
    if language is None or language.language not in ("vi", "mixed"):
        return ""
    if any(token.language == "en" and token.text.lower().strip(",.!?") not in _EITHER for token in language.tokens):
        return ""  # half a sentence in English would be a wrong one
    names = {part.casefold() for name in (intent.names if intent is not None else ()) for part in name.split()}
    vietnamese = (token.text for token in language.tokens if token.language == "vi")
    spoken = (
        text if language.language == "vi" else " ".join(word for word in vietnamese if word.casefold() not in names)
    )
    restored = language.restored if language.language == "vi" and not language.diacritics else ""
    return lessons.to_english(spoken) or (lessons.to_english(restored) if restored else "")
