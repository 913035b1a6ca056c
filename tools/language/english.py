"""How likely a word is in a child's English."""

import gzip
import importlib.util
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from infra.errors import Misconfigured

FOLDER = Path(__file__).parent

RANK_MASS = 0.08  # Zipf: the word of rank r in the first band has about RANK_MASS / (r + 2)
BAND_2, BAND_3 = 2e-4, 5e-5
INFLECTED = 0.4  # of its base's probability
RARE = 4e-6  # in the dictionary and not in the bands
UNKNOWN = 5e-8
FROM_PHRASES = 0.3
PAIR_WEIGHT = 0.5


class English:
    """Word and pair probabilities from frequency bands, short phrases and a dictionary of forms."""

    def __init__(self) -> None:
        self._words = _banded(_lines("english.txt"))
        phrases = [line.split() for line in _lines("english_phrases.txt")]
        self._singles = Counter(word for phrase in phrases for word in phrase)
        self._total = sum(self._singles.values())
        self._pairs = Counter(pair for phrase in phrases for pair in pairwise(phrase))
        self._dictionary = _dictionary()

    def knows(self, word: str) -> bool:
        return word in self._words or word in self._dictionary

    def common(self, word: str) -> bool:
        return word in self._words

    def probability(self, word: str, previous: str = "") -> float:
        """Probability of the lower-case `word`, given the word before it where that pair was seen."""
        single = self._single(word)
        seen = self._singles[previous]
        if not seen or not (pair := self._pairs[previous, word]):
            return single
        return PAIR_WEIGHT * pair / (seen + 2) + (1 - PAIR_WEIGHT) * single

    def _single(self, word: str) -> float:
        base = self._words.get(word) or (RARE if word in self._dictionary else 0.0)
        if not base and "'" in word:
            return self._single(word.split("'")[0])
        return max((1 - FROM_PHRASES) * base + FROM_PHRASES * min(self._singles[word] / self._total, 4 * base), UNKNOWN)


def _lines(name: str) -> list[str]:
    rows = (FOLDER / name).read_text("utf-8").splitlines()
    return [row.strip() for row in rows if row.strip() and not row.startswith("#")]


def _banded(rows: Iterable[str]) -> dict[str, float]:
    table: dict[str, float] = {}
    band, rank = 0, 0
    for row in rows:
        if row.startswith("["):
            band = int(row.strip("[]"))
            continue
        for word in row.split():
            rank += 1
            weight = RANK_MASS / (rank + 2) if band == 1 else BAND_2 if band == 2 else BAND_3
            table.setdefault(word, weight)
            if band > 1:
                for form in inflections(word):
                    table[form] = max(table.get(form, 0.0), weight * INFLECTED if form not in table else 0.0)
    return table


def inflections(word: str) -> tuple[str, ...]:
    """Regular -s, -ed, -ing, -er, -est and -'s forms of an English base word (over-generates for irregular ones)."""
    if len(word) < 3 or not word.isalpha():
        return ()
    if word.endswith("y") and word[-2] not in "aeiou":
        stem = word[:-1]
        return (stem + "ies", stem + "ied", word + "ing", stem + "ier", stem + "iest", word + "'s")
    if word.endswith("e"):
        return (word + "s", word + "d", word[:-1] + "ing", word + "r", word + "st", word + "'s")
    plural = word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
    doubled = word + word[-1] if word[-1] in "bdgmnpt" and word[-2] in "aeiou" and word[-3] not in "aeiou" else word
    return (plural, doubled + "ed", doubled + "ing", doubled + "er", doubled + "est", word + "'s")


def _dictionary() -> frozenset[str]:
    """Every lower-case form of lemminflect's tables (NIH SPECIALIST Lexicon), about 70,000."""
    package = importlib.util.find_spec("lemminflect")  # importing it would load spaCy
    if package is None or package.origin is None:
        raise Misconfigured("The package lemminflect is not installed: run `uv sync`.")
    path = Path(package.origin).parent / "resources" / "lemma_lu.csv.gz"
    rows = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    return frozenset(form for row in rows if (form := row.split(",", 1)[0]).islower())
