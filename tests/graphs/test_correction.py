import pytest

from graphs.decide import TurnView
from graphs.decide.correction import choose_correction, paced, polished
from providers.directive import Act, Means
from tests.graphs.views import a_view, asked, grammar, mood, verdict, wrong


@pytest.mark.parametrize(
    ("view", "act", "type_"),
    [
        pytest.param(a_view(grammar=grammar("tense")), Act.CONFIRM, "tense", id="an error"),
        pytest.param(a_view(grammar=grammar("tense", "plural")), Act.CONFIRM, "plural", id="today's target first"),
        pytest.param(a_view(), Act.CONFIRM, None, id="no error"),
        pytest.param(a_view(grammar=None), Act.CONFIRM, None, id="the tool did not answer"),
        pytest.param(a_view(grammar=grammar("tense", confidence=0.5)), Act.CONFIRM, None, id="not sure"),
        pytest.param(
            a_view(grammar=grammar("tense"), mood=mood("sad"), verdict=verdict("attempt")), Act.CHAT, None, id="sad"
        ),
        pytest.param(a_view(grammar=grammar("tense")), Act.SAFEGUARD, None, id="danger"),
        pytest.param(a_view(grammar=grammar("tense")), Act.FAREWELL, None, id="goodbye"),
        pytest.param(a_view(grammar=grammar("tense")), Act.TRANSLATE, None, id="a question was asked"),
        pytest.param(
            a_view(grammar=grammar("tense"), conversation=asked(corrections_running=1)), Act.CONFIRM, None, id="spaced"
        ),
        pytest.param(
            a_view(grammar=grammar("plural"), conversation=asked(corrections_running=1)),
            Act.CONFIRM,
            "plural",
            id="today's target is not thinned out",
        ),
        pytest.param(
            a_view(grammar=grammar("tense", blocks=True), conversation=asked(corrections_running=1)),
            Act.CONFIRM,
            "tense",
            id="what blocks meaning is not thinned out",
        ),
        pytest.param(
            a_view(grammar=grammar("plural"), conversation=asked(corrections_running=2)),
            Act.CONFIRM,
            None,
            id="just corrected twice",
        ),
        pytest.param(a_view(verdict=wrong()), Act.RETRY, "lesson", id="a known wrong answer"),
    ],
)
def test_what_is_corrected(view: TurnView, act: Act, type_: str | None) -> None:
    correction = choose_correction(view, act)
    assert (correction.type if correction is not None else None) == type_


def test_a2_lets_one_error_turn_in_three_pass() -> None:
    profile = a_view().profile.model_copy(update={"level": "A2"})
    corrected, running = [], 0
    for _ in range(6):
        view = a_view(grammar=grammar("tense"), profile=profile, conversation=asked(corrections_running=running))
        correction = choose_correction(view, Act.CHAT)
        corrected.append(correction is not None)
        running = paced(view, correction is not None)["corrections_running"]
    assert corrected == [True, True, False, True, True, False]


def test_a1_corrects_one_error_turn_in_two() -> None:
    corrected, running = [], 0
    for _ in range(4):
        view = a_view(grammar=grammar("tense"), conversation=asked(corrections_running=running))
        correction = choose_correction(view, Act.CHAT)
        corrected.append(correction is not None)
        running = paced(view, correction is not None)["corrections_running"]
    assert corrected == [True, False, True, False]


def test_the_recast_is_the_whole_sentence_said_right() -> None:
    view = a_view("ok i like cat", grammar=grammar("tense", corrected="ok i like cats"))
    correction = choose_correction(view, Act.CHAT)
    assert correction is not None
    assert correction.recast == "I like cats."
    assert correction.means is Means.RECAST


def test_todays_target_gets_a_short_reason() -> None:
    correction = choose_correction(a_view(grammar=grammar("plural")), Act.CHAT)
    assert correction is not None
    assert correction.means is Means.EXPLAIN
    assert correction.explanation.vi


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("i like cats", "I like cats."),
        ("yes, i do", "I do."),
        ("when i was small i lived in Huế", "When I was small I lived in Huế."),
        ("Is it big?", "Is it big?"),
        ("i'm happy", "I'm happy."),
        ("", ""),
    ],
)
def test_a_transcript_becomes_a_sentence(text: str, sentence: str) -> None:
    assert polished(text) == sentence
