"""Finds candidate memories in a learner's points: by words, by meaning, by what the best ones echo."""

from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from heapq import nlargest

from memory.cards import Card
from memory.lexical import query_terms, query_words
from memory.notebook import Note
from memory.ranking import ECHO, ECHOED, Asked, Candidate, echo_terms, fit_of
from memory.stores.points import Points
from providers.ports import Vector

WIDTH, LATER_WIDTH = 60, 30  # found by each search; what is stored beyond them costs nothing
READ = 100  # of these are ranked: reading a memory costs ten times what finding it does
NEIGHBOUR_SECONDS = 180.0
MOST_NEIGHBOURS = 300

Cards = MutableMapping[str, Card]


def find(points: Points, asked: Asked, vector: Vector, hidden: frozenset[str], known: Cards) -> list[Candidate]:
    """The `READ` likeliest memories for what is asked, without those of `hidden` (facts that hold no more).

    Ids and scores decide whose cards are read. `known`: cards read before, by id; what is read now joins them.
    """
    terms = query_terms(asked.text)
    first = points.search(vector, [query_words(terms)], WIDTH, nearest=WIDTH)
    (by_words,) = first.scores
    best = _likeliest(ECHOED, first.cosines.keys() - hidden, by_words, first.cosines, {})
    echoed = echo_terms(_cards(points, best, known), set(terms))
    of_kind = sorted(asked.kinds - set(terms))
    later = points.search(vector, [query_words(echoed), query_words(of_kind)], LATER_WIDTH)
    echo, cosines = later.scores[0], {**first.cosines, **later.cosines}
    read = _likeliest(READ, cosines.keys() - hidden, by_words, cosines, echo)
    return [
        Candidate(card, by_words.get(card.id, 0.0), cosines[card.id], echo.get(card.id, 0.0))
        for card in _cards(points, read, known)
    ]


def around(points: Points, times: Iterable[float]) -> list[Note]:
    """The turns said shortly before or after these Unix seconds, in the order they were said."""
    spans = [(at - NEIGHBOUR_SECONDS, at + NEIGHBOUR_SECONDS) for at in times]
    return in_order(Note.stored(*row) for row in points.told(spans, MOST_NEIGHBOURS))


def in_order(notes: Iterable[Note]) -> list[Note]:
    return sorted(notes, key=lambda note: note.record.order)


Scores = Mapping[str, float]


def _likeliest(many: int, ids: Collection[str], by_words: Scores, cosines: Scores, echo: Scores) -> list[str]:
    """The ids that fit best, as far as the searches tell; the best first."""
    keys = sorted(ids)
    fit = fit_of([by_words.get(key, 0.0) for key in keys], [cosines[key] for key in keys])
    best_echo = max(echo.values(), default=0.0) or 1.0
    scored = [(fits + ECHO * echo.get(key, 0.0) / best_echo, key) for key, fits in zip(keys, fit, strict=True)]
    return [key for _, key in nlargest(many, scored)]


def _cards(points: Points, ids: Sequence[str], known: Cards) -> list[Card]:
    new = [key for key in ids if key not in known]
    known.update((key, Card.stored(key, payload)) for key, payload in points.get(new).items())
    return [known[key] for key in ids if key in known]
