"""How long Pika may speak: words in a sentence and sentences in a turn, by level."""

import re
from typing import Final, Literal

Level = Literal["A1", "A2"]

WORDS: Final[dict[Level, int]] = {"A1": 8, "A2": 12}
SENTENCES_BEFORE_QUESTION: Final[dict[Level, int]] = {"A1": 2, "A2": 3}
CARE_EXTRA_SENTENCES: Final = 1
VIETNAMESE_SYLLABLES: Final = 18
CARE_VIETNAMESE_SYLLABLES: Final = 28  # one line must hold: tell an adult, 111, free, day and night

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def count_words(text: str) -> int:
    """Words of English, syllables of Vietnamese: what is written between spaces, punctuation apart."""
    return len(_WORD.findall(text))
