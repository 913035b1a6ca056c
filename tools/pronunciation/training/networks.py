"""Fits the networks, or takes what was fitted to the same material before."""

from collections.abc import Sequence
from dataclasses import dataclass

from tools.pronunciation.pack import Arrays
from tools.pronunciation.training import head as head_training
from tools.pronunciation.training import scorer as scorer_training
from tools.pronunciation.training.head import Spoken
from tools.pronunciation.training.keeping import Kept
from tools.pronunciation.training.scored import Scored


@dataclass(frozen=True)
class Fitter:
    """Weights by seed and material."""

    kept: Kept

    def head(self, spoken: Sequence[Spoken], seed: int) -> Arrays:
        """A phone head."""
        settings = repr((seed, head_training.EPOCHS, head_training.WIDTH, head_training.RATE, head_training.BATCH))
        traces = b"".join(one.vectors[::25, ::64].tobytes() + one.targets.tobytes() for one in spoken)
        return self.kept.arrays(
            (b"head", settings.encode(), traces), lambda: head_training.fit(spoken, seed).exported()
        )

    def scorer(self, scored: Sequence[Scored], seed: int) -> Arrays:
        """A member of the scorer."""
        settings = repr((seed, scorer_training.EPOCHS, scorer_training.WRONG_WEIGHT, scorer_training.RATE))
        traces = b"".join(
            one.goodness.features.tobytes() + one.phones.tobytes() + one.words.tobytes() + str(one.weight).encode()
            for one in scored
        )
        return self.kept.arrays(
            (b"scorer", settings.encode(), traces), lambda: scorer_training.fit(scored, seed).exported()
        )
