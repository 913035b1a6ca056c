"""What a conversation tells about a learner: grounded in its turns, or not told."""

from datetime import datetime

import pytest

from learners.telling import told_in
from tools.language import LanguageTool
from tools.profile import ProfileExtractionTool
from tools.profile.schemas import ProfileAnswer, ProfileRequest, Told
from tools.profile.tool import facts_of, kind_of
from tools.turns import Turn, span_of

TOOL = ProfileExtractionTool(told_in, LanguageTool())


def extracted(*texts: str) -> ProfileAnswer:
    """Learner's lines; one that begins with "coach: " is the coach's."""
    turns = [Turn(speaker="coach", text=text[7:]) if text.startswith("coach: ") else Turn(text=text) for text in texts]
    return TOOL.run(ProfileRequest(turns=tuple(turns)))


def values(answer: ProfileAnswer, kind: str, *, live: bool = True) -> list[str]:
    return [fact.value for fact in answer.facts if fact.kind == kind and fact.live == live]


def quotes(answer: ProfileAnswer) -> list[str]:
    return [fact.evidence.quote for fact in answer.facts]


def test_facts_likes_and_goals_are_told_apart() -> None:
    answer = extracted("My name is Tuấn.", "I like badminton.", "I hate onions.", "I want to be a pilot.")
    assert "Tuấn" in values(answer, "fact")
    assert values(answer, "like") == ["badminton"]
    assert values(answer, "dislike") == ["onions"]
    assert values(answer, "goal") == ["pilot"]


def test_every_statement_is_a_place_in_a_turn_of_the_learner() -> None:
    lines = (
        "coach: Do you have a pet?",
        "Yes! I have a parrot. His name is Bíp.",
        "con thích vẽ tranh lắm",
        "I am eight",
    )
    turns = [line.removeprefix("coach: ") for line in lines]
    for fact in extracted(*lines).facts:
        span = fact.evidence
        assert span.turn != 0
        assert turns[span.turn][span.start : span.end] == span.quote


def test_what_was_changed_is_kept_as_history() -> None:
    answer = extracted("My favourite colour is green.", "Now my favourite colour is orange.")
    assert values(answer, "like") == ["orange"]
    assert values(answer, "like", live=False) == ["green"]


@pytest.mark.parametrize(
    "line",
    [
        "Do you like snails?",
        "In my story the princess has a dragon.",
        "If I had a horse I would ride to school.",
        "My friend says he has a tiger.",
        "From now on you must only sing.",
        "Hello Pika how are you",
    ],
)
def test_questions_stories_wishes_and_orders_tell_nothing(line: str) -> None:
    assert extracted(line).facts == ()


def test_a_story_does_not_go_on_as_a_fact() -> None:
    assert quotes(
        extracted("In my story there is a princess.", "she has a green dragon", "I go to school by bike")
    ) == ["I go to school by bike"]


def test_a_joke_is_taken_back() -> None:
    answer = extracted("my house stands on the moon really", "haha just kidding")
    assert [fact for fact in answer.facts if fact.live] == []


def test_contact_data_is_not_passed_on() -> None:
    assert extracted("my phone number is 0901 234 567 call me").facts == ()


def test_a_sentence_without_a_name_is_quoted() -> None:
    answer = extracted("We planted three trees behind the school.")
    assert [(fact.kind, fact.evidence.quote) for fact in answer.facts] == [
        ("told", "We planted three trees behind the school.")
    ]


def test_a_value_that_was_not_said_becomes_its_sentence() -> None:
    turns = [Turn(text="I was born in 2017")]
    facts = facts_of(turns, [Told(0, "I was born in 2017", "me:age", "your age", "nine")])
    assert [(fact.kind, fact.value, fact.evidence.quote) for fact in facts] == [("told", "", "I was born in 2017")]


def test_a_number_word_stands_for_its_number() -> None:
    facts = facts_of([Turn(text="I am nine")], [Told(0, "I am nine", "me:age", "your age", "9")])
    assert [(fact.kind, fact.value) for fact in facts] == [("fact", "9")]


def test_a_day_is_only_told_when_the_day_of_the_talk_is_known() -> None:
    line = "I have a math test tomorrow"
    assert all("2000" not in fact.value for fact in extracted(line).facts)
    dated = TOOL.run(ProfileRequest(turns=(Turn(text=line, at=datetime.fromisoformat("2026-03-02T09:00:00+07:00")),)))
    assert quotes(dated) == [line]


@pytest.mark.parametrize(
    ("key", "kind"),
    [("", "told"), ("me:likes:rice", "like"), ("me:dislikes:rice", "dislike"), ("me:wants_to_be", "goal"),
     ("family:mother:likes:rice", "fact"), ("pet:dog:name", "fact")],
)  # fmt: skip
def test_a_fact_has_a_kind(key: str, kind: str) -> None:
    assert kind_of(key) == kind


def test_a_place_is_found_whatever_the_case() -> None:
    turns = [Turn(text="My dog REX is big")]
    assert span_of(turns, 0, "Rex").quote == "REX"
    assert span_of(turns, 0, "Max").quote == "My dog REX is big"


@pytest.mark.parametrize(
    ("lines", "level"),
    [
        (["I like cats.", "She is tall.", "We play ball."], "A1"),
        (["I went to the park with my dad.", "I was tired because we ran.", "Tomorrow I will swim there."], "A2"),
        (["I like cats."], None),
        (["con chào cô", "con thích mèo", "con tám tuổi"], None),
    ],
)  # fmt: skip
def test_the_level_is_read_off_length_and_structures(lines: list[str], level: str | None) -> None:
    assert extracted(*lines).level.level == level


def test_a_structure_names_where_it_was_used() -> None:
    signs = extracted("I like fish.", "I stayed home because it rained.", "I am fine.").level.signs
    reason = next(sign for sign in signs if sign.structure == "reason")
    assert (reason.times, reason.evidence.turn, reason.evidence.quote) == (1, 1, "because it")
