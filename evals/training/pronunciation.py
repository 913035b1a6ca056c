"""Fits the pronunciation pack and measures it on held-out speakers."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evals.suites.pronunciation import Judged, figures
from infra.errors import Misconfigured
from tools.pronunciation.phoneme_stream import PhonemeStream
from tools.pronunciation.training.corpus import hear, read
from tools.pronunciation.whisper import Ear

REMEDY = "Training needs torch, which the coach itself does not: .venv/bin/uv pip install torch==2.13.0"
TELL_EVERY = 250


def fit_pack(data: Path, to: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """Writes the pack fitted to `data` to `to`; the metrics of its folds, in which no speaker was heard in training.

    Raises Misconfigured without torch, BadInput when there is no labels.jsonl.
    """
    if importlib.util.find_spec("torch") is None:
        raise Misconfigured(REMEDY)
    from tools.pronunciation.training.fit import fit
    from tools.pronunciation.training.synthetic import hear_all

    whisper, stream = Ear(), PhonemeStream()
    utterances = read(data)
    heard = []
    for number, one in enumerate(hear(utterances, whisper, stream), start=1):
        heard.append(one)
        if number % TELL_EVERY == 0:
            say(f"heard {number} of {len(utterances)}")
    fitted = fit(heard, list(hear_all(whisper, stream)), say)
    fitted.save(to)
    held = [
        Judged(
            one.utterance, "ok", one.scores.phones.tolist(), one.scores.words.tolist(), one.scores.aspects.tolist(),
            one.posteriors.tolist(), cpu_s=0.0, audio_s=0.0,
        )
        for one in fitted.held
    ]  # fmt: skip
    unmeasured = {"refused", "realtime_factor", "cpu_s"}
    metrics = {name: metric for name, metric in figures(held, seed=0).items() if name not in unmeasured}
    return {name: metric.model_dump(mode="json") for name, metric in metrics.items()}
