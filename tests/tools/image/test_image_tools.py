"""The image tools through the executor, as callers use them, and the route to a model that can see."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route

from house import opened_tools
from infra.clock import SystemClock
from infra.errors import BadInput, Misconfigured
from infra.executors import BoundedExecutor
from infra.fetch import Fetcher
from infra.settings import ROOT, load_settings
from prompts.library import PromptLibrary
from providers.config import GenerationParams, Kind, Provider
from providers.structured import StructuredModels
from tests.providers.test_chain import environment
from tests.wire import ModelServer, serving
from tools.executor import ToolExecutor
from tools.image import ImageAnalysisTool, ImageMatchingTool
from tools.image.network import Network
from tools.image.schemas import ImageAnswer, ImageMatchAnswer
from tools.image.vision import VisionRoute
from tools.legacy import request_of
from tools.ports import AnyTool, LegacyCall

CAT = ROOT / "evals" / "data" / "images" / "cat.jpg"
CAT_BASE64 = base64.b64encode(CAT.read_bytes()).decode()
ANALYSIS, MATCHING = ImageAnalysisTool.name, ImageMatchingTool.name
NETWORK = Network()


@pytest.fixture
async def pool() -> AsyncIterator[BoundedExecutor]:
    made = BoundedExecutor("image-test", threads=2, pending=16)
    yield made
    made.close()


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    made = Fetcher(private_hosts=["127.0.0.1"])
    yield made
    made.close()


def executor(fetcher: Fetcher, pool: BoundedExecutor, **options: Any) -> ToolExecutor:
    tools: list[AnyTool] = [ImageAnalysisTool(fetcher, NETWORK), ImageMatchingTool(fetcher, NETWORK)]
    return ToolExecutor(tools, pool, deadline_ms=30_000, cache_size=4, **options)


async def analysed(tools: ToolExecutor, image_url: str) -> ImageAnswer:
    outcome = await tools.run(ANALYSIS, {"image_url": image_url})
    assert isinstance(outcome.answer, ImageAnswer)
    return outcome.answer


async def test_a_cat_is_a_cat_however_it_is_sent(fetcher: Fetcher, pool: BoundedExecutor) -> None:
    tools = executor(fetcher, pool)
    pictures = Starlette(routes=[Route("/cat.jpg", lambda _: FileResponse(CAT))])
    with serving(pictures) as url:
        sent = [CAT_BASE64, f"data:image/jpeg;base64,{CAT_BASE64}", f"{url}/cat.jpg"]
        answers = [await analysed(tools, one) for one in sent]
    assert {answer.guesses[0].word for answer in answers} == {"cat"}
    assert {answer.fingerprint for answer in answers} == {answers[0].fingerprint}
    assert answers[0].guesses[0].confidence > 0.8
    assert answers[0].safety == "not_judged"
    assert (answers[0].width, answers[0].height) == (256, 170)


@pytest.mark.parametrize(
    ("word", "match"), [("cat", "yes"), ("animal", "yes"), ("pizza", "no"), ("friendship", "unsure")]
)
async def test_a_cat_is_held_against_a_word(word: str, match: str, fetcher: Fetcher, pool: BoundedExecutor) -> None:
    outcome = await executor(fetcher, pool).run(MATCHING, {"image_url": CAT_BASE64, "word": word})
    assert isinstance(outcome.answer, ImageMatchAnswer)
    assert outcome.answer.match == match
    assert outcome.answer.seen == "cat"


async def test_a_picture_seen_before_is_known_again(fetcher: Fetcher, pool: BoundedExecutor) -> None:
    tools = executor(fetcher, pool)
    mark = (await analysed(tools, CAT_BASE64)).fingerprint
    outcome = await tools.run(MATCHING, {"image_url": CAT_BASE64, "known": ["0" * 16, mark]})
    assert isinstance(outcome.answer, ImageMatchAnswer)
    assert outcome.answer.same_as == mark


@pytest.mark.parametrize(
    "request_", [{"image_url": "?"}, {"image_url": "QUJD"}, {"image_url": "ftp://a/b.png"}, {"image_url": ""}, {}]
)
async def test_what_is_no_picture_is_bad_input(
    request_: dict[str, str], fetcher: Fetcher, pool: BoundedExecutor
) -> None:
    with pytest.raises(BadInput):
        await executor(fetcher, pool).run(ANALYSIS, request_)


async def test_a_mark_that_is_no_fingerprint_is_bad_input(fetcher: Fetcher, pool: BoundedExecutor) -> None:
    with pytest.raises(BadInput, match="known"):
        await executor(fetcher, pool).run(MATCHING, {"image_url": CAT_BASE64, "known": ["cat"]})


async def test_many_at_once_share_one_network(fetcher: Fetcher, pool: BoundedExecutor) -> None:
    tools = executor(fetcher, pool)
    asked = [tools.run(MATCHING, {"image_url": CAT_BASE64, "word": f"cat {number}"}) for number in range(8)]
    assert {outcome.status for outcome in await asyncio.gather(*asked)} == {"ok"}


def test_the_one_shape_of_the_contract_carries_picture_and_word(fetcher: Fetcher) -> None:
    call = LegacyCall(tool_name=MATCHING, audio_url="https://a.test/cat.jpg", text_refs="cat")
    assert request_of(ImageMatchingTool(fetcher, NETWORK), call) == {"image_url": call.audio_url, "word": "cat"}
    assert request_of(ImageAnalysisTool(fetcher, NETWORK), call) == {"image_url": call.audio_url}


# -- the route to a model ---------------------------------------------------------------------------------


@asynccontextmanager
async def seeing(url: str, kind: Kind, fetcher: Fetcher, pool: BoundedExecutor) -> AsyncIterator[ToolExecutor]:
    base = f"{url}/v1" if kind == "openai" else url
    params = GenerationParams(model="seeing-1")
    provider = Provider(name="eyes", kind=kind, base_url=base, api_key=SecretStr("k"), params=params)
    models = StructuredModels([provider], deadline_s=20, clock=SystemClock())
    library = PromptLibrary.load(ROOT / "prompts" / "templates")
    route = VisionRoute(models, lambda word: library.render("tool_image", word=word).text, fetcher, pool)
    try:
        yield executor(fetcher, pool, routes={ANALYSIS: route, MATCHING: route})
    finally:
        await models.close()


def says(**sight: Any) -> ModelServer:
    return ModelServer(tokens=(json.dumps({"words": ["kitten", "cat"], "matches": "yes", "unsafe": False, **sight}),))


def pictures_in(body: Any) -> list[str]:
    """Every JPEG in a request body, whatever the protocol calls it; Gemini's base64 is the one for URLs."""
    return [part for part in json.dumps(body).split('"') if "/9j/" in part or part.startswith("_9j_")]


@pytest.mark.parametrize("kind", ["openai", "gemini"])
async def test_a_model_that_sees_names_the_picture(kind: Kind, fetcher: Fetcher, pool: BoundedExecutor) -> None:
    server = says()
    with serving(server.app()) as url:
        async with seeing(url, kind, fetcher, pool) as tools:
            answer = await analysed(tools, CAT_BASE64)
    assert [guess.word for guess in answer.guesses] == ["kitten", "cat"]
    assert (answer.source, answer.safety) == ("model:eyes", "safe")
    assert len(pictures_in(server.requests[0])) == 1
    assert CAT_BASE64 not in json.dumps(server.requests[0])  # written anew: no place, no camera


async def test_what_a_model_finds_unsafe_is_not_named(fetcher: Fetcher, pool: BoundedExecutor) -> None:
    with serving(says(unsafe=True).app()) as url:
        async with seeing(url, "openai", fetcher, pool) as tools:
            answer = await analysed(tools, CAT_BASE64)
            match = await tools.run(MATCHING, {"image_url": CAT_BASE64, "word": "cat"})
    assert (answer.safety, answer.guesses) == ("unsafe", ())
    assert isinstance(match.answer, ImageMatchAnswer)
    assert (match.answer.match, match.answer.seen) == ("unsure", "")


@pytest.mark.parametrize(
    "server",
    [
        says(words=["I think that this is a very nice picture of somebody"]),
        says(words=["<b>cat</b>"]),
        says(matches="perhaps"),
        ModelServer(tokens=("a cat",)),
        ModelServer(behaviour="error_500"),
    ],
    ids=["sentence", "markup", "not a verdict", "prose", "down"],
)
async def test_a_model_that_fails_leaves_the_embedded_answer(
    server: ModelServer, fetcher: Fetcher, pool: BoundedExecutor
) -> None:
    with serving(server.app()) as url:
        async with seeing(url, "openai", fetcher, pool) as tools:
            answer = await analysed(tools, CAT_BASE64)
    assert (answer.source, answer.guesses[0].word, answer.safety) == ("embedded", "cat", "not_judged")


async def test_the_house_asks_a_model_about_pictures_where_it_is_told_to() -> None:
    server = says()
    with serving(server.app()) as url:
        variables = {"COACH_TOOL_MODELS": "image", "COACH_TOOL_DEADLINE_MS": "30000"} | environment("openai", url)
        async with opened_tools(load_settings(variables)) as tools:
            answer = await analysed(tools, CAT_BASE64)
            assert tools.described(MATCHING)["routes"] == ["embedded", "model"]
    assert answer.source.startswith("model:")


async def test_a_model_for_something_that_no_model_can_do_is_refused_by_name() -> None:
    with pytest.raises(Misconfigured, match="image, summary"):
        async with opened_tools(load_settings({"COACH_TOOL_MODELS": "pictures"})):
            pass
