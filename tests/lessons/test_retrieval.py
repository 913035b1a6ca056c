"""Lessons are found by meaning and by shared words; what children ask for comes first."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from infra.executors import BoundedExecutor
from lessons.loader import Content
from lessons.retrieval import LessonIndex
from lessons.service import Lessons
from providers.embeddings import E5, LocalEmbedder
from tests.lessons.conftest import HashedWords

WANTED = [
    ("con muốn học về con vật", "l3"),
    ("con muốn nói về con chó", "l3"),
    ("can we talk about food", "l5"),
    ("let's talk about pizza", "l5"),
    ("mình nói về đồ ăn đi", "l5"),
    ("I want to learn colours", "l4"),
    ("con thích đồ chơi", "l4"),
    ("talk about my family please", "l2"),
    ("kể về gia đình con", "l2"),
    ("con vat", "l3"),
    ("gia dinh", "l2"),
    ("my weekend and sports", "l8"),
    ("school and homework", "l7"),
    ("how do I feel, sad or happy", "l6"),
]


@pytest.fixture(scope="module")
def executor() -> Iterator[BoundedExecutor]:
    pool = BoundedExecutor("embeddings", threads=1, pending=8)
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def e5() -> E5:
    return E5()


@pytest.fixture
def model(e5: E5, executor: BoundedExecutor) -> LocalEmbedder:
    return LocalEmbedder(e5, executor)


@pytest.mark.parametrize(("text", "lesson"), WANTED)
async def test_what_a_child_asks_for_comes_first(
    content: Content, model: LocalEmbedder, text: str, lesson: str
) -> None:
    lessons = Lessons(content, model)
    await lessons.open()
    found = await lessons.find(text, await model.query(text))
    assert found[0].lesson.id == f"a1-u1-{lesson}", [(row.lesson.id, round(row.score, 2)) for row in found]
    assert len({row.lesson.id for row in found}) == len(found) == 3
    assert [row.score for row in found] == sorted((row.score for row in found), reverse=True)
    assert found[0].step == found[0].lesson.steps[0]


async def test_words_alone_find_lessons_before_they_are_embedded(lessons: Lessons, embedder: HashedWords) -> None:
    found = await lessons.find("animals", await embedder.query("animals"), limit=1)
    assert [row.lesson.id for row in found] == ["a1-u1-l3"]
    assert embedder.embedded == []


async def test_meaning_alone_finds_lessons(content: Content, embedder: HashedWords) -> None:
    index = LessonIndex(content.lessons, content.lexicon, embedder)
    await index.open()
    vector = (await embedder.passages(embedder.embedded[4:5]))[0]
    assert index.find("qwerty", np.asarray(vector), 1)[0].lesson.id == "a1-u1-l5"


async def test_what_was_embedded_once_is_not_embedded_again(content: Content, embedder: HashedWords) -> None:
    index = LessonIndex(content.lessons, content.lexicon, embedder)
    await index.open()
    await index.open()
    assert len(embedder.embedded) == len(content.lessons)


async def test_loading_embeds_nothing(content: Content, embedder: HashedWords) -> None:
    Lessons(replace(content), embedder)
    assert embedder.embedded == []
