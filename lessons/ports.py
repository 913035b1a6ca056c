"""What rooms above may ask about lessons; everything but `find` is a pure function of content and progress."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from lessons.schemas import DueReview, Lesson, Position, Step, Verdict
from providers.ports import Vector


class Observation(Protocol):
    """The part of a stored evidence row that progress is folded from (see `learners.ports.StoredEvidence`)."""

    @property
    def kind(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def lesson_id(self) -> str: ...
    @property
    def step_id(self) -> str: ...
    @property
    def correct(self) -> bool | None: ...
    @property
    def hints(self) -> int: ...
    @property
    def at(self) -> datetime: ...


class Found(BaseModel):
    """A lesson found by meaning: `score` is a centred cosine, comparable within one answer only."""

    model_config = ConfigDict(frozen=True)

    lesson: Lesson
    step: Step
    score: float


class Entry(BaseModel):
    """One line of the children's lexicon: English, Vietnamese, part of speech, CEFR level, topic."""

    model_config = ConfigDict(frozen=True)

    en: str
    vi: str
    pos: str = ""
    level: str = "A1"
    topic: str = ""


class LessonService(Protocol):
    """The face of this room. `progress` is the dict that `fold` makes."""

    def fold(self, progress: Mapping[str, Any], observed: Sequence[Observation]) -> dict[str, Any]:
        """Progress after `observed`: pure, and fold(fold(p, a), b) == fold(p, a + b). {} is nobody's progress yet."""
        ...

    def lessons(self) -> Sequence[Lesson]:
        """All lessons in teaching order."""
        ...

    def lesson(self, lesson_id: str) -> Lesson:
        """Raises NotFound."""
        ...

    def position(self, progress: Mapping[str, Any]) -> Position:
        """Where a learner starts or goes on: the first step not done of the first lesson not done."""
        ...

    def at(self, lesson_id: str, step_id: str) -> Position:
        """That step, or the lesson's first one when the content no longer has it. Raises NotFound for the lesson."""
        ...

    def after(self, position: Position, progress: Mapping[str, Any]) -> Position:
        """The step that follows: in this lesson, else the first of the next lesson not done."""
        ...

    def judge(self, position: Position, text: str) -> Verdict:
        """How `text` stands as an answer to the step."""
        ...

    def expected(self, position: Position) -> Sequence[str]:
        """What a child may say to the step, at most 40 phrases, good answers first."""
        ...

    def due(
        self, progress: Mapping[str, Any], now: datetime, *, limit: int = 2, spoken: bool = False
    ) -> Sequence[DueReview]:
        """Items whose review is due, most overdue first; sounds only where the child speaks (`spoken`)."""
        ...

    def due_sounds(self, progress: Mapping[str, Any], now: datetime) -> Sequence[str]:
        """Sounds to be practised: "sound:TH", most overdue first."""
        ...

    def drill(self, sound: str) -> Sequence[str]:
        """Words to practise a sound (ARPAbet) with; none for a sound that is not practised."""
        ...

    def learned(self, progress: Mapping[str, Any], since: datetime) -> Sequence[str]:
        """Target words answered right or used since then, in order, without repeats."""
        ...

    async def find(self, text: str, vector: Vector, *, limit: int = 3) -> Sequence[Found]:
        """Lessons nearest to `text` in meaning, one row a lesson, best first."""
        ...

    def gloss(self, term: str) -> Entry | None:
        """The lexicon's line for an English or Vietnamese word or short phrase (diacritics optional, plurals and
        verb forms found by their base form)."""
        ...

    def means(self, english: str, vietnamese: str) -> bool | None:
        """Whether the English word can mean that (marks and classifier optional); None where it is not known."""
        ...

    def opposite(self, word: str) -> str:
        """The opposite of an English word; "" where none is known."""
        ...

    def to_english(self, vietnamese: str) -> str:
        """The English of a simple Vietnamese sentence or phrase a child says, by pattern and lexicon; "" if unsure."""
        ...

    def to_vietnamese(self, english: str) -> str:
        """The Vietnamese of a simple English sentence, by pattern and lexicon; "" when unsure."""
        ...
