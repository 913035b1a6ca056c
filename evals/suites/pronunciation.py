"""Pronunciation: the judge's scores against experts', by phone, word and utterance."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

import numpy as np

from evals.reading import SHIPPED
from evals.report import Result
from evals.scoring.correlation import Sums, mean_squared_error, pearson, sums
from evals.statistics import Metric, measured
from evals.task import Task
from infra.executors import BoundedExecutor
from tools.pronunciation.audio import decode
from tools.pronunciation.judge import Examination, Judge
from tools.pronunciation.reference import Word
from tools.pronunciation.spectrum import RATE_HZ
from tools.pronunciation.training.corpus import PHONE_TOP, Utterance, read

SMOKE = SHIPPED / "pronunciation"
CHILD_YEARS = 12
ASPECTS = ("accuracy", "fluency", "prosodic", "total")

Pairs = list[tuple[float, float]]


@dataclass(frozen=True)
class Judged:
    """One utterance: experts' scores, the judge's and the baseline's, all 0..1; a refused one has zeros."""

    utterance: Utterance
    status: str
    phones: Sequence[float]
    words: Sequence[float]
    aspects: Sequence[float]
    gop: Sequence[float]
    cpu_s: float
    audio_s: float

    def row(self) -> dict[str, Any]:
        one = self.utterance
        wanted = {
            "phones": one.of_phones.tolist(),
            "words": one.of_words[:, 0].tolist(),
            "aspects": one.aspects.tolist(),
        }
        got = {"phones": self.phones, "words": self.words, "aspects": self.aspects, "status": self.status}
        return {"id": one.id, "expected": wanted, "got": got, "scores": {"gop": self.gop, "cpu_s": self.cpu_s}}


async def run(task: Task) -> Result:
    """DIR/speechocean762 (labels.jsonl and audio/), or the smoke set that ships; phones are those of the labels.

    The baseline is goodness of pronunciation (Witt & Young 2000): the posterior of the asked phone against all others,
    from the same recognisers, without anything learned from scores.
    """
    utterances = read(task.data_dir or SMOKE)[: task.limit]
    pool = BoundedExecutor("evals-pronunciation", threads=1, pending=4)
    try:
        judge = await pool.run(Judge.load)
        judged = [await pool.run(examined, judge, utterance) for utterance in utterances]
    finally:
        pool.close()
    return Result(
        n=len(judged),
        metrics=figures(judged, task.seed),
        baselines={"gop": baseline(judged, task.seed)},
        items=[one.row() for one in judged],
    )


def examined(judge: Judge, utterance: Utterance) -> Judged:
    """One utterance judged against its own phones; CPU seconds from file to scores."""
    started = process_time()
    samples = decode(utterance.audio.read_bytes()).samples
    words = [Word(text, (phones,)) for text, phones in zip(utterance.texts, utterance.phones, strict=True)]
    examination = judge.examine(samples, words)
    return judged_of(utterance, examination, process_time() - started, len(samples) / RATE_HZ)


def judged_of(utterance: Utterance, examination: Examination, cpu_s: float, audio_s: float) -> Judged:
    judgement = examination.judgement
    phones = [phone.score for word in judgement.words for phone in word.phones]
    aspects = (judgement.accuracy, judgement.fluency, judgement.prosody, judgement.total)
    posteriors = {index: values for part in examination.parts for index, values in part.posteriors().items()}
    return Judged(
        utterance,
        judgement.status,
        phones or [0.0] * len(utterance.of_phones),
        [word.score for word in judgement.words] or [0.0] * len(utterance.texts),
        [value or 0.0 for value in aspects],
        [
            value
            for index, spoken in enumerate(utterance.phones)
            for value in posteriors.get(index, [0.0] * len(spoken))
        ],
        cpu_s,
        audio_s,
    )


def figures(judged: Sequence[Judged], seed: int) -> dict[str, Metric]:
    """Pearson over phones, words and utterances, with children apart; intervals over speakers."""
    children = [one for one in judged if one.utterance.age <= CHILD_YEARS]
    return {
        "phone_pcc": _correlated(judged, _phone_pairs, seed),
        "phone_mse": _by_speaker(judged, _phone_pairs, mean_squared_error, seed),
        "word_pcc": _correlated(judged, _word_pairs, seed),
        **{
            f"{name}_pcc": _correlated(judged, lambda one, at=at: _aspect_pairs(one, at), seed)  # type: ignore[misc]
            for at, name in enumerate(ASPECTS)
        },
        "phone_pcc_children": _correlated(children, _phone_pairs, seed),
        "word_pcc_children": _correlated(children, _word_pairs, seed),
        "total_pcc_children": _correlated(children, lambda one: _aspect_pairs(one, ASPECTS.index("total")), seed),
        "refused": measured(judged, lambda some: sum(one.status != "ok" for one in some) / len(some), seed),
        "realtime_factor": measured(judged, _realtime_factor, seed),
        "cpu_s": measured(judged, lambda some: sum(one.cpu_s for one in some) / len(some), seed),
    }


def baseline(judged: Sequence[Judged], seed: int) -> dict[str, Metric]:
    """The same correlations of the bare posteriors: a word's is the mean of its phones', a sentence's of all."""
    children = [one for one in judged if one.utterance.age <= CHILD_YEARS]
    return {
        "phone_pcc": _correlated(judged, _gop_phone_pairs, seed),
        "word_pcc": _correlated(judged, _gop_word_pairs, seed),
        "total_pcc": _correlated(judged, _gop_total_pairs, seed),
        "phone_pcc_children": _correlated(children, _gop_phone_pairs, seed),
    }


def _correlated(judged: Sequence[Judged], pairs: Callable[[Judged], Pairs], seed: int) -> Metric:
    return _by_speaker(judged, pairs, pearson, seed)


def _by_speaker(
    judged: Sequence[Judged], pairs: Callable[[Judged], Pairs], statistic: Callable[[Sequence[Sums]], float], seed: int
) -> Metric:
    """A statistic with its interval over speakers; n counts the pairs."""
    spoken: dict[str, Pairs] = defaultdict(list)
    for one in judged:
        spoken[one.utterance.speaker] += pairs(one)
    units = [sums(of_one) for of_one in spoken.values()]
    return measured(units, statistic, seed).model_copy(update={"n": sum(unit.n for unit in units)})


def _phone_pairs(one: Judged) -> Pairs:
    """On the experts' scale of 0..2, as published figures are."""
    wanted = one.utterance.of_phones.tolist()
    return [(PHONE_TOP * got, PHONE_TOP * asked) for got, asked in zip(one.phones, wanted, strict=True)]


def _word_pairs(one: Judged) -> Pairs:
    return list(zip(one.words, one.utterance.of_words[:, 0].tolist(), strict=True))


def _aspect_pairs(one: Judged, at: int) -> Pairs:
    return [(one.aspects[at], float(one.utterance.aspects[at]))]


def _gop_phone_pairs(one: Judged) -> Pairs:
    return list(zip(one.gop, one.utterance.of_phones.tolist(), strict=True))


def _gop_word_pairs(one: Judged) -> Pairs:
    ends = np.cumsum([len(phones) for phones in one.utterance.phones])
    means = [float(np.mean(values)) for values in np.split(np.array(one.gop), ends[:-1])]
    return list(zip(means, one.utterance.of_words[:, 0].tolist(), strict=True))


def _gop_total_pairs(one: Judged) -> Pairs:
    return [(float(np.mean(one.gop)), float(one.utterance.aspects[ASPECTS.index("total")]))]


def _realtime_factor(judged: Sequence[Judged]) -> float:
    return sum(one.cpu_s for one in judged) / max(sum(one.audio_s for one in judged), 1e-9)
