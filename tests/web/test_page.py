"""A child talks with Pika on the page: a real server, a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.web.conftest import KEY
from tests.web.visit import REPLY_MS, Visit

pytestmark = pytest.mark.browser

MISTAKE = "yesterday i go to the zoo"
ANSWERS = ("I am happy.", "Hello!", "My name is Linh.")  # to the first questions of the first lesson
MOST_REQUESTS_UNTIL_READY = 6


def test_the_first_meeting_leads_to_a_hello_with_the_childs_name(visit: Visit) -> None:
    visit.meets(name="Linh", age="8")
    assert visit.child_lines.count() == 1
    assert visit.says("i like cats")
    assert (visit.complaints, [url for url in visit.requests if not url.startswith(visit.url)]) == ([], [])


def test_name_and_age_reach_the_profile(visit: Visit) -> None:
    with visit.page.expect_request(lambda request: request.method == "PATCH") as patched:
        visit.meets(name="Linh", age="8")
    assert patched.value.post_data_json == {"name": "Linh", "age": 8}
    response = patched.value.response()
    assert response is not None
    assert response.json()["name"] == "Linh"


def test_who_tells_neither_name_nor_age_is_welcome_too(visit: Visit) -> None:
    visit.meets()
    assert visit.coach_lines.count() == 1


def test_few_requests_make_the_page_ready(visit: Visit) -> None:
    visit.opens()
    expect(visit.page.get_by_role("button", name="Start talking")).to_be_visible()
    assert len(visit.requests) <= MOST_REQUESTS_UNTIL_READY


def test_a_mistake_shows_softly_under_the_childs_line(visit: Visit) -> None:
    visit.meets()
    visit.says(MISTAKE)
    correction = visit.child_lines.last.locator(".correction")
    expect(correction.locator("strong")).to_have_text("went")
    expect(correction).to_contain_text("In English we say")
    visit.page.get_by_role("button", name="Tiếng Việt").click()
    expect(correction).to_contain_text("Tiếng Anh mình nói")


def test_the_switch_shows_vietnamese_under_english_sentences_and_never_twice(visit: Visit) -> None:
    visit.meets()
    assert visit.page.locator(".vi").count() == 0
    visit.page.get_by_role("switch", name="Vietnamese help").check()
    assert visit.page.locator(".coach .vi").count() >= 1
    visit.says("con không hiểu")
    parts = visit.coach_lines.last.locator(".sentence[lang=vi], .vi").all_inner_texts()
    assert parts
    assert len({part.strip() for part in parts}) == len(parts)
    visit.page.get_by_role("switch").uncheck()
    assert visit.page.locator(".vi").count() == 0


def test_the_page_speaks_vietnamese_to_a_vietnamese_browser_and_changes_at_a_press(
    browser: Browser, coach_url: str
) -> None:
    visit = Visit.of(browser, coach_url, locale="vi-VN").opens()
    expect(visit.page.get_by_role("heading")).to_have_text("Chào bạn! Mình là Pika.")
    expect(visit.page.locator("html")).to_have_attribute("lang", "vi")
    visit.page.get_by_role("button", name="English").click()
    expect(visit.page.get_by_role("heading")).to_have_text("Hi! I am Pika.")
    visit.page.reload()
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")
    visit.context.close()


def test_the_lesson_moves_on_and_shows_its_card(visit: Visit) -> None:
    visit.meets()
    progress = visit.page.get_by_role("progressbar", name="Lesson")
    expect(progress).to_have_attribute("aria-valuenow", "1")
    card = visit.page.get_by_role("region", name="Word card")
    for answer in ANSWERS:
        visit.says(answer)
        if card.count():
            break
    expect(card.locator(".word")).not_to_be_empty()
    expect(card.locator(".meaning")).not_to_be_empty()
    expect(card.locator("svg.picture > *").first).to_be_attached()
    assert int(progress.get_attribute("aria-valuenow") or 0) > 1


def test_a_reload_shows_the_conversation_and_the_lesson_so_far(visit: Visit) -> None:
    visit.meets()
    visit.says(ANSWERS[0])
    visit.page.get_by_role("switch").check()
    before, heading = visit.talk, visit.page.get_by_role("heading", level=1).inner_text()
    visit.page.reload()
    visit.waits_for_replies(2)
    assert visit.talk == before
    expect(visit.page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(visit.page.get_by_role("switch")).to_be_checked()


def test_a_ready_made_line_is_sent_at_one_tap(visit: Visit) -> None:
    visit.meets()
    visit.page.get_by_role("button", name="I don’t understand.").click()
    visit.waits_for_replies(2)
    expect(visit.child_lines.last.locator(".bubble")).to_have_text("I don’t understand.")


def test_sentences_appear_one_by_one(guarded_visit: Visit) -> None:
    guarded_visit.context.add_init_script(f"localStorage.setItem('pika-coach', JSON.stringify({{key: '{KEY}'}}))")
    guarded_visit.context.add_init_script("""
        window.seen = [];
        const look = () => window.seen.push(document.querySelectorAll('.coach .sentence').length);
        new MutationObserver(look).observe(document, { childList: true, subtree: true });
    """)
    guarded_visit.meets()
    growth = sorted(set(guarded_visit.page.evaluate("window.seen")))
    assert growth == list(range(guarded_visit.page.locator(".coach .sentence").count() + 1))
    assert len(growth) > 2


def test_a_server_that_wants_a_key_is_given_one_and_the_talk_goes_on(guarded_visit: Visit) -> None:
    page = guarded_visit.opens().page
    page.get_by_label("Key").fill("not-the-right-key-at-all")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_contain_text("does not fit")
    page.get_by_label("Key").fill(KEY)
    page.get_by_role("button", name="Open").click()
    page.get_by_role("button", name="Start talking").click()
    guarded_visit.waits_for_replies(1)


def test_a_key_that_is_refused_in_the_middle_keeps_the_childs_words(guarded_visit: Visit) -> None:
    page = guarded_visit.opens().page
    page.get_by_label("Key").fill(KEY)
    page.get_by_role("button", name="Open").click()
    page.get_by_role("button", name="Start talking").click()
    guarded_visit.waits_for_replies(1)
    page.route("**/coach/stream", lambda route: route.fulfill(status=401, json={"code": "unauthenticated"}))
    guarded_visit.field.fill("I have a dog")
    guarded_visit.field.press("Enter")
    expect(page.get_by_role("heading")).to_have_text("This door needs a key")
    page.unroute("**/coach/stream")
    page.get_by_label("Key").fill(f"{KEY} ")
    page.get_by_role("button", name="Open").click()
    expect(guarded_visit.field).to_have_value("I have a dog", timeout=REPLY_MS)


def cut(route: Route) -> None:
    route.fulfill(content_type="text/event-stream", body='event: data\ndata: {"event": "token", "delta": "You"}\n\n')


def gone(route: Route) -> None:
    route.abort()


def refused(route: Route) -> None:
    route.fulfill(status=503, content_type="application/problem+json", json={"code": "unavailable", "detail": "x"})


def not_ours(route: Route) -> None:
    route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")


def broken(route: Route) -> None:
    body = 'event: data\ndata: {"event": "error", "code": "internal", "detail": "x"}\n\n'
    route.fulfill(content_type="text/event-stream", body=body)


@pytest.mark.parametrize("failure", [cut, gone, refused, not_ours, broken], ids=lambda failure: failure.__name__)
def test_a_server_that_fails_gives_the_words_back(visit: Visit, failure: object) -> None:
    visit.meets()
    before = visit.talk
    visit.page.route("**/coach/stream", failure)  # type: ignore[arg-type]
    visit.field.fill("I have a dog")
    visit.field.press("Enter")
    expect(visit.page.get_by_role("alert")).to_contain_text("Your words are still here")
    expect(visit.field).to_have_value("I have a dog")
    assert visit.talk == before
    visit.page.unroute("**/coach/stream")
    visit.field.press("Enter")
    visit.waits_for_replies(2)
    assert visit.page.get_by_role("alert").count() == 0


def test_words_typed_while_waiting_are_kept_beside_those_that_come_back(visit: Visit) -> None:
    visit.meets()
    held: list[Route] = []
    visit.page.route("**/coach/stream", lambda route: held.append(route))
    visit.field.fill("I have a dog.")
    visit.field.press("Enter")
    visit.field.fill("He is big.")
    held[0].abort()
    expect(visit.field).to_have_value("I have a dog. He is big.")


def test_a_server_that_is_away_at_the_start_can_be_tried_again(visit: Visit) -> None:
    visit.meets()
    visit.page.route("**/threads/main", gone)
    visit.page.reload()
    expect(visit.page.get_by_role("alert")).to_contain_text("Is the internet on?")
    visit.page.unroute("**/threads/main")
    visit.page.get_by_role("button", name="Try again").click()
    visit.waits_for_replies(1)


def test_a_name_that_cannot_be_saved_stays_in_the_form(visit: Visit) -> None:
    visit.page.route(re.compile(r"/learners/[^/]+$"), gone)
    visit.opens()
    visit.page.get_by_label("first name").fill("Linh")
    visit.page.get_by_role("button", name="Start talking").click()
    expect(visit.page.get_by_role("alert")).to_be_visible()
    expect(visit.page.get_by_label("first name")).to_have_value("Linh")
