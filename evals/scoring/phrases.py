"""Decides whether a reply holds what a dialogue turn expects: the matcher of the data's README."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

_VIETNAMESE_MARK = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})


def normalized(text: str) -> str:
    """NFC, lower case, straight quotes, single spaces, without Markdown emphasis."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_QUOTES).replace("*", "")
    return re.sub(r"\s+", " ", lowered).strip()


def holds(reply: str, phrase: str) -> bool:
    """Whole-word match; a trailing `*` allows any ending."""
    wanted = unicodedata.normalize("NFC", phrase).lower().translate(_QUOTES).strip()
    ending = "" if wanted.endswith("*") else r"(?!\w)"
    return re.search(rf"(?<!\w){re.escape(wanted.rstrip('*'))}{ending}", normalized(reply)) is not None


def passes(reply: str, checks: Mapping[str, Sequence[Any]]) -> bool:
    """Every `any_of` group has a hit and no `none_of` phrase has."""
    groups_hit = all(any(holds(reply, phrase) for phrase in group) for group in checks["any_of"])
    return groups_hit and not is_forbidden(reply, checks)


def is_forbidden(reply: str, checks: Mapping[str, Sequence[Any]]) -> bool:
    """Whether a `none_of` phrase is in the reply."""
    return any(holds(reply, phrase) for phrase in checks["none_of"])


def has_vietnamese(reply: str) -> bool:
    """Whether a word with Vietnamese marks is in the reply."""
    return _VIETNAMESE_MARK.search(unicodedata.normalize("NFC", reply)) is not None


def models_right(reply: str, right: str) -> bool:
    """Whether the reply holds the right form, in the child's person or turned to "you" ("You went...")."""
    words, reply_words = _content(right), set(_content(reply))
    return bool(words) and all(word in reply_words for word in words)


_PERSON = {"i", "you", "my", "your", "me", "am", "are", "m", "re", "a", "the"}


def _content(text: str) -> list[str]:
    """The words that a change of person does not touch."""
    return [word for word in re.findall(r"[\w]+", normalized(text)) if word not in _PERSON]
