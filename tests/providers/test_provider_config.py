from pathlib import Path

import pytest

from infra.errors import Misconfigured
from infra.settings import ROOT, load_settings
from providers.config import load_providers

GOOD = """PROVIDER_MODELS:
  groq:
    openai_setting: {api_key: "GROQ_API_KEY", base_url: "https://api.groq.com/openai/v1"}
    generation_params: {max_tokens: 1024, temperature: 0.0, top_p: 1, model: "llama-3.3-70b-versatile", stream: False}
  mine:
    openai_setting: {base_url: "http://127.0.0.1:8080/v1"}
    generation_params: {model: "gguf"}
"""


def names(environment: dict[str, str], path: Path = ROOT / "config" / "providers.yaml") -> list[str]:
    return [p.name for p in load_providers(load_settings({"COACH_PROVIDERS_FILE": str(path), **environment}))]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, []),
        ({"OPENAI_API_KEY": "k"}, ["openai"]),
        ({"OPENAI_API_KEY": "k", "GROQ_API_KEY": "k", "GEMINI_API_KEY": "k"}, ["groq", "openai", "gemini"]),
        ({"OPENAI_API_KEY": "k", "GROQ_API_KEY": "k", "COACH_PROVIDERS": "openai,groq"}, ["openai", "groq"]),
        ({"OPENAI_API_KEY": ""}, []),
        ({"LOCAL_BASE_URL": "http://127.0.0.1:1/v1"}, ["local"]),
    ],
)
def test_a_key_brings_its_provider_into_the_chain(environment: dict[str, str], expected: list[str]) -> None:
    assert names(environment) == expected


def test_the_shape_of_the_contract_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "providers.yaml"
    path.write_text(GOOD, "utf-8")
    settings = load_settings({"COACH_PROVIDERS_FILE": str(path), "GROQ_API_KEY": "k", "MINE_MODEL": "other"})
    groq, mine = load_providers(settings)
    assert (groq.kind, groq.params.model, groq.params.stream) == ("groq", "llama-3.3-70b-versatile", False)
    assert (mine.kind, mine.base_url, mine.params.model) == ("openai", "http://127.0.0.1:8080/v1", "other")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("PROVIDER_MODELS: [", "providers.yaml:1"),
        ("MODELS: {}", "providers.yaml:1: expected one mapping named PROVIDER_MODELS"),
        (GOOD.replace("max_tokens: 1024", "max_tokens: many"), "providers.yaml:4: groq.generation_params.max_tokens"),
        (GOOD.replace('model: "gguf"', 'modle: "gguf"'), "providers.yaml:7: mine.generation_params"),
        (GOOD.replace("top_p: 1,", "top_p: 7,"), "groq.generation_params.top_p"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, broken: str, reason: str) -> None:
    path = tmp_path / "providers.yaml"
    path.write_text(broken, "utf-8")
    with pytest.raises(Misconfigured) as caught:
        names({"GROQ_API_KEY": "k"}, path)
    assert reason in caught.value.detail


def test_an_order_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(Misconfigured, match="nobody"):
        names({"COACH_PROVIDERS": "nobody"})
