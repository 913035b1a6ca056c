"""A headless Chromium for the room, and a second coach that asks for a key and takes its time."""

import asyncio
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from infra.settings import load_settings
from server import create_app
from tests.web.visit import Visit
from tests.wire import serving

NO_CHROMIUM = "no Chromium: none of chromium, chromium-browser, google-chrome is on the PATH"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip
KEY = "a-key-for-the-test-suite"
PAUSE_SECONDS = 0.15


def chromium() -> str:
    """Where this machine's Chromium is; skips the test when there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip(NO_CHROMIUM)
    return found


@pytest.fixture(scope="package")  # not session: while it is open no other event loop runs in this thread
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, coach_url: str) -> Iterator[Visit]:
    """A phone at the coach's page, not opened yet."""
    visit = Visit.of(browser, coach_url)
    yield visit
    visit.context.close()


class Slowly:
    """Waits before every piece of a stream, so that a test can see the pieces arrive."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_later(message: Message) -> None:
            if message["type"] == "http.response.body" and scope["path"] == "/coach/stream":
                await asyncio.sleep(PAUSE_SECONDS)
            await send(message)

        await self._app(scope, receive, send_later)


@pytest.fixture(scope="session")
def guarded_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A coach that wants `KEY` and streams slowly."""
    settings = load_settings({"COACH_DATA_DIR": str(tmp_path_factory.mktemp("guarded")), "COACH_API_KEYS": KEY})
    with serving(Slowly(create_app(settings))) as url:
        yield url


@pytest.fixture
def guarded_visit(browser: Browser, guarded_url: str) -> Iterator[Visit]:
    visit = Visit.of(browser, guarded_url)
    yield visit
    visit.context.close()
