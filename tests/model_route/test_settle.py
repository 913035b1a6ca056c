"""How far a model's answer is believed, tool by tool: by table, without a model."""

from typing import Any, get_args

import pytest

from tools.model_route.grammar import ModelGrammar
from tools.model_route.grammar import settle as settle_grammar
from tools.model_route.intent import ModelIntent
from tools.model_route.intent import settle as settle_intent
from tools.model_route.language import ModelLanguage
from tools.model_route.language import settle as settle_language
from tools.model_route.mood import ModelMood
from tools.model_route.mood import settle as settle_mood
from tools.model_route.safety import ModelSafety
from tools.model_route.safety import settle as settle_safety
from tools.model_route.task import Refused
from tools.schemas import (
    Edit,
    Flag,
    GrammarAnswer,
    IntentAnswer,
    IntentRequest,
    LanguageAnswer,
    MoodAnswer,
    MoodLabel,
    SafetyAnswer,
    SafetyLabel,
    TextRequest,
    TokenTag,
)

SOURCE = "model:x"


# -- grammar ----------------------------------------------------------------------------------------------


def edit(wrong: str, right: str, **more: str) -> dict[str, str]:
    return {"wrong": wrong, "right": right, "type": "tense", "explanation_en": "", "explanation_vi": "", **more}


def grammar(text: str, *edits: dict[str, str], known: tuple[Edit, ...] = ()) -> GrammarAnswer:
    embedded = GrammarAnswer(corrected=text, edits=known, confidence=0.85)
    return settle_grammar(TextRequest(text=text), embedded, ModelGrammar.model_validate({"edits": edits}), SOURCE)


@pytest.mark.parametrize(
    ("text", "edits", "corrected"),
    [
        ("yesterday we plant a tree", [edit("plant", "planted")], "yesterday we planted a tree"),
        ("he go home and go out", [edit("go", "goes"), edit("go", "goes")], "he goes home and goes out"),
        ("we are at home", [], "we are at home"),
        ("we are at home", [edit("at home", "At home.")], "we are at home"),
        ("i cook soup", [edit("i", "I"), edit("cook", "cooked")], "i cooked soup"),
    ],
)
def test_small_corrections_stand_where_they_belong(text: str, edits: list[dict[str, str]], corrected: str) -> None:
    answer = grammar(text, *edits)
    assert answer.corrected == corrected
    assert all(text[one.start : one.end] == one.wrong for one in answer.edits)
    assert {one.rule for one in answer.edits} <= {SOURCE}
    assert answer.source == SOURCE


@pytest.mark.parametrize(
    "edits",
    [
        [edit("plants", "planted")],
        [edit("plan", "planned")],
        [edit("", "planted")],
        [edit("plant", "planted <b>")],
        [edit("plant", "trồng")],
        [edit("plant", "planted one and two and three more")],
        [edit("tree", "trees"), edit("plant", "planted")],
        [edit("we plant a tree near", "they planted some trees by")],
    ],
)
def test_what_is_no_small_correction_of_the_text_is_refused(edits: list[dict[str, str]]) -> None:
    with pytest.raises(Refused):
        grammar("we plant a tree near house", *edits)


def test_vietnamese_is_not_corrected() -> None:
    with pytest.raises(Refused, match="Vietnamese"):
        grammar("con thích soup nhà mình", edit("nhà", "house"))


def test_what_the_rules_found_stays_and_wins_where_both_speak() -> None:
    known = Edit(start=3, end=8, wrong="plant", right="planted", type="tense", rule="past", confidence=0.9)
    answer = grammar("we plant tree in house", edit("plant", "plants"), edit("tree", "a tree"), known=(known,))
    assert answer.edits[0] == known
    assert answer.corrected == "we planted a tree in house"
    assert answer.confidence == answer.edits[1].confidence == 0.75


def test_an_explanation_that_may_not_be_said_is_left_out() -> None:
    said = edit("plant", "planted", explanation_en="See www.example.com for more.", explanation_vi="Việc đã qua.")
    answer = grammar("yesterday we plant a tree", said)
    assert (answer.edits[0].explanation_en, answer.edits[0].explanation_vi) == ("", "Việc đã qua.")


# -- language ---------------------------------------------------------------------------------------------


def language(text: str, words: list[str], restored: str, embedded_restored: str = "x") -> LanguageAnswer:
    embedded = LanguageAnswer(
        language="vi",
        tokens=tuple(TokenTag(text=word, language="vi") for word in text.split()),
        diacritics=False,
        restored=embedded_restored,
        confidence=0.9,
    )
    shaped = ModelLanguage.model_validate({"words": words, "restored": restored})
    return settle_language(TextRequest(text=text), embedded, shaped, SOURCE)


def test_every_word_has_a_label_and_marks_are_added() -> None:
    answer = language("em an banana", ["vi", "vi", "en"], "em ăn banana")
    assert (answer.language, answer.restored) == ("mixed", "em ăn banana")
    assert [tag.language for tag in answer.tokens] == ["vi", "vi", "en"]
    assert language("em an com", ["vi"] * 3, "em ăn cơm", embedded_restored="").restored == ""
    assert language("123 haha", ["other"] * 2, "123 haha").language == "other"


@pytest.mark.parametrize(
    ("text", "words", "restored"),
    [
        ("em an com", ["vi", "vi"], "em ăn cơm"),
        ("em an com", ["vi"] * 3, "em ăn phở"),
        ("em an com", ["vi"] * 3, "em ăn cơm nhé"),
        ("em ăn com", ["vi", "en", "vi"], "em ăn cơm"),
    ],
)
def test_labels_and_spelling_that_do_not_fit_the_text_are_refused(text: str, words: list[str], restored: str) -> None:
    with pytest.raises(Refused):
        language(text, words, restored)


# -- mood -------------------------------------------------------------------------------------------------


def mood(embedded: dict[MoodLabel, float], said: str, confidence: float) -> MoodAnswer:
    best = max(embedded, key=lambda label: embedded[label])
    scores = {label: embedded.get(label, 0.0) for label in get_args(MoodLabel)}
    answer = MoodAnswer(mood=best, confidence=embedded[best], scores=scores)
    shaped = ModelMood.model_validate({"mood": said, "confidence": confidence})
    return settle_mood(TextRequest(text="x"), answer, shaped, SOURCE)


def test_both_moods_are_weighed_and_scores_stay_probabilities() -> None:
    answer = mood({"happy": 0.4, "neutral": 0.5, "sad": 0.1}, "happy", 0.99)
    assert answer.mood == "happy"
    assert sum(answer.scores.values()) == pytest.approx(1)


def test_a_model_does_not_make_hurt_cheerful() -> None:
    answer = mood({"happy": 0.1, "neutral": 0.05, "sad": 0.85}, "happy", 1.0)
    assert answer.mood == "sad"


# -- intent -----------------------------------------------------------------------------------------------


def intent(text: str, **said: Any) -> IntentAnswer:
    embedded = IntentAnswer(intent="small_talk", confidence=0.6, topic="my kite", names=("Nam",), asks_memory=True)
    shaped = ModelIntent.model_validate({"confidence": 0.8, "term": "", "topic": "", **said})
    return settle_intent(IntentRequest(text=text), embedded, shaped, SOURCE)


def test_another_intent_drops_what_belonged_to_the_tools_own() -> None:
    answer = intent("what does lantern mean", intent="ask_meaning", term="lantern")
    assert (answer.intent, answer.term, answer.topic) == ("ask_meaning", "lantern", "")
    assert not answer.asks_memory
    assert answer.names == ("Nam",)


def test_the_same_intent_keeps_what_the_tool_found() -> None:
    answer = intent("i have my kite", intent="small_talk", topic="kite")
    assert (answer.topic, answer.asks_memory, answer.confidence) == ("my kite", True, 0.8)


def test_a_quote_may_have_marks_but_no_other_words() -> None:
    assert intent("cho con hoi den long la gi", intent="ask_translation", term="đèn lồng").term == "đèn lồng"
    with pytest.raises(Refused):
        intent("what does lantern mean", intent="ask_meaning", term="lamp")


# -- safety -----------------------------------------------------------------------------------------------


def flag(label: SafetyLabel, confidence: float = 0.8, fired: str = "p") -> Flag:
    return Flag(label=label, confidence=confidence, fired=fired)


def safety(known: tuple[Flag, ...], *said: dict[str, Any]) -> SafetyAnswer:
    label: SafetyLabel = known[0].label if known else "safe"
    embedded = SafetyAnswer(label=label, confidence=0.9, flags=known, redacted="[phone]", pii=("phone",))
    shaped = ModelSafety.model_validate({"flags": said})
    return settle_safety(TextRequest(text="x"), embedded, shaped, SOURCE)


@pytest.mark.parametrize(
    ("known", "said", "labels"),
    [
        ((), [], []),
        ((), [{"label": "grooming", "confidence": 0.7}], ["grooming"]),
        ((), [{"label": "grooming", "confidence": 0.5}], []),
        ((flag("profanity"),), [], ["profanity"]),
        ((flag("profanity"),), [{"label": "self_harm", "confidence": 1.0}], ["self_harm", "profanity"]),
        ((flag("self_harm"),), [{"label": "self_harm", "confidence": 0.0}], ["self_harm"]),
        ((flag("self_harm"),), [{"label": "profanity", "confidence": 0.9}] * 3, ["self_harm", "profanity"]),
    ],
)
def test_a_model_adds_dangers_and_clears_none(
    known: tuple[Flag, ...], said: list[dict[str, Any]], labels: list[str]
) -> None:
    answer = safety(known, *said)
    assert [one.label for one in answer.flags] == labels
    assert answer.label == (labels[0] if labels else "safe")
    assert set(known) <= set(answer.flags)
    assert (answer.redacted, answer.pii) == ("[phone]", ("phone",))


def test_a_model_cannot_say_safe_or_find_personal_data() -> None:
    for label in ("safe", "pii_share"):
        with pytest.raises(ValueError, match="label"):
            safety((), {"label": label, "confidence": 1.0})
