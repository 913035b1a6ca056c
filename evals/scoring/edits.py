"""Token edits between a sentence and its correction, and how well two sets of them agree.

After ERRANT (Bryant, Felice and Briscoe 2017): a Damerau-Levenshtein alignment that prefers similar words,
neighbouring changes merged unless each is a change of one word into its kin. Case, punctuation and contractions
do not count.
"""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_CONTRACTIONS = {
    "i'm": "i am", "you're": "you are", "he's": "he is", "she's": "she is", "it's": "it is", "we're": "we are",
    "they're": "they are", "don't": "do not", "doesn't": "does not", "didn't": "did not", "isn't": "is not",
    "aren't": "are not", "wasn't": "was not", "weren't": "were not", "can't": "can not", "cannot": "can not",
    "couldn't": "could not", "won't": "will not", "what's": "what is", "there's": "there is", "i've": "i have",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "cant": "can not", "im": "i am",
}  # fmt: skip
SIMILAR = 0.5  # share of letters in common from which a change is of one word into its kin


class TokenEdit(NamedTuple):
    """Source tokens [start, end) become `right`."""

    start: int
    end: int
    right: tuple[str, ...]


def tokens(sentence: str) -> list[str]:
    """Lower-case words, contractions written out, without punctuation."""
    text = unicodedata.normalize("NFC", sentence).lower().replace("’", "'").replace("‘", "'")
    words = re.sub(r"[^\w\s'\-]", " ", text).split()
    return [part for word in words for part in _CONTRACTIONS.get(word.strip("'"), _bare(word)).split()]


def _bare(word: str) -> str:
    """Without quotes around it, but the plural's possessive ("friends'") stays."""
    return word if word.endswith("s'") else word.strip("'")


def edits(source: Sequence[str], target: Sequence[str]) -> set[TokenEdit]:
    """The token edits that turn `source` into `target`."""
    found: set[TokenEdit] = set()
    for group in _grouped(_aligned(source, target), source, target):
        start, end = group[0][0], group[-1][1]
        right = tuple(target[group[0][2] : group[-1][3]])
        found.add(TokenEdit(start, end, right))
    return found


Step = tuple[int, int, int, int]  # source start, source end, target start, target end


def _aligned(source: Sequence[str], target: Sequence[str]) -> list[Step]:
    """The cheapest alignment's steps, left to right; equal pairs included."""
    rows, columns = len(source) + 1, len(target) + 1
    cost = [[float(i + j) if not i or not j else 0.0 for j in range(columns)] for i in range(rows)]
    for i in range(1, rows):
        for j in range(1, columns):
            cost[i][j] = min(_choices(cost, source, target, i, j))[0]
    steps: list[Step] = []
    i, j = len(source), len(target)
    while i or j:
        back_i, back_j = (1, 0) if not j else (0, 1) if not i else min(_choices(cost, source, target, i, j))[2]
        steps.append((i - back_i, i, j - back_j, j))
        i, j = i - back_i, j - back_j
    return steps[::-1]


def _choices(
    cost: list[list[float]], source: Sequence[str], target: Sequence[str], i: int, j: int
) -> list[tuple[float, int, tuple[int, int]]]:
    """(total cost, order of preference, steps back in source and target)."""
    options = [
        (cost[i - 1][j - 1] + _substitution(source[i - 1], target[j - 1]), 0, (1, 1)),
        (cost[i - 1][j] + 1, 1, (1, 0)),
        (cost[i][j - 1] + 1, 2, (0, 1)),
    ]
    if (
        i > 1
        and j > 1
        and source[i - 2 : i] != target[j - 2 : j]
        and list(source[i - 2 : i]) == list(target[j - 2 : j])[::-1]
    ):
        options.append((cost[i - 2][j - 2] + 1, 3, (2, 2)))
    return options


def _substitution(one: str, other: str) -> float:
    return 0.0 if one == other else 2.0 - difflib.SequenceMatcher(None, one, other).ratio()


def _grouped(steps: list[Step], source: Sequence[str], target: Sequence[str]) -> list[list[Step]]:
    groups: list[list[Step]] = []
    previous_open = False
    for step in steps:
        i, i2, j, j2 = step
        if source[i:i2] == target[j:j2]:
            previous_open = False
            continue
        kin = i2 - i == 1 == j2 - j and _kin(source[i], target[j])
        if previous_open and not kin:
            groups[-1].append(step)
        else:
            groups.append([step])
        previous_open = not kin
    return groups


def _kin(one: str, other: str) -> bool:
    """Whether one word is likely a form of the other: "go" and "goes", not "open" and "on"."""
    return one[:2] == other[:2] and difflib.SequenceMatcher(None, one, other).ratio() >= SIMILAR


def f_beta(tp: int, fp: int, fn: int, beta: float = 0.5) -> float:
    """F-beta; 1.0 when there was nothing to find and nothing was found."""
    if tp == fp == fn == 0:
        return 1.0
    weight = beta * beta
    return (1 + weight) * tp / ((1 + weight) * tp + weight * fn + fp)


def score_item(source: str, system: str, references: Sequence[str]) -> tuple[int, int, int]:
    """(true positives, false positives, false negatives) against the reference with the best F0.5.

    No reference means that the source is right as it stands.
    """
    words = tokens(source)
    made = edits(words, tokens(system))
    counted = [_counts(made, edits(words, tokens(reference))) for reference in references or [source]]
    return max(counted, key=lambda c: (f_beta(*c), c[0], -c[1], -c[2]))


def _counts(made: set[TokenEdit], wanted: set[TokenEdit]) -> tuple[int, int, int]:
    hit = len(made & wanted)
    return hit, len(made) - hit, len(wanted) - hit
