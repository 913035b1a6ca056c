"""What the mood tool reads from a line."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from providers.embeddings import E5
from tools import linear
from tools.language import LanguageTool
from tools.mood import MoodTool, train
from tools.mood.tool import CARE, PACK, chosen
from tools.schemas import MoodAnswer, TextRequest

TOOL = MoodTool(E5(), LanguageTool())


def mood(text: str) -> MoodAnswer:
    return TOOL.run(TextRequest(text=text))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("i am happy with my new shoes", "happy"),
        ("em vui lắm luôn", "happy"),
        ("i can't wait for the party!!!", "excited"),
        ("hao huc qua", "excited"),
        ("i have two cats", "neutral"),
        ("it is under the tree", "neutral"),
        ("con tôm tiếng anh là gì", "neutral"),
        ("boring", "bored"),
        ("chan qua di", "bored"),
        ("em buồn ngủ rồi", "tired"),
        ("so sleepy now", "tired"),
        ("i don't get it", "confused"),
        ("k hiu j luon", "confused"),
        ("ugh i can't say this", "frustrated"),
        ("buc qua di", "frustrated"),
        ("i am nervous about tomorrow", "anxious"),
        ("em so bi mang", "anxious"),
        ("my bird died", "sad"),
        ("con buồn quá", "sad"),
        ("i'm not happy", "sad"),
        ("con không vui", "sad"),
    ],
)
def test_the_mood_of_a_line(text: str, label: str) -> None:
    assert mood(text).mood == label


def test_scores_are_a_distribution_and_the_confidence_is_the_moods_share() -> None:
    answer = mood("con mệt quá")
    assert sum(answer.scores.values()) == pytest.approx(1)
    assert answer.confidence == answer.scores[answer.mood]


def test_a_cheerful_reading_gives_way_when_hurt_is_likely_enough() -> None:
    calm = dict.fromkeys(("neutral", "bored", "tired", "confused", "excited"), 0.0)
    assert chosen({**calm, "happy": 0.55, "sad": CARE, "anxious": 0.05, "frustrated": 0.0}) == "sad"
    assert chosen({**calm, "happy": 0.75, "sad": 0.15, "anxious": 0.1, "frustrated": 0.0}) == "happy"


@pytest.mark.parametrize("text", ["", "\u200b", "12", "...", "שלום", "\x00", "a" * 4000, "\u202eabc"])
def test_odd_input_is_answered_and_not_with_a_sure_mood(text: str) -> None:
    answer = mood(text)
    assert answer.mood == "neutral" or answer.confidence < 0.9


@pytest.mark.parametrize(("text", "label"), [("😢", "sad"), ("😡", "frustrated"), ("🎉", "excited")])
def test_a_face_alone_tells_a_mood(text: str, label: str) -> None:
    assert max(mood(text).scores, key=lambda name: mood(text).scores[name] if name != "neutral" else 0.0) == label


def test_four_thousand_characters_are_quick() -> None:
    mood("warm")
    started = time.thread_time()
    mood(("hôm nay con đi học and then i play " * 150)[:4000])
    assert time.thread_time() - started < 1.5


def test_threads_and_one_caller_get_the_same_answers() -> None:
    lines = ["i am sad", "con vui", "chan qua", "it is red"] * 4
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(mood, lines)) == [mood(line) for line in lines]


def test_the_shipped_weights_were_fitted_on_the_shipped_sentences() -> None:
    assert linear.load(PACK).data_hash == linear.file_hash(train.SENTENCES)


def test_every_mood_has_at_least_sixty_sentences_and_none_stands_twice() -> None:
    rows = train.sentences()
    texts = [text for _, text in rows]
    assert len(texts) == len(set(texts))
    assert min(sum(label == name for name, _ in rows) for label in {name for name, _ in rows}) >= 60
