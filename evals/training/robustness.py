"""The same held-out recordings as they are and spoiled in known ways: what each way costs."""

import io
from collections.abc import Callable, Mapping, Sequence

import av
import numpy as np

from evals.statistics import Metric
from evals.suites.pronunciation import Judged, figures, judged_of
from tools.pronunciation.audio import decode
from tools.pronunciation.judge import Judge
from tools.pronunciation.listening import Ears
from tools.pronunciation.pack import Pack
from tools.pronunciation.reference import Word
from tools.pronunciation.spectrum import RATE_HZ, Floats
from tools.pronunciation.training.corpus import Utterance
from tools.pronunciation.training.noises import at_snr, babble, hiss, narrowed

SPEAKERS = 32  # who are judged in each condition
OF_EACH = 3  # utterances
SNR_DB = 10.0
VOICES = 24  # recordings of which babble is made
FAINT = 0.02
BAND_HZ = 3_600.0
NARROW_RATE_HZ = 8_000
FIGURES = ("phone_pcc", "total_pcc")

Spoil = Callable[[Floats, np.random.Generator], Floats]


def robustness(
    utterances: Sequence[Utterance],
    folds: Mapping[str, int],
    packs: Sequence[Pack],
    ears: Ears,
) -> dict[str, Metric]:
    """Phone and total correlation by condition, and the share that was refused.

    packs: one for each fold, whose models never heard its speakers; babble is made of voices that are not judged.
    """
    chosen, rest = _chosen(utterances)
    voices = [decode(one.audio.read_bytes()).samples for one in rest[:: max(1, len(rest) // VOICES)]]
    judges = [Judge(ears, one) for one in packs]
    metrics: dict[str, Metric] = {}
    for name, spoil in conditions(voices).items():
        judged = [
            _judged(judges[folds[one.speaker]], one, spoil, np.random.default_rng(number))
            for number, one in enumerate(chosen)
        ]
        found = figures(judged, seed=0)
        metrics |= {f"{name}_{figure}": found[figure] for figure in (*FIGURES, "refused")}
    return metrics


def conditions(voices: Sequence[Floats]) -> dict[str, Spoil]:
    """Ways to spoil a recording, by name."""
    return {
        "clean": lambda samples, _: samples,
        "opus_24k": lambda samples, _: coded(samples, 24_000),
        "opus_12k": lambda samples, _: coded(samples, 12_000),
        "band": lambda samples, _: narrowed(samples, BAND_HZ),
        "faint": lambda samples, _: (samples * FAINT).astype(np.float32),
        "white_10": lambda samples, chance: at_snr(samples, hiss(len(samples), "white", chance), SNR_DB),
        "babble_10": lambda samples, chance: at_snr(samples, babble(len(samples), voices, chance), SNR_DB),
        "rate_8k": lambda samples, _: coded(samples, None, NARROW_RATE_HZ),
    }


def coded(samples: Floats, bits_a_second: int | None, rate_hz: int = RATE_HZ) -> Floats:
    """Samples after Opus at a bit rate, or with None after plain 16-bit WAV, at a sample rate."""
    target = io.BytesIO()
    with av.open(target, "w", format="ogg" if bits_a_second else "wav") as container:
        output = container.add_stream("libopus" if bits_a_second else "pcm_s16le", rate=rate_hz, layout="mono")
        if bits_a_second:
            output.bit_rate = bits_a_second
        frame = av.AudioFrame.from_ndarray(np.clip(samples, -1, 1)[None].astype(np.float32), "flt", "mono")
        frame.sample_rate = RATE_HZ
        resampler = av.AudioResampler(output.format.name, "mono", rate_hz, frame_size=output.codec_context.frame_size)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(output.encode(piece))
        container.mux(output.encode(None))
    return decode(target.getvalue()).samples


def _chosen(utterances: Sequence[Utterance]) -> tuple[list[Utterance], list[Utterance]]:
    """A few utterances of some speakers, and everything of the others."""
    speakers = list(dict.fromkeys(one.speaker for one in utterances))
    taken = set(speakers[:: max(1, len(speakers) // SPEAKERS)][:SPEAKERS])
    of_each = {name: [one for one in utterances if one.speaker == name] for name in sorted(taken)}
    chosen = [one for some in of_each.values() for one in some[:: max(1, len(some) // OF_EACH)][:OF_EACH]]
    return chosen, [one for one in utterances if one.speaker not in taken]


def _judged(judge: Judge, utterance: Utterance, spoil: Spoil, chance: np.random.Generator) -> Judged:
    samples = spoil(decode(utterance.audio.read_bytes()).samples, chance)
    words = [Word(text, (phones,)) for text, phones in zip(utterance.texts, utterance.phones, strict=True)]
    return judged_of(utterance, judge.examine(samples, words), 0.0, len(samples) / RATE_HZ)
