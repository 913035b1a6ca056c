"""The gaps of a template and what may fill them."""

import re
from collections.abc import Mapping
from typing import Final

from providers.scripted.line import Line

Slots = Mapping[str, Line]  # slot name -> its English and Vietnamese filling

WORDED: Final = frozenset(
    {
        "name",
        "other",
        "topic",
        "thing",
        "new_topic",
        "about",
        "praise",
        "adults",
        "time",
        "what",
        "who",
        "where",
        "lesson",
    }
)
QUOTED: Final = frozenset(
    {
        "flip",
        "recast",
        "quote",
        "wrong",
        "right",
        "term",
        "meaning",
        "model",
        "answer",
        "english",
        "learned",
        "previous",
    }
)
VIETNAMESE_ONLY: Final = frozenset({"you"})
KNOWN: Final = WORDED | QUOTED | VIETNAMESE_ONLY

_SLOT = re.compile(r"\{(\w*)\}")


def slots_in(text: str) -> list[str]:
    """Names of the gaps, as written: {Topic} is `topic` with a capital."""
    return _SLOT.findall(text)


def fill(text: str, slots: Slots, *, vietnamese: bool) -> str | None:
    """`text` with every gap filled; None when one has no filling in that language."""
    values = {name: _value(slots, name, vietnamese) for name in slots_in(text)}
    if not all(values.values()):
        return None
    return _SLOT.sub(lambda match: values[match[1]], text)


def measured(text: str, slots: Slots) -> str:
    """`text` as its length counts: quoted slots stand for one word, because what is quoted is not ours to shorten."""

    def value(match: re.Match[str]) -> str:
        name = match[1].lower()
        return "x" if name in QUOTED else _value(slots, name, vietnamese=False)

    return _SLOT.sub(value, text)


def _value(slots: Slots, name: str, vietnamese: bool) -> str:
    filling = slots.get(name.lower(), Line(""))
    text = filling.vi if vietnamese else filling.en
    return text[:1].upper() + text[1:] if name[:1].isupper() else text
