"""Decides what to say about a picture: guesses with honest confidence, and whether it shows the word that was asked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.image.schemas import Guess, Verdict
from tools.image.vocabulary import Vocabulary

DRAWN = 0.4  # weight of what the drawings say; fitted, with the rest, on pictures that nothing else saw
SLOPE, OFFSET = 2.0, 1.61  # calibration (Platt 1999) of the best word's log-odds
GUESSES, SAID = 3, 0.5  # a picture whose best guess is less sure than this shows nothing known
WORTH = 0.1  # a guess less likely than this is not listed
SHOWN = 0.15  # this much on the words asked for is a yes
SURE_OF_ANOTHER, HARDLY = 0.75, 0.02  # a no: sure of another thing, and hardly anything on the words asked for

COLOURS = frozenset({
    "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "grey",
})  # fmt: skip


@dataclass(frozen=True)
class Match:
    verdict: Verdict
    confidence: float


def mixed(classes: NDArray[np.float64], drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities over words from what the two heads say; they need not sum to 1."""
    return (1 - DRAWN) * classes + DRAWN * drawn


def calibrated(probability: float) -> float:
    """How often a best guess of this probability is right."""
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return float(1 / (1 + np.exp(-(SLOPE * np.log(bounded / (1 - bounded)) + OFFSET))))


def guesses(vocabulary: Vocabulary, probabilities: NDArray[np.float64]) -> tuple[Guess, ...]:
    """Up to GUESSES words, best first; none when the best is less sure than SAID."""
    best = np.argsort(probabilities)[::-1][:GUESSES]
    if calibrated(float(probabilities[best[0]])) < SAID:
        return ()
    words = [(vocabulary.words[number], float(probabilities[number])) for number in best]
    return tuple(Guess(word=word.text, confidence=round(calibrated(chance), 4), wider=word.wider)
                 for word, chance in words if chance >= WORTH)  # fmt: skip


def matched(vocabulary: Vocabulary, probabilities: NDArray[np.float64], asked: str) -> Match:
    """Whether the picture shows `asked`. "unsure" for a word that no picture could be known by."""
    accepting = vocabulary.accepting(asked)
    if not accepting.any():
        return Match("unsure", 0.0)
    on_asked = float(probabilities[accepting].sum())
    elsewhere = calibrated(float(np.where(accepting, 0.0, probabilities).max()))
    if on_asked >= SHOWN:
        return Match("yes", calibrated(min(on_asked, 1.0)))
    if elsewhere >= SURE_OF_ANOTHER and on_asked < HARDLY:
        return Match("no", elsewhere)
    return Match("unsure", calibrated(on_asked))


def coloured(found: tuple[str, ...], asked: str) -> Match:
    """Whether a picture whose large colours are `found` (largest first) shows the colour `asked`."""
    if found[:1] == (asked,):
        return Match("yes", 0.9)
    return Match("unsure", 0.5) if asked in found else Match("no", 0.8)
