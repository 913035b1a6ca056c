"""Sentence vectors: centring, concurrency and what text may hold."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file, files

import numpy as np
import pytest

from infra.executors import BoundedExecutor
from providers.embeddings import E5, LocalEmbedder
from providers.embeddings.centre import digest, mean, sentences
from providers.embeddings.e5 import MEANS_FILE, language_of
from providers.ports import Vector


@pytest.fixture(scope="module")
def model() -> E5:
    return E5()


def test_the_shipped_means_are_those_of_the_shipped_sentences() -> None:
    with as_file(files("providers.embeddings").joinpath(MEANS_FILE)) as path, np.load(path) as stored:
        assert str(stored["sentences"]) == digest()
        rebuilt = mean(E5(centred=False), "vi", query=True)
        # kernels of other processors round otherwise
        np.testing.assert_allclose(stored["vi_query"], rebuilt, atol=1e-3)


def test_there_are_as_many_vietnamese_sentences_as_english_ones() -> None:
    by_language = sentences()
    assert len(by_language["en"]) == len(by_language["vi"]) == 80
    assert all(by_language["en"])
    assert all(language_of(text) == "vi" for text in by_language["vi"])


def test_unrelated_sentences_have_cosines_near_zero(model: E5) -> None:
    texts = [
        "The rocket flies to the moon.",
        "She washes the dishes.",
        "Con trâu ăn cỏ ngoài đồng.",
        "Hai cộng hai bằng bốn.",
    ]
    cosines = model.encode(texts, query=False) @ model.encode(texts, query=False).T
    assert np.abs(cosines[~np.eye(4, dtype=bool)]).max() < 0.4
    np.testing.assert_allclose(np.diag(cosines), 1.0, atol=1e-5)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello Lan", "en"),
        ("con chó", "vi"),
        ("ngủ", "vi"),
        ("đi", "vi"),
        ("con meo den", "en"),
        ("Ắ", "vi"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text_is_told_by_vietnamese_marks(text: str, language: str) -> None:
    assert language_of(text) == language


def test_decomposed_and_composed_letters_give_one_vector(model: E5) -> None:
    composed, decomposed = model.encode(["Huế", "Hue\u0302\u0301"], query=True)
    np.testing.assert_array_equal(composed, decomposed)


def test_threads_do_not_disturb_each_other() -> None:
    texts = [f"I have {count} apples in my bag." for count in range(12)]
    alone = E5().encode(texts, query=False)
    shared = E5()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: shared.encode([text], query=False)[0], texts))
    np.testing.assert_array_equal(alone, np.stack(together))


class Counted(E5):
    """Counts what it computes; a computation waits until it may go on, and breaks while `is_broken`."""

    def __init__(self) -> None:
        super().__init__()
        self.computed = 0
        self.is_broken = False
        self.may_go_on = threading.Event()

    def _embed(self, text: str, query: bool) -> Vector:
        self.computed += 1
        assert self.may_go_on.wait(10)
        if self.is_broken:
            raise RuntimeError("no memory")
        return super()._embed(text, query)


def test_threads_that_ask_for_one_text_share_one_computation() -> None:
    model = Counted()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(model.encode, ["my dog"], query=True) for _ in range(4)]
        model.may_go_on.set()
        vectors = [vector.result() for vector in asked]
    assert model.computed == 1
    np.testing.assert_array_equal(np.concatenate(vectors), np.repeat(vectors[0], 4, axis=0))


def test_a_computation_that_broke_is_begun_anew_by_the_next_who_asks() -> None:
    model = Counted()
    model.may_go_on.set()
    model.is_broken = True
    with pytest.raises(RuntimeError):
        model.encode(["my dog"], query=True)
    model.is_broken = False
    assert model.encode(["my dog"], query=True).shape == (1, model.dimensions)
    assert model.computed == 2


@pytest.fixture
def pool() -> Iterator[BoundedExecutor]:
    executor = BoundedExecutor("embedding", threads=2, pending=16)
    yield executor
    executor.close()


async def test_the_embedder_gives_what_the_model_gives(model: E5, pool: BoundedExecutor) -> None:
    embedder = LocalEmbedder(model, pool)
    first, second = await asyncio.gather(embedder.query("my dog"), embedder.query("my dog"))
    np.testing.assert_array_equal(first, second)
    assert (await embedder.passages([])).shape == (0, embedder.dimensions)
    assert embedder.version.endswith("centred-1")
