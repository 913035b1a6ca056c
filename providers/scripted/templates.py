"""The hand-written sentences, loaded from templates/*.yaml and checked."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from infra.marked_yaml import Marked, read_marked
from providers.scripted.limits import CARE_VIETNAMESE_SYLLABLES, VIETNAMESE_SYLLABLES, WORDS, Level, count_words
from providers.scripted.slots import KNOWN, VIETNAMESE_ONLY, slots_in

FOLDER = Path(__file__).with_name("templates")
SPOKEN_VIETNAMESE = "_vi"  # groups with this ending hold sentences that are said in Vietnamese
CARE_FILES = frozenset({"safeguard", "comfort", "check_in"})
_RUDE_YOU = re.compile(r"(?<!\w)mày(?!\w)", re.IGNORECASE)
FIELDS = frozenset({"en", "vi", "level"})


@dataclass(frozen=True, slots=True)
class Template:
    """One sentence with gaps, for `level` and above."""

    en: str
    vi: str
    level: Level = "A1"


Templates = Mapping[str, tuple[Template, ...]]  # "greet.hello" -> its variants


@cache
def default_templates() -> Templates:
    """The templates that ship. Raises ContentInvalid with file and line."""
    return load_templates(FOLDER)


def load_templates(folder: Path) -> Templates:
    """Groups named "<file>.<group>". Raises ContentInvalid with file and line for a template that breaks a rule."""
    return dict(group for path in sorted(folder.glob("*.yaml")) for group in _groups(read_marked(path)))


def _groups(document: Marked) -> Iterator[tuple[str, tuple[Template, ...]]]:
    if not isinstance(document.value, dict):
        raise document.invalid("expected groups of templates")
    for group, entries in document.value.items():
        if not isinstance(entries, list) or not entries:
            raise document.invalid("a group is a list of templates", group)
        yield f"{document.path.stem}.{group}", tuple(_template(document, group, i) for i in range(len(entries)))


def _template(document: Marked, group: str, index: int) -> Template:
    entry = document.value[group][index]
    reason = _wrong_shape(entry) or _wrong_words(entry, group, care=document.path.stem in CARE_FILES)
    if reason:
        raise document.invalid(reason, group, index)
    return Template(entry.get("en", ""), entry["vi"], entry.get("level", "A1"))


def _wrong_shape(entry: object) -> str:
    if not isinstance(entry, dict) or not set(entry) <= FIELDS:
        return "a template has en, vi and, if need be, level"
    if not all(isinstance(value, str) for value in entry.values()):
        return "en, vi and level are texts: put them in quotes"
    return "" if entry.get("level", "A1") in get_args(Level) else "level is A1 or A2"


def _wrong_words(entry: dict[str, str], group: str, *, care: bool) -> str:
    en, vi, level = entry.get("en", ""), entry.get("vi", ""), entry.get("level", "A1")
    limit = CARE_VIETNAMESE_SYLLABLES if care else VIETNAMESE_SYLLABLES
    if group.endswith(SPOKEN_VIETNAMESE) == bool(en):
        return f"only groups that end in {SPOKEN_VIETNAMESE} leave out en"
    if not vi:
        return "the Vietnamese support line is missing"
    if count_words(en) > WORDS["A2" if level == "A2" else "A1"]:
        return f"more than {WORDS['A2' if level == 'A2' else 'A1']} words for {level}"
    if count_words(vi) > limit:
        return f"more than {limit} syllables of Vietnamese"
    return _wrong_letters(en, vi)


def _wrong_letters(en: str, vi: str) -> str:
    unknown = [name for name in (*slots_in(en), *slots_in(vi)) if name.lower() not in KNOWN]
    if unknown:
        return f"unknown slot {{{unknown[0]}}}"
    if any(name.lower() in VIETNAMESE_ONLY for name in slots_in(en)):
        return "{you} is for Vietnamese only"
    if not all(unicodedata.is_normalized("NFC", text) for text in (en, vi)):
        return "not NFC: type the Vietnamese letters composed"
    if _RUDE_YOU.search(vi):
        return "Pika never says mày"
    return "no emoji: not every machine can show one" if any(_is_picture(letter) for letter in en + vi) else ""


def _is_picture(letter: str) -> bool:
    return unicodedata.category(letter) in {"So", "Cs", "Co", "Cn"}
