"""A parsed utterance: tokens, the English segments among them, and the clauses found in those."""

from dataclasses import dataclass, field

from tools.grammar.lexicon import words
from tools.grammar.lexicon.closed import DAYS, MONTHS


@dataclass(frozen=True, slots=True)
class Token:
    """`low` is lower case with straight quotes; `tag` is the Penn tag of the parser (a hint, not a truth).

    `foreign` tokens are Vietnamese: never changed. `segment` numbers the stretches of English between
    sentence ends and foreign words; -1 for tokens in none.
    """

    index: int
    text: str
    low: str
    start: int
    end: int
    tag: str
    segment: int = -1
    foreign: bool = False
    word: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """Tokens [start, end) are the subject; `person` is what the verb agrees with ("?": do not judge)."""

    start: int
    end: int
    person: str  # "i", "you", "he" (any third person singular), "they" (any plural), "?"
    head: str  # lower case head word
    pronoun: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A subject and what follows it, up to `end` (exclusive).

    `pred` is the first token after the subject and its adverbs; `opener` the lower-case word before the
    subject inside the segment ("" at the segment's start); `inverted` the index of an auxiliary before the
    subject, or -1; `initial` whether nothing but openers and time words stand before the subject.
    """

    subject: Subject
    pred: int
    end: int
    opener: str
    inverted: int
    initial: bool


@dataclass(frozen=True)
class Parse:
    text: str
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...] = field(default=())
    past_from: dict[int, int] = field(default_factory=dict)  # segment -> first token of its past narrative

    def low(self, index: int) -> str:
        """The lower-case word at `index`, "" outside the text and for Vietnamese."""
        if 0 <= index < len(self.tokens) and not self.tokens[index].foreign:
            return self.tokens[index].low
        return ""

    def near(self, index: int, base: int) -> str:
        """Like `low`, and "" when `index` lies in another segment than the token at `base`."""
        word = self.low(index)
        return word if word and self.tokens[index].segment == self.tokens[base].segment else ""

    def tag(self, index: int) -> str:
        return self.tokens[index].tag if 0 <= index < len(self.tokens) else ""

    def lows(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(self.low(index) for index in range(start, end))


PAST_NOUNS = DAYS | MONTHS | words("night week month year summer winter spring weekend holiday tet christmas")
DAY_PARTS = PAST_NOUNS | words("day morning afternoon evening time moment minute")
