"""Reads scored speech in the layout of speechocean762: labels.jsonl and audio/, and lets both ears hear it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from infra.errors import BadInput
from tools.pronunciation.alignment import labels_of, words_of
from tools.pronunciation.audio import decode
from tools.pronunciation.goodness import Evidence, heard_alone, loudness_db
from tools.pronunciation.head import PhoneHead
from tools.pronunciation.lattice import Ints
from tools.pronunciation.level import normalised
from tools.pronunciation.phoneme_stream import PhonemeStream
from tools.pronunciation.scorer import ASPECTS
from tools.pronunciation.spectrum import Floats
from tools.pronunciation.training.keeping import Arrays, Kept
from tools.pronunciation.whisper import MIN_SAMPLES, Ear

FOLDER = "speechocean762"
PHONE_TOP = 2.0  # experts score phones 0..2,
TOP = 10.0  # and everything else 0..10


@dataclass(frozen=True)
class Utterance:
    """One scored utterance; scores in 0..1: of_phones [L], of_words [W, 2] (accuracy, total), aspects [4]."""

    id: str
    speaker: str
    age: int
    audio: Path
    texts: tuple[str, ...]
    phones: tuple[tuple[str, ...], ...]
    of_phones: Floats
    of_words: Floats
    aspects: Floats

    @property
    def labels(self) -> Ints:
        return labels_of(self.phones)

    @property
    def words(self) -> Ints:
        return words_of(self.phones)


@dataclass(frozen=True)
class Heard:
    """An utterance as both ears heard it, before any phone head: what `Evidence` needs, kept small."""

    utterance: Utterance
    vectors: NDArray[np.float16]
    stream: NDArray[np.float32]
    loudness: NDArray[np.float32]
    word_logs: NDArray[np.float32]

    def evidence(self, head: PhoneHead | None) -> Evidence:
        """What both ears heard; without a head, what the second heard alone."""
        stream, loudness = self.stream.astype(np.float64), self.loudness.astype(np.float64)
        if head is None:
            return heard_alone(stream, loudness)
        vectors = self.vectors.astype(np.float32)
        return Evidence(vectors, head.log_probs(vectors), stream, loudness)


def read(data: Path) -> list[Utterance]:
    """Every utterance of `data`/speechocean762 or `data` itself. Raises BadInput when labels.jsonl is not there."""
    folder = next((path for path in (data / FOLDER, data) if (path / "labels.jsonl").is_file()), None)
    if folder is None:
        raise BadInput(f"There is no {FOLDER}/labels.jsonl and no labels.jsonl in {data}.")
    lines = (folder / "labels.jsonl").read_text("utf-8").splitlines()
    return [_utterance(json.loads(line), folder) for line in lines if line.strip()]


def _utterance(row: dict[str, Any], folder: Path) -> Utterance:
    words = row["words"]
    return Utterance(
        id=row["id"],
        speaker=row["speaker"],
        age=int(row["age"]),
        audio=_audio(folder / "audio", row["id"]),
        texts=tuple(word["text"].lower() for word in words),
        phones=tuple(tuple(word["phones"]) for word in words),
        of_phones=np.array([score for word in words for score in word["phone_scores"]], np.float32) / PHONE_TOP,
        of_words=np.array([[word["accuracy"], word["total"]] for word in words], np.float32) / TOP,
        aspects=np.array([row[aspect] for aspect in ASPECTS], np.float32) / TOP,
    )


def _audio(folder: Path, name: str) -> Path:
    found = next(
        (folder / f"{name}{ending}" for ending in (".ogg", ".wav", ".flac") if (folder / f"{name}{ending}").is_file()),
        None,
    )
    if found is None:
        raise BadInput(f"There is no audio/{name}.ogg, .wav or .flac in {folder.parent}.")
    return found


@dataclass(frozen=True)
class Listener:
    """Both ears, and what they heard before."""

    whisper: Ear
    stream: PhonemeStream
    kept: Kept

    def hear(self, utterance: Utterance, samples: Floats) -> Heard:
        """One utterance from its normalised samples [n]: about 0.3 s of CPU when it is new."""
        sources = (b"heard", samples.tobytes(), " ".join(utterance.texts).encode("utf-8"))
        arrays: dict[str, Any] = dict(self.kept.arrays(sources, lambda: self._arrays(utterance, samples)))
        return Heard(utterance, **arrays)

    def _arrays(self, utterance: Utterance, samples: Floats) -> Arrays:
        samples = np.pad(samples, (0, max(0, MIN_SAMPLES - len(samples))))
        vectors, encoding = self.whisper.hear(samples)
        phones = self.stream.log_probs(samples)
        frames = min(len(vectors), len(phones))
        return {
            "vectors": vectors[:frames].astype(np.float16),
            "stream": phones[:frames].astype(np.float32),
            "loudness": loudness_db(samples, frames).astype(np.float32),
            "word_logs": self.whisper.word_log_probs(encoding, utterance.texts).astype(np.float32),
        }


def samples_of(utterance: Utterance) -> Floats:
    """Its recording at the level that the judge hears."""
    return normalised(decode(utterance.audio.read_bytes()).samples)
