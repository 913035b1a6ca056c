"""Everything heard, held against what was asked and against changed references."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tools.pronunciation.head import PhoneHead
from tools.pronunciation.training.corpus import Heard, Utterance
from tools.pronunciation.training.head import WILDCARD, Spoken
from tools.pronunciation.training.material import Material
from tools.pronunciation.training.scored import UNKNOWN, Scored
from tools.pronunciation.training.swaps import as_spoken, swapped
from tools.pronunciation.training.synthetic import Synthetic

MISHEARD_BELOW = 0.5  # experts' score under which it is not known what was said: a wildcard for the phone head
NOISY_WEIGHT = 1.0

Kind = Literal["scored", "noisy", "machine"]


@dataclass(frozen=True)
class Row:
    """One reference to learn from. is_changed: it was changed to what was not said."""

    scored: Scored
    kind: Kind
    utterance: Utterance
    is_changed: bool


def rows_of(material: Material, head: PhoneHead | None) -> list[Row]:
    """Each recording as it was asked, then against a changed reference."""
    rows: list[Row] = []
    chance = np.random.default_rng(len(material.scored))
    for heard in material.scored:
        rows += _both(heard, as_spoken(heard, head), head, "scored", chance)
    for heard in material.noisy:
        rows += _both(heard, as_spoken(heard, head, NOISY_WEIGHT), head, "noisy", chance)
    for voiced in material.machine:
        rows += _both(voiced.heard, _paired(voiced, head), head, "machine", chance)
    return rows


def spoken_of(material: Material) -> list[Spoken]:
    """What the phone head learns from: what was said, as far as it is known."""
    return list(_spoken(material))


def _spoken(material: Material) -> Iterator[Spoken]:
    for heard in (*material.scored, *material.noisy):
        one = heard.utterance
        yield Spoken(heard.vectors, heard.stream, np.where(one.of_phones < MISHEARD_BELOW, WILDCARD, one.labels))
    for voiced in material.machine:
        yield Spoken(voiced.heard.vectors, voiced.heard.stream, voiced.said)


def _both(heard: Heard, asked: Scored, head: PhoneHead | None, kind: Kind, chance: np.random.Generator) -> list[Row]:
    utterance = heard.utterance
    return [Row(asked, kind, utterance, False), Row(swapped(heard, head, chance), kind, utterance, True)]


def _paired(voiced: Synthetic, head: PhoneHead | None) -> Scored:
    """A machine voice's recording, with the phone that was said instead."""
    scored = as_spoken(voiced.heard, head)
    instead = np.where(scored.phones == 0, voiced.instead, UNKNOWN)
    return Scored(scored.goodness, scored.phones, scored.wrong, instead, scored.words, scored.aspects, scored.weight)
