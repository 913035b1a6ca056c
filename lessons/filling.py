"""Fills the slots of a right form with what the child said: "I {1} {2s}." becomes "I like dogs."

    {1} {2}          what the first, the second (a|b) of the matched pattern stood for
    {1s} {1a}        the same in the plural; with "a" or "an"
    {word} {words}   the target word that was said; its plural
    {number} {name}  the number, the name that was said

Whatever was not said is taken from the model answer or is the first choice.
"""

import re
from collections.abc import Callable, Sequence

from lessons.clauses import article
from lessons.inflection import forms, plural
from lessons.schemas import Lesson, Step, Wrong
from lessons.tokens import Token, number_word, tokenise
from lessons.vocabulary import Vocabulary

NAMED_SLOTS = ("word", "words", "number", "name")
_SLOT = re.compile(r"\{([^}]*)\}")
_NUMBERED = re.compile(r"(\d)([sa]?)")
_GROUP = re.compile(r"\(([^()]*)\)")


def unknown_slots(wrong: Wrong) -> list[str]:
    """Slots of the right form that cannot be filled."""
    groups = len(_GROUP.findall(wrong.match))
    return [
        slot
        for slot in _SLOT.findall(wrong.right)
        if slot not in NAMED_SLOTS
        and not ((numbered := _NUMBERED.fullmatch(slot)) and 1 <= int(numbered.group(1)) <= groups)
    ]


def uses(word: str, tokens: Sequence[Token]) -> bool:
    """Whether `word`, in any form, is said in `tokens`."""
    return any(_said(form, tokens) for form in forms(word))


class Filler:
    """Fills the right forms of one step."""

    def __init__(self, lesson: Lesson, step: Step, vocabulary: Vocabulary) -> None:
        self._words = tuple(word.en for word in lesson.words)
        self._model = tokenise(step.model)
        self._vocabulary = vocabulary

    def right(self, wrong: Wrong, tokens: Sequence[Token], used: Sequence[str]) -> str:
        """The right form for what was said: `used` are the target words in it."""
        words = used or [word for word in self._words if uses(word, self._model)] or self._words
        named: dict[str, Callable[[], str]] = {
            "word": lambda: words[0],
            "words": lambda: plural(words[0]),
            "number": lambda: _number(tokens) or _number(self._model) or "seven",
            "name": lambda: self._name(tokens) or self._name(self._model),
        }

        def filled(slot: re.Match[str]) -> str:
            fill = named.get(slot.group(1))
            return fill() if fill else self._chosen(slot.group(1), wrong.match, tokens)

        return _SLOT.sub(filled, wrong.right)

    def _chosen(self, slot: str, match: str, tokens: Sequence[Token]) -> str:
        numbered = _NUMBERED.fullmatch(slot)
        if numbered is None:
            return ""
        choices = self._choices(_GROUP.findall(match)[int(numbered.group(1)) - 1])
        chosen = next((choice for choice in choices if _said(choice, tokens)), choices[0])
        spoken = number_word(int(chosen)) if chosen.isdecimal() else chosen
        return {"": spoken, "s": plural(spoken), "a": article(spoken)}[numbered.group(2)]

    def _choices(self, group: str) -> list[str]:
        choices = [choice.strip() for choice in group.split("|")]
        return [word for choice in choices for word in (self._words if choice == "{word}" else (choice,))]

    def _name(self, tokens: Sequence[Token]) -> str:
        named = [token.raw for token in tokens if self._vocabulary.is_name(token)]
        return " ".join(part[:1].upper() + part[1:] for part in named[-3:])


def _said(phrase: str, tokens: Sequence[Token]) -> bool:
    said = [token.text for token in tokens]
    wanted = [token.text for token in tokenise(phrase)]
    return any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1))


def _number(tokens: Sequence[Token]) -> str:
    return next((number_word(int(token.text)) for token in tokens if token.text.isdecimal()), "")
