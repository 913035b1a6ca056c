"""What holds for every text the grammar tool is given."""

import itertools
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tools.grammar import GrammarTool
from tools.schemas import GrammarAnswer, TextRequest

WORDS = st.sampled_from(
    [
        "i",
        "he",
        "she",
        "it",
        "my",
        "the",
        "a",
        "an",
        "go",
        "goes",
        "went",
        "like",
        "cat",
        "cats",
        "dog",
        "very",
        "happy",
        "is",
        "are",
        "am",
        "yesterday",
        "every",
        "day",
        "and",
        "but",
        "because",
        "so",
        "to",
        "in",
        "on",
        "school",
        "two",
        "old",
        "year",
        "have",
        "has",
        "had",
        "no",
        "not",
        "don't",
        "can",
        "what",
        "where",
        "you",
        "do",
        "did",
        "there",
        "big",
        "red",
        "house",
        "mẹ",
        "con",
        "rất",
        "thích",
        "mình",
        "không",
        "là",
        ",",
        ".",
        "?",
        "!",
        "Linh",
        "ăn",
        "đẹp",
    ]
)
SENTENCES = st.lists(WORDS, max_size=14).map(" ".join)
VIETNAMESE = {"mẹ", "rất", "thích", "mình", "không", "là", "ăn", "đẹp"}


def applied(text: str, answer: GrammarAnswer) -> str:
    for edit in sorted(answer.edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.right + text[edit.end :]
    return text


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SENTENCES | st.text(max_size=60))
def test_the_edits_are_the_correction(tool: GrammarTool, text: str) -> None:
    answer = tool.run(TextRequest(text=text))
    assert applied(text, answer) == answer.corrected
    assert all(text[edit.start : edit.end] == edit.wrong != edit.right for edit in answer.edits)
    ordered = sorted(answer.edits, key=lambda edit: edit.start)
    assert all(one.end <= two.start for one, two in itertools.pairwise(ordered))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SENTENCES)
def test_vietnamese_words_stay_where_they_are(tool: GrammarTool, text: str) -> None:
    def vietnamese(of: str) -> list[str]:
        return [word for word in of.split() if word in VIETNAMESE]

    assert vietnamese(tool.run(TextRequest(text=text)).corrected) == vietnamese(text)


@pytest.mark.parametrize(
    "text",
    [
        "con không hiểu",
        "minh thich meo",
        "em hoc lop 3 truong Le Loi",
        "",
        "   ",
        "...",
        "123",
        "🐱🐱",
        "ok",
        "Nguyễn Văn An",
    ],
)
def test_what_is_not_english_is_left_alone(text: str, tool: GrammarTool) -> None:
    assert tool.run(TextRequest(text=text)).corrected == text


def test_an_edit_shows_whole_words_and_says_why(tool: GrammarTool) -> None:
    (edit,) = tool.run(TextRequest(text="my cat very fat")).edits
    assert (edit.wrong, edit.right, edit.type) == ("very", "is very", "copula")
    assert edit.explanation_en
    assert edit.explanation_vi


def test_corrections_build_on_each_other(tool: GrammarTool) -> None:
    answer = tool.run(TextRequest(text="my grandma she tell me many story"))
    assert answer.corrected == "my grandma tells me many stories"


def test_capitals_and_punctuation_are_no_errors(tool: GrammarTool) -> None:
    assert tool.run(TextRequest(text="i live in hanoi i like pho its yummy")).edits == ()


def test_threads_get_the_same_answers_as_one_alone(tool: GrammarTool) -> None:
    texts = [f"my uncle have {n} duck" for n in range(2, 34)]
    alone = [tool.run(TextRequest(text=text)) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: tool.run(TextRequest(text=text)), texts))
    assert together == alone


def test_a_sentence_takes_under_ten_milliseconds_of_work(tool: GrammarTool) -> None:
    texts = [f"she very happy because her friend {n} give her a cake" for n in range(20)]
    started = time.process_time()
    for text in texts:
        tool.run(TextRequest(text=text))
    assert (time.process_time() - started) / len(texts) < 0.02  # twice the budget, for a busy machine


def test_the_longest_text_is_read_in_a_few_seconds(tool: GrammarTool) -> None:
    started = time.process_time()
    tool.run(TextRequest(text=("yesterday i go to school and she very like cat " * 90)[:4000]))
    assert time.process_time() - started < 5


def test_nothing_reaches_standard_output(tool: GrammarTool, capfd: pytest.CaptureFixture[str]) -> None:
    tool.run(TextRequest(text="we look forward to see you and looking forward to see them"))
    assert capfd.readouterr().out == ""
