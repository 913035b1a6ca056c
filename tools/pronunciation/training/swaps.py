"""Makes mispronunciations without new audio: the sound stays, the reference is changed to what was not said."""

import numpy as np
from numpy.typing import NDArray

from tools.pronunciation.confusions import expectations
from tools.pronunciation.goodness import measure
from tools.pronunciation.head import PhoneHead
from tools.pronunciation.lattice import Ints
from tools.pronunciation.phones import BLANK
from tools.pronunciation.spectrum import Floats
from tools.pronunciation.training.corpus import Heard
from tools.pronunciation.training.scored import UNKNOWN, Scored

WELL_SAID = 0.9  # only phones that the experts found good are changed
SHARE_SWAPPED = 0.12
SHARE_INSERTED = 0.25  # of the changes: a phone is asked where none was said, as when a final consonant is lost
SHARE_ANY = 0.2  # of the swaps: any phone instead of an expected confusion
WRONG_BELOW = 0.3  # experts' scores under it count as another phone, over RIGHT_ABOVE as the asked one
RIGHT_ABOVE = 0.8
SWAPPED_WORD = 0.3  # what experts give a word with one wrong phone
WEIGHT = 0.5


def as_spoken(heard: Heard, head: PhoneHead | None, weight: float = 1.0) -> Scored:
    """The utterance with the experts' scores."""
    one = heard.utterance
    goodness = measure(heard.evidence(head), one.labels, one.words, heard.word_logs.astype(np.float64))
    instead = np.full(len(one.of_phones), UNKNOWN)
    return Scored(goodness, one.of_phones, _wrong(one.of_phones), instead, one.of_words, one.aspects, weight)


def swapped(heard: Heard, head: PhoneHead | None, chance: np.random.Generator) -> Scored:
    """The utterance held against a reference in which some well-said phones are others, or are added."""
    one = heard.utterance
    labels, words, origin, said = changed(one.labels, one.words, one.of_phones >= WELL_SAID, chance)
    is_changed = origin < 0
    phones = np.where(is_changed, 0.0, one.of_phones[np.maximum(origin, 0)]).astype(np.float32)
    of_words = one.of_words.copy()
    hurt = np.unique(words[is_changed])
    of_words[hurt] = np.minimum(of_words[hurt], SWAPPED_WORD)
    goodness = measure(heard.evidence(head), labels, words, heard.word_logs.astype(np.float64))
    aspects: Floats = np.full_like(one.aspects, np.nan)
    return Scored(goodness, phones, _wrong(phones), np.where(is_changed, said, UNKNOWN), of_words, aspects, WEIGHT)


def _wrong(of_phones: Floats) -> Floats:
    """1 where experts heard another phone, 0 where the asked one, NaN between."""
    wrong = np.where(of_phones <= WRONG_BELOW, 1.0, np.where(of_phones >= RIGHT_ABOVE, 0.0, np.nan))
    return wrong.astype(np.float32)


def changed(
    labels: Ints, words: Ints, may_change: NDArray[np.bool_], chance: np.random.Generator
) -> tuple[Ints, Ints, Ints, Ints]:
    """New labels and words [L'], the place in `labels` that each keeps, -1 where it was swapped or added, and what was
    said there: a phone, or BLANK for nothing.

    Of two phones side by side at most one is changed, so that what is asked around a change was said.
    """
    new: list[tuple[int, int, int, int]] = []
    for place, (label, word) in enumerate(zip(labels.tolist(), words.tolist(), strict=True)):
        is_free = may_change[place] and (not new or new[-1][2] >= 0)
        if not is_free or chance.random() > SHARE_SWAPPED:
            new.append((label, word, place, label))
        elif chance.random() < SHARE_INSERTED:
            new.append((label, word, place, label))
            new.append((_asked_but_lost(label, chance), word, -1, BLANK))
        else:
            new.append((_asked_instead(label, chance), word, -1, label))
    columns = np.array(new, np.int64).T
    return columns[0], columns[1], columns[2], columns[3]


def _asked_instead(said: int, chance: np.random.Generator) -> int:
    """A phone for which `said` is a likely mistake."""
    weights = expectations()[:, said].copy()
    if chance.random() < SHARE_ANY or weights.sum() == 0:
        weights = np.ones(BLANK)
    weights[said] = 0.0
    return int(chance.choice(BLANK, p=weights / weights.sum()))


def _asked_but_lost(before: int, chance: np.random.Generator) -> int:
    """A phone that is often left out, unlike the one before it."""
    weights = expectations()[:, BLANK].copy()
    weights[before] = 0.0
    return int(chance.choice(BLANK, p=weights / weights.sum()))
