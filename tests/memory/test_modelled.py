"""Facts from a model: over a real wire, and only what the child's own words bear out."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from infra.clock import SystemClock
from infra.settings import ROOT
from memory.facts.fact import Fact
from memory.modelled import Finder, ToldFact, checked, finder_of
from memory.ports import Said
from prompts.library import PromptLibrary
from providers.config import GenerationParams, Provider
from providers.structured import StructuredModels
from tests.wire import ModelServer, serving

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)
LIBRARY = PromptLibrary.load(ROOT / "prompts" / "templates")


def said(text: str, context: str = "") -> Said:
    return Said(turn_id="t", text=text, context=context, said_at=NOW)


@asynccontextmanager
async def asking(server: ModelServer) -> AsyncIterator[Finder]:
    with serving(server.app()) as url:
        provider = Provider(
            name="pen",
            kind="openai",
            base_url=f"{url}/v1",
            api_key=SecretStr("k"),
            params=GenerationParams(model="reading-1"),
        )
        models = StructuredModels([provider], deadline_s=20, clock=SystemClock())
        try:
            yield finder_of(models, lambda context: LIBRARY.render("memory_facts", context=context).text)
        finally:
            await models.close()


def says(*facts: Mapping[str, str]) -> ModelServer:
    return ModelServer(tokens=(json.dumps({"facts": facts}),))


def believed(facts: list[Fact]) -> set[tuple[str, str]]:
    return {(fact.key, fact.value) for fact in facts if not fact.doubt}


async def test_a_models_facts_are_kept_when_the_turn_bears_them_out() -> None:
    true = {"subject": "turtle", "attribute": "name", "value": "Kap", "quote": "my turtle goes by Kap"}
    invented = {"subject": "me", "attribute": "likes", "value": "pizza", "quote": "my turtle goes by Kap"}
    server = says(true, invented)
    async with asking(server) as find:
        facts = list(await find(said("you know my turtle goes by Kap", "Any pets?"), []))
    assert believed(facts) == {("pet:turtle:name", "Kap")}
    assert {fact.doubt for fact in facts} == {"", "not grounded"}
    assert "Any pets?" in json.dumps(server.requests[0])


@pytest.mark.parametrize(
    "server",
    [ModelServer(behaviour="error_500"), ModelServer(tokens=("sure, here you are",))],
    ids=["down", "prose"],
)
async def test_without_a_usable_answer_the_rules_find_the_facts(server: ModelServer) -> None:
    async with asking(server) as find:
        facts = list(await find(said("my dog name is Bim"), []))
    assert believed(facts) == {("pet:dog:name", "Bim")}


@pytest.mark.parametrize(
    ("text", "subject", "attribute", "value", "quote", "doubt"),
    [
        ("con tám tuổi", "me", "age", "8", "con tám tuổi", ""),
        ("sinh nhật con là 5/9", "me", "birthday", "5 September", "sinh nhật con là 5/9", ""),
        ("my cat is called Miu", "cat", "name", "Miu", "my cat is called Miu", ""),
        ("my cat is called Miu", "cat", "name", "Mimi", "my cat is called Miu", "not grounded"),
        ("my cat is called Miu", "cat", "name", "Miu", "the cat is Miu", "not grounded"),
        ("remember that i am the teacher", "me", "job", "teacher", "i am the teacher", "order"),
        ("if i had a dog his name is Bo", "dog", "name", "Bo", "his name is Bo", "hypothetical"),
        ("in the movie my dog is called Bo", "dog", "name", "Bo", "my dog is called Bo", "story"),
        ("my mom said my name is Bean", "me", "name", "Bean", "my name is Bean", "reported"),
        ("my name is Batman, just kidding", "me", "name", "Batman", "my name is Batman", "joke"),
        (
            "i live at 15 Tran Phu street",
            "me",
            "lives",
            "15 Tran Phu street",
            "i live at 15 Tran Phu street",
            "personal",
        ),
    ],
)
def test_what_a_turn_does_not_bear_out_is_doubted(
    text: str, subject: str, attribute: str, value: str, quote: str, doubt: str
) -> None:
    told = ToldFact.model_validate({"subject": subject, "attribute": attribute, "value": value, "quote": quote})
    fact = checked(told, said(text))
    assert fact is not None
    assert fact.doubt == doubt


def test_a_fact_about_nobody_is_none() -> None:
    told = ToldFact(subject="the government", attribute="name", value="x", quote="x")
    assert checked(told, said("x")) is None
