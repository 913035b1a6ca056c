"""Splits what a child says into comparable tokens: case, punctuation, contractions and number words levelled."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|'s\b")
_SENTENCE_END = re.compile(r"[.!?;\n]+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_IS_AFTER = frozenset(
    {"he", "she", "it", "what", "where", "who", "how", "when", "there", "here", "that", "this", "name"}
)
_SUFFIXES = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}
_WHOLE = {
    "im": "i am", "ive": "i have", "ill": "ill", "dont": "do not", "doesnt": "does not", "didnt": "did not",
    "cant": "can not", "cannot": "can not", "isnt": "is not", "arent": "are not", "wasnt": "was not",
    "whats": "what is", "thats": "that is", "hes": "he is", "shes": "she is", "its": "it is", "theyre": "they are",
    "wanna": "want to", "gonna": "going to", "let's": "let us", "lets": "let us", "can't": "can not",
    "won't": "will not", "shan't": "shall not", "favorite": "favourite", "gray": "grey", "okay": "ok",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is the levelled form, `raw` the word as it was written (a contraction's parts share it)."""

    text: str
    raw: str


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def bare(text: str) -> str:
    """`text` without Vietnamese marks, lower case: "Con Mèo" -> "con meo", "đi" -> "di"."""
    split = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return nfc("".join(char for char in split if not unicodedata.combining(char)))


def marked(text: str) -> bool:
    """Whether `text` has a Vietnamese mark: a tone, a hat, a hook, a horn or a crossed d."""
    return bare(text) != nfc(text).casefold()


def tokenise(text: str) -> tuple[Token, ...]:
    """Tokens of `text`: "I'm seven" and "i am 7!" give the same ones. Linear in the text."""
    levelled = nfc(text).translate(_APOSTROPHES)
    tokens = [Token(part, raw) for raw in _WORD.findall(levelled) for part in _parts(raw.casefold())]
    return tuple(_joined_numbers(tokens))


def sentences(text: str) -> tuple[tuple[Token, ...], ...]:
    """The tokens of each sentence, empty ones left out."""
    return tuple(tokens for part in _SENTENCE_END.split(text) if (tokens := tokenise(part)))


def number_word(value: int) -> str:
    """The English words of 0 to 99; digits beyond."""
    if value < len(_UNITS):
        return _UNITS[value]
    if value > 99:
        return str(value)
    tens, unit = divmod(value, 10)
    return _TENS[tens - 2] + (f"-{_UNITS[unit]}" if unit else "")


def edit_distance_one(left: str, right: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours turns `left` into `right`."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    a, b = left[start:], right[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[2:] == b[2:] and a[:2] == b[1::-1])


def _parts(word: str) -> list[str]:
    if word in _WHOLE:
        return _WHOLE[word].split()
    if word.endswith("n't") and len(word) > 3:
        return [word[:-3], "not"]
    base, apostrophe, suffix = word.partition("'")
    if not apostrophe:
        return [word]
    if suffix == "s":
        return [base, "is" if base in _IS_AFTER else "'s"] if base else ["'s"]
    return [base, _SUFFIXES.get(suffix, suffix)]


def _joined_numbers(tokens: list[Token]) -> list[Token]:
    joined: list[Token] = []
    values = [_NUMBERS.get(token.text) for token in tokens]
    skip = False
    for (token, value), (_, following) in pairwise([*zip(tokens, values, strict=True), (Token("", ""), None)]):
        if skip:
            skip = False
        elif value is not None and value >= 20 and following is not None and 0 < following < 10:
            joined.append(Token(str(value + following), token.raw))
            skip = True
        else:
            joined.append(token if value is None else Token(str(value), token.raw))
    return joined
