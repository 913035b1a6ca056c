"""What there is to learn from: scored speech, spoiled copies of some of it, and machine voices."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tools.pronunciation.level import normalised
from tools.pronunciation.spectrum import Floats
from tools.pronunciation.training.corpus import Heard, Listener, Utterance, samples_of
from tools.pronunciation.training.noises import spoiled
from tools.pronunciation.training.synthetic import Synthetic, hear_all

FOLDS = 3
SPOILED_EVERY = 5  # of so many utterances one gets a spoiled copy
TELL_EVERY = 250

Say = Callable[[str], None]


@dataclass(frozen=True)
class Material:
    """Everything heard. A speaker, and a voice, is in one fold 0..FOLDS-1 with all its recordings."""

    scored: Sequence[Heard]
    noisy: Sequence[Heard]
    machine: Sequence[Synthetic]

    def split(self, out: int) -> tuple["Material", "Material"]:
        """What is to be learned from when fold `out` is left out, and that fold."""
        folds = folds_of([one.utterance for one in self.scored])
        voices = folds_of([one.heard.utterance for one in self.machine])
        return self._where(folds, voices, lambda fold: fold != out), self._where(
            folds, voices, lambda fold: fold == out
        )

    def _where(self, folds: Mapping[str, int], voices: Mapping[str, int], test: Callable[[int], bool]) -> "Material":
        return Material(
            [one for one in self.scored if test(folds[one.utterance.speaker])],
            [one for one in self.noisy if test(folds[one.utterance.speaker])],
            [one for one in self.machine if test(voices[one.heard.utterance.speaker])],
        )


def folds_of(utterances: Sequence[Utterance]) -> dict[str, int]:
    """The fold of each speaker."""
    return {name: index % FOLDS for index, name in enumerate(sorted({one.speaker for one in utterances}))}


def gather(utterances: Sequence[Utterance], listener: Listener, say: Say) -> Material:
    """All of it through both ears: about 15 minutes of CPU where nothing of it was kept."""
    samples = [samples_of(one) for one in utterances]
    scored = []
    for number, (one, sound) in enumerate(zip(utterances, samples, strict=True), start=1):
        scored.append(listener.hear(one, sound))
        if number % TELL_EVERY == 0:
            say(f"heard {number} of {len(utterances)}")
    noisy = [listener.hear(one, sound) for one, sound in spoiled_copies(utterances, samples)]
    say(f"heard {len(noisy)} again under noise")
    machine = list(hear_all(listener))
    say(f"heard {len(machine)} machine voices")
    return Material(scored, noisy, machine)


def spoiled_copies(utterances: Sequence[Utterance], samples: Sequence[Floats]) -> Iterator[tuple[Utterance, Floats]]:
    """Some of the recordings under noise. Babble is of other speakers of the same fold, so that folds stay apart."""
    folds = folds_of(utterances)
    for index in range(1, len(utterances), SPOILED_EVERY):
        one = utterances[index]
        others = [
            sound
            for other, sound in zip(utterances, samples, strict=True)
            if folds[other.speaker] == folds[one.speaker] and other.speaker != one.speaker
        ]
        yield one, normalised(spoiled(samples[index], others, np.random.default_rng(index)))
