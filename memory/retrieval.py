"""Finds candidate memories in a learner's points: by words, by meaning, by what the best ones echo."""

from collections.abc import Iterable, MutableMapping

from memory.kinds import members
from memory.lexical import query_terms, query_words
from memory.notebook import Note
from memory.ranking import Candidate, echo_terms
from memory.records import Record
from memory.stores.points import Points
from providers.ports import Vector

WIDTH, LATER_WIDTH = 60, 30  # candidates of each search; what is stored beyond them costs nothing
NEIGHBOUR_SECONDS = 180.0
MOST_NEIGHBOURS = 300


Notes = MutableMapping[str, Note]


def find(points: Points, text: str, vector: Vector, live: frozenset[str], known: Notes) -> list[Candidate]:
    """At most a few times `WIDTH` candidates for `text`; facts only when their id is in `live`.

    `known`: notes read before, by id; what is read now joins them.
    """
    terms = query_terms(text)
    by_words = dict(points.matching(query_words(terms), WIDTH))
    by_meaning = dict(points.nearest(vector, WIDTH))
    notes = _notes(points, {*by_words, *by_meaning}, live, known)
    cosines = by_meaning | points.cosines(vector, [key for key in by_words if key not in by_meaning])
    first = [Candidate(note, by_words.get(key, 0.0), cosines.get(key, 0.0)) for key, note in notes.items()]
    echo = dict(points.matching(query_words(echo_terms(first, text)), LATER_WIDTH))
    of_kind = dict(points.matching(query_words(sorted(members(text) - set(terms))), LATER_WIDTH))
    later = [key for key in {**echo, **of_kind} if key not in cosines]
    notes |= _notes(points, later, live, known)
    cosines |= points.cosines(vector, later)
    return [
        Candidate(note, by_words.get(key, 0.0), cosines.get(key, 0.0), echo.get(key, 0.0))
        for key, note in notes.items()
    ]


def around(points: Points, records: Iterable[Record]) -> list[Note]:
    """These turns and the ones said shortly before or after, in the order they were said."""
    times = [record.said_at.timestamp() for record in records if record.kind == "episodic"]
    spans = [(at - NEIGHBOUR_SECONDS, at + NEIGHBOUR_SECONDS) for at in times]
    return in_order(Note.stored(*row) for row in points.told(spans, MOST_NEIGHBOURS))


def in_order(notes: Iterable[Note]) -> list[Note]:
    return sorted(notes, key=lambda note: note.record.order)


def _notes(points: Points, ids: Iterable[str], live: frozenset[str], known: Notes) -> dict[str, Note]:
    wanted = list(ids)
    new = [key for key in wanted if key not in known]
    known.update((key, Note.stored(key, payload)) for key, payload in points.get(new).items())
    found = ((key, known[key]) for key in wanted if key in known)
    return {key: note for key, note in found if note.record.kind == "episodic" or key in live}
