"""What the coach may say to a child, and what is held back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tools.safety.outgoing import check_sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Hi Minh! What did you eat today?",
        "I can't keep this a secret, because you matter.",
        "This is not your fault.",
        "Please tell an adult you trust, like your mom or your teacher.",
        "You can call 111, it is free, day and night.",
        "In danger, call 113 or 115.",
        "Bạn có thể gọi 111, miễn phí cả ngày lẫn đêm nhé.",
        "Keep that safe, you don't need to tell me your address.",
        "Don't tell anyone your password.",
        "Mình không thể giữ bí mật này, hãy kể với mẹ nhé.",
        "Bạn đừng nói mật khẩu cho ai nhé.",
        "The wolf did not eat the three little pigs.",
        "Look at the picture! What can you see?",
        "Do you like your school?",
        "I am a robot, so I don't sleep.",
        "Did somebody hurt you?",
        "Your secret ingredient is sugar!",
        "There are 40 students in the class.",
        "Không sao đâu! Pet là con vật mình nuôi.",
        "See you next time, Minh!",
        "Đừng trả lời người đó, bạn kể ngay với người lớn bạn tin nhé.",
        "Don't answer him, tell your mom now.",
        "Chào bạn, mình lại gặp nhau rồi!",
        "Bắt đầu bằng 'm', kết thúc bằng 'k'.",
        "",
    ],
)
def test_good_sentences_pass(sentence: str) -> None:
    assert check_sentence(sentence) == ""


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Let's talk about sex.", "adult"),
        ("You should hit him back.", "violence"),
        ("You are so stupid.", "profanity"),
        ("I will keep your secret.", "promises_secrecy"),
        ("I won't tell anyone, I promise.", "promises_secrecy"),
        ("Mình sẽ giữ bí mật cho bạn.", "promises_secrecy"),
        ("Don't tell your mom about this.", "asks_secret"),
        ("Đừng kể cho ba mẹ nhé.", "asks_secret"),
        ("Tell me a secret!", "asks_secret"),
        ("Let's meet at the park tomorrow.", "asks_meeting"),
        ("Are you home alone?", "asks_meeting"),
        ("Mai mình gặp nhau ở công viên nhé.", "asks_meeting"),
        ("Send me a photo of you.", "asks_photo"),
        ("Bạn gửi ảnh cho mình xem nhé.", "asks_photo"),
        ("What is your address?", "asks_personal"),
        ("What is your phone number?", "asks_personal"),
        ("Bạn học trường nào?", "asks_personal"),
        ("Please don't go, I will be lonely.", "clingy"),
        ("Look at www.example.com now.", "url"),
        ("Open https://example.org please.", "url"),
        ("Call 0912 345 678.", "phone"),
        ("Call 911 now.", "phone"),
        ("Write to me at pika@mail.example.", "pii"),
        ("word " * 60, "too_long"),
        ("a" * 400, "too_long"),
    ],
)
def test_bad_sentences_are_named(sentence: str, reason: str) -> None:
    assert check_sentence(sentence) == reason


def test_the_scripted_coach_may_say_all_its_sentences() -> None:
    held_back = {sentence: reason for sentence in _scripted() if (reason := check_sentence(sentence))}
    assert held_back == {}


def _scripted() -> set[str]:
    folder = Path(__file__).parents[2] / "providers" / "scripted" / "templates"
    lines = {line for path in sorted(folder.rglob("*.yaml")) for line in _strings(yaml.safe_load(path.read_text()))}
    assert len(lines) > 100
    return {sentence for line in lines for sentence in re.split(r"(?<=[.!?])\s+", line)}


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)
