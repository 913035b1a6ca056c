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
from tools.pronunciation.audio import decode
from tools.pronunciation.lattice import Ints
from tools.pronunciation.level import normalised
from tools.pronunciation.lexicon import Pronunciation
from tools.pronunciation.phoneme_stream import PhonemeStream
from tools.pronunciation.scorer import ASPECTS
from tools.pronunciation.training.corpus import Heard, Utterance, heard
from tools.pronunciation.training.swaps import SWAPPED_WORD
from tools.pronunciation.whisper import Ear

FOLDER = Path(__file__).parent / "synthetic"


@dataclass(frozen=True)
class Synthetic:
    """A recording held against the asked text; said [M]: the phones that the voice was given."""

    heard: Heard
    said: Ints


def hear_all(whisper: Ear, stream: PhonemeStream, folder: Path = FOLDER) -> Iterator[Synthetic]:
    """Every recording of the folder through both ears."""
    for line in (folder / "pairs.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        asked = utterance(row["audio"], row["voice"], row["text"], row["phone_index"], folder)
        samples = normalised(decode(asked.audio.read_bytes()).samples)
        said = [word.variants[0] for word in reference.read(row["said_as"])]
        yield Synthetic(heard(asked, samples, whisper, stream), labels_of(said))


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
