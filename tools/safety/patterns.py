"""The pattern language: word patterns with gaps, matched in time linear in the text.

A pattern is a line of elements. `a|b_c|@group` is one of several words (`b_c` two words in a row, `@group` a named
set); `word~` adds English endings; `=word` is only found with these marks; a trailing `?` makes an element optional;
`..` skips up to 4 words, `...` up to 7; `!a|b` wants something else next; `^` and `$` are the ends of a sentence.
Vietnamese words are written with marks
and also match without. All positions advance at once as the bits of one integer (Baeza-Yates and Gonnet, "A new
approach to text searching", 1992), so that no text makes a pattern backtrack.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from infra.errors import ContentInvalid
from tools.safety.normalise import BOUNDARY, respelled, spellings

SHORT_GAP_WORDS = 4
LONG_GAP_WORDS = 7
_VOWELS = "aeiou"


class Word(NamedTuple):
    exact: frozenset[str]
    bare: frozenset[str]  # with and without marks


Phrase = tuple[Word, ...]


@dataclass(frozen=True)
class Text:
    """The tokens of one text as bit masks: bit i of `places[token]` is set where the token stands at i."""

    tokens: Sequence[str]
    unmarked: bool  # words may stand without their marks

    @cached_property
    def places(self) -> Mapping[str, int]:
        places: dict[str, int] = {}
        for position, token in enumerate(self.tokens):
            places[token] = places.get(token, 0) | 1 << position
        return places

    @cached_property
    def boundaries(self) -> int:
        return self.places.get(BOUNDARY, 0)

    @cached_property
    def starts(self) -> int:
        return 1 | self.boundaries << 1

    @cached_property
    def ends(self) -> int:
        return 1 << len(self.tokens) | self.boundaries

    @property
    def everywhere(self) -> int:
        return (1 << len(self.tokens) + 1) - 1

    def of(self, word: Word) -> int:
        mask = 0
        for spelling in word.bare if self.unmarked else word.exact:
            mask |= self.places.get(spelling, 0)
        return mask

    def after(self, reached: int, phrases: Sequence[Phrase]) -> int:
        """Positions behind any of `phrases` that begins at one of `reached`."""
        result = 0
        for phrase in phrases:
            here = reached
            for word in phrase:
                here = (here & self.of(word)) << 1
                if not here:
                    break
            result |= here
        return result


@dataclass(frozen=True)
class Element:
    kind: str  # "words", "gap", "not", "start" or "end"
    phrases: tuple[Phrase, ...] = ()
    optional: bool = False
    words: int = 0

    def advance(self, reached: int, text: Text) -> int:
        if self.kind == "words":
            return text.after(reached, self.phrases) | (reached if self.optional else 0)
        if self.kind == "gap":
            return _skip(reached, text, self.words)
        if self.kind == "not":
            return reached & ~_beginnings(text, self.phrases)
        return reached & (text.starts if self.kind == "start" else text.ends)


@dataclass(frozen=True)
class Pattern:
    elements: tuple[Element, ...]

    def found_in(self, text: Text) -> bool:
        reached = text.everywhere
        for element in self.elements:
            reached = element.advance(reached, text)
            if not reached:
                return False
        return True


def compile_pattern(line: str, groups: Mapping[str, str]) -> Pattern:
    """The pattern that `line` writes. Raises ContentInvalid for an unknown group or an empty element."""
    return Pattern(tuple(_element(part, groups) for part in line.split()))


def _element(part: str, groups: Mapping[str, str]) -> Element:
    if part in ("^", "$"):
        return Element("start" if part == "^" else "end")
    if part in ("..", "..."):
        return Element("gap", words=SHORT_GAP_WORDS if part == ".." else LONG_GAP_WORDS)
    if part.startswith("!"):
        return Element("not", _phrases(part[1:], groups))
    return Element("words", _phrases(part.removesuffix("?"), groups), optional=part.endswith("?"))


def _phrases(part: str, groups: Mapping[str, str]) -> tuple[Phrase, ...]:
    phrases: list[Phrase] = []
    for alternative in part.split("|"):
        if alternative.startswith("@"):
            if alternative[1:] not in groups:
                raise ContentInvalid(f"Safety patterns: there is no group {alternative}.")
            phrases.extend(_phrases(groups[alternative[1:]], groups))
        elif alternative:
            exactly = alternative.startswith("=")
            phrases.append(tuple(_word(word, exactly) for word in alternative.lstrip("=").split("_")))
        else:
            raise ContentInvalid(f"Safety patterns: empty alternative in '{part}'.")
    return tuple(phrases)


def _word(written: str, exactly: bool) -> Word:
    if written.endswith("~"):
        forms = frozenset(_inflected(written[:-1]))
        return Word(forms, forms)
    exact = frozenset({respelled(written)})
    return Word(exact, exact if exactly else spellings(written))


def _inflected(verb: str) -> list[str]:
    stem = verb.removesuffix("e")
    if len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS:
        stem = verb + verb[-1]
    return [verb, verb + "s", verb + "es", stem + "ed", stem + "ing", verb + "ed", verb + "ing", stem + "in"]


def _skip(reached: int, text: Text, words: int) -> int:
    passable = text.everywhere & ~text.boundaries
    moving = reached
    for _ in range(words):
        moving = (moving & passable) << 1 & text.everywhere
        reached |= moving
    return reached


def _beginnings(text: Text, phrases: Sequence[Phrase]) -> int:
    result = 0
    for phrase in phrases:
        here = text.everywhere
        for offset, word in enumerate(phrase):
            here &= text.of(word) >> offset
        result |= here
    return result
