"""What the language tool says of short, unmarked and mixed lines."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tools.language import LanguageTool
from tools.schemas import LanguageAnswer, TextRequest

TOOL = LanguageTool()


def detect(text: str) -> LanguageAnswer:
    return TOOL.run(TextRequest(text=text))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("the can", "en"),
        ("me and you", "en"),
        ("a long song", "en"),
        ("i like pho and banh mi", "en"),
        ("my sister Hương is kind", "en"),
        ("we live in Hà Nội", "en"),
        ("con", "vi"),
        ("me dang nau com", "vi"),
        ("e hok hiu j", "vi"),
        ("dạ vâng ạ", "vi"),
        ("ăn bánh mì", "vi"),
        ("con muon an banana", "mixed"),
        ("cat la con gi", "mixed"),
        ("thank you cô", "mixed"),
        ("ok ban", "vi"),
        ("haha yes", "en"),
        ("123 ... 😀", "other"),
        ("um", "other"),
        ("", "other"),
    ],
)
def test_the_language_of_a_line(text: str, label: str) -> None:
    assert detect(text).language == label


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("con thích apple", ["vi", "vi", "en"]),
        ("My friend Lan is 9", ["en", "en", "other", "en", "other"]),
        ("um i like phở", ["other", "en", "en", "other"]),
        ("bạn ơi, Minh về chưa?", ["vi", "vi", "other", "vi", "vi"]),
        ("my teacher is cô Hạnh", ["en", "en", "en", "other", "other"]),
    ],
)
def test_every_token_has_its_own_label(text: str, labels: list[str]) -> None:
    assert [token.language for token in detect(text).tokens] == labels


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("con khong hieu", "con không hiểu"),
        ("em buon ngu qua", "em buồn ngủ quá"),
        ("k bt", "không biết"),
        ("tieng anh noi sao", "tiếng anh nói sao"),
        ("con thich apple", "con thích apple"),
        ("me di cho, roi ve!", "mẹ đi chợ, rồi về!"),
    ],
)
def test_unmarked_vietnamese_gets_its_likely_spelling(text: str, spelling: str) -> None:
    answer = detect(text)
    assert not answer.diacritics
    assert answer.restored == spelling


@pytest.mark.parametrize("text", ["con không hiểu", "i like cats", "123"])
def test_nothing_is_restored_where_nothing_is_missing(text: str) -> None:
    assert detect(text).restored == ""


@pytest.mark.parametrize(
    "text",
    [
        "\u200b",
        "\x00\x01",
        "שלום עולם",
        "مرحبا",
        "😀😀",
        "----",
        "\u202edi hoc",
        "a" * 4000,
        "é" * 50,
        "İ ẞ ﬃ",
        "' - '",
    ],
)
def test_odd_input_is_answered(text: str) -> None:
    answer = detect(text)
    assert len(answer.tokens) == len(text.split())
    assert 0 <= answer.confidence <= 1


def test_four_thousand_characters_are_quick() -> None:
    started = time.thread_time()
    detect(("con di hoc ve nha i go home " * 200)[:4000])
    assert time.thread_time() - started < 0.5


def test_an_ambiguous_word_alone_is_answered_with_less_confidence_than_a_clear_line() -> None:
    assert detect("to").confidence < detect("i want to go home").confidence


def test_calls_from_many_threads_agree_on_a_fresh_tool() -> None:
    tool = LanguageTool()
    lines = ["con thích apple", "the hat", "me di cho", "my mom", "hay qua"] * 8
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda line: tool.run(TextRequest(text=line)), lines))
    assert answers == [detect(line) for line in lines]
