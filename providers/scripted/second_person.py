"""Turns what a child says of itself into what a friend answers: "I went to my school" -> "You went to your school"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_PIECES = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*['’]?|\s+|.", re.DOTALL)

_FLIPPED = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_BE = {"am": "are", "was": "were", "wasn't": "weren't"}
_SUBJECTS = {"i", "we"}
_BETWEEN = {
    "also", "always", "really", "never", "often", "just", "only", "still", "so", "sometimes", "usually", "too", "all",
}  # fmt: skip
_OTHER_SUBJECTS = {"he", "she", "it", "that", "this", "they", "there", "who", "which"}
_DETERMINERS = {"my", "our", "the", "a", "an", "his", "her", "their"}
_ADDRESSED = {"you", "your", "yours", "yourself", "you're", "you've", "you'll", "you'd"}
_QUESTION = re.compile(
    r"(do|does|did|can|could|will|would|is|are|am|was|were|may|should|have|has|who|what|where|why|how|which|whose)\b",
    re.I,
)
_COMMAND = re.compile(
    r"(please|let's|let|let me|don't|give|tell|help|show|look|say|come|open|close|turn|stop|wait|listen|read|sing|make|"
    r"go|play|take|put|bring|draw|write|guess|try|thank|thanks|hello|hi|bye|goodbye|good (?:morning|night|bye))\b",
    re.I,
)
_QUOTED = re.compile(r"[\"“”«»]")
_AROUND = 3  # words of a noun phrase looked at before "and I"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a space or a mark of a sentence; `strong` is kept through every change."""

    text: str
    strong: bool = False

    @property
    def word(self) -> str:
        return self.text.replace("’", "'").lower()

    @property
    def is_word(self) -> bool:
        return self.text[:1].isalnum()


def pieces(sentence: str) -> list[Piece]:
    return [Piece(text) for text in _PIECES.findall(sentence)]


def joined(parts: Sequence[Piece]) -> str:
    return "".join(part.text for part in parts)


def to_second_person(sentence: str) -> str:
    """`sentence` as said back to the one who said it, its first letter a capital where it was one.

    Pure; knows pronouns, the forms of *be* after them, and "my brother and I". Ask `reads_oddly`
    first: questions, commands and sentences to "you" are better quoted.
    """
    return joined(flipped(pieces(sentence)))


def flipped(parts: Sequence[Piece]) -> list[Piece]:
    """`to_second_person` on pieces."""
    words = [part.word for part in parts if part.is_word]
    result: list[Piece] = []
    at = -1
    for part in _partners_after(parts):
        at += part.is_word
        result.append(replace(part, text=_flip(part.text, words, at)) if part.is_word else part)
    return _capital(result) if parts and parts[0].text[:1].isupper() else result


def reads_oddly(sentence: str) -> bool:
    """Whether saying `sentence` back with "you" for "I" would be strange."""
    words = {part.word for part in pieces(sentence)}
    start = sentence.strip()
    return bool(
        start.endswith("?")
        or words & _ADDRESSED
        or _QUOTED.search(start)
        or _QUESTION.match(start)
        or _COMMAND.match(start)
    )


def is_question(sentence: str) -> bool:
    return sentence.strip().endswith("?") or bool(_QUESTION.match(sentence.strip()))


def _flip(text: str, words: Sequence[str], at: int) -> str:
    word = text.replace("’", "'").lower()
    if word in _FLIPPED:
        return _like(text, _FLIPPED[word])
    if word in _BE and _of_speaker(words, at):
        return _like(text, _BE[word])
    return text


def _of_speaker(words: Sequence[str], at: int) -> bool:
    """Whether the form of *be* at `at` belongs to "I": "I am", "am I", "I also was", "I ate and was happy"."""
    before = [word for word in words[:at] if word not in _BETWEEN]
    if before and before[-1] in _SUBJECTS:
        return True
    if at + 1 < len(words) and words[at + 1] in _SUBJECTS:
        return True
    joins = bool(before) and before[-1] in {"and", "but", "or"}
    return joins and before[0] in _SUBJECTS and not _OTHER_SUBJECTS & set(before)


def _partners_after(parts: Sequence[Piece]) -> list[Piece]:
    """ "my brother and I" -> "I and my brother", because "you" goes first."""
    indices = [index for index, part in enumerate(parts) if part.is_word]
    for place in range(2, len(indices)):
        if parts[indices[place]].word == "i" and parts[indices[place - 1]].word == "and":
            start = indices[_phrase_start([parts[i].word for i in indices], place - 2)]
            conjunction, subject = indices[place - 1], indices[place]
            partner = list(parts[start : conjunction - 1])
            middle = [parts[subject], Piece(" "), parts[conjunction], Piece(" "), *_small(partner)]
            return [*parts[:start], *middle, *parts[subject + 1 :]]
    return list(parts)


def _phrase_start(words: Sequence[str], last: int) -> int:
    for back in range(_AROUND):
        if last - back >= 0 and words[last - back] in _DETERMINERS:
            return last - back
    return last


def _small(partner: list[Piece]) -> list[Piece]:
    first = partner[0]
    return [replace(first, text=first.text.lower()), *partner[1:]] if first.word in _DETERMINERS else partner


def _like(model: str, text: str) -> str:
    return text[0].upper() + text[1:] if model[0].isupper() and model.lower()[0] != "i" else text


def _capital(parts: list[Piece]) -> list[Piece]:
    first = parts[0]
    return [replace(first, text=first.text[:1].upper() + first.text[1:]), *parts[1:]]
