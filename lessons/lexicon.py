"""The children's lexicon: English and Vietnamese words that belong together, found by any form of either."""

import string
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from infra.errors import ContentInvalid
from lessons.inflection import forms
from lessons.ports import Entry
from lessons.tokens import bare, marked, nfc, tokenise, word_set

COLUMNS = ("en", "vi", "pos", "level", "topic")
PARTS_OF_SPEECH = ("v", "n", "mass", "adj", "num", "ord", "time", "prep", "q", "fn", "adv", "ph")
CLASSIFIERS = word_set("con cái quả trái chiếc cây bông quyển cuốn củ ngôi căn tấm bức đôi")
_ALTERNATIVES = ";"
_ARTICLES = frozenset({"a", "an", "the"})
_EDGES = string.punctuation + "“”‘’… \t"


class Line(Entry):
    """An entry with its other Vietnamese spellings, the first of which is `vi`."""

    spellings: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """The shortest spelling that ends the first one: "con mèo" -> "mèo" (without its classifier)."""
        endings = [other for other in self.spellings if self.vi.endswith(" " + other)]
        return min(endings, key=len, default=self.vi)


class Lexicon:
    """Lines indexed by English form, Vietnamese spelling and spelling without marks."""

    def __init__(self, lines: Iterable[Line]) -> None:
        ranked = sorted(lines, key=_rank)
        self.lines = tuple(ranked)
        self._english: dict[str, list[Line]] = {}
        self._vietnamese: dict[str, list[Line]] = {}
        self._bare: dict[str, list[Line]] = {}
        for line in ranked:
            self._english.setdefault(_english_key(line.en), []).append(line)
        for spelling, line in (*_spelt(ranked), *_without_classifier(ranked)):
            for index, key in ((self._vietnamese, spelling), (self._bare, bare(spelling))):
                found = index.setdefault(key, [])
                if line not in found:
                    found.append(line)

    @classmethod
    def load(cls, folder: Path) -> "Lexicon":
        """Reads every `*.tsv` of `folder`. Raises ContentInvalid naming file, line and reason."""
        return cls(line for path in sorted(folder.glob("*.tsv")) for line in read_lines(path))

    def english(self, term: str) -> list[Line]:
        """Lines whose English is `term` or has it as a form, the likeliest first."""
        key = _english_key(term)
        return self._english.get(key) or [line for base in self._bases.get(key, ()) for line in self._english[base]]

    def vietnamese(self, term: str, *, unmarked: bool = True) -> list[Line]:
        """Lines spelt `term` in Vietnamese; a term typed without marks also finds those which have them."""
        key = nfc(term).casefold()
        found = self._vietnamese.get(key, [])
        return found if found or not unmarked or marked(key) else self._bare.get(key, [])

    def without_marks(self, term: str) -> list[Line]:
        """Lines whose spelling without marks is `term`."""
        return self._bare.get(nfc(term).casefold(), [])

    def gloss(self, term: str) -> Entry | None:
        """The line for a word or short phrase of either language; None when it is not known."""
        wanted = " ".join(nfc(term).casefold().strip(_EDGES).split())
        found = self._both(wanted)
        if not found and (rest := _without_edges(wanted)) != wanted:
            found = self._both(rest)
        if not found:
            return None
        best = found[0]
        return Entry(**best.model_dump(exclude={"spellings"}))

    def means(self, english: str, vietnamese: str) -> bool | None:
        """Whether a line of `english` is spelt `vietnamese`, marks and classifier aside; None for an unknown word."""
        lines, said = self.english(english), bare(vietnamese.strip(_EDGES))
        if not lines:
            return None
        spellings = [bare(spelling) for line in lines for spelling in line.spellings]
        return any(said == known or known.endswith(f" {said}") or said.endswith(f" {known}") for known in spellings)

    def _both(self, wanted: str) -> list[Line]:
        if not wanted:
            return []
        if marked(wanted):
            return self.vietnamese(wanted)
        return self.english(wanted) or self.vietnamese(wanted)

    @cached_property
    def _bases(self) -> dict[str, list[str]]:
        bases: dict[str, list[str]] = {}
        for line in self.lines:
            if line.pos in ("v", "n", "mass"):
                for form in forms(line.en):
                    base = _english_key(line.en)
                    if base not in bases.setdefault(_english_key(form), []):
                        bases[_english_key(form)].append(base)
        return bases


def read_lines(path: Path) -> Iterator[Line]:
    """The lines of one file: a header, then tab-separated `en vi pos level topic`; `vi` may hold `a;b`."""
    for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        cells = text.split("\t")
        if number == 1:
            _expect(tuple(cells) == COLUMNS, path, number, f"the header must be {' '.join(COLUMNS)}")
            continue
        _expect(len(cells) == len(COLUMNS), path, number, f"expected {len(COLUMNS)} columns, found {len(cells)}")
        _expect(all(cells), path, number, "an empty column")
        _expect(nfc(text) == text, path, number, "not NFC: save the file with composed letters")
        en, vi, pos, level, topic = cells
        _expect(pos in PARTS_OF_SPEECH, path, number, f"'{pos}' is not one of {', '.join(PARTS_OF_SPEECH)}")
        _expect(level in ("A1", "A2"), path, number, f"'{level}' is not A1 or A2")
        spellings = tuple(part.strip() for part in vi.split(_ALTERNATIVES))
        yield Line(en=en, vi=spellings[0], pos=pos, level=level, topic=topic, spellings=spellings)


def _expect(holds: bool, path: Path, number: int, reason: str) -> None:
    if not holds:
        raise ContentInvalid(f"{path}:{number}: {reason}")


def _rank(line: Line) -> tuple[str, int]:
    return (line.level, PARTS_OF_SPEECH.index(line.pos))


def _english_key(text: str) -> str:
    return " ".join(token.text for token in tokenise(text))


def _spelt(lines: list[Line]) -> list[tuple[str, Line]]:
    return [(spelling.casefold(), line) for line in lines for spelling in line.spellings]


def _without_classifier(lines: list[Line]) -> list[tuple[str, Line]]:
    return [
        (rest, line)
        for spelling, line in _spelt(lines)
        for classifier, _, rest in [spelling.partition(" ")]
        if line.pos == "n" and rest and classifier in CLASSIFIERS
    ]


def _without_edges(wanted: str) -> str:
    words = wanted.split()
    if words and (words[0] in _ARTICLES or (words[0] == "to" and len(words) > 1)):
        return " ".join(words[1:])
    if len(words) > 1 and (words[0] in CLASSIFIERS or words[0] in ("từ", "chữ")):
        return " ".join(words[1:])
    return wanted
