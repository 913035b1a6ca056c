"""Decides whether words about a conversation stand in it: case, Vietnamese marks, number words and endings apart."""

import re
from collections.abc import Sequence

from tools.text import strip_marks

_NUMBERS = {
    word: str(number)
    for words in (
        "zero one two three four five six seven eight nine ten eleven twelve",
        "không một hai ba bốn năm sáu bảy tám chín mười",
    )
    for number, word in enumerate(words.split())
}
_ENDING = re.compile(r"(?:ies|es|s|y|ing|ed|e)$")


def is_grounded(words: str, said: str) -> bool:
    """Whether every word of `words` is a word of `said`."""
    return set(_stems(words)) <= set(_stems(said))


def _stems(text: str) -> Sequence[str]:
    words = (_NUMBERS.get(word, strip_marks(word)) for word in re.findall(r"\w+", text.lower()))
    return [_ENDING.sub("", word) if len(word) > 3 else word for word in words]
