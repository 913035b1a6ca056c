"""What the intent tool makes of a child's line after a coach's line."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from providers.embeddings import E5
from tools import linear
from tools.intent import IntentTool, train
from tools.intent.tool import PACK
from tools.language import LanguageTool
from tools.schemas import IntentAnswer, IntentRequest

TOOL = IntentTool(E5(), LanguageTool())


def intent(text: str, context: str = "") -> IntentAnswer:
    return TOOL.run(IntentRequest(text=text, context=context))


@pytest.mark.parametrize(
    ("text", "context", "label"),
    [
        ("a small turtle", "What is in the box?", "answer"),
        ("dạ có hai con", "Do you have fish?", "answer"),
        ("em o nha choi", "What did you do on Sunday?", "answer"),
        ("i don't like onions", "Do you like onions?", "answer"),
        ("what does brave mean", "The mouse is brave.", "ask_meaning"),
        ("shy nghia la j", "She is shy.", "ask_meaning"),
        ("con tôm tiếng anh nói sao", "What do you like to eat?", "ask_translation"),
        ("say that again please", "Where is your bag?", "ask_repeat"),
        ("nghe hok ro", "Where is your bag?", "ask_repeat"),
        ("give me a clue", "What is it?", "ask_help"),
        ("goi y cho em di", "What is it?", "ask_help"),
        ("em ko hieu", "What would you rather have?", "dont_understand"),
        ("???", "What would you rather have?", "dont_understand"),
        ("hello pika", "", "greet"),
        ("bye bye nha", "Nice work!", "goodbye"),
        ("are you a real robot", "What is this?", "small_talk"),
        ("what is my dog's name?", "", "small_talk"),
        ("bật nhạc đi", "What is this?", "off_topic"),
        ("let's talk about trains", "What is this?", "change_topic"),
        ("doi sang bai khac nha", "What is this?", "change_topic"),
        ("con không muốn nói đâu", "Say: tiger.", "refuse"),
        ("where is the ball", "Now say: where is the ball?", "answer"),
        ("see you later", "Say: see you later!", "answer"),
        ("see you later", "Great job today!", "goodbye"),
        ("i play minecraft with my brother", "What do you do at home?", "answer"),
        ("the lift was slow", "Why did you take so long?", "answer"),
        ("whats a turnip", "Do you like turnips?", "ask_meaning"),
        ("dizzy là bị sao vậy", "Are you dizzy?", "ask_meaning"),
    ],
)
def test_the_intent_of_a_line(text: str, context: str, label: str) -> None:
    assert intent(text, context).intent == label


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ('what does "brave" mean', "brave"),
        ("what is the meaning of lazy?", "lazy"),
        ("lazy nghĩa là gì", "lazy"),
        ("con cua tieng anh la gi", "con cua"),
        ("how do you say con tôm in english", "con tôm"),
        ("nói con đói bằng tiếng anh sao ạ", "con đói"),
        ("câu này nghĩa là gì", ""),
        ("what does that mean", ""),
    ],
)
def test_the_term_asked_about(text: str, term: str) -> None:
    assert intent(text, "Look!").term == term


def test_a_question_about_what_was_told_is_not_one_about_the_coach() -> None:
    memory = intent("what is my cat's name?")
    coach = intent("what is your favorite food?")
    assert (memory.asks_memory, memory.asks_coach) == (True, False)
    assert (coach.asks_memory, coach.asks_coach) == (False, True)


@pytest.mark.parametrize(
    ("text", "topic"),
    [("can we talk about sea animals instead", "sea animals"), ("mình nói về khủng long đi", "khủng long")],
)
def test_the_wanted_topic(text: str, topic: str) -> None:
    assert intent(text, "What is this?").topic == topic


def test_names_are_kept_as_typed() -> None:
    assert intent("my dog's name is Milo and my friend is Lan", "Tell me.").names == ("Milo", "Lan")
    assert intent("i have a dog", "Tell me.").names == ()
    assert intent("we go to Hà Nội, with Nam's mom", "Tell me.").names == ("Hà Nội", "Nam")


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "😀", "\x00\x07", "שלום", "\u202eolleh", "(((((", "a" * 4000, '"' * 50, "é́"]
)
def test_odd_input_is_answered(text: str) -> None:
    assert 0 <= intent(text, text).confidence <= 1


def test_four_thousand_characters_are_quick() -> None:
    line = ("i want to say that my mom goes to the market and con thích " * 80)[:4000]
    intent("warm")
    started = time.thread_time()
    intent(line, line)
    assert time.thread_time() - started < 1.5


def test_threads_and_one_caller_get_the_same_answers() -> None:
    lines = ["bye pika", "nghĩa là gì", "i have a cat", "con mệt"] * 4
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(intent, lines)) == [intent(line) for line in lines]


def test_the_shipped_weights_were_fitted_on_the_shipped_sentences() -> None:
    assert linear.load(PACK).data_hash == linear.file_hash(train.SENTENCES)


def test_no_training_sentence_is_given_twice_with_different_labels() -> None:
    seen: dict[tuple[str, str], str] = {}
    for label, text, coach in train.sentences():
        assert seen.setdefault((text, coach), label) == label
