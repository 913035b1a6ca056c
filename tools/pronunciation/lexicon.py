"""How English words are pronounced: the CMU dictionary, and a guess for words it lacks."""

import lzma
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from tools.pronunciation.phones import IPA, PHONES

FILE = Path(__file__).parent / "lexicon.txt.xz"
FIRST_CODE = ord("A")  # a phone's letter in the file is this plus its index
GUESSES_KEPT = 4096

Pronunciation = tuple[str, ...]


def pronunciations(word: str) -> tuple[Pronunciation, ...]:
    """Every listed pronunciation (ARPAbet, no stress) of a lower-case word, the usual one first; () when unknown."""
    lines = _lines()
    key = b"\n" + word.encode("utf-8") + b"\t"
    at = lines.find(key)
    if at < 0:
        return ()
    codes = lines[at + len(key) : lines.index(b"\n", at + 1)].decode("ascii")
    return tuple(tuple(PHONES[ord(code) - FIRST_CODE] for code in variant) for variant in codes.split("|"))


@lru_cache(maxsize=GUESSES_KEPT)
def guess(word: str) -> Pronunciation:
    """The pronunciation hama's grapheme-to-phoneme model gives a word; () when it gives none (34 ms of CPU)."""
    return tuple(IPA[item.phoneme] for item in _g2p()(word).alignments if item.phoneme in IPA)


@cache
def _lines() -> bytes:
    """The dictionary, sorted, `word TAB variant|variant` a line: searched as it lies (2 MB, not a table of 20)."""
    return b"\n" + lzma.decompress(FILE.read_bytes()) + b"\n"


@cache
def _g2p() -> Any:
    from hama import G2PModel

    return G2PModel()
