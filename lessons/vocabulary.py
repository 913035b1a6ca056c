"""Tells English from Vietnamese words in a short answer, by the lexicon and the common function words."""

from collections.abc import Sequence
from dataclasses import dataclass

from lessons.inflection import forms
from lessons.lexicon import Lexicon
from lessons.tokens import Token, bare, marked, tokenise, word_set

_FUNCTION_WORDS = word_set(
    "a an the i you he she it we they me him her us them my your his its our their this that these those is am are was "
    "were be been do does did have has had can could will would should must may not no yes and or but because so if of "
    "in on at to for with from by about up down out off over under than then too very much more most some any all each "
    "every who what where when why how which there here just only also again as into after before while let us like "
    "ok hello hi hey bye goodbye please thank thanks sorry oh um uh hmm well good great fine nice lot lots many "
    "one two first second am going went gone got get"
)
_VIETNAMESE_WORDS = word_set(
    "không có dạ vâng ạ ừ ờ à nhé nha nhỉ thì là mà ở con em mình tớ cháu bạn cô thầy mẹ bố ba ông bà anh chị nó gì "
    "sao biết hiểu thích muốn được rồi lắm quá đi của và với cho này kia đó nào đâu vì nên nhưng cũng chưa đã đang sẽ "
    "tên tuổi chịu thua khó dễ hả hở á ơi thôi"
)


@dataclass(frozen=True)
class Vocabulary:
    """Known English words (every form), Vietnamese syllables as spelt, and those without their marks."""

    english: frozenset[str]
    vietnamese: frozenset[str]
    unmarked: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon, extra: Sequence[str] = ()) -> "Vocabulary":
        """The words of `lexicon` and of `extra` English texts (answers and words of the lessons)."""
        # Children are called Minh, Long or Nha: names of places are no English words here.
        lines = [line for line in lexicon.lines if line.topic != "places" or line.en[:1].islower()]
        terms = [form for line in lines for form in forms(line.en)]
        english = {token.text for text in (*terms, *extra) for token in tokenise(text)} - {"'s"}
        vietnamese = {part for line in lexicon.lines for text in line.spellings for part in text.casefold().split()}
        vietnamese |= _VIETNAMESE_WORDS
        return cls(
            english=frozenset(english | _FUNCTION_WORDS),
            vietnamese=frozenset(vietnamese),
            unmarked=frozenset(map(bare, vietnamese)),
        )

    def is_known(self, word: str) -> bool:
        return word in self.english

    def is_name(self, token: Token) -> bool:
        """A word that is no English word, and that is written as a name or is no Vietnamese word either."""
        if token.text in self.english or token.text.isdigit() or token.text in _VIETNAMESE_WORDS:
            return False
        return token.raw[:1].isupper() or token.text not in self.vietnamese

    def is_vietnamese(self, tokens: Sequence[Token]) -> bool:
        """Whether nothing in `tokens` is surely English and something is surely Vietnamese."""
        words = [token.text for token in tokens if not token.text.isdigit()]
        if any(word in self.english and bare(word) not in self.unmarked for word in words):
            return False
        if any(marked(word) for word in words):
            return not any(self._english_only(word) for word in words)
        sure = [word for word in words if word in self.unmarked and word not in self.english]
        return bool(sure) and not any(self._english_only(word) for word in words)

    def _english_only(self, word: str) -> bool:
        return not marked(word) and word not in self.unmarked
