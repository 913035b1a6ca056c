"""Builds a LangChain chat model from a configured provider; each library is imported only when it is used."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
from langchain_core.language_models import BaseChatModel

from providers.config import Kind, Provider

NO_KEY = "not-needed"  # servers of one's own ask for none, their clients for something


@dataclass(frozen=True, slots=True)
class Connection:
    """A chat model with the way to close its connections."""

    model: BaseChatModel
    close: Callable[[], Awaitable[None]]


def connect(provider: Provider, *, timeout_s: float) -> Connection:
    """The model. Importing its library takes a second or two: call this off the event loop."""
    return _BUILDERS[provider.kind](provider, timeout_s)


def _openai(provider: Provider, timeout_s: float) -> Connection:
    from langchain_openai import ChatOpenAI

    http = httpx.AsyncClient(timeout=timeout_s)
    model = ChatOpenAI(
        model=provider.params.model,
        base_url=provider.base_url or None,
        api_key=provider.api_key if provider.api_key.get_secret_value() else NO_KEY,
        max_completion_tokens=provider.params.max_tokens,
        top_p=provider.params.top_p,
        http_async_client=http,
        **_common(provider, timeout_s),
    )
    return Connection(model, http.aclose)


def _groq(provider: Provider, timeout_s: float) -> Connection:
    from langchain_groq import ChatGroq

    http = httpx.AsyncClient(timeout=timeout_s)
    model = ChatGroq(
        model=provider.params.model,
        base_url=_without_path(provider.base_url),
        api_key=provider.api_key,
        max_tokens=provider.params.max_tokens,
        model_kwargs={"top_p": provider.params.top_p},
        http_async_client=http,
        **_common(provider, timeout_s),
    )
    return Connection(model, http.aclose)


def _without_path(base_url: str) -> str | None:
    """Groq's client adds /openai/v1 itself."""
    return base_url.removesuffix("/").removesuffix("/openai/v1") or None


def _gemini(provider: Provider, timeout_s: float) -> Connection:
    from langchain_google_genai import ChatGoogleGenerativeAI

    model = ChatGoogleGenerativeAI(
        model=provider.params.model,
        base_url=provider.base_url or None,
        google_api_key=provider.api_key,
        max_output_tokens=provider.params.max_tokens,
        top_p=provider.params.top_p,
        **_common(provider, timeout_s),
    )
    return Connection(model, lambda: _close_gemini(model.client))


async def _close_gemini(client: Any) -> None:
    await client.aio.aclose()
    client.close()


def _common(provider: Provider, timeout_s: float) -> dict[str, Any]:
    """No retries inside a client: the chain's next provider is the retry."""
    return {
        "temperature": provider.params.temperature,
        "timeout": timeout_s,
        "max_retries": 0,
        "disable_streaming": not provider.params.stream,
    }


_BUILDERS: dict[Kind, Callable[[Provider, float], Connection]] = {
    "openai": _openai,
    "groq": _groq,
    "gemini": _gemini,
}
