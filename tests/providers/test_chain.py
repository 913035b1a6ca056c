"""Every provider against a local server that speaks its wire protocol, through the provider's own client library."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from infra.clock import SystemClock
from infra.settings import ROOT, load_settings
from providers.chain import WordingChain
from providers.chat import connect
from providers.config import load_providers
from providers.directive import Act, Bilingual, Directive
from providers.ports import Sentence
from providers.scripted import ScriptedCoach
from tests.wire import Behaviour, ModelServer, serving

DIRECTIVE = Directive(act=Act.CONFIRM, prompt=Bilingual(en="Who did you play with?", vi="Bạn chơi với ai?"))
HISTORY: list[AnyMessage] = [AIMessage("What did you do?"), HumanMessage("i goed to school")]
PROVIDERS = ("openai", "groq", "gemini", "local")


@pytest.fixture
def server() -> ModelServer:
    return ModelServer()


@pytest.fixture
def url(server: ModelServer) -> Iterator[str]:
    with serving(server.app()) as base:
        yield base


def environment(provider: str, url: str) -> dict[str, str]:
    path = {"openai": "/v1", "groq": "/openai/v1", "gemini": "", "local": "/v1"}[provider]
    return {f"{provider.upper()}_API_KEY": "test-key", f"{provider.upper()}_BASE_URL": f"{url}{path}"}


def chain(*environments: dict[str, str], first_sentence_s: float = 5, order: str = "") -> WordingChain:
    variables = {key: value for given in environments for key, value in given.items()}
    settings = load_settings(
        {"COACH_PROVIDERS_FILE": str(ROOT / "config/providers.yaml"), "COACH_PROVIDERS": order, **variables}
    )
    models = [(p.name, partial(connect, p, timeout_s=first_sentence_s)) for p in load_providers(settings)]
    return WordingChain(
        models, ScriptedCoach(), check=refuse_links, first_sentence_s=first_sentence_s, clock=SystemClock()
    )


def refuse_links(sentence: str) -> str:
    return "a link" if "http" in sentence else ""


async def spoken(wording: WordingChain) -> list[Sentence]:
    try:
        return [sentence async for sentence in wording.sentences(DIRECTIVE, "INSTRUCTIONS", HISTORY)]
    finally:
        await wording.close()


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_provider_streams_the_reply_sentence_by_sentence(provider: str, url: str, server: ModelServer) -> None:
    sentences = await spoken(chain(environment(provider, url)))
    assert [s["text"] for s in sentences] == ["You went to school!", "Who did you play with?"]
    assert {s["provider"] for s in sentences} == {provider}
    assert len({s["message_id"] for s in sentences}) == 1
    assert "INSTRUCTIONS" in str(server.requests[0])
    assert "i goed to school" in str(server.requests[0])
    assert "test-key" in str(server.headers[0]) or provider == "local"


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_the_directive_itself_is_not_sent_to_a_provider(provider: str, url: str, server: ModelServer) -> None:
    await spoken(chain(environment(provider, url)))
    assert "variant" not in str(server.requests[0])


@pytest.mark.parametrize("behaviour", ["error_500", "error_401", "error_429", "silent", "stall"])
@pytest.mark.parametrize("provider", PROVIDERS)
async def test_the_scripted_coach_speaks_when_a_provider_fails_before_its_first_sentence(
    provider: str, behaviour: Behaviour, url: str, server: ModelServer
) -> None:
    server.behaviour = behaviour
    wording = chain(environment(provider, url), first_sentence_s=0.5 if behaviour == "stall" else 5)
    sentences = await spoken(wording)
    assert {s["provider"] for s in sentences} == {"scripted"}
    assert sentences[-1]["text"].endswith("Who did you play with?")
    assert len(server.requests) <= 1


async def test_the_next_provider_speaks_before_the_scripted_coach(url: str, server: ModelServer) -> None:
    server.behaviour = "error_500"
    with serving(ModelServer(tokens=("Hello there! ", "How are you?")).app()) as second:
        sentences = await spoken(chain(environment("groq", url), environment("openai", second)))
    assert {s["provider"] for s in sentences} == {"openai"}


async def test_after_its_first_sentence_a_cut_reply_ends_and_is_not_joined(url: str, server: ModelServer) -> None:
    server.behaviour = "cut"
    sentences = await spoken(chain(environment("openai", url)))
    assert [s["text"] for s in sentences] == ["You went to school!"]
    assert {s["provider"] for s in sentences} == {"openai"}


async def test_a_refused_first_sentence_is_never_spoken(url: str, server: ModelServer) -> None:
    server.tokens = ("Look at http://x.y ! ", "Nice.")
    sentences = await spoken(chain(environment("openai", url)))
    assert {s["provider"] for s in sentences} == {"scripted"}


async def test_a_provider_that_keeps_failing_is_left_alone_for_a_while(url: str, server: ModelServer) -> None:
    server.behaviour = "error_500"
    wording = chain(environment("openai", url))
    for _ in range(5):
        await spoken(wording)
    assert len(server.requests) == 3


def test_no_provider_library_is_imported_before_it_speaks() -> None:
    program = (
        "import sys, providers.chain, providers.chat, providers.config, providers.scripted;"
        "print([name for name in ('openai', 'groq', 'google.genai') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
