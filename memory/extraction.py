"""Finds the facts in a learner's turn by rules; the seam (`Extractor`) is where a model may stand instead."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from memory.dates import resolve, spoken
from memory.facts import english, vietnamese
from memory.facts.entity import Entity, Names
from memory.facts.fact import Fact
from memory.facts.guards import corrects, doubt, personal, takes_back
from memory.facts.leaning import mended, retractions, short_answer
from memory.facts.learning import habits
from memory.facts.names import known_names
from memory.facts.subject import clauses, last_entity, read, spoken_of
from memory.ports import Said
from memory.records import Record
from memory.text import composed, fold, slug

_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+|\n")
_EVENT = re.compile(
    r"(?:(?:an?|the|my|our)\s+)?(?:(?!have|has|had|go|went|to|is|the|a|an|my|our|for|at)[a-z]+\s+)?"
    r"(?:test|exam|party|concert|contest|competition|trip|match|race|wedding|show|performance|picnic|final)\b"
    r"|\b(?:bai kiem tra|kiem tra|thi|cuoc thi|tiec|dam cuoi|buoi dien|tran dau|chuyen di)(?:\s+"
    r"(?:toan|tieng anh|ve|boi))?\b"
)
_I_OR_WE = re.compile(r"\b(?:i|we|my|our|con|em|minh|toi|tui|chau)\b")
ONE_TALK = timedelta(hours=12)  # how far "he" and "no, wait" reach back
MAX_VALUE, MAX_QUOTE = 80, 300  # characters


def facts_of(
    text: str, said_at: datetime, *, context: str = "", language: str = "en", recent: Sequence[Record] = ()
) -> tuple[Fact, ...]:
    """The facts a learner tells in `text`, latest last; `context` is the coach's line before.

    `said_at` is in the learner's time zone: its date is what "tomorrow" counts from.
    """
    said = Said(turn_id="", text=text, context=context, said_at=said_at, language=language)
    return tuple(fact for fact in extract(said, recent) if not fact.doubt)


def extract(said: Said, recent: Sequence[Record]) -> tuple[Fact, ...]:
    """The facts in `said`, latest last, those that must not be believed with their doubt.

    `recent`: what the learner said before, oldest first, facts included.
    """
    text = composed(said.text)
    names = known_names(recent)
    recent = [record for record in recent if abs(said.said_at - record.said_at) < ONE_TALK]
    back = takes_back(text)
    facts: list[Fact] = [*retractions(recent)] if back else []
    last = last_entity(recent)
    for sentence in _SENTENCE.split(text):
        if sentence:
            found, last = _doubted(sentence, names, last, recent, said.said_at.date())
            facts += found
    if back or not any(not fact.doubt for fact in facts):
        facts += short_answer(text, said.context, names)
    return tuple(_fit([*facts, *habits(said)]))


def _doubted(
    sentence: str, names: Names, last: Entity | None, recent: Sequence[Record], today: date
) -> tuple[list[Fact], Entity | None]:
    """A sentence's facts, with what speaks against them. A question tells nothing at all."""
    reason = doubt(sentence)
    if reason == "question":
        return [], last
    told, spoken_about = _from_sentence(sentence, names, last, recent)
    found = [*told, *events(sentence, today)]
    if not reason:
        return found, spoken_about
    return [replace(fact, doubt=reason) for fact in found if not fact.denied], last


def events(sentence: str, today: date) -> Iterator[Fact]:
    """Something of the learner's on a day that the sentence names, seen from `today` where the learner lives."""
    flat = fold(sentence)
    match = _EVENT.search(flat) if _I_OR_WE.search(flat) else None
    day = resolve(sentence, today) if match else None
    if match and day:
        event = re.sub(r"^(?:an?|the|my|our|mon)\s+", "", sentence[match.start() : match.end()]).strip()
        yield Fact(
            f"event:{slug(event)}", spoken(day), f"the day of your {event}", sentence.strip(), on=day.isoformat()
        )


def _from_sentence(
    sentence: str, names: Names, last: Entity | None, recent: Sequence[Record]
) -> tuple[list[Fact], Entity | None]:
    facts: list[Fact] = []
    corrected = corrects(sentence)
    for text in clauses(sentence):
        clause = read(text, sentence, names, last)
        found = [
            *english.facts(clause),
            *vietnamese.facts(clause),
            *english.called(clause, last),
            *vietnamese.called(clause, last),
        ]
        if not found and corrected:
            found = list(mended(text, sentence, recent))
        facts += found
        last = spoken_of(found, clause, last)
    return facts, last


def _fit(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Contact data and whole stories are no facts."""
    for fact in facts:
        if not personal(fact.value) and len(fact.value) < MAX_VALUE:
            yield replace(fact, quote=fact.quote[:MAX_QUOTE])
