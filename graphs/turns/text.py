"""Decides which characters of a child's text go on."""

import re
import unicodedata

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, format (zero-width, bidi), surrogates, private, unassigned
_SPACES = re.compile(r"\s+")


def cleaned(text: str) -> str:
    """`text` in NFC without control, zero-width, bidirectional and unassigned characters, spaces folded."""
    spaced = _SPACES.sub(" ", text)
    visible = "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFC", visible).strip()
