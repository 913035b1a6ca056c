"""Everything a decision may look at, gathered before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graphs.conversation import Conversation
from graphs.decide.interest import Suits
from graphs.decide.told import Reading
from learners.ports import Profile
from lessons.ports import Entry
from lessons.schemas import DueReview, Position, Verdict
from memory.ports import Memory, Remembered
from providers.directive import Sight, Unheard
from tools.schemas import (
    GrammarAnswer,
    IntentAnswer,
    LanguageAnswer,
    MoodAnswer,
    PronunciationAnswer,
    SafetyAnswer,
)


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn as seen by `decide`. A tool that did not answer in time is None: the turn goes on without it.

    `text` has personal data redacted. `position` is the step the conversation stands at, `verdict` how the
    text stands to it (None when the step's question was not asked yet), `following` the step after it,
    `wanted` the lesson step found for another topic, `gloss`/`english`/`vietnamese` what the lexicon knows
    of the term asked about, of the child's Vietnamese and of the coach's last line. `told` is what the child tells,
    where it is of a known kind, `themed` a lesson about that other than the open one, `asked` what it asks Pika
    itself; `checked` the word it wants confirmed,
    `checks` whether that is right, `opposite` the opposite it asks for. `heard` is how it was said, where
    it was said aloud and in English; `unheard` why nothing of it was understood. `sight` is what a picture
    shows that the child sent, `fingerprint` by what that picture is known again. `suits` is a lesson
    about something the child likes, `well_said` a sentence to tell at the goodbye.
    """

    text: str
    now: datetime
    profile: Profile
    conversation: Conversation
    position: Position
    following: Position
    safety: SafetyAnswer | None = None
    language: LanguageAnswer | None = None
    grammar: GrammarAnswer | None = None
    intent: IntentAnswer | None = None
    mood: MoodAnswer | None = None
    heard: PronunciationAnswer | None = None
    unheard: Unheard = ""
    sight: Sight | None = None
    fingerprint: str = ""
    suits: Suits | None = None
    well_said: str = ""
    verdict: Verdict | None = None
    wanted: Position | None = None
    due: Sequence[DueReview] = ()
    remembered: Remembered | None = None
    highlights: Sequence[Memory] = ()
    memories: Sequence[Memory] = ()
    learned: Sequence[str] = ()
    gloss: Entry | None = None
    gloss_line: str = ""  # translation of a whole line asked about, by pattern and lexicon
    english: str = ""
    told: Reading | None = None
    themed: Position | None = None
    asked: str = ""
    checked: Entry | None = None
    checks: bool | None = None
    opposite: str = ""
    vietnamese: str = ""
    seed: int = 0

    @property
    def starts_session(self) -> bool:
        return self.conversation.session_turns == 0

    @property
    def term(self) -> str:
        """The word or line that the child asked about; "" for none."""
        return self.intent.term if self.intent is not None else ""

    @property
    def is_vietnamese(self) -> bool:
        return self.language is not None and self.language.language in ("vi", "mixed")
