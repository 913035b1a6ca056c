"""The page for every child: keyboard, screen reader, contrast, small screens, calm."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.web.visit import Visit

pytestmark = pytest.mark.browser

CONTROLS = {"button", "textbox", "switch", "checkbox", "spinbutton", "link", "progressbar", "region", "group"}
WCAG_AA = 4.5
SMALLEST_TARGET_PX = 40

# Every text with the contrast of its colour and the nearest painted background (WCAG 2.2, relative luminance).
CONTRASTS = """() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const painted = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = channels(getComputedStyle(e).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll('body *')].filter((element) =>
    element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return texts.map((element) => {
    const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(painted(element))];
    return [element.textContent.trim().slice(0, 40), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
  });
}"""


def tree(visit: Visit) -> list[dict[str, Any]]:
    """The browser's accessibility tree, without what it ignores."""
    session = visit.context.new_cdp_session(visit.page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    return [node for node in nodes if not node["ignored"]]


def controls(visit: Visit) -> dict[str, list[str]]:
    """Role to accessible names."""
    found: dict[str, list[str]] = {}
    for node in tree(visit):
        if (role := node["role"]["value"]) in CONTROLS:
            found.setdefault(role, []).append(node.get("name", {}).get("value", ""))
    return found


def a_talk_with_everything(visit: Visit) -> None:
    visit.meets()
    visit.says("yesterday i go to the zoo")
    visit.says("I am happy.")
    visit.page.get_by_role("switch").check()


def test_every_control_has_a_name(visit: Visit) -> None:
    visit.opens()
    expect(visit.page.get_by_role("textbox")).to_be_visible()
    first = controls(visit)
    assert first.keys() >= {"button", "textbox", "spinbutton"}
    a_talk_with_everything(visit)
    then = controls(visit)
    assert then.keys() >= {"button", "textbox", "switch", "progressbar"}
    nameless = [role for found in (first, then) for role, names in found.items() if not all(names)]
    assert nameless == []


def test_every_text_has_enough_contrast(visit: Visit) -> None:
    seen: list[tuple[str, float]] = []
    visit.opens()
    expect(visit.page.get_by_role("textbox")).to_be_visible()
    seen += visit.page.evaluate(CONTRASTS)
    a_talk_with_everything(visit)
    visit.page.route("**/coach/stream", lambda route: route.abort())
    visit.field.fill("hi")
    visit.field.press("Enter")
    expect(visit.page.get_by_role("alert")).to_be_visible()
    seen += visit.page.evaluate(CONTRASTS)
    assert len(seen) > 20
    assert [(text, ratio) for text, ratio in seen if ratio < WCAG_AA] == []


def test_the_whole_visit_works_with_the_keyboard_alone(visit: Visit) -> None:
    visit.opens()
    expect(visit.page.get_by_role("textbox")).to_be_visible()
    keyboard = visit.page.keyboard
    for key in ("Tab", "Tab", "L", "i", "n", "h", "Tab", "8", "Tab", "Enter"):
        keyboard.press(key)
    visit.waits_for_replies(1)
    expect(visit.field).to_be_focused()
    keyboard.type("I am happy.")
    keyboard.press("Enter")
    visit.waits_for_replies(2)
    expect(visit.field).to_be_focused()
    for _ in range(20):
        keyboard.press("Shift+Tab")
        if visit.page.evaluate("document.activeElement.getAttribute('role')") == "switch":
            break
    keyboard.press("Space")
    expect(visit.page.get_by_role("switch")).to_be_checked()


FOCUSED = """() => {
  const focused = document.activeElement;
  const drawn = focused.role === 'switch' ? focused.nextElementSibling : focused;
  return [focused.tagName, getComputedStyle(drawn).outlineStyle];
}"""


def test_focus_is_always_seen(visit: Visit) -> None:
    visit.meets()
    outlines = set()
    for _ in range(visit.page.locator("button, input").count() + 2):
        visit.page.keyboard.press("Tab")
        outlines.add(tuple(visit.page.evaluate(FOCUSED)))
    assert outlines - {("BODY", "none")} == {("BUTTON", "solid"), ("INPUT", "solid")}


def test_a_screen_reader_hears_a_reply_once_and_whole(visit: Visit) -> None:
    visit.meets()
    visit.page.evaluate("""() => {
        window.heard = [];
        const region = document.querySelector('[role=status]');
        const listen = () => region.textContent && window.heard.push(region.textContent);
        new MutationObserver(listen).observe(region, { childList: true, subtree: true, characterData: true });
    }""")
    reply = visit.says("I am happy.")
    heard = visit.page.evaluate("window.heard")
    assert heard == [f"Pika: {' '.join(reply.split())}"]
    assert visit.page.locator("[aria-live], [role=log]").count() == 0


@pytest.mark.parametrize("width", [320, 360, 390])
@pytest.mark.parametrize("locale", ["en-US", "vi-VN"])
def test_nothing_is_wider_than_a_phone(browser: Browser, coach_url: str, width: int, locale: str) -> None:
    visit = Visit.of(browser, coach_url, viewport={"width": width, "height": 640}, locale=locale).opens()
    visit.page.locator("form button").click()
    visit.waits_for_replies(1)
    visit.says("a" * 200)
    visit.page.get_by_role("switch").check()
    assert visit.page.evaluate("document.documentElement.scrollWidth") == width
    assert visit.page.evaluate("document.querySelector('main').scrollWidth") <= width
    visit.context.close()


def test_what_is_pressed_is_big_enough_for_a_thumb(visit: Visit) -> None:
    visit.meets()
    for control in visit.page.locator("button, .write input:not([hidden]), .switch").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET_PX, control.inner_text()


def test_nothing_moves_for_who_wants_it_calm(browser: Browser, coach_url: str) -> None:
    visit = Visit.of(browser, coach_url, reduced_motion="reduce").meets()
    moving = "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).animationName !== 'none').length"
    assert visit.page.evaluate(moving) == 0
    visit.context.close()


def test_listen_reads_aloud_in_the_language_of_the_sentence(visit: Visit) -> None:
    visit.context.add_init_script("""
        window.spoken = [];
        speechSynthesis.speak = (utterance) => window.spoken.push([utterance.lang, utterance.text]);
    """)
    visit.meets()
    visit.page.get_by_role("button", name="Listen").first.click()
    spoken = visit.page.evaluate("window.spoken")
    assert {language for language, _ in spoken} == {"en-US"}
    assert " ".join(text for _, text in spoken) == visit.talk[-1]


def test_without_a_voice_there_is_no_listen_button(visit: Visit) -> None:
    visit.context.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis;")
    visit.meets()
    assert visit.page.evaluate("'speechSynthesis' in window") is False
    assert visit.page.get_by_role("button", name="Listen").count() == 0
