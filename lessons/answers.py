"""Judges an answer to a lesson step: right, a known wrong one, on the way, or nothing to judge."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lessons.filling import Filler, uses
from lessons.patterns import Lenience, Pattern
from lessons.schemas import Lesson, Step, Verdict, VerdictKind, Word, Wrong
from lessons.tokens import Token, sentences, tokenise, word_set
from lessons.vocabulary import Vocabulary

FILLERS = word_set(
    "um uh uhm umm hmm hm er erm ah oh ok well so and ya yeah yep yup ermm mmm pika please now maybe haha hihi"
)
_AGREEING = frozenset({"yes", "no"})
_POLITE_ENDINGS = tuple(
    tuple(ending.split())
    for ending in (
        "please", "thank you", "thank you very much", "thanks", "and you", "what about you", "how about you", "pika",
        "haha", "hihi", "yes", "ok", "teacher", "my friend", "right", "i think", "ạ",
    )
)  # fmt: skip
_TAIL = "(and|but|because|so|with|too|very|he|she|it|they|i|my|we|his|her|every|in|on|at|also|when|there|then) *"
_AT_A_LOSS = (
    "[sorry|no] i (do not|did not|not|no) (know|understand|remember) *",
    "[sorry] i forgot *",
    "(i have|i have got|have) no idea",
    "(no idea|do not know|not know|idk|dunno|pass|skip|next|huh|help|help me)",
    "(i can not|i can not say *|what is that mean)",
    "what (does|is) [it|that|this] mean",
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One way an answer can match, and what it then counts as."""

    kind: VerdictKind
    confidence: float
    pattern: Pattern
    source: str
    wrong: Wrong | None = None
    typo: bool = False


class Judge:
    """The compiled answers of one step. Pure: the same answer always gets the same verdict."""

    def __init__(self, lesson: Lesson, step: Step, vocabulary: Vocabulary) -> None:
        """Raises PatternError when a pattern of the step cannot be read."""
        self._lesson, self._step, self._vocabulary = lesson, step, vocabulary
        self._words = tuple(word.en for word in lesson.words)
        self._filler = Filler(lesson, step, vocabulary)
        self._accepts = [Pattern(source, self._words) for source in step.accept]
        self._wrongs = [(wrong, Pattern(wrong.match, self._words)) for wrong in step.wrong]
        self._exact = Lenience(vocabulary.is_name, vocabulary.is_known)
        self._loose = Lenience(vocabulary.is_name, vocabulary.is_known, typo=True)

    def judge(self, text: str) -> Verdict:
        """The verdict on `text`; its `words` are the target words in it, in any form."""
        tokens = tokenise(text)
        used = tuple(word for word in self._words if uses(word, tokens))
        readings = list(_readings(text, tokens))
        rules = self._rules
        if self._vocabulary.is_vietnamese(tokens):
            rules = [rule for rule in rules if rule.kind == "right" and not rule.pattern.wild and not rule.typo]
        elif self._at_a_loss(tokens):
            return Verdict(kind="none", words=used, confidence=0.9)
        for rule in rules:
            if any(self._matches(rule, reading) for reading in readings):
                return self._verdict(rule, tokens, used)
        return self._unmatched(tokens, used)

    def accepts(self, text: str) -> bool:
        return self.judge(text).kind == "right"

    def example(self, wrong: Wrong) -> str:
        """`wrong.right` as for a child who said the first choice of everything."""
        return self._filler.right(wrong, (), ())

    def swallows(self, wrong: Wrong, text: str) -> bool:
        """Whether `wrong` would match the good answer `text`: a mistake of the author."""
        return any(known is wrong and pattern.matches(tokenise(text), self._exact) for known, pattern in self._wrongs)

    @cached_property
    def _rules(self) -> list[_Rule]:
        plain = [pattern for pattern in self._accepts if not pattern.wild]
        wild = [pattern for pattern in self._accepts if pattern.wild]
        tailed = [(pattern.source, Pattern(f"{pattern.source} {_TAIL}", self._words)) for pattern in plain]
        tailed_wrong = [
            (wrong, Pattern(f"{wrong.match} {_TAIL}", self._words))
            for wrong, pattern in self._wrongs
            if not pattern.wild
        ]
        return [
            *(_Rule("right", 0.97, pattern, pattern.source) for pattern in plain),
            *(_Rule("wrong", 0.9, pattern, wrong.match, wrong) for wrong, pattern in self._wrongs),
            *(_Rule("right", 0.9, pattern, pattern.source) for pattern in wild),
            *(_Rule("right", 0.85, pattern, source) for source, pattern in tailed),
            *(_Rule("wrong", 0.8, pattern, wrong.match, wrong) for wrong, pattern in tailed_wrong),
            *(_Rule("right", 0.8, pattern, pattern.source, typo=True) for pattern in (*plain, *wild)),
            *(_Rule("wrong", 0.7, pattern, wrong.match, wrong, typo=True) for wrong, pattern in self._wrongs),
        ]

    def _matches(self, rule: _Rule, reading: Sequence[Token]) -> bool:
        return rule.pattern.matches(reading, self._loose if rule.typo else self._exact)

    def _verdict(self, rule: _Rule, tokens: Sequence[Token], used: tuple[str, ...]) -> Verdict:
        wrong = rule.wrong
        if wrong is not None:
            wrong = wrong.model_copy(update={"right": self._filler.right(wrong, tokens, used)})
        return Verdict(kind=rule.kind, wrong=wrong, matched=rule.source, words=used, confidence=rule.confidence)

    def _unmatched(self, tokens: Sequence[Token], used: tuple[str, ...]) -> Verdict:
        meaningful = [token for token in tokens if token.text not in FILLERS]
        if not meaningful or self._vocabulary.is_vietnamese(tokens):
            return Verdict(kind="none", words=used, confidence=0.9)
        known = any(self._vocabulary.is_known(token.text) for token in meaningful)
        confidence = 0.3 if not known else 0.7 if self._step.open else 0.6 if used else 0.45
        return Verdict(kind="attempt", words=used, confidence=confidence)

    def _at_a_loss(self, tokens: Sequence[Token]) -> bool:
        stripped = _strip(tokens, FILLERS)
        return any(pattern.matches(stripped, self._exact) for pattern in _at_a_loss_patterns())


def fits(word: Word, text: str) -> bool:
    """Whether `text` says `word`: the answer to a review question."""
    return uses(word.en, tokenise(text))


@lru_cache(maxsize=1)
def _at_a_loss_patterns() -> tuple[Pattern, ...]:
    return tuple(Pattern(source) for source in _AT_A_LOSS)


def _readings(text: str, tokens: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """The answer as it is, without fillers around it, and each of its sentences."""
    seen: set[tuple[Token, ...]] = set()
    for part in (tokens, *sentences(text)):
        stripped = _strip(part, FILLERS)
        for reading in (
            part,
            stripped,
            _without_ending(stripped),
            _without_ending(_strip(stripped, FILLERS | _AGREEING)),
        ):
            if reading and reading not in seen:
                seen.add(reading)
                yield reading


def _strip(tokens: Sequence[Token], fillers: Iterable[str]) -> tuple[Token, ...]:
    start, end = 0, len(tokens)
    while start < end and tokens[start].text in fillers:
        start += 1
    while end > start and tokens[end - 1].text in FILLERS:
        end -= 1
    return tuple(tokens[start:end])


def _without_ending(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    words = tuple(token.text for token in tokens)
    for _ in range(2):
        for ending in _POLITE_ENDINGS:
            if len(words) > len(ending) and words[-len(ending) :] == ending:
                words = words[: -len(ending)]
    return tokens[: len(words)]
