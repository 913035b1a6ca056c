"""The face of this room: lessons, where a learner is in them, how answers stand, and what is due."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from infra.errors import NotFound
from lessons import progress as folding
from lessons.answers import Judge
from lessons.expected import expected
from lessons.loader import Content, load, opposites
from lessons.ports import Entry, Found, Observation
from lessons.retrieval import LessonIndex
from lessons.schemas import DueReview, Lesson, Line, Position, Verdict, Word
from lessons.to_english import VietnameseSentences
from lessons.to_vietnamese import EnglishSentences
from providers.ports import Embedder, Vector

NO_DRILLS: Mapping[str, Sequence[str]] = MappingProxyType({})
CONTENT = Path(__file__).resolve().parent / "content"


class Lessons:
    """Implements `lessons.ports.LessonService`. Everything but `find` is a pure function of content and progress."""

    def __init__(self, content: Content, embedder: Embedder, drills: Mapping[str, Sequence[str]] = NO_DRILLS) -> None:
        """`drills`: words to practise each sound (ARPAbet) with."""
        self._content = content
        self._drills = drills
        self._by_id = {lesson.id: lesson for lesson in content.lessons}
        self._words = {f"{folding.WORD}{word.en}": word for lesson in content.lessons for word in lesson.words}
        self._judges: dict[tuple[str, str], Judge] = {}
        self._index = LessonIndex(content.lessons, content.lexicon, embedder)
        self._opposites = opposites(CONTENT / "opposites.tsv")
        self._to_english = VietnameseSentences(content.lexicon)
        self._to_vietnamese = EnglishSentences(content.lexicon)

    @classmethod
    def load(cls, content_dir: Path, embedder: Embedder, drills: Mapping[str, Sequence[str]] = NO_DRILLS) -> "Lessons":
        """Reads and checks the content. Raises ContentInvalid. Nothing is embedded before `open`."""
        return cls(load(content_dir), embedder, drills)

    async def open(self) -> None:
        """Embeds the lessons, so that `find` knows meaning as well as words."""
        await self._index.open()

    def fold(self, progress: Mapping[str, Any], observed: Sequence[Observation]) -> dict[str, Any]:
        return folding.fold(progress, observed)

    def lessons(self) -> Sequence[Lesson]:
        return self._content.lessons

    def lesson(self, lesson_id: str) -> Lesson:
        lesson = self._by_id.get(lesson_id)
        if lesson is None:
            raise NotFound(f"There is no lesson '{lesson_id}'.")
        return lesson

    def position(self, progress: Mapping[str, Any]) -> Position:
        lessons = self._content.lessons
        return self._open_position(lessons, progress) or _again(lessons, progress)

    def at(self, lesson_id: str, step_id: str) -> Position:
        lesson = self.lesson(lesson_id)
        index = next((index for index, step in enumerate(lesson.steps) if step.id == step_id), 0)
        return _position(lesson, index)

    def after(self, position: Position, progress: Mapping[str, Any]) -> Position:
        lesson, following = position.lesson, range(position.index + 1, len(position.lesson.steps))
        progress = folding.with_step_done(progress, lesson.id, position.step.id)
        if _finished(lesson, progress):
            index = next(iter(following), None)
        else:
            index = next((at for at in following if not _step_done(lesson, at, progress)), None)
        if index is not None:
            return _position(lesson, index, done=position.done)
        later = self._later(lesson)
        return self._open_position(later, progress) or _again(later[:-1] or later, progress)

    def judge(self, position: Position, text: str) -> Verdict:
        lesson, step = position.lesson, position.step
        key = (lesson.id, step.id)
        if key not in self._judges:
            self._judges[key] = Judge(lesson, step, self._content.vocabulary)
        return self._judges[key].judge(text)

    def expected(self, position: Position) -> Sequence[str]:
        return expected(position.lesson, position.step)

    def due(
        self, progress: Mapping[str, Any], now: datetime, *, limit: int = 2, spoken: bool = False
    ) -> Sequence[DueReview]:
        items = folding.due_items(progress, now)
        known = [item for item in items if item in self._words or (spoken and self._drilled(item))]
        return [self._review(item, folding.times_asked(progress, item)) for item in known[:limit]]

    def due_sounds(self, progress: Mapping[str, Any], now: datetime) -> Sequence[str]:
        return [item for item in folding.due_items(progress, now) if self._drilled(item)]

    def drill(self, sound: str) -> Sequence[str]:
        return self._drills.get(sound, ())

    def _drilled(self, item: str) -> Sequence[str]:
        return self.drill(item.removeprefix(folding.SOUND)) if item.startswith(folding.SOUND) else ()

    def _review(self, item: str, asked: int) -> DueReview:
        forms = self._content.reviews
        if item in self._words:
            return _review(item, self._words[item], forms.word, asked)
        words = self._drilled(item)
        said = words[asked % len(words)]
        return _review(item, Word(en=said, vi=said), forms.sound, asked).model_copy(update={"word": None})

    def learned(self, progress: Mapping[str, Any], since: datetime) -> Sequence[str]:
        return folding.learned_words(progress, since)

    async def find(self, text: str, vector: Vector, *, limit: int = 3) -> Sequence[Found]:
        return self._index.find(text, vector, limit)

    def gloss(self, term: str) -> Entry | None:
        return self._content.lexicon.gloss(term)

    def means(self, english: str, vietnamese: str) -> bool | None:
        return self._content.lexicon.means(english, vietnamese)

    def opposite(self, word: str) -> str:
        return self._opposites.get(word.casefold(), "")

    def to_english(self, vietnamese: str) -> str:
        return self._to_english.translate(vietnamese)

    def to_vietnamese(self, english: str) -> str:
        return self._to_vietnamese.translate(english)

    def _later(self, lesson: Lesson) -> list[Lesson]:
        """All lessons in teaching order, beginning behind `lesson` and ending with it."""
        lessons = list(self._content.lessons)
        at = lessons.index(lesson) + 1
        return [*lessons[at:], *lessons[:at]]

    def _open_position(self, lessons: Sequence[Lesson], progress: Mapping[str, Any]) -> Position | None:
        for lesson in lessons:
            if not _finished(lesson, progress):
                return _position(
                    lesson, next(at for at in range(len(lesson.steps)) if not _step_done(lesson, at, progress))
                )
        return None


def _again(lessons: Sequence[Lesson], progress: Mapping[str, Any]) -> Position:
    """Everything is done: the lesson that was finished longest ago comes again."""
    oldest = min(lessons, key=lambda lesson: folding.lesson_closed(progress, lesson.id))
    return _position(oldest, 0, done=True)


def _position(lesson: Lesson, index: int, *, done: bool = False) -> Position:
    return Position(lesson=lesson, step=lesson.steps[index], index=index, done=done)


def _step_done(lesson: Lesson, index: int, progress: Mapping[str, Any]) -> bool:
    return folding.step_done(progress, lesson.id, lesson.steps[index].id)


def _finished(lesson: Lesson, progress: Mapping[str, Any]) -> bool:
    if folding.lesson_closed(progress, lesson.id):
        return True
    return all(_step_done(lesson, index, progress) for index in range(len(lesson.steps)))


def _review(item: str, word: Word, forms: Sequence[Line], asked: int) -> DueReview:
    form = forms[asked % len(forms)]
    ask = Line(en=form.en.format(en=word.en, vi=word.vi), vi=form.vi.format(en=word.en, vi=word.vi))
    return DueReview(item=item, word=word, ask=ask, model=word.en)
