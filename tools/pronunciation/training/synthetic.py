"""Machine voices for training: sentences said right, and pairs in which one phone is another than asked.

`synthetic/pairs.jsonl` names the recording, the voice, the text asked, what was said, and the phone that differs.
Voices and words are apart from those of the minimal-pair suite.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tools.pronunciation import reference
from tools.pronunciation.alignment import labels_of
from tools.pronunciation.lattice import Ints
from tools.pronunciation.lexicon import Pronunciation
from tools.pronunciation.phones import BLANK
from tools.pronunciation.scorer import ASPECTS
from tools.pronunciation.spectrum import Floats
from tools.pronunciation.training.corpus import Heard, Listener, Utterance, samples_of
from tools.pronunciation.training.scored import UNKNOWN
from tools.pronunciation.training.swaps import SWAPPED_WORD

FOLDER = Path(__file__).parent / "synthetic"
SIZES = (0.78, 1.12)  # of the second copy: rather children than giants


@dataclass(frozen=True)
class Synthetic:
    """A recording held against the asked text.

    said [M]: the phones that the voice was given; instead: index 0..39 of what was said for the wrong phone, last left
    out, UNKNOWN when there is none or the rest differs too.
    """

    heard: Heard
    said: Ints
    instead: int


def hear_all(listener: Listener, folder: Path = FOLDER) -> Iterator[Synthetic]:
    """Every recording of the folder through both ears, as it is and as if a larger or smaller speaker had said it."""
    for number, line in enumerate((folder / "pairs.jsonl").read_text("utf-8").splitlines()):
        row = json.loads(line)
        asked = utterance(row["audio"], row["voice"], row["text"], row["phone_index"], folder)
        said = labels_of([word.variants[0] for word in reference.read(row["said_as"])])
        instead = substitute(asked.labels, said, row["phone_index"])
        samples = samples_of(asked)
        chance = np.random.default_rng(number)
        for version in (samples, resized(samples, float(chance.uniform(*SIZES)))):
            yield Synthetic(listener.hear(asked, version), said, instead)


def substitute(asked: Ints, said: Ints, wrong: int | None) -> int:
    """What was said for the asked phone at `wrong` when all others are as asked; else UNKNOWN."""
    if wrong is None:
        return UNKNOWN
    rest = np.delete(asked, wrong)
    if len(said) == len(asked) and (np.delete(said, wrong) == rest).all():
        return int(said[wrong])
    return BLANK if len(said) == len(rest) and (said == rest).all() else UNKNOWN


def resized(samples: Floats, size: float) -> Floats:
    """The recording played so many times as slowly: a voice lower by that, a mouth larger by that."""
    length = int(len(samples) * size)
    spectrum = np.fft.rfft(samples)
    kept = np.zeros(length // 2 + 1, complex)
    shared = min(len(kept), len(spectrum))
    kept[:shared] = spectrum[:shared]
    return np.fft.irfft(kept * size, length).astype(np.float32)


def utterance(audio: str, voice: str, text: str, wrong: int | None, folder: Path) -> Utterance:
    """The asked text with full marks, except for the phone `wrong` and its word; nothing is known of its fluency."""
    words = reference.read(text)
    phones: tuple[Pronunciation, ...] = tuple(word.variants[0] for word in words)
    of_phones = np.ones(sum(len(spoken) for spoken in phones), np.float32)
    of_words = np.ones((len(words), 2), np.float32)
    if wrong is not None:
        of_phones[wrong] = 0.0
        of_words[np.searchsorted(np.cumsum([len(spoken) for spoken in phones]), wrong, side="right")] = SWAPPED_WORD
    return Utterance(
        id=audio,
        speaker=voice,
        age=0,
        audio=folder / audio,
        texts=tuple(word.text.lower() for word in words),
        phones=phones,
        of_phones=of_phones,
        of_words=of_words,
        aspects=np.full(len(ASPECTS), np.nan, np.float32),
    )
