"""The kinds of things that children tell, read from told.yaml."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from infra.marked_yaml import Marked, read_marked
from lessons.inflection import forms
from providers.directive import Tone

FILE = Path(__file__).with_name("told.yaml")

_VERBS = re.compile(r"(?<!P)<([a-z|]+)>")
_AHEAD = re.compile(r"\(\?[!=][^)]*\)|\?P<\w+>|\\[a-z]")
_RUN = re.compile(r"([a-z]+)(\??)")
_SLOT = re.compile(r"\{(\w+)\}")
_BE = ("am", "is", "are", "was", "were", "be", "been", "being")
_BREAK = (
    "and|but|because|so|then|when|if|that|with|in|on|at|to|for|from|after|before|yesterday|today|tomorrow|tonight|every|"
    "last|next|very|too|also|is|are|was|were|am|it|they|we|i|he|she|by|of|now|again|together|much|always|who|which|as|or|"
    "this|here|there|not|did|do|does|will|can|have|has|had|like|than|during|near|until|while|about|near|ago"
)
_PHRASE = rf"(?:(?!(?:{_BREAK})\b)[a-z0-9À-ỹ'-]+)(?: (?!(?:{_BREAK})\b)[a-z0-9À-ỹ'-]+){{0,3}}"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern and the beginnings of its own words, one of which a line must hold (none: any line may fit)."""

    regex: re.Pattern[str]
    stems: tuple[str, ...]

    def search(self, line: str) -> re.Match[str] | None:
        may_fit = not self.stems or any(stem in line for stem in self.stems)
        return self.regex.search(line) if may_fit else None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that children tell (see told.yaml)."""

    name: str
    tone: Tone
    small: bool
    past: bool
    asks: tuple[str, ...]
    topics: frozenset[str]
    theme: str
    english: tuple["_Pattern", ...]
    vietnamese: tuple[re.Pattern[str], ...]


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of told.yaml, in order. Raises ContentInvalid with file and line."""
    document = read_marked(FILE)
    words: Mapping[str, str] = document.value["words"]
    return tuple(_kind(document, name, entry, words) for name, entry in document.value["kinds"].items())


@cache
def verbs() -> frozenset[str]:
    """All verbs that told.yaml names."""
    in_patterns = (verb for match in _VERBS.finditer(FILE.read_text("utf-8")) for verb in match[1].split("|"))
    return frozenset({*in_patterns, *read_marked(FILE).value["verbs"].split()})


def _kind(document: Marked, name: str, entry: Mapping[str, Any], words: Mapping[str, str]) -> Kind:
    try:
        english = tuple(_pattern(pattern, words) for pattern in entry.get("when", ()))
        vietnamese = tuple(re.compile(rf"(?<!\w)(?:{pattern})") for pattern in entry.get("vi", ()))
    except (re.error, KeyError) as error:
        raise document.invalid(f"not a pattern: {error}", "kinds", name) from None
    return Kind(
        name=name,
        tone=entry["tone"],
        small=bool(entry.get("small", False)),
        past=bool(entry.get("past", False)),
        asks=tuple(entry["ask"]),
        topics=frozenset(entry.get("topic", ())),
        theme=entry.get("theme", ""),
        english=english,
        vietnamese=vietnamese,
    )


def _pattern(pattern: str, words: Mapping[str, str]) -> _Pattern:
    own = _spelt(_AHEAD.sub("", pattern), {**dict.fromkeys(words, ""), "pet": words["pet"]}, slots=False)
    stems = {run[:-1] if optional else run for run, optional in _RUN.findall(own)}
    return _Pattern(re.compile(rf"\b(?:{_spelt(pattern, words)})"), tuple(stem for stem in stems if len(stem) > 1))


def _spelt(pattern: str, words: Mapping[str, str], *, slots: bool = True) -> str:
    """The pattern with its verbs in all forms and its names filled in."""
    spelt = _VERBS.sub(lambda match: _all_forms(match[1].split("|")), pattern)
    return _SLOT.sub(lambda match: _filling(match[1], words) if slots else words.get(match[1], ""), spelt)


def _filling(name: str, words: Mapping[str, str]) -> str:
    if name in ("what", "where"):
        return rf"(?P<{name}>{_PHRASE})"
    return f"(?P<who>{words['kin']})" if name == "who" else words[name]


def _all_forms(verbs: Sequence[str]) -> str:
    known = sorted({form for verb in verbs for form in (_BE if verb == "be" else forms(verb))}, key=len, reverse=True)
    return rf"(?:{'|'.join(known)})\b"
