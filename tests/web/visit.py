"""A child's visit to the page in a real browser, with everything that went wrong on the way."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

REPLY_MS = 30_000
PHONE = {"width": 390, "height": 844}


@dataclass
class Visit:
    """One browser window of its own at `url`."""

    url: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, browser: Browser, url: str, **options: Any) -> "Visit":
        context = browser.new_context(**{"viewport": PHONE, "locale": "en-US", **options})
        visit = cls(url, context, context.new_page())
        visit.page.on("console", visit._note)
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.on("request", lambda request: visit.requests.append(request.url))
        return visit

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def opens(self) -> "Visit":
        self.page.goto(self.url)
        return self

    def meets(self, name: str = "", age: str = "") -> "Visit":
        """Opens the page, goes through the first meeting and waits for Pika's hello."""
        self.opens()
        self.page.get_by_label("first name").fill(name)
        self.page.get_by_label("age").fill(age)
        self.page.get_by_role("button", name="Start talking").click()
        self.waits_for_replies(1)
        return self

    def says(self, words: str) -> str:
        """Types the words and sends them; gives Pika's reply."""
        replies = self.coach_lines.count()
        self.field.fill(words)
        self.field.press("Enter")
        self.waits_for_replies(replies + 1)
        return self.coach_lines.last.locator(".bubble").inner_text()

    def waits_for_replies(self, number: int) -> None:
        expect(self.coach_lines).to_have_count(number, timeout=REPLY_MS)
        expect(self.page.get_by_role("list", name="Pika")).to_have_attribute("aria-busy", "false", timeout=REPLY_MS)

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox")

    @property
    def coach_lines(self) -> Locator:
        """Pika's lines; the dots that wait for one do not count."""
        return self.page.locator(".line.coach:not(:has(.thinking))")

    @property
    def child_lines(self) -> Locator:
        return self.page.locator(".line.child")

    @property
    def talk(self) -> list[str]:
        """What is in the bubbles, from top to bottom."""
        return [" ".join(text.split()) for text in self.page.locator(".bubble").all_inner_texts()]
