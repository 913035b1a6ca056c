"""Summaries: every sentence stands on turns, nothing is said that was not, and worries go where they may go."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import pytest
from pydantic import SecretStr

from infra.clock import SystemClock
from infra.executors import BoundedExecutor
from infra.settings import ROOT
from learners.telling import told_in
from prompts.library import PromptLibrary
from providers.config import GenerationParams, Provider
from providers.embeddings import E5
from providers.structured import StructuredModels
from tests.wire import ModelServer, serving
from tools.executor import ToolExecutor
from tools.grammar import GrammarTool
from tools.language import LanguageTool
from tools.mood import MoodTool
from tools.safety import SafetyTool
from tools.summary import ConversationSummaryTool
from tools.summary.observed import Correction, Observed, Readers
from tools.summary.route import ModelSentence, SummaryRoute, holds, summary_instructions
from tools.summary.schemas import Audience, SummaryAnswer, SummaryLanguage, SummaryRequest
from tools.summary.words import needs_grown_up, summary
from tools.turns import Turn

TALK = (
    Turn(speaker="coach", text="Hi! What do you like?"),
    Turn(text="I like swimming in the river."),
    Turn(speaker="coach", text="Great! And yesterday?"),
    Turn(text="Yesterday I go to the zoo."),
    Turn(text="My sister Lan has two rabbits."),
)


BELT = Turn(text="my uncle hits me with a belt every night")


@cache
def tool() -> ConversationSummaryTool:
    e5, language = E5(), LanguageTool()
    return ConversationSummaryTool(Readers(told_in, language, GrammarTool(), MoodTool(e5, language), SafetyTool(e5)))


def summed(
    *turns: Turn, audience: Audience = "parent", language: SummaryLanguage = "vi", name: str = ""
) -> SummaryAnswer:
    return tool().run(SummaryRequest(turns=turns, audience=audience, language=language, name=name))


@pytest.mark.parametrize("audience", ["parent", "child", "coach"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_stands_on_the_turns_it_names(audience: Audience, language: SummaryLanguage) -> None:
    answer = summed(*TALK, audience=audience, language=language)
    said = {number: turn.text for number, turn in enumerate(TALK)}
    assert answer.text == " ".join(sentence.text for sentence in answer.sentences)
    for sentence in answer.sentences:
        assert sentence.turns
        assert {TALK[number].speaker for number in sentence.turns} == {"learner"}
        if sentence.topic != "practise":
            words = " ".join(said[number] for number in sentence.turns)
            assert all(quote in words for quote in re.findall("“(.*?)”", sentence.text))


def test_parents_read_what_was_practised_what_went_well_and_what_to_practise() -> None:
    answer = summed(*TALK, name="Minh")
    assert {"practised", "went_well", "practise", "likes"} <= {sentence.topic for sentence in answer.sentences}
    assert "Hôm nay Minh đã nói tiếng Anh 3 lần." in answer.text
    assert "“Yesterday I went to the zoo.”" in answer.text
    assert "I go to the zoo" not in answer.text  # what was wrong is not shown at home
    assert "rabbits" in summed(*TALK, audience="coach", language="en").text


def test_what_the_child_told_pika_stays_with_pika_and_the_coach() -> None:
    told = [sentence.text for sentence in summed(*TALK).sentences if sentence.topic in ("told", "likes")]
    assert told == ["Con kể với Pika: “I like swimming in the river.”."]


def test_a_silent_visit_is_told_kindly() -> None:
    answer = summed(Turn(speaker="coach", text="Hello?"), Turn(text=""))
    assert [sentence.topic for sentence in answer.sentences] == ["quiet"]


def observed(**dangers: Any) -> Observed:
    """Turn 0 flagged with the one label that is given; value: is it sure."""
    (label, sure), *_ = dangers.items()
    known: Any = label
    return Observed([0], [], [], [], [], {}, {0: known}, frozenset({0} if sure else ()))


@pytest.mark.parametrize(
    ("label", "sure", "audience", "is_told"),
    [
        ("bullying_victim", True, "parent", True),
        ("bullying_victim", False, "parent", False),
        ("bullying_victim", False, "coach", True),
        ("self_harm", True, "child", True),
        ("abuse_disclosure", True, "parent", False),
        ("secret_keeping", True, "parent", False),
        ("abuse_disclosure", True, "coach", True),
        ("profanity", True, "parent", False),
    ],
)
def test_a_worry_is_told_to_those_who_may_know(label: str, sure: bool, audience: Audience, is_told: bool) -> None:
    sentences = summary([Turn(text="...")], observed(**{label: sure}), audience, "vi", "")
    assert (sentences[-1].topic == "grown_up") == is_told


def test_a_danger_that_may_be_at_home_silences_every_worry_for_parents() -> None:
    seen = Observed([0, 1], [], [], [], [], {}, {0: "bullying_victim", 1: "abuse_disclosure"}, frozenset({0, 1}))
    assert needs_grown_up(seen)
    turns = [Turn(text="..."), Turn(text="...")]
    assert all(sentence.topic != "grown_up" for sentence in summary(turns, seen, "parent", "vi", ""))


@pytest.mark.parametrize("audience", ["parent", "child", "coach"])
def test_what_was_said_in_danger_is_never_quoted(audience: Audience) -> None:
    answer = summed(*TALK, BELT, audience=audience, language="en")
    assert answer.needs_grown_up
    assert "belt" not in answer.text
    assert "uncle" not in answer.text


@pytest.mark.parametrize("audience", ["parent", "child"])
def test_where_harm_may_come_from_home_nothing_is_quoted_at_home(audience: Audience) -> None:
    answer = summed(*TALK, BELT, Turn(text="I will tell my grandma."), audience=audience)
    assert "“" not in answer.text
    assert "mood" not in {sentence.topic for sentence in answer.sentences}


def test_after_a_danger_nothing_more_is_quoted_at_home() -> None:
    turns = (*TALK, Turn(text="some boys hit me after school every day"), Turn(text="My teacher is very tall."))
    text = summed(*turns).text
    assert "swimming" in text
    assert "teacher" not in text
    assert "người lớn quan tâm" in text


@pytest.mark.parametrize(
    "line",
    [
        "my hamster died last night",
        "do you remember my address",
        "bye bye robot",
        "I hate my school bag",
        "now write the rest",
    ],
)
def test_what_nobody_wants_to_be_praised_for_is_not_praised(line: str) -> None:
    assert all(sentence.topic != "went_well" for sentence in summed(Turn(text=line)).sentences)


def test_a_long_correction_is_not_homework() -> None:
    line = "one two three four five six seven eight nine ten eleven twelve thirteen"
    seen = Observed([0], [0], [], [Correction(0, line, "a", "b")], [], {})
    assert [sentence.topic for sentence in summary([Turn(text=line)], seen, "parent", "en", "")] == ["practised"]


# -- the route to a model ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numbers", "is_held"),
    [
        ("Con kể rằng chị Lan có 2 con thỏ.", [4], True),
        ("Con nói rất hay: “I like swimming”.", [1], True),
        ("Con nói rất hay: “I like flying”.", [1], False),
        ("Con kể rằng chị Hoa có thỏ.", [4], False),
        ("Con có 3 con thỏ.", [4], False),
        ("Con học rất vui.", [], False),
        ("Con học rất vui.", [9], False),
        ("Call 0901234567 for more.", [4], False),
        ("", [4], False),
    ],
)
def test_a_models_sentence_must_be_borne_out(text: str, numbers: list[int], is_held: bool) -> None:
    assert holds(ModelSentence(text=text, turns=numbers), TALK, "") == is_held


@pytest.fixture
def pool() -> Iterator[BoundedExecutor]:
    made = BoundedExecutor("summary-test", threads=2, pending=8)
    yield made
    made.close()


@asynccontextmanager
async def asking(url: str, pool: BoundedExecutor) -> AsyncIterator[ToolExecutor]:
    provider = Provider(name="pen", kind="openai", base_url=f"{url}/v1", api_key=SecretStr("k"),
                        params=GenerationParams(model="writing-1"))  # fmt: skip
    models = StructuredModels([provider], deadline_s=20, clock=SystemClock())
    library = PromptLibrary.load(ROOT / "prompts" / "templates")
    route = SummaryRoute(models, lambda request: summary_instructions(library, request), SafetyTool(E5()), pool)
    try:
        yield ToolExecutor([tool()], pool, deadline_ms=30_000, cache_size=0, routes={tool().name: route})
    finally:
        await models.close()


async def written(server: ModelServer, pool: BoundedExecutor, *turns: Turn) -> SummaryAnswer:
    with serving(server.app()) as url:
        async with asking(url, pool) as tools:
            outcome = await tools.run(tool().name, SummaryRequest(turns=turns))
    assert isinstance(outcome.answer, SummaryAnswer)
    return outcome.answer


def says(*sentences: tuple[str, list[int]]) -> ModelServer:
    return ModelServer(
        tokens=(json.dumps({"sentences": [{"text": text, "turns": turns} for text, turns in sentences]}),)
    )


async def test_a_model_writes_and_what_it_invents_is_left_out(pool: BoundedExecutor) -> None:
    server = says(("Con thích bơi ở sông.", [1]), ("Con đã đi sở thú hôm qua.", [3]), ("Con tên Bảo.", [1]))
    answer = await written(server, pool, *TALK)
    assert [sentence.text for sentence in answer.sentences] == ["Con thích bơi ở sông.", "Con đã đi sở thú hôm qua."]
    assert answer.source == "model:pen"


async def test_a_talk_with_a_danger_in_it_is_not_sent_to_a_model(pool: BoundedExecutor) -> None:
    server = says(("Con thích bơi ở sông.", [1]))
    answer = await written(server, pool, *TALK, BELT, Turn(text="i will tell my grandma"))
    assert server.requests == []
    assert (answer.source, answer.needs_grown_up) == ("embedded", True)


@pytest.mark.parametrize(
    "server", [says(("Con tên Bảo.", [1])), says(), ModelServer(tokens=("fine",)), ModelServer(behaviour="error_500")],
    ids=["invented", "empty", "prose", "down"],
)  # fmt: skip
async def test_a_model_that_fails_leaves_the_embedded_summary(server: ModelServer, pool: BoundedExecutor) -> None:
    assert (await written(server, pool, *TALK)) == summed(*TALK)
