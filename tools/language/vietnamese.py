"""How likely a syllable is in a child's Vietnamese, and how unmarked Vietnamese is most likely spelt."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from tools.text import has_marks, is_syllable, strip_marks

FOLDER = Path(__file__).parent

UNSEEN = 2e-5  # a well-formed syllable without marks that no phrase holds
UNSEEN_MARKED = 2e-4
FOREIGN = 2e-9
ILL_FORMED_MARKED = 1e-6
TEEN = 8e-4
COMMON_COUNT = 4
PAIR_WEIGHT = 0.6
UNLIKELY = 1e-6


class Vietnamese:
    """Syllable and pair counts from the phrases, and the teen spellings."""

    def __init__(self) -> None:
        phrases = [row.lower().split() for row in _rows("vietnamese.txt")]
        self.teen = dict(row.split(" ", 1) for row in _rows("teen.txt"))
        self._marked = Counter(word for phrase in phrases for word in phrase)
        self._marked_pairs = Counter(pair for phrase in phrases for pair in pairwise(phrase))
        bare = [[strip_marks(word) for word in phrase] for phrase in phrases]
        self._bare = Counter(word for phrase in bare for word in phrase)
        self._bare_pairs = Counter(pair for phrase in bare for pair in pairwise(phrase))
        self._total = sum(self._bare.values())
        self._spellings: dict[str, list[str]] = defaultdict(list)
        for word in self._marked:
            self._spellings[strip_marks(word)].append(word)

    def common(self, word: str) -> bool:
        """Whether the phrases hold the word often enough to read it as a word rather than as a name."""
        return self._bare[strip_marks(word)] >= COMMON_COUNT

    def probability(self, word: str, previous: str = "", *, marked: bool = False) -> float:
        """Probability of the lower-case `word` (marked, bare or teen-spelt), given the one before it.

        `marked` says that the speaker types marks: then a bare word counts only in its bare spelling.
        """
        fold = str if marked else strip_marks
        singles, pairs = (self._marked, self._marked_pairs) if marked else (self._bare, self._bare_pairs)
        single = max(singles[fold(word)] / self._total if is_syllable(word) else 0.0, self._floor(word))
        pair = pairs[fold(previous), fold(word)]
        if not pair:
            return single
        return PAIR_WEIGHT * pair / (singles[fold(previous)] + 2) + (1 - PAIR_WEIGHT) * single

    def _floor(self, word: str) -> float:
        if word in self.teen:
            return TEEN
        if has_marks(word):
            return UNSEEN_MARKED if is_syllable(word) else ILL_FORMED_MARKED
        return UNSEEN if is_syllable(word) else FOREIGN

    def restore(self, words: Sequence[str]) -> list[str]:
        """The likeliest marked spelling of lower-case Vietnamese `words`, by Viterbi over pair counts.

        Words that no phrase holds stay as they are.
        """
        if any(has_marks(word) for word in words):  # the speaker types marks: only teen spelling is undone
            return [self.teen.get(word, word) for word in words]
        best: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
        for word in words:
            following: dict[str, tuple[float, list[str]]] = {}
            for candidate in self._candidates(word):
                score, path = max(
                    ((base + self._score(candidate, last), path) for last, (base, path) in best.items()),
                    key=lambda pair: pair[0],
                )
                following[candidate.split()[-1]] = (score, [*path, candidate])
            best = following
        return max(best.values(), key=lambda pair: pair[0])[1]

    def _candidates(self, word: str) -> list[str]:
        spellings = self._spellings.get(word, [])
        if word in self.teen and not spellings:
            return [self.teen[word]]
        return [*spellings, self.teen[word]] if word in self.teen else spellings or [word]

    def _score(self, candidate: str, last: str) -> float:
        first = candidate.split()[0]
        single = self._marked[first] / self._total
        pair = self._marked_pairs[last, first]
        seen = self._marked[last]
        joint = PAIR_WEIGHT * pair / (seen + 1) if pair else 0.0
        return math.log(joint + (1 - PAIR_WEIGHT) * single + UNLIKELY)


def _rows(name: str) -> list[str]:
    rows = (FOLDER / name).read_text("utf-8").splitlines()
    return [row.strip() for row in rows if row.strip() and not row.startswith("#")]
