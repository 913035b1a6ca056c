"""Questions about the past: the newest value, the first one, a quote, or "never told"."""

from datetime import UTC, datetime, timedelta

import pytest

from memory.answering import answer
from memory.dates import resolve
from memory.extraction import extract
from memory.facts.names import known_names
from memory.notebook import FactBook, Note
from memory.ports import Remembered, Said
from memory.questions import parse
from memory.quoting import Told
from memory.records import Record

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def remembered(*turns: str, days_apart: int = 7) -> list[Record]:
    records: list[Record] = []
    for number, text in enumerate(turns):
        at = START + timedelta(days=days_apart * number)
        for fact in extract(Said(turn_id=str(number), text=text, said_at=at), records):
            records.append(
                Record(
                    f"f{len(records)}",
                    "semantic",
                    fact.text,
                    at,
                    str(number),
                    len(records),
                    subject_key=fact.key,
                    about=fact.about,
                    value=fact.value,
                    quote=fact.quote,
                    stance="retraction" if fact.denied else "claim",
                )
            )
        day = resolve(text, at.date())
        on = day.isoformat() if day else ""
        records.append(Record(f"t{number}", "episodic", text, at, str(number), len(records), on=on))
    return records


def asked(question: str, records: list[Record]) -> Remembered | None:
    query = parse(question, known_names(records))
    turns = [Note.of(record) for record in records if record.kind == "episodic"]
    facts = FactBook(record for record in records if record.kind == "semantic")
    return answer(query, Told.of(facts, turns, {}, START + timedelta(days=90))) if query else None


LIFE = remembered(
    "my name is Quang and i am eight",
    "i have a dog his name is Bim",
    "Bim is old and he go to live with my aunt in Vinh",
    "i have a new dog his name is Lulu",
    "my sister is six",
    "my favorite color is red",
    "my favourite color is green now",
    "yesterday i went to the zoo",
    "my grandmother lives in Da Lat",
    "con sợ sấm",
    "my uncle taught me to ride a horse",
    "now i sit next to Phúc",
    "i am allergic to eggs",
    "my mother is a tailor",
    "my brother is three years older than me",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is my dog's name?", "Lulu"),
        ("con chó của con tên gì", "Lulu"),
        ("con cho cua con ten gi", "Lulu"),
        ("do you remember my dog's name?", "Lulu"),
        ("what was my first dog called?", "Bim"),
        ("How old am I?", "8"),
        ("con mấy tuổi", "8"),
        ("how old is my sister?", "6"),
        ("What is my favourite color?", "green"),
        ("what was my favorite color before?", "red"),
        ("Where does my grandma live?", "Da Lat"),
        ("bà con sống ở đâu", "Da Lat"),
        ("what am i afraid of?", "sấm"),
        ("What am I allergic to?", "eggs"),
        ("what does my mom do?", "tailor"),
        ("mẹ con làm nghề gì", "tailor"),
        ("how old is my brother?", "11 (3 years older than you)"),
        ("When did I go to the zoo?", "19 April 2026"),
        ("Who taught me to ride a horse?", "my uncle taught me to ride a horse"),
        ("who sits next to me now?", "now i sit next to Phúc"),
    ],
)
def test_a_question_gets_what_was_told(question: str, expected: str) -> None:
    found = asked(question, LIFE)
    assert found is not None
    assert (found.known, found.answer) == (True, expected)


@pytest.mark.parametrize(
    "question",
    [
        "What is my cat's name?",
        "How old is my mother?",
        "What is my father's job?",
        "what is my favourite food?",
        "When is my birthday?",
        "Do I have a parrot?",
        "what is my sister's name?",
        "Does my grandmother have a cat?",
        "How old is Lulu?",
        "em trai con tên gì?",
        "bạn có nhớ sinh nhật con không?",
    ],
)
def test_what_was_never_told_is_not_invented(question: str) -> None:
    found = asked(question, LIFE)
    assert found is not None
    assert (found.known, found.answer) == (False, "")


@pytest.mark.parametrize(
    "text",
    [
        "my dog is funny",
        "how do i say con chó in English?",
        "what does curious mean?",
        "can i play a game?",
        "what is this?",
        "help me please",
        "i go to school yesterday",
        "What color is the sky?",
        "hello",
        "là sao?",
    ],
)
def test_what_does_not_ask_for_a_memory_has_no_answer(text: str) -> None:
    assert asked(text, LIFE) is None


def test_which_came_first_is_told_from_the_days() -> None:
    records = remembered("yesterday i had a piano concert", "tomorrow i have a swimming race")
    found = asked("Was the swimming race before or after the piano concert?", records)
    assert found is not None
    assert found.answer == "after"


def test_what_was_taken_back_is_not_known() -> None:
    records = remembered("i have a cat", "i don't have a cat")
    found = asked("how many cats do i have?", records)
    assert found is not None
    assert not found.known


def test_an_answer_quotes_the_child() -> None:
    found = asked("What is my dog's name?", LIFE)
    assert found is not None
    assert (found.about, found.quote) == ("your dog's name", "i have a new dog his name is Lulu")


def test_two_turns_are_linked_by_what_they_share() -> None:
    told = remembered("my cousin sings in a church choir", "there are thirty people in the choir", "i have two bikes")
    found = asked("how many people are in my cousin's choir?", told)
    assert found is not None
    assert found.quote == "there are thirty people in the choir"


def test_a_turn_beside_it_does_not_answer_for_somebody_it_does_not_point_at() -> None:
    told = remembered("my sister is called Hoa", "swimming class is on Tuesday", days_apart=0)
    found = asked("which class is Hoa in?", told)
    assert found is not None
    assert not found.known


def test_when_in_a_side_clause_does_not_ask_for_a_day() -> None:
    told = remembered("i ate a big snail when i was in the mountains")
    found = asked("what did i eat when i was in the mountains?", told)
    assert found is not None
    assert found.answer == "i ate a big snail when i was in the mountains"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who is the oldest in my family?", "Nam"),
        ("ai nhỏ tuổi nhất nhà con?", "younger sister"),
    ],
)
def test_ages_are_compared(question: str, answer: str) -> None:
    told = remembered(
        "i am nine", "my little sister is four", "my brother is called Nam", "my brother is 3 years older than me"
    )
    found = asked(question, told)
    assert found is not None
    assert found.answer == answer


def test_one_age_is_compared_with_nobody() -> None:
    found = asked("who is the oldest in my family?", remembered("my brother is twelve"))
    assert found is None or found.answer != "brother"
