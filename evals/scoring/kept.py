"""Tells what of a learner's script a profile or a summary kept, and what in it was never said; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.scoring.recollection import bare, has_any

NEVER_SAID = "never_said"
_NUMBERS = {
    word: str(number)
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
        "không một hai ba bốn năm sáu bảy tám chín mười",
    )
    for number, word in enumerate(words.split())
}


@dataclass(frozen=True)
class Kept:
    """One question: `said`: its answer stands in an evidence turn, word for word. `kept`: and in what is judged."""

    id: str
    kind: str
    said: bool
    kept: bool
    stale: bool


def flat_turns(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(date, text) of every turn of a script, oldest first."""
    return [(session["date"], text) for session in row["sessions"] for text in session["turns"]]


def judged(row: Mapping[str, Any], text: str) -> list[Kept]:
    """The script's questions that have an answer, held against `text`."""
    return [_judged(row, question, text) for question in row["questions"] if question["kind"] != NEVER_SAID]


def _judged(row: Mapping[str, Any], question: Mapping[str, Any], text: str) -> Kept:
    evidence = " . ".join(row["sessions"][session]["turns"][turn] for session, turn in question["evidence"])
    kept = has_any(text, question["accept"])
    stale = has_any(text, question["reject"]) and not kept
    return Kept(question["id"], question["kind"], has_any(evidence, question["accept"]), kept, stale)


def supported(value: str, said: str) -> bool:
    """Whether every word of `value` is in `said`: case, marks, number words and endings apart."""
    have = {_stem(word) for word in _words(said)}
    return all(_stem(word) in have for word in _words(value))


def _words(text: str) -> Sequence[str]:
    return [_NUMBERS.get(word, bare(word)) for word in re.findall(r"\w+", text.lower())]


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|y|ing|ed|d|e)$", "", word) if len(word) > 3 else word
