"""Finds lessons near to what a child says: meaning (vectors) joined with shared words in either language."""

import hashlib
import math
import re
from collections.abc import Mapping, Sequence

import numpy as np

from lessons.inflection import forms
from lessons.lexicon import Lexicon
from lessons.ports import Found
from lessons.schemas import Lesson
from lessons.tokens import bare, marked, nfc, word_set
from providers.ports import Embedder, Matrix, Vector

WORD_WEIGHT = 0.5  # a full match of words counts as much as this much cosine
NEIGHBOUR_WEIGHT = 0.6
_WORDS = re.compile(r"[^\W_]+")
_STOP_WORDS = word_set(
    "i you we me my your a an the to about can could want would like let us talk learn study say something some and or "
    "of in on at for is are do does what how please lesson topic pika now today more "
    "con em mình tớ cháu bạn muốn học nói về bài chủ đề cho và là các những cái được không thích mình đi nhé ạ hôm "
    "nay có kể nghe tiếng anh gì một của"
)
_STOP_UNMARKED = frozenset(map(bare, _STOP_WORDS))


class LessonIndex:
    """Words and vectors of every lesson. `open` embeds; until then lessons are found by words alone."""

    def __init__(self, lessons: Sequence[Lesson], lexicon: Lexicon, embedder: Embedder) -> None:
        self._lessons = tuple(lessons)
        self._embedder = embedder
        self._terms = [_terms(lesson, lexicon) for lesson in lessons]
        self._commonness = _commonness(self._terms)
        self._cached: dict[str, Vector] = {}
        self._vectors: Matrix | None = None

    async def open(self) -> None:
        """Embeds the lessons; text that was embedded before, by content and embedder version, is not embedded again."""
        texts = [_passage(lesson) for lesson in self._lessons]
        keys = [hashlib.sha256(f"{self._embedder.version}\n{text}".encode()).hexdigest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._cached}
        if missing:
            rows = await self._embedder.passages(list(missing.values()))
            self._cached.update(zip(missing, rows, strict=True))
        self._vectors = np.stack([self._cached[key] for key in keys])

    def find(self, text: str, vector: Vector, limit: int) -> list[Found]:
        """The `limit` best lessons; the score is the cosine plus `WORD_WEIGHT` times the share of words in common."""
        cosines = np.zeros(len(self._lessons)) if self._vectors is None else self._vectors @ vector
        wanted = _content_words(text)
        scores = [
            float(cosine) + WORD_WEIGHT * _overlap(wanted, terms, self._commonness)
            for cosine, terms in zip(cosines, self._terms, strict=True)
        ]
        best = sorted(range(len(scores)), key=lambda index: -scores[index])[:limit]
        return [
            Found(lesson=self._lessons[index], step=self._lessons[index].steps[0], score=scores[index])
            for index in best
        ]


def _passage(lesson: Lesson) -> str:
    words = ", ".join(f"{word.en} ({word.vi})" for word in lesson.words)
    lines = (lesson.topic, lesson.title, lesson.objective)
    return ". ".join([*(f"{line.en} / {line.vi}" for line in lines), words])


def _terms(lesson: Lesson, lexicon: Lexicon) -> dict[str, float]:
    """Weights of words: those of topic, title and target words count whole, their neighbours in the lexicon less."""
    texts = [lesson.topic.en, lesson.topic.vi, lesson.title.en, lesson.title.vi]
    texts += [text for word in lesson.words for text in (word.en, word.vi)]
    topics = {line.topic for word in lesson.words for line in lexicon.english(word.en)[:1]}
    shared = [topic for topic in topics if sum(_of_topic(lexicon, word.en, topic) for word in lesson.words) >= 3]
    near = [text for line in lexicon.lines if line.topic in shared for text in (line.en, line.vi)]
    return dict.fromkeys(_spellings(near), NEIGHBOUR_WEIGHT) | dict.fromkeys(_spellings(texts), 1.0)


def _spellings(texts: Sequence[str]) -> set[str]:
    """The content words of `texts`, every English form, every Vietnamese syllable with and without marks."""
    words = {word for text in texts for word in _content_words(text)}
    return words | {form for word in words if not marked(word) for form in forms(word)} | set(map(bare, words))


def _of_topic(lexicon: Lexicon, english: str, topic: str) -> bool:
    return any(line.topic == topic for line in lexicon.english(english)[:1])


def _content_words(text: str) -> list[str]:
    words = _WORDS.findall(nfc(text).casefold())
    stop = _STOP_WORDS if any(map(marked, words)) else _STOP_WORDS | _STOP_UNMARKED
    return [word for word in words if word not in stop]


def _commonness(terms: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The sum of a word's weights over the lessons: 1 for a word of one lesson only."""
    sums: dict[str, float] = {}
    for weights in terms:
        for word, weight in weights.items():
            sums[word] = sums.get(word, 0.0) + weight
    return sums


def _overlap(wanted: Sequence[str], weights: Mapping[str, float], commonness: Mapping[str, float]) -> float:
    """0 to 1: the share of the wanted words that the lesson has, common words counting less."""
    if not wanted:
        return 0.0
    shares = [weights[word] / math.sqrt(max(1.0, commonness[word])) for word in wanted if word in weights]
    return sum(shares) / len(wanted)
