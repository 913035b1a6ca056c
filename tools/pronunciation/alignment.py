"""Places the words of a reference in a recording: which variant was said, what was left out, which stretch has what."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tools.pronunciation import lattice
from tools.pronunciation.goodness import phone_spans, word_places
from tools.pronunciation.lexicon import Pronunciation
from tools.pronunciation.listening import Stretch
from tools.pronunciation.phones import INDEX
from tools.pronunciation.reference import Word

MAX_VARIED_FRAMES = 1000  # in longer recordings the usual pronunciation is taken: trying others costs too much

Ears = tuple[lattice.Floats, lattice.Floats]


@dataclass(frozen=True)
class Part:
    """The words of a reference that lie in one stretch: their indices and their phones."""

    stretch: Stretch
    words: tuple[int, ...]
    phones: tuple[Pronunciation, ...]


def labels_of(phones: Sequence[Pronunciation]) -> lattice.Ints:
    """Phone indices [L] of words one after another."""
    return np.array([INDEX[phone] for spoken in phones for phone in spoken], np.int64)


def words_of(phones: Sequence[Pronunciation]) -> lattice.Ints:
    """Word index [L] of each phone."""
    return np.repeat(np.arange(len(phones)), [len(spoken) for spoken in phones])


def best_variants(log_probs: lattice.Floats, words: Sequence[Word]) -> list[Pronunciation]:
    """The pronunciation of each word that fits best, chosen word by word."""
    chosen = [word.variants[0] for word in words]
    if len(log_probs) > MAX_VARIED_FRAMES or all(len(word.variants) == 1 for word in words):
        return chosen
    best = lattice.log_likelihood(log_probs, labels_of(chosen))
    for index, word in enumerate(words):
        for variant in word.variants[1:]:
            tried = [*chosen[:index], variant, *chosen[index + 1 :]]
            fit = lattice.log_likelihood(log_probs, labels_of(tried))
            if fit > best:
                chosen, best = tried, fit
    return chosen


def without_omitted(ears: Ears, phones: Sequence[Pronunciation], threshold: float) -> list[int]:
    """Indices of the words that were said.

    Words are given up one by one, the one whose absence helps most per phone first, while that is above `threshold`
    (mean log-likelihood ratio per phone of both ears).
    """
    said = list(range(len(phones)))
    while len(said) > 1:
        spoken = [phones[index] for index in said]
        labels, places = labels_of(spoken), word_places(words_of(spoken))
        gains = sum(lattice.omissions(lattice.lattice(ear, labels), places) for ear in ears) / 2
        per_phone = gains / np.array([end - first for first, end in places])
        worst = int(per_phone.argmax())
        if per_phone[worst] <= threshold:
            break
        del said[worst]
    return said


def parts_of(
    stretches: Sequence[Stretch], head: lattice.Floats, phones: Sequence[Pronunciation], said: Sequence[int]
) -> list[Part]:
    """The said words by the stretch in which the middle of each lies; stretches without words are left out."""
    if len(stretches) == 1:
        return [Part(stretches[0], tuple(said), tuple(phones[index] for index in said))]
    spoken = [phones[index] for index in said]
    spans = phone_spans(lattice.lattice(head, labels_of(spoken)))
    middles = [(spans[first, 0] + spans[end - 1, 1]) / 2 for first, end in word_places(words_of(spoken))]
    edges = np.cumsum([len(stretch.evidence.head) for stretch in stretches])
    owner = np.searchsorted(edges[:-1], middles, side="right")
    parts = []
    for number, stretch in enumerate(stretches):
        inside = tuple(index for index, at in zip(said, owner, strict=True) if at == number)
        if inside:
            parts.append(Part(stretch, inside, tuple(phones[index] for index in inside)))
    return parts
