"""Which chat models are configured: config/providers.yaml under the environment."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from infra.errors import ContentInvalid, Misconfigured
from infra.marked_yaml import Marked, read_marked
from infra.settings import Settings

Kind = Literal["openai", "groq", "gemini"]
_TOP = "PROVIDER_MODELS"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GenerationParams(_Part):
    """How a model is asked to write."""

    model: str = Field(min_length=1)
    max_tokens: int = Field(256, ge=1, le=8192)
    temperature: float = Field(0.4, ge=0, le=2)
    top_p: float = Field(1, gt=0, le=1)
    stream: bool = True


class OpenAISetting(_Part):
    """`api_key` names an environment variable; it is not the key."""

    api_key: str = ""
    base_url: str = ""


class ProviderEntry(_Part):
    """One provider as the file has it. `kind` is the wire protocol; by default it follows the name."""

    openai_setting: OpenAISetting
    generation_params: GenerationParams
    kind: Kind | None = None


class Provider(_Part):
    """One provider that takes part, with the environment applied."""

    name: str
    kind: Kind
    base_url: str
    api_key: SecretStr
    params: GenerationParams


def load_providers(settings: Settings) -> tuple[Provider, ...]:
    """The providers that take part, in the order they are tried.

    Raises Misconfigured with file, line and reason for a broken file or a name that the file does not have.
    """
    entries = _entries(settings.providers_file)
    order = settings.providers or tuple(entries)
    unknown = [name for name in order if name not in entries]
    if unknown:
        raise Misconfigured(f"COACH_PROVIDERS: {', '.join(unknown)} not in {settings.providers_file.name}.")
    configured = (_applied(name, entries[name], settings) for name in order)
    return tuple(provider for provider in configured if provider is not None)


def _entries(path: Path) -> dict[str, ProviderEntry]:
    if not path.is_file():
        raise Misconfigured(f"COACH_PROVIDERS_FILE: there is no file {path}.")
    try:
        marked = read_marked(path)
        return {name: _entry(marked, name) for name in _names(marked)}
    except ContentInvalid as error:
        raise Misconfigured(error.detail) from None


def _names(marked: Marked) -> Sequence[str]:
    top = marked.value
    if not isinstance(top, dict) or set(top) != {_TOP} or not isinstance(top[_TOP], dict):
        raise marked.invalid(f"expected one mapping named {_TOP}")
    return tuple(str(name) for name in top[_TOP])


def _entry(marked: Marked, name: str) -> ProviderEntry:
    try:
        return ProviderEntry.model_validate(marked.value[_TOP][name])
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise marked.invalid(f"{name}.{where}: {first['msg']}", _TOP, name, *first["loc"]) from None


def _applied(name: str, entry: ProviderEntry, settings: Settings) -> Provider | None:
    variable, prefix = entry.openai_setting.api_key, name.upper()
    key = settings.secret(variable) if variable else SecretStr("")
    base_url = _environment(settings, f"{prefix}_BASE_URL") or entry.openai_setting.base_url
    if key is None or not (variable or base_url):
        return None
    model = _environment(settings, f"{prefix}_MODEL")
    params = entry.generation_params.model_copy(update={"model": model} if model else {})
    return Provider(name=name, kind=entry.kind or _kind(name), base_url=base_url, api_key=key, params=params)


def _environment(settings: Settings, variable: str) -> str:
    value = settings.secret(variable)
    return value.get_secret_value() if value is not None else ""


def _kind(name: str) -> Kind:
    kinds: dict[str, Kind] = {"groq": "groq", "gemini": "gemini"}
    return kinds.get(name, "openai")
