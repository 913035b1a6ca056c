"""PRONUNCIATION_CHECKER_TOOL: hears a recording, judges it, and says what would help most."""

import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from infra.errors import BadInput
from infra.fetch import Fetcher
from infra.marked_yaml import read_marked
from providers.directive import Bilingual
from tools.ports import LegacyCall, Terms, ToolAnswer, ToolRequest
from tools.pronunciation.audio import MAX_BYTES, Sound, decode
from tools.pronunciation.tips import sounds_of, tips_for
from tools.schemas import (
    PhoneHeard,
    PronunciationAnswer,
    PronunciationRequest,
    PronunciationStatus,
    WordHeard,
)

if TYPE_CHECKING:  # the judge brings a Whisper encoder with it: not for a server that only reads text
    from tools.pronunciation.judge import Judge, Judgement, WordScore

FEEDBACK = Path(__file__).parent / "feedback.yaml"
SURE_CHOICE = 0.45  # a probability from which the likeliest candidate is taken: "it is" and "it's" share theirs
ATTEMPTS = 2  # the server behind a URL may have been busy
SURE_ACCURACY = 0.5  # another short word may pass for a candidate, but as a poor one
DEADLINE_MS = 30_000.0  # the first call loads the judge


def _from_legacy(call: LegacyCall) -> Mapping[str, Any]:
    """`text_refs` is the sentence; callers that leave it out send it as the message."""
    return {"audio_url": call.audio_url, "text": call.text_refs or call.message}


def _to_legacy(answer: PronunciationAnswer) -> Mapping[str, Any]:
    return {
        **answer.model_dump(mode="json"),
        "accuracy_score": answer.accuracy,
        "pronunciation_feedback": answer.feedback.en,
        "suggestions": [f"{tip.word}: {tip.how.en}" for tip in answer.tips],
    }


class PronunciationTool:
    """Thread-safe. The judge is loaded at the first call, and then kept."""

    name: ClassVar[str] = "PRONUNCIATION_CHECKER_TOOL"
    request: ClassVar[type[ToolRequest]] = PronunciationRequest
    answer: ClassVar[type[ToolAnswer]] = PronunciationAnswer
    terms: ClassVar[Terms] = Terms(
        deadline_ms=DEADLINE_MS, attempts=ATTEMPTS, from_legacy=_from_legacy, to_legacy=_to_legacy
    )

    def __init__(self, fetcher: Fetcher, weights: Path | None = None) -> None:
        """`weights`: a folder with Whisper-base for CTranslate2; None looks in the usual places."""
        self._fetcher = fetcher
        self._weights = weights
        self._loading = threading.Lock()
        self._hearing = threading.Lock()  # a judge serves one thread at a time
        self._judge: Judge | None = None

    def warm(self) -> None:
        """Loads the judge. Raises Unavailable, with what to do, where its weights are missing."""
        self._loaded()

    def run(self, request: PronunciationRequest, /) -> PronunciationAnswer:
        if bool(request.text.strip()) == bool(request.candidates):
            raise BadInput("Send either the text that was to be said, or the candidates of which one was said.")
        sound = decode(self._fetcher.fetch(request.audio_url, limit_bytes=MAX_BYTES).content)
        if sound.too_long:
            return _unscored("too_long", sound, request.text)
        return self._chosen(request, sound) if request.candidates else self._judged(request, sound, request.text)

    def _chosen(self, request: PronunciationRequest, sound: Sound) -> PronunciationAnswer:
        """The answer for the likeliest candidate, where one is likely enough."""
        judge = self._loaded()
        with self._hearing:
            index, probabilities = judge.choose(sound.samples, request.candidates)
        shares = tuple(float(each) for each in probabilities)
        answer = self._judged(request, sound, request.candidates[index])
        if answer.status == "ok" and is_sure(shares[index], answer.accuracy):
            answer = answer.model_copy(update={"chosen": index})
        elif answer.status == "ok":
            answer = _unscored("wrong_sentence", sound, "")
        return answer.model_copy(update={"probabilities": shares})

    def _judged(self, request: PronunciationRequest, sound: Sound, text: str) -> PronunciationAnswer:
        judge = self._loaded()
        with self._hearing:
            judgement = judge.judge(sound.samples, text)
        return _answer(judgement, sound, text, request.targets)

    def _loaded(self) -> "Judge":
        from tools.pronunciation.judge import Judge

        with self._loading:
            if self._judge is None:
                self._judge = Judge.load(self._weights)
            return self._judge


def is_sure(share: float, accuracy: float | None) -> bool:
    """Whether the likeliest candidate, with this probability and said this well, is what was said."""
    return share >= SURE_CHOICE and accuracy is not None and accuracy >= SURE_ACCURACY


def _answer(judgement: "Judgement", sound: Sound, text: str, targets: Sequence[str]) -> PronunciationAnswer:
    if judgement.status != "ok" or judgement.total is None:
        unscored = _unscored(judgement.status, sound, text)
        return unscored.model_copy(update={"confidence": judgement.confidence, "snr_db": judgement.snr_db})
    words = tuple(map(_word, judgement.words))
    return PronunciationAnswer(
        status="ok",
        by_one_ear=judgement.by_one_ear,
        confidence=judgement.confidence,
        text=text,
        seconds=round(sound.seconds, 3),
        snr_db=judgement.snr_db,
        accuracy=judgement.accuracy,
        fluency=judgement.fluency,
        prosody=judgement.prosody,
        completeness=judgement.completeness,
        total=judgement.total,
        words=words,
        sounds=sounds_of(words, judgement.confidence),
        tips=tips_for(words, judgement.confidence, targets),
        feedback=praise(judgement.total),
    )


def _unscored(status: PronunciationStatus, sound: Sound, text: str) -> PronunciationAnswer:
    seconds = round(sound.seconds, 3)
    return PronunciationAnswer(status=status, confidence=1.0, text=text, seconds=seconds, feedback=advice(status))


def _word(word: "WordScore") -> WordHeard:
    return WordHeard(
        text=word.text,
        start_s=word.start_s,
        end_s=word.end_s,
        score=word.score,
        omitted=word.omitted,
        phones=tuple(
            PhoneHeard(
                phone=phone.phone, start_s=phone.start_s, end_s=phone.end_s, score=phone.score, heard=phone.heard
            )
            for phone in word.phones
        ),
    )


@cache
def _lines() -> Mapping[str, Any]:
    lines: Mapping[str, Any] = read_marked(FEEDBACK).value
    return lines


def praise(total: float) -> Bilingual:
    """What is said about a sentence with this total, 0..1."""
    row = next(row for row in _lines()["ok"] if total >= row["from"])
    return Bilingual(en=row["en"], vi=row["vi"])


def advice(status: PronunciationStatus) -> Bilingual:
    """What to do where nothing could be scored."""
    return Bilingual.model_validate(_lines()[status])
