"""Answers a query from facts, else from the one turn that covers it, else says that it was never told."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from memory.dates import day_of_year, spoken
from memory.facts.entity import ME, Entity, widened
from memory.facts.lexicon import find, forms
from memory.notebook import Note
from memory.ports import Remembered
from memory.questions import Query, about
from memory.ranking import query_terms, recency
from memory.records import Record
from memory.text import CAPITALS, concepts, fold, spaced, stem, words
from memory.timeline import Timeline

MIN_COVERAGE = 0.6
MIN_COVERAGE_IF_ALIKE = 0.4
MIN_COVERAGE_OF_CLAIM = 0.8  # "do I have a sister called Hoa?": nearly every word must have been told
MIN_COVERAGE_OF_EVENT = 0.3
ALIKE_COSINE = 0.3
NAME_WEIGHT = 2.0
MIN_CONFIDENCE_UNASKED = 0.75  # for questions that need not be about the past at all
NEIGHBOUR_WEIGHT = 0.5

_MULTIPLE = frozenset({"likes", "dislikes", "fears", "hobby", "can", "allergy"})
_ENDED = re.compile(
    r"\b(?:not|no longer|no more|n't|cannot|off|stop|stopped|finish|finished|lost|sold|die|died|dead|gone"
    r"|gave away|anymore"
    r"|khong|het|chet|mat|ban roi|bo roi)\b|n't\b"
)
_DAY_NAMES = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bthu (?:hai|ba|tu|nam|sau|bay)\b|\bchu nhat\b"
)
_NOW = re.compile(r"\b(?:now|these days|still|current|currently|today|at the moment|bay gio|hien gio|gio|van)\b")
_ASKED_KIND = spaced(
    "colour color name age old date day days kind sort type thing number many long far time which city town"
)
_ASKED_STEMS = frozenset(stem(word) for word in _ASKED_KIND)


@dataclass(frozen=True)
class Told:
    """Everything known when a question comes: all notes, the cosines of the question with them, and the time."""

    notes: Sequence[Note]
    cosines: Mapping[str, float]
    now: datetime

    @cached_property
    def records(self) -> list[Record]:
        return [note.record for note in self.notes]

    @cached_property
    def turns(self) -> list[Note]:
        """The learner's own sentences, questions left out."""
        return [n for n in self.notes if n.record.kind == "episodic" and not n.record.text.rstrip().endswith("?")]


def answer(query: Query, told: Told) -> Remembered | None:
    """None when `query` may be about something else and nothing that was told answers it well."""
    told = _in_time(query, told)
    found = _ordered(query, told) if query.form == "order" else _from_facts(query, told) or _from_turns(query, told)
    certain = query.certain or _spoken_of(query, told)
    if found is not None and (certain or found.confidence >= MIN_CONFIDENCE_UNASKED):
        return found
    return Remembered(question=query.text, known=False, about=about(query)) if certain else None


def _spoken_of(query: Query, told: Told) -> bool:
    """True when two words of the question, or a name in it, stand in one turn: it is about what was told."""
    asked = set(query_terms(query.text)) - _ASKED_STEMS
    names = {fold(name) for name in re.findall(rf"(?<=[\w,] )[{CAPITALS}]\w+", query.text)}
    return any(len(asked & note.content) >= 2 or names & note.content for note in told.turns)


def _in_time(query: Query, told: Told) -> Told:
    """Only what was said, or speaks of, the month or day that the question names."""
    asked = day_of_year(query.text)
    if asked is None or query.form in {"order"}:
        return told
    kept = [n for n in told.notes if any(_within(day, asked.month, asked.day) for day in _days(n.record))]
    return Told(kept, told.cosines, told.now)


def _within(day: date, month: int, day_of_month: int) -> bool:
    return day.month == month and day_of_month in (0, day.day)


def _days(record: Record) -> list[date]:
    return [record.said_at.date(), *([date.fromisoformat(record.on)] if record.on else [])]


def _from_facts(query: Query, told: Told) -> Remembered | None:
    timeline = Timeline(told.records)
    if not query.attribute or query.form == "why":
        return _whole_entity(query, timeline) if query.form == "about" else None
    if query.attribute == "species":
        return _species(query, timeline)
    if query.attribute == "kind":
        return _listed(
            query,
            [r for r in timeline.live() if r.subject_key.startswith("pet:") and r.subject_key.endswith(":count")],
            told,
        )
    if query.attribute in _MULTIPLE:
        prefixes = tuple(f"{key}:{query.attribute}:" for key in _owners(query.entity, timeline))
        return _listed(query, [r for r in timeline.live() if r.subject_key.startswith(prefixes)], told)
    for key in _single_keys(query, timeline):
        history = [item.record for item in timeline.history(key)]
        if not history:
            continue
        if query.when == "now":
            if timeline.history(key)[-1].live:
                return _said(query, history[-1], _with_ages(history[-1], timeline))
            continue
        return _said(query, history[0] if query.when == "first" else history[max(0, len(history) - 2)])
    return None


def _species(query: Query, timeline: Timeline) -> Remembered | None:
    newest = next((r for r in reversed(timeline.live()) if r.subject_key.startswith(f"{query.entity.key}:")), None)
    if newest is None or not query.entity.key.startswith("pet:"):
        return None
    return _said(query, newest, f"a {query.entity.label}")


def _owners(entity: Entity, timeline: Timeline) -> list[str]:
    """Keys of the entity, the exact one first; "sister" also finds the younger sister, "pet" any animal."""
    prefixes = {":".join(key.split(":")[:2]) for key in timeline.keys}
    wider = [
        p for p in sorted(prefixes) if p != entity.key and (widened(p) == entity.key or p.startswith(f"{entity.key}:"))
    ]
    return [entity.key, *wider]


def _single_keys(query: Query, timeline: Timeline) -> list[str]:
    if query.attribute == "favorite":
        return [f"{query.entity.key}:favorite:{query.topic}"] if query.topic else _favourites(query, timeline)
    if (
        query.entity == ME
        and query.attribute == "name"
        and not re.search(r"\bmy name\b|\bten\b|\bi called\b|\bam i called\b", fold(query.text))
    ):
        return []
    attributes = ("lives", "hometown") if query.attribute == "lives" else (query.attribute,)
    keys = [f"{owner}:{attribute}" for owner in _owners(query.entity, timeline) for attribute in attributes]
    newest = {r.subject_key: r.order for r in timeline.live()}
    return sorted(keys, key=lambda key: (key not in newest, -newest[key][0].timestamp() if key in newest else 0.0))


def _favourites(query: Query, timeline: Timeline) -> list[str]:
    asked = set(concepts(query.text))
    return [key for key in timeline.keys if ":favorite:" in key and asked & set(key.rsplit(":", 1)[-1].split("-"))]


def _listed(query: Query, records: Sequence[Record], told: Told) -> Remembered | None:
    """Several values of one kind, newest first; a question for sports or food keeps only what fits its words best."""
    if not records:
        return None
    chosen = sorted(records, key=lambda r: r.order, reverse=True)
    if query.attribute == "kind":
        values = [r.subject_key.split(":")[1].replace("_", " ") for r in chosen]
    else:
        kinds = [k for k in words(query.text) if find("thing", k) and k not in {"thing", "things"}]
        chosen = sorted(chosen, key=lambda r: -told.cosines.get(r.id, 0.0))[:1] if kinds else chosen[:3]
        values = [r.value for r in chosen]
    return Remembered(
        question=query.text,
        known=True,
        about=about(query),
        answer=_joined(values),
        quote=chosen[0].quote,
        confidence=0.9,
    )


def _joined(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} and {values[-1]}"


def _whole_entity(query: Query, timeline: Timeline) -> Remembered | None:
    owned = [r for r in timeline.live() if r.subject_key.startswith(f"{query.entity.key}:") and query.entity != ME]
    return (
        _said(query, owned[-1], f"{owned[-1].about} is {owned[-1].value}" if owned[-1].value else "") if owned else None
    )


def _with_ages(record: Record, timeline: Timeline) -> str:
    """ "2 years older than you" as a number too, when the learner's own age is known."""
    match = re.fullmatch(r"(\d+) years (older|younger) than you", record.value)
    own = timeline.history("me:age")
    if not match or not own or not own[-1].record.value.isdigit():
        return record.value
    years = int(own[-1].record.value) + (int(match[1]) if match[2] == "older" else -int(match[1]))
    return f"{years} ({record.value})"


def _said(query: Query, record: Record, value: str = "") -> Remembered:
    return Remembered(
        question=query.text,
        known=True,
        about=record.about or about(query),
        answer=value or record.value,
        quote=record.quote,
        confidence=0.95,
    )


def _from_turns(query: Query, told: Told) -> Remembered | None:
    best = _best_turn(query, query_terms(query.text), told)
    if best is None:
        return None
    turn, confidence = best
    reply = turn.text
    if query.form == "when" and not (_DAY_NAMES.search(fold(turn.text)) and not turn.on):
        reply = spoken(date.fromisoformat(turn.on) if turn.on else turn.said_at.date())
    elif query.form == "yes_no":
        reply = "no" if _ENDED.search(fold(turn.text)) else "yes"
    return Remembered(
        question=query.text, known=True, about=about(query), answer=reply, quote=turn.text, confidence=confidence
    )


def _ordered(query: Query, told: Told) -> Remembered | None:
    """ "Was A before or after B?" from the days of the turns that tell of A and of B."""
    parts = re.split(r"(?i)\bbefore or after\b|\bafter or before\b|trước hay sau|truoc hay sau", query.text)
    if len(parts) != 2:
        return None
    events = [_best_turn(query, query_terms(part), told, ordering=True) for part in parts]
    if events[0] is None or events[1] is None:
        return None
    first, second = (_when(event[0]) for event in events if event)
    word = "after" if first > second else "before"
    return Remembered(question=query.text, known=True, answer=word, quote=events[0][0].text, confidence=0.7)


def _when(turn: Record) -> tuple[date, int]:
    return (date.fromisoformat(turn.on) if turn.on else turn.said_at.date(), turn.sequence)


def _best_turn(
    query: Query, asked: Sequence[str], told: Told, *, ordering: bool = False
) -> tuple[Record, float] | None:
    terms = [term for term in dict.fromkeys(asked) if term not in _ASKED_STEMS]
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


class _Search:
    """One question against all turns: how much of it each turn covers."""

    def __init__(self, query: Query, terms: Sequence[str], told: Told) -> None:
        self.query = query
        self.told = told
        self.turns = told.turns
        self.held = [note.content for note in self.turns]
        self.aliases = _aliases(query.entity, told.records)
        self.entity = set(concepts(query.entity.label)) | self.aliases
        names = set(concepts(" ".join(re.findall(rf"(?<=[\w,] )[{CAPITALS}]\w+", query.text))))
        self.weights = {term: NAME_WEIGHT if term in names else 1.0 for term in terms}
        self.others = set(concepts(" ".join(_names_told(told.records)))) - self.entity
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
            fresh = recency(note.record.said_at, self.told.now) * (0.5 if self.now else 0.05)
            yield note, covered, cosine + (0.1 if cosine == best else 0.0), fresh

    def coverage(self, index: int) -> float:
        """Share of the question's words that a turn holds; its neighbours in the same talk count half."""
        own = self.held[index]
        near = frozenset[str]().union(*(self.held[at] for at in _near(index, self.turns)))
        total = sum(weight * self._held(term, own, near) for term, weight in self.weights.items())
        if self.query.entity != ME and not self._speaks_of_entity(own, near):
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

    def _speaks_of_entity(self, own: frozenset[str], near: frozenset[str]) -> bool:
        """By noun or name; or by a pronoun, when the turn beside it does and this one names nobody else."""
        return bool(own & self.entity) or (bool(near & self.entity) and not own & self.others)

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
        if 0 <= at < len(turns) and turns[at].record.said_at.date() == turns[index].record.said_at.date():
            yield at


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
