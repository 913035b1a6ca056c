"""A child shows the page a thing: a real picture, through to what Pika sees in it."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from infra.settings import ROOT
from tests.web.test_accessibility import CONTRASTS, SMALLEST_TARGET_PX, WCAG_AA, controls
from tests.web.visit import Visit

pytestmark = pytest.mark.browser

PICTURES = ROOT / "evals" / "data" / "images"
CAMERA_TAG = 0x0110  # EXIF: Model
REMEMBERS_WHAT_IS_SENT = """
    const real = fetch;
    window.fetch = (url, options) => {
      if (options?.body instanceof Blob) window.sent = options.body;
      return real(url, options);
    };
"""
SHOWN = "document.querySelector('canvas.shown').getContext('2d').getImageData(40, 40, 1, 1).data[3]"


def shows(visit: Visit, picture: Path) -> None:
    """Presses the camera and chooses the picture."""
    with visit.page.expect_file_chooser() as opened:
        visit.page.get_by_role("button", name="Show Pika a thing").click()
    opened.value.set_files(picture)


def test_a_shown_thing_is_seen_and_the_card_tells_its_word(visit: Visit) -> None:
    visit.meets()
    shows(visit, PICTURES / "cat.jpg")
    visit.waits_for_replies(2)
    expect(visit.child_lines.last.get_by_role("img", name="Your picture")).to_be_visible()
    assert visit.page.evaluate(SHOWN) == 255  # something is drawn
    expect(visit.coach_lines.last).to_contain_text("cat")
    expect(visit.page.get_by_role("region", name="Word card")).to_contain_text("con mèo")
    assert visit.complaints == []
    visit.page.reload()
    visit.waits_for_replies(2)
    expect(visit.child_lines.last.locator(".bubble")).to_have_text(re.compile("Your picture *cat"))


def test_words_in_the_field_go_with_the_picture(visit: Visit) -> None:
    visit.meets()
    visit.field.fill("This is my cat.")
    with visit.page.expect_request("**/coach/stream") as sent:
        shows(visit, PICTURES / "cat.jpg")
    asked = (sent.value.post_data_json or {})["input"]
    assert (asked["text"], len(asked["picture"])) == ("This is my cat.", 64)
    visit.waits_for_replies(2)
    expect(visit.field).to_have_value("")
    expect(visit.child_lines.last.locator(".bubble")).to_have_text("This is my cat.")


def test_what_is_sent_is_small_and_says_nothing_of_place_or_camera(visit: Visit, tmp_path: Path) -> None:
    photo = Image.linear_gradient("L").resize((2000, 1500)).convert("RGB")
    exif = Image.Exif()
    exif[CAMERA_TAG] = "A camera of somebody"
    photo.save(tmp_path / "photo.jpg", exif=exif)
    assert b"A camera of somebody" in (tmp_path / "photo.jpg").read_bytes()
    visit.context.add_init_script(REMEMBERS_WHAT_IS_SENT)
    visit.meets()
    shows(visit, tmp_path / "photo.jpg")
    visit.waits_for_replies(2)
    sent = bytes(visit.page.evaluate("sent.arrayBuffer().then((all) => [...new Uint8Array(all)])"))
    assert Image.open(BytesIO(sent)).size == (1024, 768)
    assert b"camera" not in sent
    assert dict(Image.open(BytesIO(sent)).getexif()) == {}


def test_a_file_that_is_no_picture_is_said_kindly_and_nothing_is_sent(visit: Visit, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"this is no picture")
    visit.meets()
    shows(visit, broken)
    expect(visit.page.get_by_role("alert")).to_contain_text("cannot open this picture")
    assert [url for url in visit.requests if "pictures" in url] == []
    assert visit.says("I am happy.")


@pytest.mark.parametrize("width", [320, 390])
def test_camera_and_microphone_leave_room_to_write_and_to_press(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 700})
    visit.meets()
    field = visit.field.bounding_box()
    assert field is not None
    assert field["width"] >= 110
    for button in visit.page.locator(".write button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET_PX
        assert box["x"] + box["width"] <= width
    visit.page.get_by_role("button", name="Tiếng Việt").click()
    assert "Cho Pika xem đồ vật" in controls(visit)["button"]
    assert [text for text, contrast in visit.page.evaluate(CONTRASTS) if contrast < WCAG_AA] == []
