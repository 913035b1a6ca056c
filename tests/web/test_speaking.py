"""A child speaks to the page: a real recording from a pretended microphone, through to the coloured words."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, Route, expect

from tests.pronunciation_tool.sounds import inline, recorded, spoken
from tests.web.conftest import QUIET, chromium
from tests.web.test_accessibility import CONTRASTS, SMALLEST_TARGET_PX, WCAG_AA, controls
from tests.web.test_modules import run
from tests.web.visit import REPLY_MS, Visit
from tools.pronunciation.audio import RATE, decode
from tools.pronunciation.tool import PronunciationTool

pytestmark = pytest.mark.browser

SILENT_SECONDS = 1.0  # before the voice: recording begins a little after the microphone
SPEAKING_MS = 4500  # the microphone plays at the speed of speech; afterwards it is silent


def microphone(voice: bytes, file: Path) -> Path:
    """The voice as the file that Chromium takes for a microphone: once, with silence around it."""
    silence = np.zeros(int(SILENT_SECONDS * RATE), np.float32)
    file.write_bytes(recorded(np.concatenate([silence, decode(voice).samples, silence]), RATE, "wav"))
    return file


def judge_loaded(coach_url: str) -> None:
    """Has the coach judge a recording, so that the page does not wait for the judge to be loaded."""
    call = {"tool_name": PronunciationTool.name, "audio_url": inline(spoken("it-is-a-robot")), "text_refs": "A robot."}
    httpx.post(f"{coach_url}/api/tools/execute", json=call, timeout=120).raise_for_status()


@pytest.fixture
def speaking(browser: Browser, coach_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visit with a microphone into which the test's voice speaks, once, from the moment it is opened."""
    voice = microphone(spoken(request.param), tmp_path / "voice.wav")
    flags = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={voice}%noloop",
    ]
    judge_loaded(coach_url)
    own = browser.browser_type.launch(executable_path=chromium(), args=[*QUIET, *flags])
    visit = Visit.of(own, coach_url)
    yield visit
    own.close()


def speaks(visit: Visit) -> None:
    """Presses, speaks, presses again, and waits for Pika's reply."""
    replies = visit.coach_lines.count()
    visit.page.get_by_role("button", name="Speak", exact=True).click()
    expect(visit.page.get_by_role("status").filter(has_text="I am listening")).to_be_visible()
    visit.page.wait_for_timeout(SPEAKING_MS)
    visit.page.get_by_role("button", name="Done, send it").click()
    visit.waits_for_replies(replies + 1)


@pytest.mark.parametrize("speaking", ["it-is-a-robot"], indirect=True)
def test_a_spoken_answer_shows_its_words_and_the_lesson_goes_on(speaking: Visit) -> None:
    visit = speaking.meets()
    for text in ("I am happy.", "hello"):
        visit.says(text)
    progress = visit.page.get_by_role("progressbar", name="Lesson")
    expect(progress).to_have_attribute("aria-valuenow", "3")
    speaks(visit)
    words = visit.child_lines.last.locator(".word-heard")
    assert "robot" in words.last.inner_text().lower()
    expect(progress).to_have_attribute("aria-valuenow", "4")
    words.last.click()
    assert words.last.get_attribute("aria-expanded") == "true"
    assert visit.page.locator(".phones li").count() >= 4
    words.last.click()
    expect(visit.page.locator(".phones")).to_have_count(0)
    assert visit.complaints == []


def reading_aloud(route: Route) -> None:
    """As a page that knows what is read aloud would ask."""
    route.continue_(post_data=(route.request.post_data or "").replace('"text":""', '"text":"I like rice."'))


@pytest.mark.parametrize("speaking", ["i-like-rye"], indirect=True)
def test_a_word_to_practise_is_marked_and_tells_how(speaking: Visit) -> None:
    visit = speaking.meets()
    visit.page.route("**/coach/stream", reading_aloud)
    speaks(visit)
    rice = visit.page.locator(".word-heard").filter(has_text="rice")
    expect(rice).to_have_accessible_name(re.compile("rice *: let us practise"))
    assert rice.evaluate("element => getComputedStyle(element).textDecorationStyle") != "solid"  # not by colour alone
    rice.click()
    sounds = visit.page.get_by_role("region", name="The sounds of: rice")
    expect(sounds).to_contain_text("Hiss like a snake")
    assert sounds.get_by_role("button", name="Listen: rice").count() >= 1
    visit.page.get_by_role("button", name="Tiếng Việt").click()
    expect(visit.page.get_by_role("region", name="Các âm của từ: rice")).to_contain_text("rắn")
    assert all(all(names) for names in controls(visit).values())
    assert [text for text, contrast in visit.page.evaluate(CONTRASTS) if contrast < WCAG_AA] == []
    for control in visit.page.locator(".word-heard, .sounds button, .mic").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET_PX


@pytest.mark.parametrize("speaking", ["it-is-a-robot"], indirect=True)
def test_a_recording_can_be_dropped(speaking: Visit) -> None:
    visit = speaking.meets()
    visit.page.get_by_role("button", name="Speak", exact=True).click()
    visit.page.get_by_role("button", name="Cancel").click()
    expect(visit.page.get_by_role("button", name="Speak", exact=True)).to_be_visible()
    assert visit.child_lines.count() == 1
    assert [url for url in visit.requests if "audio" in url] == []


def without(visit: Visit, error: str) -> Visit:
    """A visit whose browser refuses the microphone with this error."""
    visit.context.add_init_script(
        f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '{error}'))"
    )
    return visit.meets()


@pytest.mark.parametrize(
    ("error", "told"),
    [("NotAllowedError", "may not use the microphone"), ("NotFoundError", "cannot find a microphone")],
)
def test_without_a_microphone_pika_says_so_and_writing_goes_on(visit: Visit, error: str, told: str) -> None:
    without(visit, error).page.get_by_role("button", name="Speak", exact=True).click()
    expect(visit.page.get_by_role("alert")).to_contain_text(told)
    visit.says("I am happy.")
    assert visit.page.get_by_role("alert").count() == 0


def test_a_browser_that_cannot_record_has_no_such_button(visit: Visit) -> None:
    visit.context.add_init_script("delete window.MediaRecorder")
    visit.meets()
    expect(visit.page.get_by_role("button", name="Send")).to_be_visible(timeout=REPLY_MS)
    assert visit.page.get_by_role("button", name="Speak", exact=True).count() == 0


@pytest.mark.parametrize(
    ("phone", "level"),
    [
        ({"score": 0.95, "heard": None}, "good"),
        ({"score": 0.6, "heard": None}, "nearly"),
        ({"score": 0.2, "heard": None}, "again"),
        ({"score": 0.95, "heard": "T"}, "again"),
        ({"score": 0.95, "heard": ""}, "again"),
    ],
)
def test_what_a_sounds_score_means(phone: dict[str, object], level: str) -> None:
    assert run("pronounced.js", "page.levelOf(values[0])", phone) == level


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ({"score": 0.9, "omitted": False, "phones": [{"score": 0.9, "heard": None}]}, "good"),
        ({"score": 0.9, "omitted": False, "phones": [{"score": 0.9, "heard": "T"}]}, "nearly"),
        ({"score": 0.3, "omitted": False, "phones": []}, "again"),
        ({"score": 0.0, "omitted": True, "phones": []}, "missing"),
    ],
)
def test_what_a_words_score_means(word: dict[str, object], level: str) -> None:
    assert run("pronounced.js", "page.levelOfWord(values[0])", word) == level
