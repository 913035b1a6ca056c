"""Table of what children say to the shipped lessons, and how it stands."""

import time

import pytest

from lessons.loader import Content
from lessons.schemas import Verdict
from lessons.service import Lessons


def judged(lessons: Lessons, place: str, text: str) -> Verdict:
    lesson, _, step = place.partition("/")
    return lessons.judge(lessons.at(f"a1-u1-{lesson}", step), text)


RIGHT = [
    ("l1/warm-how-are-you", "I'm happy!"),
    ("l1/warm-how-are-you", "I'm fine, thank you. And you?"),
    ("l1/warm-how-are-you", "um... good"),
    ("l1/pattern-name", "My name is Minh."),
    ("l1/pattern-name", "my name is an"),
    ("l1/pattern-name", "I'm Bảo Ngọc"),
    ("l1/pattern-name", "Minh"),
    ("l1/pattern-name", "Hello Pika, my name's Lan!"),
    ("l1/practice-age", "8"),
    ("l1/practice-age", "I am nine"),
    ("l1/practice-age", "I'm ten years old."),
    ("l1/practice-age", "uh I am eleven years old and I like cats"),
    ("l1/check-ask-name", "what's your name"),
    ("l1/check-fix", "I'm 7"),
    ("l2/pattern-have", "No, I don't."),
    ("l2/pattern-have", "I have two sisters"),
    ("l2/pattern-have", "yes I have one brother. He is Tom."),
    ("l2/use-tell", "I love my grandma very much"),
    ("l3/meet-elephant", "an elephant"),
    ("l3/meet-elephant", "it is an elefant"),
    ("l3/meet-elephant", "its an elephent"),
    ("l3/pattern-like", "dogs"),
    ("l3/pattern-like", "I like cats because they are cute"),
    ("l3/pattern-like", "i love dogs and cats"),
    ("l3/practice-pet", "Yes, I have a dog. His name is Rex."),
    ("l3/practice-pet", "No"),
    ("l4/pattern-colour-toy", "I have a big red car"),
    ("l4/use-shop", "I want a yellow doll, please"),
    ("l5/pattern-like-food", "I like fried chicken"),
    ("l5/practice-dont-like", "I don't like fish"),
    ("l5/use-menu", "Can I have noodles please"),
    ("l6/pattern-i-am", "I'm a little tired"),
    ("l6/use-doctor", "Ouch! My tummy hurts!"),
    ("l7/pattern-at", "I get up at 6 o'clock"),
    ("l7/pattern-at", "at six thirty"),
    ("l7/practice-go", "my father takes me to school"),
    ("l7/use-after-school", "I play with my friends and do my homework"),
    ("l8/pattern-went", "I went to the beach with my family"),
    ("l8/use-weekend", "I ate cake and played games"),
    ("l8/check-go-went", "went"),
]


@pytest.mark.parametrize(("place", "text"), RIGHT)
def test_good_answers_are_right(lessons: Lessons, place: str, text: str) -> None:
    verdict = judged(lessons, place, text)
    assert verdict.kind == "right", verdict


WRONG = [
    ("l1/warm-how-are-you", "I very happy", "I am happy."),
    ("l1/pattern-name", "my name Minh", "My name is Minh."),
    ("l1/pattern-name", "I name is Lan", "My name is Lan."),
    ("l1/practice-age", "I 9 years old", "I am nine years old."),
    ("l1/practice-age", "I have eight years old", "I am eight years old."),
    ("l1/practice-age", "I'm six year old", "I am six years old."),
    ("l1/check-ask-name", "your name is what", "What is your name?"),
    ("l2/meet-mother", "she mother", "She is a mother."),
    ("l2/pattern-have", "I have two brother", "I have two brothers."),
    ("l2/practice-she-he", "my father he is funny", "My father is funny."),
    ("l3/warm-sound", "it is dog", "It is a dog."),
    ("l3/pattern-like", "I like dog", "I like dogs."),
    ("l3/pattern-like", "I very like rabbit", "I like rabbits very much."),
    ("l3/pattern-like", "I like cat because it is cute", "I like cats."),
    ("l3/practice-pet", "I have cat", "I have a cat."),
    ("l4/pattern-colour-toy", "I have a car red", "I have a red car."),
    ("l5/meet-apple", "it is a apple", "It is an apple."),
    ("l5/check-he-likes", "she like eggs", "She likes eggs."),
    ("l6/pattern-i-am", "I hungry", "I am hungry."),
    ("l6/use-doctor", "I hurt my head", "My head hurts."),
    ("l7/pattern-at", "I get up in 7 o'clock", "I get up at seven."),
    ("l7/practice-go", "I go school by bike", "I go to school by bike."),
    ("l7/check-she-goes", "she go to bed at nine", "She goes to bed at nine."),
    ("l8/warm-can", "I can to swim", "I can swim."),
    ("l8/pattern-went", "on Sunday I go to the park", "I went to the park."),
    ("l8/practice-played", "yesterday he play football", "He played football."),
    ("l8/use-weekend", "yesterday I goed to the zoo", "I ate cake."),
]


@pytest.mark.parametrize(("place", "text", "right"), WRONG)
def test_likely_wrong_answers_are_known_and_say_the_right_form(
    lessons: Lessons, place: str, text: str, right: str
) -> None:
    verdict = judged(lessons, place, text)
    assert verdict.kind == "wrong", verdict
    assert verdict.wrong is not None
    assert verdict.wrong.right == right


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("l1/warm-how-are-you", ""),
        ("l1/warm-how-are-you", "..."),
        ("l1/warm-how-are-you", "um uh"),
        ("l1/pattern-name", "con không biết"),
        ("l1/pattern-name", "không"),
        ("l3/pattern-like", "con thích mèo"),
        ("l3/pattern-like", "con thich meo"),
        ("l3/pattern-like", "mèo ạ"),
        ("l5/pattern-like-food", "I don't know"),
        ("l5/use-menu", "sorry I don't understand"),
    ],
)
def test_silence_vietnamese_and_being_at_a_loss_are_nothing_to_judge(lessons: Lessons, place: str, text: str) -> None:
    assert judged(lessons, place, text).kind == "none"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("l3/warm-sound", "it is big"),
        ("l3/warm-sound", "I like mèo"),
        ("l8/use-weekend", "very fun with grandma"),
        ("l7/meet-school", "teacher"),
    ],
)
def test_other_english_is_an_attempt(lessons: Lessons, place: str, text: str) -> None:
    assert judged(lessons, place, text).kind == "attempt"


def test_an_attempt_at_an_open_step_counts_for_more(lessons: Lessons) -> None:
    open_step = judged(lessons, "l8/use-weekend", "very fun with grandma")
    closed_step = judged(lessons, "l3/warm-sound", "very fun with grandma")
    assert open_step.confidence > closed_step.confidence


def test_target_words_are_reported_in_any_form(lessons: Lessons) -> None:
    assert judged(lessons, "l3/pattern-like", "my dogs chase a cat").words == ("cat", "dog")
    assert judged(lessons, "l7/use-after-school", "she gets up and watched TV").words == ("get up", "watch TV")


def test_a_form_of_a_word_is_no_typo(lessons: Lessons) -> None:
    assert judged(lessons, "l5/check-he-likes", "she likes eggz").kind != "wrong"
    assert judged(lessons, "l5/meet-apple", "it is an apples").kind != "right"


def test_judging_a_very_long_answer_is_fast(lessons: Lessons) -> None:
    judged(lessons, "l5/pattern-like-food", "warm")
    started = time.thread_time()
    judged(lessons, "l5/pattern-like-food", "i like to eat " * 500)
    assert time.thread_time() - started < 3


def test_the_right_form_takes_up_what_the_child_said(lessons: Lessons) -> None:
    for place, text, right in (
        ("l5/pattern-like-food", "I love hamburger", "I love hamburgers."),
        ("l5/warm-breakfast", "I eat banana", "I eat a banana."),
        ("l6/use-doctor", "my tooth hurt", "My tooth hurts."),
        ("l2/practice-she-he", "she very kind", "Yes, she is kind."),
        ("l4/use-shop", "a kite blue", "I want a blue kite."),
    ):
        verdict = judged(lessons, place, text)
        assert verdict.wrong is not None, (text, verdict)
        assert verdict.wrong.right == right


def test_the_largest_hint_nearly_gives_the_answer(content: Content, lessons: Lessons) -> None:
    for lesson in content.lessons:
        for step in lesson.steps:
            _, _, answer = step.hints[2].en.partition(": ")
            verdict = lessons.judge(lessons.at(lesson.id, step.id), answer or step.hints[2].en)
            assert verdict.kind == "right", (lesson.id, step.id, step.hints[2].en, verdict)
