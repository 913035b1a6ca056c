"""What a lesson must keep to beyond its shape: length of sentences, marks, pictures, answers that fit."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from infra.yaml_lines import Location
from lessons.answers import Judge
from lessons.filling import unknown_slots
from lessons.patterns import Pattern, PatternError
from lessons.schemas import Lesson, Line, Step, Word, Wrong
from lessons.tokens import marked, nfc
from lessons.vocabulary import Vocabulary

Problem = tuple[Location, str]

WORDS_A_SENTENCE = {"A1": 8, "A2": 12}
SENTENCES_BEFORE_QUESTION = {"A1": 2, "A2": 3}
MIN_MARKED_SHARE = 0.2
_LESSON_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
_STEP_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_QUOTED = re.compile(r"'[^']*'|“[^”]*”")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Surroundings:
    """What a lesson may refer to: names of pictures, spellings of the lexicon, known words."""

    pictures: frozenset[str]
    spellings: frozenset[str]
    vocabulary: Vocabulary


def problems(lesson: Lesson, around: Surroundings) -> Iterator[Problem]:
    """Everything wrong with a lesson of the right shape, each with its place."""
    if not _LESSON_ID.fullmatch(lesson.id) or not lesson.id.startswith(lesson.unit + "-"):
        yield ("id",), f"the id must be lower case and begin with '{lesson.unit}-'"
    yield from _duplicates(("words",), [word.en for word in lesson.words], "word")
    yield from _duplicates(("steps",), [step.id for step in lesson.steps], "step id")
    for name in ("title", "topic", "objective"):
        yield from _line((name,), getattr(lesson, name), around)
    for index, word in enumerate(lesson.words):
        yield from _word(("words", index), word, around)
    if lesson.steps[0].kind != "warm_up" or lesson.steps[-1].kind != "goodbye":
        yield ("steps",), "the first step is a warm_up, the last one a goodbye"
    for index, step in enumerate(lesson.steps):
        yield from _step(("steps", index), lesson, step, around)


def _step(at: Location, lesson: Lesson, step: Step, around: Surroundings) -> Iterator[Problem]:
    if not _STEP_ID.fullmatch(step.id):
        yield (*at, "id"), "a step id is lower case letters, digits and '-'"
    asked: list[tuple[Location, Line]] = [((*at, "ask"), step.ask), ((*at, "smaller"), step.smaller)]
    hints: list[tuple[Location, Line]] = [((*at, "hints", index), hint) for index, hint in enumerate(step.hints)]
    for place, line in (*asked, *hints):
        yield from _line(place, line, around)
        yield from _length((*place, "en"), line.en, lesson.level)
    for place, line in asked:
        yield from _question((*place, "en"), line.en)
    if step.card is not None:
        yield from _word((*at, "card"), step.card, around)
    yield from _items(at, lesson, step)
    yield from _answers(at, lesson, step, around)


def _answers(at: Location, lesson: Lesson, step: Step, around: Surroundings) -> Iterator[Problem]:
    words = [word.en for word in lesson.words]
    unreadable = [
        *_patterns((*at, "accept"), list(step.accept), words, lambda index: (index,)),
        *_patterns((*at, "wrong"), [wrong.match for wrong in step.wrong], words, lambda index: (index, "match")),
    ]
    yield from unreadable
    for index, wrong in enumerate(step.wrong):
        yield from _right((*at, "wrong", index), wrong, around)
    if not step.accept and not step.open:
        yield at, "nothing is accepted: give `accept`, or `open: true`"
    if unreadable:
        return
    judge = Judge(lesson, step, around.vocabulary)
    swallowing = [index for index, wrong in enumerate(step.wrong) if judge.swallows(wrong, step.model)]
    for index in swallowing:
        yield (*at, "wrong", index, "match"), f"matches the model answer '{step.model}'"
    if step.accept and not swallowing and not judge.accepts(step.model):
        yield (*at, "model"), f"`accept` does not match the model answer '{step.model}'"
    for index, wrong in enumerate(step.wrong):
        if step.accept and not unknown_slots(wrong) and not judge.accepts(right := judge.example(wrong)):
            yield (*at, "wrong", index, "right"), f"`accept` does not match '{right}'"


def _patterns(
    at: Location, sources: list[str], words: list[str], place: Callable[[int], Location]
) -> Iterator[Problem]:
    for index, source in enumerate(sources):
        try:
            if Pattern(source, words).matches_nothing():
                yield (*at, *place(index)), f"'{source}' also matches an empty answer"
        except PatternError as error:
            yield (*at, *place(index)), f"the pattern does not parse: {error}"


def _right(at: Location, wrong: Wrong, around: Surroundings) -> Iterator[Problem]:
    for slot in unknown_slots(wrong):
        yield (*at, "right"), f"'{{{slot}}}' is no slot that `match` can fill"
    if wrong.vi:
        yield from _vietnamese((*at, "vi"), wrong.vi, around)


def _items(at: Location, lesson: Lesson, step: Step) -> Iterator[Problem]:
    known = {f"word:{word.en}" for word in lesson.words} | {f"pattern:{pattern}" for pattern in lesson.patterns}
    for index, item in enumerate(step.items):
        if item not in known:
            yield (*at, "items", index), f"'{item}' names no word and no pattern of the lesson"


def _line(at: Location, line: Line, around: Surroundings) -> Iterator[Problem]:
    if nfc(line.en) != line.en:
        yield (*at, "en"), "not NFC: save the file with composed letters"
    yield from _vietnamese((*at, "vi"), line.vi, around)


def _word(at: Location, word: Word, around: Surroundings) -> Iterator[Problem]:
    yield from _vietnamese((*at, "vi"), word.vi, around)
    if word.picture and word.picture not in around.pictures:
        yield (*at, "picture"), f"'{word.picture}' is not in pictures.txt"


def _vietnamese(at: Location, text: str, around: Surroundings) -> Iterator[Problem]:
    if nfc(text) != text:
        yield at, "not NFC: save the file with composed letters"
        return
    words = _LETTERS.findall(_QUOTED.sub(" ", text))
    quotes_only = len(words) <= 1 and "'" in text
    share = sum(map(marked, words)) / len(words) if words and not quotes_only else 1.0
    if share < MIN_MARKED_SHARE and text.casefold() not in around.spellings:
        yield at, f"Vietnamese marks are missing in '{text}'"


def _length(at: Location, text: str, level: str) -> Iterator[Problem]:
    limit = WORDS_A_SENTENCE[level]
    for sentence in _SENTENCE.findall(text):
        count = sum(any(char.isalnum() for char in word) for word in sentence.split())
        if count > limit:
            yield at, f"{count} words in '{sentence.strip()}', {level} allows {limit} a sentence"
    before = sum(not sentence.rstrip().endswith("?") for sentence in _SENTENCE.findall(text) if sentence.strip(" .!?…"))
    if before > SENTENCES_BEFORE_QUESTION[level] and text.endswith("?"):
        yield at, f"{before} sentences before the question, {level} allows {SENTENCES_BEFORE_QUESTION[level]}"


def _question(at: Location, text: str) -> Iterator[Problem]:
    if not text.rstrip("'").endswith("?"):
        yield at, "an ask ends with its question"


def _duplicates(at: Location, names: list[str], what: str) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield (*at, index), f"the {what} '{name}' is there twice"
