"""Requests and answers of the tools: the shapes rooms above read."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from providers.directive import Bilingual, SoundTip
from tools.ports import ToolAnswer, ToolRequest

LanguageLabel = Literal["en", "vi", "mixed", "other"]
TokenLanguage = Literal["en", "vi", "other"]
MoodLabel = Literal["happy", "excited", "neutral", "bored", "tired", "confused", "frustrated", "anxious", "sad"]
IntentLabel = Literal[
    "answer", "ask_meaning", "ask_translation", "ask_repeat", "ask_help", "dont_understand",
    "greet", "goodbye", "small_talk", "off_topic", "change_topic", "refuse",
]  # fmt: skip
SafetyLabel = Literal[
    "safe", "self_harm", "violence_threat", "bullying_victim", "abuse_disclosure", "grooming", "sexual",
    "dangerous_act", "hate", "profanity", "pii_share", "prompt_injection", "secret_keeping",
]  # fmt: skip


class TextRequest(ToolRequest):
    text: str = Field(max_length=4000)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# -- grammar: GRAMMAR_CHECKER_TOOL ------------------------------------------------------------------------


class Edit(_Part):
    """One minimal correction: `text[start:end] == wrong` becomes `right` (character offsets, end exclusive)."""

    start: int
    end: int
    wrong: str
    right: str
    type: str  # one of the error types in tools/grammar, e.g. "tense", "article", "plural"
    rule: str  # id of the rule or "harper"
    confidence: float = Field(ge=0, le=1)
    blocks_meaning: bool = False
    explanation_en: str = ""
    explanation_vi: str = ""


class GrammarAnswer(ToolAnswer):
    """`corrected` is the text with all `edits` applied (equal to the text when there is none)."""

    corrected: str
    edits: tuple[Edit, ...] = ()


# -- language: LANGUAGE_DETECTION_TOOL --------------------------------------------------------------------


class TokenTag(_Part):
    """One token of `text.split()`."""

    text: str
    language: TokenLanguage


class LanguageAnswer(ToolAnswer):
    """`diacritics` is False for Vietnamese typed without them; `restored` then holds the likely spelling."""

    language: LanguageLabel
    tokens: tuple[TokenTag, ...]
    diacritics: bool
    restored: str = ""


# -- mood: MOOD_ANALYSIS_TOOL -----------------------------------------------------------------------------


class MoodAnswer(ToolAnswer):
    mood: MoodLabel
    scores: dict[str, float] = {}


# -- intent: INTENT_DETECTION_TOOL ------------------------------------------------------------------------


class IntentRequest(TextRequest):
    """`context` is the coach's previous line ("" at the start of a session)."""

    context: str = Field("", max_length=4000)


class IntentAnswer(ToolAnswer):
    """`term`: the word or line asked about (ask_meaning, ask_translation). `topic`: what it is about or
    which topic is wanted (small_talk, change_topic, answer), a few words in the child's own words.
    `names`: names of people, pets or places in the text. `asks_coach`: a question about Pika itself.
    `asks_memory`: a question about what the child told before ("what is my dog's name?")."""

    intent: IntentLabel
    term: str = ""
    topic: str = ""
    names: tuple[str, ...] = ()
    asks_coach: bool = False
    asks_memory: bool = False


# -- safety: SAFETY_SCREEN_TOOL ---------------------------------------------------------------------------


class Flag(_Part):
    """One reason to act: a label, how sure, and which pattern or classifier fired (never the child's words)."""

    label: SafetyLabel
    confidence: float = Field(ge=0, le=1)
    fired: str


class SafetyAnswer(ToolAnswer):
    """`label` is the gravest flag, or "safe". `redacted` is the text with personal data replaced ([phone])."""

    label: SafetyLabel
    flags: tuple[Flag, ...] = ()
    redacted: str
    pii: tuple[str, ...] = ()  # kinds of personal data found


# -- pronunciation: PRONUNCIATION_CHECKER_TOOL --------------------------------------------------------------

PronunciationStatus = Literal["ok", "no_speech", "too_noisy", "wrong_sentence", "too_long"]


class PronunciationRequest(ToolRequest):
    """A recording, and what was to be said: `text`, or `candidates` of which one was said.

    `audio_url`: a ``data:`` URL, an http(s) URL, or ``stored:ID`` of an uploaded recording. `targets`: sounds (ARPAbet)
    that are being practised: of two faults alike, theirs gets the tip.
    """

    audio_url: str = Field(min_length=1, max_length=15_000_000)
    text: str = Field("", max_length=1000)
    candidates: tuple[Annotated[str, Field(min_length=1, max_length=300)], ...] = Field((), max_length=40)
    targets: tuple[str, ...] = Field((), max_length=10)


class PhoneHeard(_Part):
    """One sound (ARPAbet) of a word: when (seconds), how good (0..1), and what was heard instead ("": left out)."""

    phone: str
    start_s: float
    end_s: float
    score: float = Field(ge=0, le=1)
    heard: str | None = None


class WordHeard(_Part):
    """One word of the sentence, as it is written there. An omitted word has no sounds."""

    text: str
    start_s: float
    end_s: float
    score: float = Field(ge=0, le=1)
    omitted: bool = False
    phones: tuple[PhoneHeard, ...] = ()


class SoundHeard(_Part):
    """How one sound that Vietnamese speakers find hard went in the whole sentence. `heard`: what came instead, once."""

    sound: str
    score: float = Field(ge=0, le=1)
    correct: bool
    heard: str | None = None


class PronunciationAnswer(ToolAnswer):
    """Scores from 0 to 1, with `status` "ok" alone; else they are None, and `feedback` says what to do.

    `text` is the sentence that was judged. With candidates it is the one that was said, `chosen` its place, and
    `probabilities` says how sure that is, one a candidate. `tips` come most useful first. `by_one_ear`: Whisper could
    not be had, so the scores are rougher and `confidence` is lower.
    """

    status: PronunciationStatus
    by_one_ear: bool = False
    text: str = ""
    seconds: float = 0.0
    snr_db: float | None = None
    accuracy: float | None = None
    fluency: float | None = None
    prosody: float | None = None
    completeness: float | None = None
    total: float | None = None
    words: tuple[WordHeard, ...] = ()
    sounds: tuple[SoundHeard, ...] = ()
    tips: tuple[SoundTip, ...] = ()
    feedback: Bilingual
    chosen: int | None = None
    probabilities: tuple[float, ...] = ()
