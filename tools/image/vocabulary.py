"""Knows what a child calls the things that the networks can tell apart, and which word stands for which others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WORDS = Path(__file__).parent / "words.tsv"
CLASSES = 1000  # of ImageNet (ILSVRC 2012)


@dataclass(frozen=True)
class Word:
    """`wider`: what the thing also is, nearest first. `also`: what else it may rightly be called."""

    text: str
    wider: tuple[str, ...]
    also: frozenset[str]
    classes: tuple[int, ...]


class Vocabulary:
    """The words in the order of the file; a vector of probabilities over words is in this order."""

    def __init__(self, words: tuple[Word, ...]) -> None:
        self.words = words
        self.index: Mapping[str, int] = {word.text: number for number, word in enumerate(words)}

    def of_classes(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities of shape (words,) from those of shape (CLASSES,): what has no word is nobody's."""
        return np.array([probabilities[list(word.classes)].sum() if word.classes else 0.0 for word in self.words])

    def of_labels(self, labels: tuple[str, ...], probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same from probabilities of named labels, each of them a word."""
        spread = np.zeros(len(self.words))
        spread[[self.index[label] for label in labels]] = probabilities
        return spread

    def wider(self, text: str) -> tuple[str, ...]:
        """What a thing of this name also is; () for a word that is not known."""
        return self.words[self.index[text]].wider if text in self.index else ()

    def accepting(self, asked: str) -> NDArray[np.bool_]:
        """Which words a child may show who was asked for `asked`: itself, its kinds ("animal": dog) and other names."""
        wanted = _singulars(asked.strip().lower())
        return np.array([bool(wanted & _names(word)) for word in self.words])


def _names(word: Word) -> frozenset[str]:
    return frozenset(name.lower() for name in (word.text, *word.wider, *word.also))


def _singulars(asked: str) -> frozenset[str]:
    """`asked` without its article, and what it may be the plural of."""
    plain = asked.removeprefix("a ").removeprefix("an ").removeprefix("the ")
    forms = {plain, plain.replace("-", " ")}
    if plain.endswith("ies"):
        forms.add(plain[:-3] + "y")
    if plain.endswith("es"):
        forms.add(plain[:-2])
    if plain.endswith("s"):
        forms.add(plain[:-1])
    return frozenset(forms)


@cache
def vocabulary() -> Vocabulary:
    """The shipped words."""
    rows = (line.split("\t") for line in WORDS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return Vocabulary(tuple(Word(text, _parts(wider), frozenset(_parts(also)), tuple(_numbers(numbers)))
                            for text, wider, also, numbers in rows))  # fmt: skip


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(",") if part)


def _numbers(cell: str) -> Iterator[int]:
    """ "3,7-9" -> 3, 7, 8, 9."""
    for part in _parts(cell):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)
