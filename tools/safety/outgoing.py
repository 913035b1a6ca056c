"""Decides whether a sentence of a model may be said to a child."""

import re
from functools import cache
from pathlib import Path

import yaml

from tools.safety.lexicon import Lexicon, read
from tools.safety.normalise import forms, visible
from tools.safety.pii import find

MOST_CHARACTERS = 300  # a spoken sentence; longer is a lecture or a leak
MOST_WORDS = 45
_HELPLINES = frozenset({"111", "113", "115"})
_URL = re.compile(
    r"https?:|www\.|(?<![\w@])[\w-]{2,40}\.(?:com|net|org|vn|io|me|ly|gg|info|xyz|tv|co|edu|gov|app|site|online|link)(?![\w-])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\+?\d(?:[ .-]?\d){2,14}")
_HELPLINE_CALL = re.compile(r"(?:call|dial|gọi|phone|ring|số|hotline|helpline|tổng đài)\D{0,30}$", re.IGNORECASE)
_LONG_NUMBER = 7  # digits that can only be a telephone or an account


def check_sentence(sentence: str) -> str:
    """An empty string when `sentence` may be said, else the reason.

    Reasons: "adult", "violence", "profanity", "promises_secrecy", "asks_secret", "asks_meeting", "asks_photo",
    "asks_personal", "clingy", "url", "phone", "pii" and "too_long". Pure and linear in the sentence's length.
    """
    text = visible(sentence)
    if len(text) > MOST_CHARACTERS or len(text.split()) > MOST_WORDS:
        return "too_long"
    if _URL.search(text):
        return "url"
    if _has_phone(text):
        return "phone"
    if any(kind in {"email", "id", "password", "address"} for kind in find(text).kinds):
        return "pii"
    hits = _lexicon().hits(forms(text, teen=False))
    return hits[0].label if hits else ""


def _has_phone(text: str) -> bool:
    """A long number anywhere, or a short one that the child is told to call and that is no helpline."""
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) >= _LONG_NUMBER:
            return True
        if digits not in _HELPLINES and _HELPLINE_CALL.search(text[: match.start()]):
            return True
    return "phone" in find(text).kinds


@cache
def _lexicon() -> Lexicon:
    return read(yaml.safe_load((Path(__file__).parent / "outgoing.yaml").read_text("utf-8")))
