"""The answer-pattern language of lesson steps: parsed once, matched in time linear in the answer.

    plain words     match in order; case, punctuation, contractions and number words do not matter
    *               any words, or none
    (a|b)           one of the choices, each a pattern
    [a|b]           one of the choices, or nothing
    {word} {words}  a target word of the lesson; its plural
    {number}        a number, in digits or words
    {name}          one to three words that look like a name

A pattern becomes a non-deterministic automaton over tokens, simulated by sets of states (Thompson 1968), so
that no answer, however long or odd, makes matching slow.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lessons.inflection import plural
from lessons.tokens import Token, edit_distance_one, tokenise

SLOTS = ("word", "words", "number", "name")
MAX_NAME_WORDS = 3
MIN_TYPO_LETTERS = 5
MAX_PHRASE_WORDS = 10
MAX_BEGUN = 400  # phrases that are looked at side by side
NUMBERS = tuple(str(number) for number in range(1, 13))
_LEXEME = re.compile(r"\s+|[()\[\]|*]|\{[a-z]*\}|[^\s()\[\]|*{}]+")

IsName = Callable[[Token], bool]
IsKnown = Callable[[str], bool]


class PatternError(ValueError):
    """The pattern cannot be read; the message says where."""


@dataclass(frozen=True, slots=True)
class _Test:
    kind: str  # "literal", "number", "name" or "any"
    word: str = ""


@dataclass(slots=True)
class _Graph:
    empty: list[list[int]] = field(default_factory=list)
    steps: list[tuple[_Test, int] | None] = field(default_factory=list)

    def state(self) -> int:
        self.empty.append([])
        self.steps.append(None)
        return len(self.empty) - 1


@dataclass(frozen=True, slots=True)
class Lenience:
    """How loosely tokens are compared: `typo` allows one slip in a long word that is no `known` word itself."""

    is_name: IsName
    is_known: IsKnown
    typo: bool = False


class Pattern:
    """A compiled pattern. `wild` is True when it holds a `*`, so that it says less than one without."""

    def __init__(self, source: str, words: Sequence[str] = ()) -> None:
        """Raises PatternError when `source` cannot be read or asks for words where there are none."""
        self.source = source
        self.wild = "*" in source
        self._graph = _Graph()
        self._start = self._graph.state()
        parser = _Parser(source, words, self._graph)
        self._end = parser.sequence(self._start)
        if parser.peek() is not None:
            raise PatternError(f"unexpected '{parser.peek()}' in '{source}'")

    def matches(self, tokens: Sequence[Token], lenience: Lenience) -> bool:
        """Whether the whole of `tokens` matches."""
        current = self._closure({self._start})
        for token in tokens:
            current = self._closure(
                {
                    step[1]
                    for state in current
                    if (step := self._graph.steps[state]) is not None and _accepts(step[0], token, lenience)
                }
            )
            if not current:
                return False
        return self._end in current

    def matches_nothing(self) -> bool:
        """Whether the pattern accepts an empty answer: a mistake of the author."""
        return self._end in self._closure({self._start})

    def phrases(self, limit: int) -> list[str]:
        """What the pattern accepts, shortest first, at most `limit`: no words where any would do, no names, and of
        numbers those in `NUMBERS`.
        """
        found: dict[str, None] = {}
        begun: list[tuple[int, tuple[str, ...]]] = [(self._start, ())]
        for _ in range(MAX_PHRASE_WORDS):
            following: dict[tuple[int, tuple[str, ...]], None] = {}
            for state, words in begun:
                for reached in self._closure({state}):
                    if (step := self._graph.steps[reached]) is not None:
                        following.update(((step[1], (*words, word)), None) for word in _spoken(step[0]))
            begun = list(following)[:MAX_BEGUN]
            ended = (" ".join(words) for state, words in begun if self._end in self._closure({state}))
            found.update(dict.fromkeys(ended))
            if len(found) >= limit:
                break
        return list(found)[:limit]

    def _closure(self, states: set[int]) -> set[int]:
        waiting = list(states)
        while waiting:
            for reached in self._graph.empty[waiting.pop()]:
                if reached not in states:
                    states.add(reached)
                    waiting.append(reached)
        return states


def _spoken(test: _Test) -> Sequence[str]:
    if test.kind == "literal":
        return (test.word,)
    return NUMBERS if test.kind == "number" else ()


def _accepts(test: _Test, token: Token, lenience: Lenience) -> bool:
    if test.kind == "literal":
        return token.text == test.word or (lenience.typo and _is_typo(token.text, test.word, lenience.is_known))
    if test.kind == "number":
        return token.text.isdigit()
    return test.kind == "any" or lenience.is_name(token)


def _is_typo(said: str, meant: str, is_known: IsKnown) -> bool:
    """A slip of the keyboard or the ear, never a form of the word: "appel" for "apple", not "plays" for "play"."""
    if len(meant) < MIN_TYPO_LETTERS or said in (meant + "s", meant + "d") or meant in (said + "s", said + "d"):
        return False
    return not is_known(said) and (
        _sounding(said) == _sounding(meant) or edit_distance_one(_sounding(said), _sounding(meant))
    )


def _sounding(word: str) -> str:
    """Spellings that sound the same made the same: "elefant" and "elephant"."""
    return word.replace("ph", "f").replace("ck", "k")


class _Parser:
    def __init__(self, source: str, words: Sequence[str], graph: _Graph) -> None:
        self._source, self._words, self._graph = source, words, graph
        lexemes = _LEXEME.findall(source)
        if "".join(lexemes) != source:
            raise PatternError(f"a brace is not closed in '{source}'")
        self._lexemes = [lexeme for lexeme in lexemes if not lexeme.isspace()]
        self._at = 0

    def peek(self) -> str | None:
        return self._lexemes[self._at] if self._at < len(self._lexemes) else None

    def sequence(self, state: int) -> int:
        before = self._at
        while (lexeme := self.peek()) is not None and lexeme not in ")]|":
            state = self._item(state, lexeme)
        if self._at == before:
            raise PatternError(f"an empty choice in '{self._source}'")
        return state

    def _item(self, state: int, lexeme: str) -> int:
        self._at += 1
        if lexeme == "(":
            return self._choice(state, ")")
        if lexeme == "[":
            end = self._choice(state, "]")
            self._graph.empty[state].append(end)
            return end
        if lexeme == "*":
            return self._any(state)
        return self._slot(state, lexeme[1:-1]) if lexeme.startswith("{") else self._literals(state, lexeme)

    def _choice(self, state: int, closing: str) -> int:
        end = self._graph.state()
        while True:
            branch = self._graph.state()
            self._graph.empty[state].append(branch)
            self._graph.empty[self.sequence(branch)].append(end)
            lexeme = self.peek()
            self._at += 1
            if lexeme == closing:
                return end
            if lexeme != "|":
                raise PatternError(f"'{closing}' is missing in '{self._source}'")

    def _any(self, state: int) -> int:
        loop = self._graph.state()
        self._graph.empty[state].append(loop)
        self._graph.steps[loop] = (_Test("any"), loop)
        end = self._graph.state()
        self._graph.empty[loop].append(end)
        return end

    def _literals(self, state: int, lexeme: str) -> int:
        tokens = tokenise(lexeme)
        if not tokens:
            raise PatternError(f"'{lexeme}' is not a word in '{self._source}'")
        for token in tokens:
            state = self._step(state, _Test("literal", token.text))
        return state

    def _slot(self, state: int, name: str) -> int:
        if name in ("word", "words"):
            return self._target_words(state, name)
        if name == "number":
            return self._step(state, _Test("number"))
        if name != "name":
            raise PatternError(f"'{{{name}}}' is not one of {', '.join(SLOTS)} in '{self._source}'")
        end = self._graph.state()
        for _ in range(MAX_NAME_WORDS):
            state = self._step(state, _Test("name"))
            self._graph.empty[state].append(end)
        return end

    def _target_words(self, state: int, name: str) -> int:
        if not self._words:
            raise PatternError(f"'{{{name}}}' in '{self._source}', but the lesson has no words")
        end = self._graph.state()
        for word in self._words:
            branch = self._graph.state()
            self._graph.empty[state].append(branch)
            self._graph.empty[self._literals(branch, plural(word) if name == "words" else word)].append(end)
        return end

    def _step(self, state: int, test: _Test) -> int:
        # A state has one outgoing test, so a state that is shared gets a fresh one behind an empty edge.
        source = self._graph.state()
        self._graph.empty[state].append(source)
        after = self._graph.state()
        self._graph.steps[source] = (test, after)
        return after
