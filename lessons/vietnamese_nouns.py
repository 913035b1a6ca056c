"""Reads Vietnamese noun phrases of a child: whose, how many, which, what kind; and the words they are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lessons.clauses import Noun, Number
from lessons.lexicon import Lexicon, Line
from lessons.scanning import Places, Scanner
from lessons.tables import tables
from lessons.tokens import number_word, word_set

_TABLES = tables("vietnamese_grammar.yaml")
_PRONOUNS = _TABLES["pronouns"]
_OWNERS = _TABLES["owners"]
_KIN = _TABLES["kin"]
_PLURAL_KIN = frozenset({"parents", "grandparents", "friends", "brothers and sisters"})
_DETERMINERS = _TABLES["determiners"]
_DEMONSTRATIVES = {"này": ("this", "these"), "đó": ("that", "those"), "kia": ("that", "those")}
_COUNTERS = word_set("con cái quả trái chiếc cây bông quyển cuốn củ ngôi căn bức người đứa bạn")
_PARTICLES = word_set("ạ nhé nha à á đấy đó ơi nè ha luôn mà thôi vậy pika dạ hihi haha")
_OPENINGS = word_set("dạ vâng à ừ ừm thưa pika ơi thì ờ")


class NounPhrases(Scanner):
    """Reads words and noun phrases from the syllables of one sentence; each rule yields (position behind, meaning)."""

    def __init__(self, lexicon: Lexicon, raw: Sequence[str], *, unmarked: bool) -> None:
        raw = list(raw)
        while len(raw) > 1 and raw[0].casefold() in _OPENINGS:
            raw.pop(0)
        while len(raw) > 1 and raw[-1].casefold() in _PARTICLES:
            raw.pop()
        super().__init__([part.casefold() for part in raw], unmarked=unmarked)
        self._lexicon, self._raw = lexicon, raw

    def _spelt(self, words: str, count: int) -> Sequence[Line]:
        found = self._lexicon.vietnamese(words, unmarked=False)
        if self._unmarked:
            found = [*found, *self._lexicon.without_marks(words)]
        # A child may say an English word in a Vietnamese sentence.
        return found or (self._lexicon.english(words) if count == 1 else [])

    def _phrase(self, whole: str, kinds: Sequence[str]) -> str:
        lines = self._lexicon.vietnamese(whole, unmarked=self._unmarked)
        return next((line.en for line in lines if not kinds or line.pos in kinds), "")

    # -- nouns ---------------------------------------------------------------------------------------------

    def _subject(self, at: int) -> Iterator[tuple[int, Noun]]:
        yield from self._joined_subject(at)
        yield from self._noun(at)

    def _joined_subject(self, at: int) -> Iterator[tuple[int, Noun]]:
        for end, first in self._noun(at):
            joint = self._is(end, "và") or self._is(end, "với")
            for last, second in self._noun(joint) if joint else ():
                pair = (second, first) if first.text == "I" else (first, second)
                yield last, Noun(f"{pair[0].subject()} and {pair[1].subject()}", "fixed", "plural")

    def _noun(self, at: int) -> Iterator[tuple[int, Noun]]:
        if self._unmarked and at == 0:
            yield from self._pronoun(at)
        for end, line in self._lines(at, ("adj",)) if self._is(at, "màu") else ():
            yield end, Noun(line.en, "fixed", "singular")
        yield from self._relative(at)
        yield from self._counted(at)
        yield from self._things(at, "", "unsaid")
        yield from self._pronoun(at)
        yield from self._proper(at)

    def _pronoun(self, at: int) -> Iterator[tuple[int, Noun]]:
        for end, word in self._one_of(at, _PRONOUNS):
            yield end, Noun(_PRONOUNS[word], "pronoun")
        for end, english in (
            (self._is(at, "đây"), "this"),
            (self._is(at, "đó"), "that"),
            (self._is(at, "kia"), "that"),
        ):
            if end:
                yield end, Noun(english, "fixed", "singular")

    def _relative(self, at: int) -> Iterator[tuple[int, Noun]]:
        for behind, kin in self._one_of(at, _KIN):
            noun = Noun(_KIN[kin], "fixed", "plural" if _KIN[kin] in _PLURAL_KIN else "singular", "my")
            owned = self._is(behind, "của") or behind
            for end, owner in self._one_of(owned, _OWNERS):
                yield end, replace(noun, determiner=_OWNERS[owner])
            yield behind, replace(noun, implied=True)
        if (behind := self._is(at, "bạn")) != 0:
            for end, owner in self._one_of(self._is(behind, "của") or behind, ["con", "em", "mình", "tớ", "cháu"]):
                yield end, Noun("friend", "fixed", "singular", _OWNERS[owner])
        if (behind := self._is(at, "em")) != 0:
            for end, owner in self._one_of(self._is(behind, "của") or behind, ["con", "mình", "tớ", "cháu"]):
                yield end, Noun("little brother or sister", "fixed", "singular", _OWNERS[owner])
        if (behind := self._is(at, "nhà")) != 0:
            for end, owner in self._one_of(behind, _OWNERS):
                yield end, Noun("family", "fixed", "singular", _OWNERS[owner])
                yield end, Noun("house", "fixed", "singular", _OWNERS[owner])

    def _counted(self, at: int) -> Iterator[tuple[int, Noun]]:
        for end, word in self._one_of(at, _DETERMINERS):
            yield from self._things(end, _DETERMINERS[word], "plural")
        for end, number in self._number(at):
            for start in (end, *((end + 1,) if end < self._end and self._low[end] in _COUNTERS else ())):
                yield from self._things(
                    start, "" if number == "one" else number, "singular" if number == "one" else "plural"
                )

    def _number(self, at: int) -> Places:
        for end, line in self._lines(at, ("num",)):
            yield end, line.en
        if at < self._end and self._low[at].isdecimal():
            yield at + 1, number_word(int(self._low[at]))

    def _things(self, at: int, determiner: str, number: Number) -> Iterator[tuple[int, Noun]]:
        for end, line in self._lines(at, ("n", "mass")):
            if " ".join(self._low[at:end]) in _PRONOUNS:
                continue
            noun = Noun(
                line.en,
                "mass" if line.pos == "mass" else "fixed" if _is_proper(line.en) else "countable",
                number,
                determiner,
            )
            yield from self._described(end, noun)

    def _described(self, at: int, noun: Noun) -> Iterator[tuple[int, Noun]]:
        for end, line in self._lines(at, ("adj",)):
            described = replace(
                noun, text=f"{line.en} {noun.text}", number="singular" if noun.number == "unsaid" else noun.number
            )
            yield from self._pointed(end, described)
            for strong in ("to", "nhỏ", "đẹp"):
                if (behind := self._is(end, strong)) != 0:
                    yield behind, described
        yield from self._pointed(at, noun)

    def _pointed(self, at: int, noun: Noun) -> Iterator[tuple[int, Noun]]:
        if noun.determiner == "" and noun.kind != "fixed":
            for end, word in self._one_of(at, _DEMONSTRATIVES):
                yield end, replace(noun, determiner=_DEMONSTRATIVES[word][noun.number == "plural"])
            if owned := self._is(at, "của"):
                for end, owner in self._one_of(owned, _OWNERS):
                    yield end, replace(noun, determiner=_OWNERS[owner])
                for end, other in self._relative(owned):
                    yield end, replace(noun, determiner=f"{other.named()}'s")
            for end, owner in self._one_of(at, ("con", "em", "mình", "tớ", "cháu")):
                if end == self._end or self._low[end] not in _COUNTERS:
                    yield end, replace(noun, determiner=_OWNERS[owner])
        yield at, noun

    def _proper(self, at: int) -> Iterator[tuple[int, Noun]]:
        for end in range(min(self._end, at + 3), at, -1):
            parts = self._raw[at:end]
            if all(part[:1].isupper() for part in parts) and not (at == 0 and self._unknown_opening()):
                yield end, Noun(" ".join(parts), "fixed", "singular")

    def _unknown_opening(self) -> bool:
        """A sentence begins with a capital anyway: its first syllable is a name only if it is no word."""
        return bool(self._lexicon.vietnamese(self._low[0])) or self._low[0] in _PRONOUNS or self._low[0] in _OWNERS


def _is_proper(noun: str) -> bool:
    return noun[:1].isupper() and noun[1:2].islower()
