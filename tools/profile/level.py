"""Reads signs of a learner's level from the English turns: how long they are and which structures they use."""

import re
from collections.abc import Mapping, Sequence

from tools.profile.schemas import Level, LevelSign, LevelSigns, Structure
from tools.turns import Turn, span_of

MIN_TURNS = 3  # fewer English turns say nothing
A2_WORDS, B1_WORDS = 6.0, 11.0  # words a turn; with the structures below
A2_STRUCTURES, B1_STRUCTURES = 2, 5

_STRUCTURES: Mapping[Structure, re.Pattern[str]] = {
    "past": re.compile(
        r"\b(?:was|were|went|did|had|saw|ate|made|bought|got|came|took|gave|said|told|won|lost|found|ran|swam|drank|"
        r"slept|wrote|sang|felt|[a-z]{3,}(?:ied|[^aeiou\W]ed))\b",
        re.I,
    ),
    "future": re.compile(r"\b(?:will|won't|(?:am|is|are|'m|'s|'re)\s+going\s+to)\s+\w+", re.I),
    "reason": re.compile(r"\b(?:because|so that)\s+\w+", re.I),
    "comparison": re.compile(
        r"\b(?:\w{3,}er|more\s+\w+|better|worse)\s+than\b|\bthe\s+(?:most\s+\w+|best|\w{3,}est)\b", re.I
    ),
    "modal": re.compile(r"\b(?:should|must|could|would|may|might|have to|has to)\s+\w+", re.I),
    "question": re.compile(r"\b(?:do|does|did|is|are|can|what|where|who|why|when|how)\b[^.!?]*\?", re.I),
    "plural_clause": re.compile(r"\b(?:when|if|while|before|after)\s+(?:i|you|he|she|it|we|they|my)\b", re.I),
}


def level_signs(turns: Sequence[Turn], english: Sequence[int]) -> LevelSigns:
    """Signs in the turns whose numbers are in `english`. The level is a signal, not an assessment."""
    said = [len(turns[number].text.split()) for number in english]
    mean = sum(said) / len(said) if said else 0.0
    signs = tuple(sign for structure in _STRUCTURES if (sign := _sign(turns, english, structure)))
    level = _level(mean, len(signs)) if len(english) >= MIN_TURNS else None
    return LevelSigns(level=level, english_turns=len(english), words_per_turn=round(mean, 2), signs=signs)


def _sign(turns: Sequence[Turn], english: Sequence[int], structure: Structure) -> LevelSign | None:
    found = [(number, match[0]) for number in english for match in _STRUCTURES[structure].finditer(turns[number].text)]
    if not found:
        return None
    return LevelSign(structure=structure, times=len(found), evidence=span_of(turns, *found[0]))


def _level(words: float, structures: int) -> Level:
    if words >= B1_WORDS and structures >= B1_STRUCTURES:
        return "B1"
    return "A2" if words >= A2_WORDS and structures >= A2_STRUCTURES else "A1"
