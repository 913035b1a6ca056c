"""Pages of another origin may call the API when the settings name that origin, and only then."""

from collections.abc import Iterator

import httpx
import pytest

from infra.settings import load_settings
from tests.wire import serving

CHAT, EVIL = "http://localhost:3000", "https://evil.example"


@pytest.fixture(scope="module")
def open_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from server import create_app

    folder = str(tmp_path_factory.mktemp("origins"))
    settings = load_settings({"COACH_DATA_DIR": folder, "COACH_ALLOWED_ORIGINS": f"{CHAT}, http://localhost:5173"})
    with serving(create_app(settings)) as url:
        yield url


def preflight(url: str, origin: str) -> httpx.Response:
    asks = {"origin": origin, "access-control-request-method": "POST", "access-control-request-headers": "x-api-key"}
    return httpx.options(f"{url}/langgraph/threads", headers=asks)


def test_a_named_origin_may_call_and_read_where_its_run_is(open_url: str) -> None:
    assert preflight(open_url, CHAT).headers["access-control-allow-origin"] == CHAT
    answer = httpx.get(f"{open_url}/langgraph/info", headers={"origin": CHAT})
    assert answer.headers["access-control-allow-origin"] == CHAT
    assert "Content-Location" in answer.headers["access-control-expose-headers"]


def test_another_origin_may_not(open_url: str) -> None:
    assert "access-control-allow-origin" not in preflight(open_url, EVIL).headers
    assert "access-control-allow-origin" not in httpx.get(f"{open_url}/healthz", headers={"origin": EVIL}).headers


def test_without_the_setting_none_may(coach_url: str) -> None:
    assert "access-control-allow-origin" not in preflight(coach_url, CHAT).headers
    assert "access-control-allow-origin" not in httpx.get(f"{coach_url}/healthz", headers={"origin": CHAT}).headers
