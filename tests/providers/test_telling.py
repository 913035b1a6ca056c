import random
from typing import get_args

import pytest

from graphs.decide.kinds import kinds
from providers.directive import Act, Bilingual, Directive, Learner, Said, Told, Tone
from providers.scripted import plain, word
from providers.scripted.cues import cue_names
from providers.scripted.slots import slots_in
from providers.scripted.templates import default_templates

LINH = Learner(name="Linh", age=7)
PET = Bilingual(en="Do you have a pet?", vi="Bạn có nuôi con gì không?")
NEEDS_MORE = frozenset({"right"})  # is answered as right_yes or right_no


def reply(told: Told, seed: int = 0, **said: str) -> str:
    directive = Directive(
        act=Act.CHAT, learner=LINH, said=Said.model_validate(said), told=told, prompt=None if told.ask else PET
    )
    return plain(" ".join(line.spoken for line in word(directive, random.Random(seed))))


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_every_kind_has_its_comment_and_its_questions(kind: object) -> None:
    templates = default_templates()
    known = next(found for found in kinds() if found is kind)
    groups = [templates.get(f"told.{known.name}", ()), templates[f"told.tone_{known.tone}"]]
    assert any(not slots_in(template.en) for group in groups for template in group)
    assert all(f"ask.{ask}" in templates for ask in known.asks)


@pytest.mark.parametrize("tone", get_args(Tone))
def test_every_tone_has_words(tone: Tone) -> None:
    assert reply(Told(kind="unheard_of", tone=tone, flip="You saw it", ask="where")).endswith("Where was that?")


def test_whatever_is_asked_of_pika_has_an_answer() -> None:
    assert [name for name in cue_names("asks") if f"answer.{name}" not in default_templates()] == list(NEEDS_MORE)


def test_the_childs_own_sentence_comes_back_with_a_question() -> None:
    told = Told(kind="lost_pet", tone="sorry", flip="Your dog ran away", ask="found", past=True)
    for seed in range(10):
        said = reply(told, seed)
        assert "your dog ran away" in said
        assert said.endswith("Did you find it?")
        assert said.count("Oh no") <= 1


def test_the_question_is_of_the_past_where_the_story_is() -> None:
    assert reply(Told(kind="played", ask="play_with", past=True)).endswith("Who did you play with?")
    assert reply(Told(kind="played", ask="play_with")).endswith("Who do you play with?")


@pytest.mark.parametrize(
    ("told", "heard"),
    [
        (Told(answers="where_was", answered="said", answer="in the park", ask="feel"), "in the park"),
        (Told(answers="found", answered="agreed", ask="where_last", tone="sorry"), "Hooray, you found it!"),
        (Told(answers="riddle_cow", answered="said", answer="a cat"), "a cow"),
    ],
)
def test_an_answer_is_taken_up(told: Told, heard: str) -> None:
    assert heard.casefold() in reply(told).casefold()


def test_the_way_back_names_the_lesson() -> None:
    back = Bilingual(en="animals and pets", vi="con vật")
    said = reply(Told(kind="did", flip="You made a kite", back=back))
    assert "animals and pets" in said
    assert said.endswith(PET.en)


def test_vietnamese_is_answered_in_vietnamese_with_its_english() -> None:
    told = Told(kind="fell", tone="ouch", ask="hurts_now")
    said = reply(told, text="con bị té", language="vi", english="I fell down")
    assert "I fell down." in said
    assert any(letter in said for letter in "ạảãáàơưđâêôă")
    assert said.endswith("Does it still hurt?")
