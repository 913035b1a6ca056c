"""Words of an utterance in one form, whatever the language, the inflection or the diacritics."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

# for character classes: a range would hold small letters too, as Unicode alternates them
CAPITALS = "A-Z" + "".join(
    chr(code) for code in range(0xC0, 0x1EFA) if code not in range(0x250, 0x1E00) and chr(code).isupper()
)

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)?(?:'(?=s\b|t\b|m\b|re\b|ve\b|d\b|ll\b))?")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})


def spaced(listed: str) -> frozenset[str]:
    """The words of a list written with spaces."""
    return frozenset(listed.split())


_STOP = spaced(
    """a an the and or but so of to in on at by for with from as is am are was were be been being do does did done
    i me my mine you your he him his she her it its we us our they them their this that these those there here
    what which who whom whose when where why how not no yes ok oh um uh ah hi hello please very really too also just
    can could will would shall should may might must have has had s t m re ve d ll now then if than about
    tell told say said remember know name call coach robot pika still again any some
    la va thi o cho voi cua nhe nha a da vang ma cung rat duoc bi gi nao ai dau con em minh toi tui chau to
    roi nay kia do day co khong nhung mot cai chiec nua lam the sao bao nhieu may khi luc hoi nho
    là và thì ở cho với của nhé nhà ạ dạ vâng mà cũng rất được bị gì nào đâu mình tôi cháu tớ rồi này kia đó đây
    có không những một cái chiếc nữa làm thế bao nhiêu mấy lúc hồi nhớ"""
)

_IRREGULAR = {
    past: base
    for base, forms in {
        "go": "went gone",
        "get": "got gotten",
        "give": "gave given",
        "break": "broke broken",
        "buy": "bought",
        "teach": "taught",
        "win": "won",
        "lose": "lost",
        "see": "saw seen",
        "eat": "ate eaten",
        "make": "made",
        "take": "took taken",
        "fall": "fell fallen",
        "find": "found",
        "write": "wrote written",
        "draw": "drew drawn",
        "sing": "sang sung",
        "swim": "swam swum",
        "run": "ran",
        "sit": "sat",
        "sleep": "slept",
        "feel": "felt",
        "meet": "met",
        "wear": "wore worn",
        "ride": "rode ridden",
        "catch": "caught",
        "leave": "left",
        "begin": "began begun",
        "drink": "drank drunk",
        "come": "came",
        "bring": "brought",
        "think": "thought",
        "keep": "kept",
        "grow": "grew grown",
        "fly": "flew flown flies",
        "child": "children",
        "foot": "feet",
        "tooth": "teeth",
        "mouse": "mice",
        "person": "people",
        "build": "built",
        "send": "sent",
        "hide": "hid hidden",
        "steal": "stole stolen",
        "choose": "chose chosen",
        "drive": "drove driven",
        "speak": "spoke spoken",
        "throw": "threw thrown",
        "fight": "fought",
        "hear": "heard",
        "learn": "learnt",
    }.items()
    for past in forms.split()
}


def composed(text: str) -> str:
    """NFC, with one kind of apostrophe and single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_APOSTROPHES).split())


def fold(text: str) -> str:
    """Lower case without diacritics, character by character: positions in the result are positions in `text` (NFC)."""
    return "".join(_folded_letter(letter) for letter in text)


@cache
def _folded_letter(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def words(text: str) -> list[str]:
    """Lower-case words, with "'s" split off."""
    return [word.rstrip("'") for word in _WORD.findall(composed(text).lower())]


def stem(word: str) -> str:
    """An English word without its commonest endings; other words come back as they are."""
    word = _IRREGULAR.get(word, word)
    if not word.isascii() or len(word) < 4:
        return word
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(ending):
            return word[: -len(ending)] + put
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _undoubled(word[: -len(ending)])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1].removesuffix("e") if word.endswith("es") and word[-3] in "sxzo" else word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def _undoubled(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def concepts(text: str) -> list[str]:
    """Content words in order: stemmed, Vietnamese phrases of the glossary as the stem of their English word."""
    return [stem(word) for word in _content(text)]


def slug(text: str) -> str:
    """`text` as part of a key: "cà rốt", "carrots" and "a carrot" are all "carrot"."""
    content = [word[:-1] if word.endswith("s") and not word.endswith("ss") else word for word in _content(text)]
    return "-".join(content) or "-".join(fold(text).split())


def _content(text: str) -> list[str]:
    found = words(text)
    result: list[str] = []
    at = 0
    while at < len(found):
        length, word = _phrase(found, at)
        if word:
            result.append(word)
        at += length
    return result


def _phrase(found: list[str], at: int) -> tuple[int, str]:
    """How many words from `at` make one concept, and its English word ("" for a stop word)."""
    glossary = _glossary()
    for length in (3, 2, 1):
        phrase = " ".join(found[at : at + length])
        if len(found) - at >= length and phrase in glossary:
            return length, glossary[phrase]
    word = found[at]
    return 1, "" if word in _STOP else fold(word)


@cache
def _glossary() -> dict[str, str]:
    """Phrase -> English word; a Vietnamese phrase also without diacritics where that is no word of its own."""
    table: dict[str, str] = {}
    folded: dict[str, str] = {}
    for line in files("memory").joinpath("glossary.tsv").read_text("utf-8").splitlines():
        english, vietnamese = line.split("\t")
        concept = english.split("|")[0]
        for phrase in english.split("|"):
            table[phrase] = concept
        for phrase in vietnamese.split("|") if vietnamese else ():
            table[phrase] = concept
            if " " in phrase:
                folded[fold(phrase)] = concept
    return {**folded, **table}
