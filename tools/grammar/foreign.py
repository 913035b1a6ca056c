"""Which words of an utterance are Vietnamese and so never touched."""

from collections.abc import Sequence

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import base_of
from tools.grammar.lexicon.nouns import NOUNS
from tools.text import has_marks, is_syllable

# Vietnamese words typed without marks that are no English words.
UNMARKED = words(
    """
    khong hong thich rat cua minh toi nhung duoc truong hoc choi muon voi roi nha cung nguoi gia dinh tieng gi
    vay thi nhieu lam thay meo ga ca ba bac chau hom qua ngay mai buoi sang chieu toi troi nang mua dep xau to
    nho cao thap vui buon gian so doi khat met ngu biet nho quen noi nghe doc viet giup xin chao cam on loi nhe
    nha a da vang ko hok k dc bik mik tui bn ntn sao vi nen neu khi cac nhung mot bon nam sau bay tam chin muoi
    lop thay giao sinh nhat ten la em anh chi ong bo me gai trai ban be con cho va hay nay kia do day
    """
)
ALSO_ENGLISH = words(
    "met rat chin bay doc cam "
    """
    a to on so sang sau nam the me ban be con hay day do an la em bo so k so thi vi mai nay mua ten ca ga da nen
    cho va
    """
)
SURE = UNMARKED - ALSO_ENGLISH
_ENGLISH = (
    closed.SUBJECTS | closed.OBJECTS | closed.POSSESSIVES | closed.DETERMINERS | closed.AUXILIARIES | closed.ADVERBS
    | closed.PREPOSITIONS | closed.COORDINATORS | closed.SUBORDINATORS | closed.INTERJECTIONS | closed.NOT
    | {"am", "be", "been", "me", "there", "let", "long", "hot", "go", "fun", "too", "much", "lot", "lots"}
)  # fmt: skip


def foreign_words(words: Sequence[str]) -> list[bool]:
    """For each word, whether it is Vietnamese. A capitalised word with marks alone is a name, not Vietnamese."""
    marked = [_surely(word) for word in words]
    for order in (range(len(words)), range(len(words) - 1, -1, -1)):
        for index in order:
            marked[index] = marked[index] or (_beside(marked, index) and _maybe(words[index]))
    return marked


def _surely(word: str) -> bool:
    if word[:1].isupper():
        return False
    return has_marks(word) or word in SURE


def _maybe(word: str) -> bool:
    low = word.lower()
    if word[:1].isupper():
        return False
    return is_syllable(low) and low not in _ENGLISH and low not in NOUNS and low not in ADJECTIVES and not base_of(low)


def _beside(marked: Sequence[bool], index: int) -> bool:
    return (index > 0 and marked[index - 1]) or (index + 1 < len(marked) and marked[index + 1])
