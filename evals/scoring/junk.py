"""Tells which stored facts are junk: not borne out by their own quote, saying nothing, or said already."""

from collections.abc import Sequence

from memory.modelled import borne_out
from memory.ports import Memory
from memory.text import fold, spaced, words

_EMPTY = spaced("it this that them him her you me something anything everything nothing no yes gi nao do day")
LONGEST = 8  # words of a value


def is_junk(fact: Memory, others: Sequence[Memory]) -> bool:
    """`others`: live facts of the same learner that were told before."""
    value = fold(fact.value).strip()
    if value in _EMPTY or len(words(fact.value)) > LONGEST:
        return True
    if not _counted(fact) and not borne_out(fact.value, fact.quote):
        return True
    return any(fold(other.value) == value and other.about == fact.about for other in others)


def _counted(fact: Memory) -> bool:
    """Counts, days and ages are worked out from the words, not copied."""
    return fact.subject_key.endswith((":count", ":age", ":birthday")) or fact.subject_key.startswith("event:")
