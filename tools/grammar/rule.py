"""What a rule is, and the regular expressions that the lexical rules share."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tools.grammar.parse import Parse
from tools.grammar.types import ErrorType


@dataclass(frozen=True, slots=True)
class Change:
    """Replace characters [start, end) of the parse's text with `right`."""

    start: int
    end: int
    right: str


Finder = Callable[[Parse], Iterable[Change]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One error pattern. `english` (A1 words) and `vietnamese` explain it to a child in one short line each."""

    id: str
    type: ErrorType
    find: Finder
    english: str
    vietnamese: str
    confidence: float = 0.9
    blocks_meaning: bool = False


def swap(parse: Parse, index: int, right: str) -> Change:
    """Replaces the token at `index`, keeping a capital at its head."""
    token = parse.tokens[index]
    return Change(token.start, token.end, cased(token.text, right))


def span(parse: Parse, first: int, last: int, right: str) -> Change:
    """Replaces tokens first..last (inclusive)."""
    model = parse.tokens[first].text if not parse.near(first - 1, first) else parse.tokens[first].low
    return Change(parse.tokens[first].start, parse.tokens[last].end, cased(model, right))


def before(parse: Parse, index: int, word: str) -> Change:
    """Inserts `word` before the token at `index`."""
    at = parse.tokens[index].start
    return Change(at, at, word + " ")


def after(parse: Parse, index: int, word: str) -> Change:
    """Inserts `word` after the token at `index`."""
    at = parse.tokens[index].end
    return Change(at, at, " " + word)


def drop(parse: Parse, first: int, last: int | None = None) -> Change:
    """Removes tokens first..last with the space after them (before them at the text's end)."""
    last = first if last is None else last
    start, end = parse.tokens[first].start, parse.tokens[last].end
    following = parse.tokens[last + 1] if last + 1 < len(parse.tokens) else None
    if following and following.start == end and first:
        return Change(parse.tokens[first - 1].end, end, "")  # "my sister she's": what hangs on it stays
    if following and parse.tokens[first].start and parse.text[start - 1] != " ":
        return Change(start, end, "")  # from a comma on
    if last + 1 < len(parse.tokens) and parse.tokens[last + 1].word:
        return Change(start, parse.tokens[last + 1].start, "")
    while start > 0 and parse.text[start - 1] == " ":
        start -= 1
    return Change(start, end, "")


def cased(model: str, right: str) -> str:
    """`right` with a capital when `model` begins with one and is not "I"."""
    if right[:1].islower() and model[:1].isupper() and model != "I" and not right.endswith(model):
        return right[:1].upper() + right[1:]
    return right


Replacement = str | Callable[[re.Match[str]], str | None]


def lexical(*table: tuple[str, Replacement]) -> Finder:
    """A finder from (pattern, replacement) pairs.

    Patterns see the text in any case, with single spaces between words written as one space; the group
    ``fix`` is what is replaced (the whole match without it). A replacement function may return None: no error.
    """
    compiled = [(re.compile(rf"(?<![\w'’-]){pattern}", re.IGNORECASE), right) for pattern, right in table]

    def find(parse: Parse) -> Iterable[Change]:
        for pattern, right in compiled:
            for match in pattern.finditer(parse.text):
                group: str | int = "fix" if "fix" in pattern.groupindex else 0
                made = match.expand(right) if isinstance(right, str) else right(match)
                if made is not None:
                    yield Change(match.start(group), match.end(group), cased(match.group(group), made))

    return find


END = r"(?=\s*(?:$|[.,!?;]))"
DET = r"(?:my|your|his|her|our|their|the|a|an|this|that)"
DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
OBJ = r"(?:me|him|her|us|them|you|it)"
W = r"(?![\w'’-])"
