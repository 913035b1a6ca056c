"""Fits the pronunciation pack and measures it on held-out speakers."""

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.statistics import Metric, measured
from evals.suites.pronunciation import Judged, baseline, figures
from evals.training.robustness import robustness
from infra.errors import Misconfigured
from tools.pronunciation import pack
from tools.pronunciation.listening import Ears
from tools.pronunciation.phoneme_stream import PhonemeStream
from tools.pronunciation.training.corpus import Listener, read
from tools.pronunciation.training.keeping import Kept
from tools.pronunciation.whisper import Ear

if TYPE_CHECKING:  # it brings torch with it
    from tools.pronunciation.training.fit import Fitted, Held, Trial

REMEDY = "Training needs torch, which the coach itself does not: .venv/bin/uv pip install torch==2.13.0"
UNMEASURED = {"refused", "realtime_factor", "cpu_s"}  # of judgements from features, not from recordings
KINDS = ("scored", "noisy", "machine")


def fit_pack(
    data: Path, to: Path, keep: Path | None, say: Callable[[str], None], limit: int | None = None
) -> dict[str, Any]:
    """Writes the pack fitted to `data` to `to`; figures of its folds, in which no speaker was heard in training.

    keep: a folder for what was heard and fitted, so that a run that broke off goes on; limit: utterances to learn from,
    the first ones. Raises Misconfigured without torch, BadInput when there is no labels.jsonl.
    """
    if importlib.util.find_spec("torch") is None:
        raise Misconfigured(REMEDY)
    from tools.pronunciation.training import plain
    from tools.pronunciation.training.fit import fit
    from tools.pronunciation.training.material import folds_of, gather
    from tools.pronunciation.training.networks import Fitter

    whisper, stream, kept = Ear(), PhonemeStream(), Kept(keep)
    utterances = read(data)[:limit]
    material = gather(utterances, Listener(whisper, stream, kept), say)
    fitted, alone = fit(material, Fitter(kept), say), plain.fit(material, say)
    pack.save(to, fitted.whole, alone.whole)
    metrics = _held_figures(fitted) | {f"one_ear_{name}": metric for name, metric in _held_figures(alone).items()}
    say("how noise, codecs and loudness change the judgements")
    packs = [weights.pack() for weights in fitted.folds]
    metrics |= robustness(utterances, folds_of(utterances), packs, Ears(whisper, stream))
    return {name: metric.model_dump(mode="json") for name, metric in metrics.items()}


def _held_figures(fitted: "Fitted") -> dict[str, Metric]:
    """Correlations with the experts, the baseline's, and what became of phones that were others."""
    held, noisy = _judged(fitted.held), _judged(fitted.noisy)
    spoiled = {one.utterance.id for one in noisy}
    quiet = [one for one in held if one.utterance.id in spoiled]
    metrics = {name: metric for name, metric in figures(held, seed=0).items() if name not in UNMEASURED}
    metrics |= {f"gop_{name}": metric for name, metric in baseline(held, seed=0).items()}
    for name, some in (("noisy", noisy), ("same_quiet", quiet)):
        found = figures(some, seed=0)
        metrics |= {f"{name}_{figure}": found[figure] for figure in ("phone_pcc", "word_pcc", "total_pcc")}
    for kind in KINDS:
        metrics |= noticed([one for one in fitted.trials if one.kind == kind], kind)
    return metrics


def _judged(held: "Sequence[Held]") -> list[Judged]:
    return [
        Judged(
            one.utterance, "ok", one.scores.phones.tolist(), one.scores.words.tolist(), one.scores.aspects.tolist(),
            one.posteriors.tolist(), cpu_s=0.0, audio_s=0.0,
        )
        for one in held
    ]  # fmt: skip


def noticed(trials: "Sequence[Trial]", kind: str) -> dict[str, Metric]:
    """Recall of phones that were others, false alarms, and right names among the nameable; intervals over speakers."""
    speakers = sorted({one.speaker for one in trials})
    units = [_counts([one for one in trials if one.speaker == speaker]) for speaker in speakers]
    names = ("recall", "false_alarm", "substitute_named")
    return {
        f"{kind}_{name}": measured(units, lambda some, at=at: _ratio(some, at), 0).model_copy(  # type: ignore[misc]
            update={"n": sum(unit[2 * at + 1] for unit in units)}
        )
        for at, name in enumerate(names)
    }


def _counts(trials: "Sequence[Trial]") -> tuple[int, ...]:
    """Noticed and all wrong phones, noticed and all right ones, named and all nameable ones."""
    totals = [0] * 6
    for one in trials:
        pairs = ((one.noticed, one.wrong), (one.noticed, ~one.wrong), (one.named, one.nameable))
        for at, (found, among) in enumerate(pairs):
            totals[2 * at] += int((found & among).sum())
            totals[2 * at + 1] += int(among.sum())
    return tuple(totals)


def _ratio(units: Sequence[tuple[int, ...]], at: int) -> float:
    return sum(unit[2 * at] for unit in units) / max(sum(unit[2 * at + 1] for unit in units), 1)
