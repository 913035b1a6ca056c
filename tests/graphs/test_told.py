import pytest

from graphs.decide.kinds import kinds
from graphs.decide.told import read_told
from lessons.ports import Entry

LEXICON = {
    "pizza": Entry(en="pizza", vi="pizza", pos="mass", topic="food"),
    "dog": Entry(en="dog", vi="con chó", pos="n", topic="animals"),
    "doctor": Entry(en="doctor", vi="bác sĩ", pos="n", topic="jobs"),
    "maths": Entry(en="maths", vi="môn toán", pos="mass", topic="school"),
}


def kind_of(english: str, vietnamese: str = "") -> str:
    reading = read_told(english, vietnamese, LEXICON.get)
    return reading.kind.name if reading is not None else ""


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("My cat ran away this morning.", "lost_pet"),
        ("My rabbit is sick.", "pet_sick"),
        ("I have a small turtle.", "have_pet"),
        ("I fell off my bike.", "fell"),
        ("My brother took my robot.", "took_mine"),
        ("We won the match!", "won"),
        ("I love pizza", "fav_food"),
        ("We ate pizza", "ate"),
        ("I don't like pizza", "not_food"),
        ("I like maths", "subject"),
        ("My father is a doctor", "kin_job"),
        ("I went to the zoo with my dad", "trip"),
        ("Tomorrow I will visit my grandma", "plan"),
        ("I can ride a bike", "can_do"),
        ("I can't swim", "cannot_do"),
        ("I want to be a doctor", "want_be"),
        ("It is very hot today", "weather"),
        ("Last week was my birthday", "birthday"),
        ("Today is my birthday", "birthday"),
        ("My sister lost her shoe", "lost_thing"),
        ("We didn't find it", "lost_thing"),
        ("We found it", "found_it"),
        ("We lost 3-1 yesterday", "lost_game"),
        ("We lost the match and I cried", "lost_game"),
        ("I lose 5 times", "lost_game"),
        ("I want to talk about Minecraft", "talk_about"),
        ("I painted a box", "drew"),
        ("I carried the box upstairs", "did"),
        ("What do you like?", ""),
        ("banana", ""),
    ],
)
def test_the_kind_of_what_is_told(line: str, kind: str) -> None:
    assert kind_of(line) == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("con chó của con bị lạc rồi", "lost_pet"),
        ("con bị té đau lắm", "fell"),
        ("hôm nay con được 10 điểm", "good_mark"),
        ("con thích ăn bún", "fav_food"),
        ("trời mưa to quá", "weather"),
    ],
)
def test_vietnamese_whose_english_is_not_known(line: str, kind: str) -> None:
    assert kind_of("", line) == kind


@pytest.mark.parametrize(
    ("line", "said_back"),
    [
        ("My dog ran away yesterday.", "Your dog ran away yesterday"),
        ("I played football with my brother and we won", "You won"),
        ("Yesterday we go to the beach", "You **went** to the beach"),
        ("She go to the market", ""),  # a form that nobody should hear back
        ("My mom and I very happy", ""),
    ],
)
def test_only_what_is_well_formed_is_said_back(line: str, said_back: str) -> None:
    reading = read_told(line, "", LEXICON.get)
    assert (reading.flip if reading is not None else "") == said_back


def test_a_story_of_the_past_is_said_back_in_the_past() -> None:
    reading = read_told("we swim and build a big house", "", LEXICON.get, in_past=True)
    assert reading is not None
    assert (reading.flip, reading.past) == ("You **swam** and **built** a big house", True)
    habit = read_told("we swim every day", "", LEXICON.get, in_past=True)
    assert habit is not None
    assert "**" not in habit.flip


def test_a_thing_of_the_childs_is_named_as_its_own_in_both_languages() -> None:
    reading = read_told("My dog is sick", "", LEXICON.get)
    assert reading is not None
    assert (reading.what.en, reading.what.vi) == ("your dog", "con chó của bạn")


def test_a_name_is_only_a_name_where_one_was_found() -> None:
    assert kind_of("I'm tired") != "name"
    reading = read_told("I'm Bao", "", LEXICON.get, ["Bao"])
    assert reading is not None
    assert (reading.kind.name, reading.who.en) == ("name", "Bao")
    with_age = read_told("My name is Bao and I am 8 years old", "", LEXICON.get, ["Bao"])
    assert with_age is not None
    assert (with_age.kind.name, with_age.who.en) == ("name", "Bao")


def test_the_quick_look_before_a_pattern_loses_nothing() -> None:
    lines = ["my puppy ran away", "i love my grandma", "my favorite food is rice", "we went to the beach", "i wake up"]
    for kind in kinds():
        for pattern in kind.english:
            assert [bool(pattern.search(line)) for line in lines] == [
                bool(pattern.regex.search(line)) for line in lines
            ]
