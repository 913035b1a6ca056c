"""Answers a query from facts, else from the one turn that covers it, else says that it was never told."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from memory.comparing import compared
from memory.dates import DayOfYear, day_of_year, spoken
from memory.facts.entity import ME, Entity, widened
from memory.facts.lexicon import find
from memory.lexical import query_terms
from memory.notebook import FactBook
from memory.ports import Remembered
from memory.questions import Query, about
from memory.quoting import ASKED_STEMS, DAY_NAMES, Told, asks_days, best_turn, linked_turn
from memory.records import Record
from memory.text import CAPITALS, concepts, fold, words
from memory.timeline import Timeline

MIN_CONFIDENCE_UNASKED = 0.75  # for questions that need not be about the past at all

_MULTIPLE = frozenset({"likes", "dislikes", "fears", "hobby", "can", "allergy"})
_ENDED = re.compile(
    r"\b(?:not|no longer|no more|n't|cannot|off|stop|stopped|finish|finished|lost|sold|die|died|dead|gone"
    r"|gave away|anymore"
    r"|khong|het|chet|mat|ban roi|bo roi)\b|n't\b"
)


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
    asked = set(query_terms(query.text)) - ASKED_STEMS
    names = {fold(name) for name in re.findall(rf"(?<=[\w,] )[{CAPITALS}]\w+", query.text)}
    return any(len(asked & note.content) >= 2 or names & note.content for note in told.turns)


def _in_time(query: Query, told: Told) -> Told:
    """Only what was said, or speaks of, the month or day that the question names."""
    asked = day_of_year(query.text)
    if asked is None or query.form in {"order"}:
        return told
    facts = [record for record in told.book.records if _in_month_or_day(record, asked)]
    turns = [note for note in told.turns if _in_month_or_day(note.record, asked)]
    return replace(told, book=FactBook(facts), turns=turns)


def _in_month_or_day(record: Record, asked: DayOfYear) -> bool:
    return any(day.month == asked.month and asked.day in (0, day.day) for day in _days(record))


def _days(record: Record) -> list[date]:
    return [record.said_at.date(), *([date.fromisoformat(record.on)] if record.on else [])]


def _from_facts(query: Query, told: Told) -> Remembered | None:
    timeline = told.book.timeline
    if (found := compared(query, timeline)) is not None:
        return found
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
    best = best_turn(query, query_terms(query.text), told)
    if best is None or (asks_days(query) and not DAY_NAMES.search(fold(best[0].text)) and not best[0].on):
        best = linked_turn(query, told) or best
    if best is None:
        return None
    turn, confidence = best
    reply = turn.text
    if query.form == "when" and not (DAY_NAMES.search(fold(turn.text)) and not turn.on):
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
    events = [best_turn(query, query_terms(part), told, ordering=True) for part in parts]
    if events[0] is None or events[1] is None:
        return None
    first, second = (_when(event[0]) for event in events if event)
    word = "after" if first > second else "before"
    return Remembered(question=query.text, known=True, answer=word, quote=events[0][0].text, confidence=0.7)


def _when(turn: Record) -> tuple[date, datetime]:
    return (date.fromisoformat(turn.on) if turn.on else turn.said_at.date(), turn.said_at)
