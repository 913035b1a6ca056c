"""Folds a child's spelling into one form, so that hiding a word behind its spelling does not help."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
MARKED_SHARE = 0.4  # of words, from which a writer is taken to set the marks
BOUNDARY = "¶"  # stands between sentences; no pattern reaches over it

_TOKEN = re.compile(r"[\w@$]+(?:['’][\w]+)*|[.!?;\n]+", re.UNICODE)
_REPEATED = re.compile(r"(.)\1{2,}")
_LEET = str.maketrans({"4": "a", "@": "a", "3": "e", "1": "i", "0": "o", "5": "s", "$": "s", "7": "t"})
_CENSORED = re.compile(r"(?<=[^\W\d_])[*#!](?=[^\W\d_])")
_SPACED = 4  # single letters in a row that are read as one word
_OLD_TONE = {"oa": "òóỏõọ", "oe": "òóỏõọ", "uy": "ùúủũụ"}
_NEW_TONE = {"oa": "àáảãạ", "oe": "èéẻẽẹ", "uy": "ỳýỷỹỵ"}


class Forms(NamedTuple):
    """One text read three ways. `tokens` is what patterns see; `folded` the same with disguises undone, if any."""

    clean: str  # NFC, without invisible characters; case and spacing kept
    tokens: tuple[str, ...]
    folded: tuple[str, ...]
    unmarked: bool  # Vietnamese whose writer leaves marks out: then any word may stand without its marks


def forms(text: str, *, teen: bool = True) -> Forms:
    """The three readings of `text`, short forms written out where `teen`. Linear in its length."""
    clean = visible(text)
    spelled = _REPEATED.sub(r"\1", respelled(unicodedata.normalize("NFKC", clean).casefold()))
    raw = [BOUNDARY if token[0] in ".!?;\n" else token.replace("’", "'") for token in _TOKEN.findall(spelled)]
    vietnamese = any(token in _vietnamese_words() or _is_marked(token) for token in raw)
    tokens = _expand(raw) if teen and vietnamese else raw
    marked = sum(map(_is_marked, raw))
    unmarked = vietnamese and (marked <= 1 or marked < MARKED_SHARE * len(raw))
    return Forms(clean, tuple(tokens), tuple(_undisguised(spelled)), unmarked)


def visible(text: str) -> str:
    """NFC without zero-width, direction and control characters; the joiners inside an emoji stay."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        joins_emoji = character == "\u200d" and bool(kept) and kept[-1] > "\u2000"
        kept.append(character if joins_emoji else _shown(character))
    return unicodedata.normalize("NFC", "".join(part for part in kept if part))


def strip_marks(text: str) -> str:
    """`text` without Vietnamese marks: "đánh" becomes "danh"."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def spellings(word: str) -> frozenset[str]:
    """How `word` may be typed: with its marks, or without."""
    return frozenset({respelled(word), strip_marks(word)})


def _shown(character: str) -> str:
    if character in "\n\r\u2028\u2029":
        return "\n"
    if character == "\t":
        return " "
    return "" if unicodedata.category(character) in {"Cf", "Cc", "Cs", "Co"} else character


@cache
def _tone_places() -> tuple[tuple[str, str], ...]:
    """Pairs of (new, old) spelling: "oà" and "òa" are the same syllable."""
    pairs = []
    for vowels, old in _OLD_TONE.items():
        for with_first, with_second in zip(old, _NEW_TONE[vowels], strict=True):
            pairs.append((vowels[0] + with_second, with_first + vowels[1]))
    return tuple(pairs)


def respelled(text: str) -> str:
    """`text` with the tone on the older of its two places: "hoà" and "hòa" are one spelling."""
    for new, old in _tone_places():
        text = text.replace(new, old)
    return text


def _is_marked(token: str) -> bool:
    return token != BOUNDARY and not token.isascii() and token != strip_marks(token)


def _undisguised(spelled: str) -> list[str]:
    """Tokens with stars, digits for letters and letters set apart undone; empty when there was no disguise."""
    plain = [word for word in _TOKEN.findall(_CENSORED.sub("", spelled)) if word != "."]
    folded = _join_spaced([BOUNDARY if token[0] in ".!?;\n" else _unleet(token) for token in plain])
    disguised = len(folded) != len(plain) or folded != plain or bool(_CENSORED.search(spelled))
    return folded if disguised else []


def _unleet(token: str) -> str:
    letters = sum(character.isalpha() for character in token)
    return token.translate(_LEET) if 0 < letters < len(token) else token


def _join_spaced(tokens: list[str]) -> list[str]:
    """Runs of at least `_SPACED` single letters become one word: "s t u p i d"."""
    joined: list[str] = []
    run: list[str] = []
    for token in [*tokens, BOUNDARY * 2]:
        if len(token) == 1 and token.isalpha():
            run.append(token)
            continue
        joined.extend(["".join(run)] if len(run) >= _SPACED else run)
        run = []
        joined.append(token)
    return joined[:-1]


def _expand(tokens: list[str]) -> list[str]:
    """Teen spelling written out; only for Vietnamese text, because "r" is also an English letter."""
    spelling = _teen_spelling()
    return [part for token in tokens for part in spelling.get(token, token).split("_")]


@cache
def _teen_spelling() -> dict[str, str]:
    lines = (HERE / "teen.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line)


@cache
def _vietnamese_words() -> frozenset[str]:
    return frozenset((HERE / "vietnamese_words.txt").read_text("utf-8").split())
