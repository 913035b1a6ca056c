"""Loads lesson content from a folder, refusing a bad file with its line and the reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from infra.errors import ContentInvalid
from infra.yaml_lines import Location, Source, YamlProblem, parse
from lessons.lexicon import Lexicon
from lessons.rules import Surroundings, problems
from lessons.schemas import Lesson, Line
from lessons.vocabulary import Vocabulary

_CAPITALISED = re.compile(r"\b[A-Z][a-z]+")
_WORD = re.compile(r"[\w']+")
_SLOT = re.compile(r"\{[a-z]+\}")


class ReviewForms(BaseModel):
    """Ready questions for a due word, `{en}` and `{vi}` standing for it, or for a due sound, `{en}` standing for a
    word with it: chosen in turn.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    word: tuple[Line, ...] = Field(min_length=1)
    sound: tuple[Line, ...] = Field(min_length=1)


def opposites(path: Path) -> dict[str, str]:
    """The opposites of a file with two words a line, in both directions. Raises ContentInvalid with the line."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        words = line.split("\t")
        if len(words) != 2 or not all(words):
            raise ContentInvalid(f"{path}:{number}: expected two words")
        for word, other in (words, words[::-1]):
            found.setdefault(word, other)
    return found


@dataclass(frozen=True)
class Content:
    """Everything the folder holds: lessons in teaching order, the lexicon, review questions, known words."""

    lessons: tuple[Lesson, ...]
    lexicon: Lexicon
    reviews: ReviewForms
    vocabulary: Vocabulary


def load(content_dir: Path) -> Content:
    """Reads `pictures.txt`, `reviews.yaml`, `lexicon/*.tsv` and `<unit>/*.yaml`.

    Raises ContentInvalid with one "file:line: reason" a line of its detail.
    """
    found: list[str] = []
    content = _read(content_dir, found)
    if found:
        raise ContentInvalid("\n".join(found))
    return content


def check(content_dir: Path) -> list[str]:
    """Every problem of the content as "file:line: reason"; an empty list when all is well."""
    found: list[str] = []
    try:
        _read(content_dir, found)
    except ContentInvalid as error:
        found.append(error.detail)
    return found


def _read(content_dir: Path, found: list[str]) -> Content:
    lexicon = Lexicon.load(content_dir / "lexicon")
    shapes = [shaped for path in sorted(content_dir.glob("*/*.yaml")) if (shaped := _shape(path, found))]
    vocabulary = Vocabulary.of(lexicon, [text for _, _, lesson in shapes for text in _english_of(lesson)])
    around = Surroundings(
        pictures=_pictures(content_dir / "pictures.txt"),
        spellings=frozenset(spelling.casefold() for line in lexicon.lines for spelling in line.spellings),
        vocabulary=vocabulary,
    )
    for path, source, lesson in shapes:
        found.extend(_placed(path, source, at, reason) for at, reason in problems(lesson, around))
    found.extend(_repeated(shapes))
    lessons = sorted((lesson for _, _, lesson in shapes), key=lambda lesson: (lesson.unit, lesson.order))
    if not lessons:
        raise ContentInvalid(f"{content_dir}:1: there is no lesson")
    return Content(tuple(lessons), lexicon, _reviews(content_dir / "reviews.yaml"), vocabulary)


def _shape(path: Path, found: list[str]) -> tuple[Path, Source, Lesson] | None:
    try:
        source = parse(path.read_text("utf-8"))
    except YamlProblem as error:
        found.append(f"{path}:{error.line}: {error.reason}")
        return None
    try:
        return path, source, Lesson.model_validate(source.value)
    except ValidationError as error:
        found.extend(_explained(path, source, error))
        return None


def _explained(path: Path, source: Source, error: ValidationError) -> Iterator[str]:
    for item in error.errors():
        location: Location = item["loc"]
        name = ".".join(map(str, location)) or "file"
        reasons = {"extra_forbidden": "unknown key", "missing": "missing"}
        yield _placed(path, source, location, f"{name}: {reasons.get(item['type'], item['msg'])}")


def _placed(path: Path, source: Source, at: Location, reason: str) -> str:
    return f"{path}:{source.line(at)}: {reason}"


def _repeated(shapes: list[tuple[Path, Source, Lesson]]) -> Iterator[str]:
    ids: set[str] = set()
    places: set[tuple[str, int]] = set()
    for path, source, lesson in shapes:
        if lesson.id in ids:
            yield _placed(path, source, ("id",), f"the lesson id '{lesson.id}' is there twice")
        if (lesson.unit, lesson.order) in places:
            yield _placed(path, source, ("order",), f"order {lesson.order} of {lesson.unit} is there twice")
        if lesson.unit != path.parent.name:
            yield _placed(path, source, ("unit",), f"the unit is not the folder '{path.parent.name}'")
        ids.add(lesson.id)
        places.add((lesson.unit, lesson.order))


def _pictures(path: Path) -> frozenset[str]:
    if not path.is_file():
        raise ContentInvalid(f"{path}:1: the list of pictures is missing")
    return frozenset(line.strip() for line in path.read_text("utf-8").splitlines() if line.strip())


def _reviews(path: Path) -> ReviewForms:
    if not path.is_file():
        raise ContentInvalid(f"{path}:1: the review questions are missing")
    try:
        source = parse(path.read_text("utf-8"))
        return ReviewForms.model_validate(source.value)
    except YamlProblem as error:
        raise ContentInvalid(f"{path}:{error.line}: {error.reason}") from None
    except ValidationError as error:
        raise ContentInvalid(next(_explained(path, source, error))) from None


def _english_of(lesson: Lesson) -> Iterator[str]:
    """Words that answers are made of, but for the names in the questions: a child may be called Lan too."""
    yield from (word.en for word in lesson.words)
    lines = " ".join(text for step in lesson.steps for text in (step.ask.en, step.smaller.en))
    names = {name.casefold() for name in _CAPITALISED.findall(lines)}
    for step in lesson.steps:
        said = " ".join(_SLOT.sub(" ", source) for source in step.accept)
        yield from (word for word in _WORD.findall(said) if word not in names)
