"""Recognises, in the child's words, which of several ready answers is meant."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from infra.marked_yaml import Marked, read_marked

FILE = Path(__file__).with_name("cues.yaml")


Cues = Mapping[str, Mapping[str, re.Pattern[str]]]  # family -> name -> what is looked for


@cache
def _default() -> Cues:
    return load_cues(FILE)


def load_cues(path: Path) -> Cues:
    """Raises ContentInvalid, with file and line, for a pattern that is none."""
    document = read_marked(path)
    return {
        family: {name: _pattern(document, family, name) for name in names} for family, names in document.value.items()
    }


def _pattern(document: Marked, family: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(rf"(?<!\w)(?:{'|'.join(document.value[family][name])})(?!\w)")
    except re.error as error:
        raise document.invalid(f"not a pattern: {error}", family, name) from None


def cue_names(family: str) -> Sequence[str]:
    return list(_default()[family])


def cue(family: str, text: str) -> str:
    """Name of the first cue of `family` that `text` (English or Vietnamese) holds; "" for none."""
    return next(iter(cues(family, text)), "")


def cues(family: str, text: str) -> Sequence[str]:
    """All cues of `family` in `text`, in the order of cues.yaml."""
    words = unicodedata.normalize("NFC", text).replace("’", "'").casefold()
    return [name for name, pattern in _default()[family].items() if pattern.search(words)]
