"""Finds the one turn that covers a question, among the turns that may."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.dates import day_of_year
from memory.facts.entity import ME, Entity
from memory.facts.lexicon import find, forms
from memory.forgetting import retained
from memory.lexical import query_terms
from memory.notebook import FactBook, Note
from memory.questions import Query, main_clause
from memory.records import Record
from memory.text import CAPITALS, concepts, fold, spaced, stem, words

MIN_COVERAGE = 0.6
MIN_COVERAGE_IF_ALIKE = 0.4
MIN_COVERAGE_OF_CLAIM = 0.8  # "is my aunt called Sen?": nearly every word must have been told
MIN_COVERAGE_OF_EVENT = 0.3
ALIKE_COSINE = 0.3
NAME_WEIGHT = 2.0
NEIGHBOUR_WEIGHT = 0.5
ASIDE_WEIGHT = 0.6  # of words in "when i was ...": they say which time is meant, not what is asked
NEIGHBOUR_SECONDS = 180.0
DAY_NAMES = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bthu (?:hai|ba|tu|nam|sau|bay)\b|\bchu nhat\b"
)
_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|him|his|her|hers|its|them|their|we|our|there)\b"
    r"|\b(?:no|em ay|be|ban ay|chi ay|anh ay|co ay|ong ay|ba ay|chung|ho)\b"
)

_NOW = re.compile(r"\b(?:now|these days|still|current|currently|today|at the moment|bay gio|hien gio|gio|van)\b")
_ASKED_KIND = spaced(
    "colour color name age old date day days kind sort type thing number many long far time which city town"
)
ASKED_STEMS = frozenset(stem(word) for word in _ASKED_KIND)


@dataclass(frozen=True)
class Told:
    """What is known when a question comes: all facts, the turns that may answer it in the order they were said, the
    cosines of the question with them by id, and the time."""

    book: FactBook
    turns: Sequence[Note]
    cosines: Mapping[str, float]
    now: datetime

    @classmethod
    def of(cls, book: FactBook, turns: Sequence[Note], cosines: Mapping[str, float], now: datetime) -> "Told":
        """Questions are left out: they tell nothing."""
        return cls(book, [note for note in turns if not note.record.text.rstrip().endswith("?")], cosines, now)


def best_turn(query: Query, asked: Sequence[str], told: Told, *, ordering: bool = False) -> tuple[Record, float] | None:
    terms = [term for term in dict.fromkeys(asked) if term not in ASKED_STEMS]
    if not terms:
        return None
    search = _Search(replace(query, entity=ME) if ordering else query, terms, told)
    candidates = [
        (covered + max(cosine, 0.0) + fresh, covered, note.record)
        for note, covered, cosine, fresh in search.candidates()
        if (covered >= MIN_COVERAGE_OF_EVENT if ordering else search.enough(note, covered, cosine))
    ]
    if not candidates:
        return None
    _, covered, turn = max(candidates, key=lambda item: (item[0], item[2].order))
    return turn, min(0.9, covered)


def linked_turn(query: Query, told: Told) -> tuple[Record, float] | None:
    """A turn that answers by way of another: "how many people sing in my aunt's choir?" needs the turn that says that
    she sings in one, and the one that says how big it is. It must share a word of the question with the
    first turn and a further word with either, and hold days or a number where they are asked for."""
    asked = set(query_terms(query.text)) - ASKED_STEMS
    if not asked:
        return None
    search = _Search(query, sorted(asked), told)
    bridges = [note for note, covered, _, _ in search.candidates() if covered >= MIN_COVERAGE_IF_ALIKE]
    for bridge in bridges:
        shared = (asked & bridge.content) - search.entity
        further = bridge.content - asked - search.entity - search.others
        for note in search.turns:
            links = len(((asked - search.entity) | further) & note.content)
            if note is not bridge and shared & note.content and links >= 2 and _holds_asked(query, note):
                return note.record, MIN_COVERAGE_IF_ALIKE
    return None


def asks_days(query: Query) -> bool:
    return bool(re.search(r"\b(?:which|what|on which|on what) days?\b|\bthu may\b|\bngay nao\b", fold(query.text)))


def _holds_asked(query: Query, note: Note) -> bool:
    if asks_days(query):
        return bool(DAY_NAMES.search(fold(note.record.text)))
    return query.form in {"how_many", "how_long"} and _has_number(note.record.text)


class _Search:
    """One question against all turns: how much of it each turn covers."""

    def __init__(self, query: Query, terms: Sequence[str], told: Told) -> None:
        self.query = query
        self.told = told
        self.turns = told.turns
        self.held = [note.content for note in self.turns]
        self.aliases = _aliases(query.entity, told.book.records)
        self.entity = set(concepts(query.entity.label)) | self.aliases
        names = set(concepts(" ".join(re.findall(rf"(?<=[\w,] )[{CAPITALS}]\w+", query.text))))
        main = set(concepts(main_clause(fold(query.text))))
        self.weights = {term: NAME_WEIGHT if term in names else 1.0 if term in main else ASIDE_WEIGHT for term in terms}
        self.others = set(concepts(" ".join(_names_told(told.book.records)))) - self.entity
        self.asked_kind = _asked_kind(query)
        self.now = bool(_NOW.search(fold(query.text)))

    def candidates(self) -> Iterator[tuple[Note, float, float, float]]:
        """Turn, coverage, cosine and freshness of every turn that may answer."""
        best = max((self.told.cosines.get(note.record.id, 0.0) for note in self.turns), default=0.0)
        claims_only = self.query.form != "why" and not _story_asked(self.query)
        for index, note in enumerate(self.turns):
            covered = self.coverage(index)
            if covered == 0.0 or (claims_only and not note.claims):
                continue
            cosine = self.told.cosines.get(note.record.id, 0.0)
            fresh = retained(note.record, self.told.now) * (0.5 if self.now else 0.05)
            yield note, covered, cosine + (0.1 if cosine == best else 0.0), fresh

    def coverage(self, index: int) -> float:
        """Share of the question's words that a turn holds; its neighbours in the same talk count half."""
        own = self.held[index]
        near = frozenset[str]().union(*(self.held[at] for at in _near(index, self.turns)))
        total = sum(weight * self._held(term, own, near) for term, weight in self.weights.items())
        if self.query.entity != ME and not self._speaks_of_entity(index, own, near):
            return 0.0
        return total / sum(self.weights.values())

    def enough(self, note: Note, covered: float, cosine: float) -> bool:
        """Whether a turn says enough of what is asked, and the right kind of thing, to be the answer."""
        if not self._covers(covered, cosine):
            return False
        return _fits(self.query, note) and (not self.asked_kind or self.asked_kind in note.content)

    def _covers(self, covered: float, cosine: float) -> bool:
        if self.query.form == "yes_no":
            return covered >= MIN_COVERAGE_OF_CLAIM or (self.now and covered >= MIN_COVERAGE_IF_ALIKE)
        return covered >= MIN_COVERAGE or (covered >= MIN_COVERAGE_IF_ALIKE and cosine >= ALIKE_COSINE)

    def _speaks_of_entity(self, index: int, own: frozenset[str], near: frozenset[str]) -> bool:
        """By noun or name; or by a pronoun, when the turn beside it does and this one names nobody else."""
        if own & self.entity:
            return True
        pointing = _PRONOUN.search(fold(self.turns[index].record.text))
        return bool(pointing and near & self.entity) and not own & self.others

    def _held(self, term: str, own: frozenset[str], near: frozenset[str]) -> float:
        if term in own or (term in self.entity and own & self.entity):
            return 1.0
        return NEIGHBOUR_WEIGHT if term in near or (term in self.entity and near & self.entity) else 0.0


def _names_told(records: Sequence[Record]) -> list[str]:
    return [r.value for r in records if r.subject_key.endswith(":name")]


def _asked_kind(query: Query) -> str:
    """The noun of "what club ...?", "which mark ...?", "what is the title ...?": the answer must speak of it."""
    match = re.search(
        r"\b(?:what|which)\s+(?:kind of |sort of )?(?P<noun>[a-z]+)\s+(?:is|are|was|were|do|does|did|have|has|can)\b",
        fold(query.text),
    )
    match = match or re.search(
        r"\bwhat\s+(?:is|was|are|were)\s+(?:the|my|our)\s+(?P<noun>[a-z]+)\s+of\b", fold(query.text)
    )
    if not match or find("thing", match["noun"]) or find("species", match["noun"]) or match["noun"] in _ASKED_KIND:
        return ""
    return next(iter(concepts(match["noun"])), "")


def _story_asked(query: Query) -> bool:
    return bool(re.search(r"\bstory|truyen\b", fold(query.text)))


def _near(index: int, turns: Sequence[Note]) -> Iterator[int]:
    for at in (index - 1, index + 1):
        if 0 <= at < len(turns) and _apart(turns[at].record, turns[index].record) <= NEIGHBOUR_SECONDS:
            yield at


def _apart(one: Record, other: Record) -> float:
    return abs((one.said_at - other.said_at).total_seconds())


def _aliases(entity: Entity, records: Sequence[Record]) -> set[str]:
    """Words that stand for the entity: its noun and every name it has had."""
    names = [r.value for r in records if r.kind == "semantic" and r.subject_key == f"{entity.key}:name"]
    return set(concepts(" ".join([entity.label, *names]))) if entity != ME else set()


def _fits(query: Query, note: Note) -> bool:
    """Whether a turn can hold the kind of answer that is asked for."""
    turn = note.record
    flat = fold(turn.text)
    if query.attribute == "name":
        return bool(re.search(r"\b(?:name|named|called|call|ten)\b", flat))
    if query.attribute == "age":
        return bool(re.search(r"\b(?:years?|old|tuoi|am|is)\b", flat) and _has_number(turn.text))
    if query.attribute == "job":
        return any(find("job", word) for word in words(turn.text))
    if query.attribute == "color" or re.search(r"\bcolou?r\b|\bmau\b", fold(query.text)):
        return bool(re.search(rf"\b{forms('colour')}\b", flat))
    if query.attribute in {"hobby", "from", "species", "kind", "count", "favorite"}:
        return False
    if query.attribute == "birthday":
        return day_of_year(turn.text) is not None or bool(turn.on)
    if query.form in {"how_many", "how_long"}:
        return _has_number(turn.text)
    if query.form == "who":
        return _has_name(turn.text) or any(find("kin", word) for word in words(turn.text)) or "friend" in note.content
    return True


def _has_name(text: str) -> bool:
    return bool(re.search(rf"(?<!^)(?<![.!?] )\b[{CAPITALS}]\w+", text)) or bool(
        re.match(rf"[{CAPITALS}][^\W\d]+ \w+", text)
    )


def _has_number(text: str) -> bool:
    return any(word[0].isdigit() or (find("number", word) and word not in {"a", "an"}) for word in words(text))
