"""Turns what was said, and the facts found in it, into records; pure."""

from collections.abc import Mapping, Sequence

from infra.scope import Scope
from memory.dates import resolve
from memory.facts.fact import Fact
from memory.ports import Said
from memory.records import TURN_SEQUENCE, Record, Stance, fact_point, turn_point

# 0 to 1; the first part of a key that matches counts
IMPORTANCE: Mapping[str, float] = {
    "allergy": 1.0,
    ":name": 0.9,
    "family:": 0.8,
    "pet:": 0.8,
    "fears": 0.8,
    "friend:": 0.7,
    "birthday": 0.7,
    "event:": 0.6,
}
USUAL_IMPORTANCE, TURN_IMPORTANCE = 0.5, 0.3


def records_of(scope: Scope, said: Said, facts: Sequence[Fact]) -> list[Record]:
    """Believed facts in the order they were told, then the turn with what was not believed."""
    believed = [fact for fact in facts if not fact.doubt]
    told = [fact_record(scope, fact, said, index) for index, fact in enumerate(believed)]
    day = resolve(said.text, said.said_at.date())
    turn = Record(
        id=turn_point(scope, said.turn_id),
        kind="episodic",
        text=said.text,
        context=said.context,
        said_at=said.said_at,
        turn_id=said.turn_id,
        sequence=TURN_SEQUENCE,
        language=said.language,
        on=day.isoformat() if day else "",
        importance=TURN_IMPORTANCE,
        confidence=1.0,
        speaker=said.speaker,
        quarantined=tuple((fact.key, fact.value, fact.doubt) for fact in facts if fact.doubt),
    )
    return [*told, turn]


def fact_record(scope: Scope, fact: Fact, said: Said, sequence: int) -> Record:
    stance: Stance = "retraction" if fact.denied else "claim"
    return Record(
        id=fact_point(scope, fact.kind, fact.key, fact.value, stance),
        kind=fact.kind,
        text=fact.text,
        said_at=said.said_at,
        turn_id=said.turn_id,
        sequence=sequence,
        language=said.language,
        subject_key=fact.key,
        about=fact.about,
        value=fact.value,
        quote=fact.quote,
        on=fact.on,
        stance=stance,
        importance=importance(fact.key),
        confidence=fact.confidence,
        speaker=said.speaker,
    )


def importance(key: str) -> float:
    return next((weight for part, weight in IMPORTANCE.items() if part in key), USUAL_IMPORTANCE)
