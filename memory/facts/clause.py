"""A clause while it is read: its words in two forms, whom it is about, and how a value is cut out of it."""

import re
from dataclasses import dataclass

from memory.facts.entity import Entity, Names
from memory.facts.fact import Fact
from memory.facts.guards import personal
from memory.text import fold, spaced

_STOP_AT = re.compile(
    r"\s+(?:and (?:i|he|she|it|we|they|my)|but|because|so|cause|cuz|when|while|who|that|which|than|then|if|too"
    r"|very much|a lot|so much"
    r"|the most|best|now|anymore|any more|these days|nhung|vi|nen|khi|luc|lam|qua|(?<!chu )nhat|nua|a"
    r"(?=\s*$)|nhe|roi|ma)\b.*$"
)
_LEADING = re.compile(r"^(?:a|an|the|to|some|my|eating|to eat|an|mon|mau|con|cai|choi|an|of|is|are|la)\s+")
_NOT_A_NAME = spaced(
    """a an the is are was and or but he she it his her its my your very so not in at on to from with who that
    this i we they you have has like likes love loves can will good bad big small old new happy sad nice fine
    ok okay here there going doing playing sick tired hungry years year month brown black white red blue
    green yellow pink purple orange grey called named name funny beautiful cute lovely pretty also now
    because really too of for no yes what secret nothing none one two la va nhung rat cua con em no thi ma gi
    nao ten a nha nhe tuoi mau o duoc thich"""
)
_POINTING = re.compile(r"(?:when|this|that|these|those|how|what|if|it)\b")  # says nothing outside its talk
_MAX_VALUE_WORDS = 7


@dataclass(frozen=True)
class Clause:
    """`text` keeps the child's letters, `flat` is `fold(text)`: spans in one are spans in the other.

    `language` is that of the words that named the subject: "en", "vi", or "" when they do not tell.
    """

    text: str
    flat: str
    quote: str
    subject: Entity | None
    start: int
    names: Names
    language: str = ""

    def match(self, pattern: str) -> re.Match[str] | None:
        """`pattern` right after the subject."""
        return re.compile(pattern).match(self.flat, self.start)

    def search(self, pattern: str) -> re.Match[str] | None:
        """`pattern` anywhere in the clause."""
        return re.compile(pattern).search(self.flat)

    def span(self, match: re.Match[str], group: str) -> str:
        return self.text[match.start(group) : match.end(group)].strip()

    def fact(self, entity: Entity, attribute: str, value: str, *, shown: str = "", denied: bool = False) -> Fact:
        """A single-valued fact about `entity`; `shown` is its attribute in plain words when the key's are not."""
        about = entity.possessive(shown or attribute.replace("_", " ").split(":")[-1])
        return Fact(f"{entity.key}:{attribute}", value, about, self.quote, denied=denied)


def name_from(text: str) -> str:
    """The name that `text` begins with: up to three capitalised words, or one or two words in lower case; else ""."""
    found = re.findall(r"[^\W\d_]+", re.split(r"[,.!?;:()]", text)[0])
    names: list[str] = []
    for word in found[:3]:
        if fold(word) in _NOT_A_NAME and not (word[:1].isupper() and len(word) > 1):
            break
        if names and names[0][:1].isupper() != word[:1].isupper():
            break
        names.append(word)
    if names and not names[0][:1].isupper():
        names = names[:2] if len(found) <= 2 else names[:1]
    return " ".join(word[:1].upper() + word[1:] for word in names)


def value_from(text: str) -> str:
    """A thing as told, cut where the next thought begins; "" when it is empty, too long or personal."""
    flat = fold(text)
    stop = _STOP_AT.search(flat)
    kept = (text[: stop.start()] if stop else text).strip(" ,.!?;:'\"")
    for _ in range(3):
        lead = _LEADING.match(fold(kept) + " ")
        if not lead or lead.end() > len(kept):
            break
        kept = kept[lead.end() :].strip()
    many = len(kept.split()) > _MAX_VALUE_WORDS or _POINTING.match(fold(kept))
    return "" if many or not kept or personal(kept) or fold(kept) in _EMPTY else kept


def values_from(text: str) -> list[str]:
    """The things of a list: "cats, dogs and fish" -> three."""
    whole = value_from(text)
    parts = re.split(r"\s*,\s*|\s+and\s+|\s+or\s+|\s+&\s+|\s+và\s+|\s+va\s+|\s+với\s+", whole)
    return [value for value in (value_from(part) for part in parts) if value]


_EMPTY = spaced(
    "it this that them him her you me something anything everything nothing no one do so not very hoc gi nao day do"
)
