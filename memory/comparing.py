"""Answers who is the oldest or the youngest, from the ages that were told."""

import re

from memory.facts.names import entity_of
from memory.ports import Remembered
from memory.questions import Query
from memory.records import Record
from memory.text import fold
from memory.timeline import Timeline

_EXTREME = re.compile(
    r"\b(?:(?P<young>youngest|(?:nho|tre|be) (?:tuoi )?nhat)|oldest|eldest|(?:lon|gia) (?:tuoi )?nhat)\b"
)
_RELATIVE = re.compile(r"(\d+) years (older|younger) than you")
FEWEST = 2  # ages: one alone is compared with nobody
CONFIDENCE = 0.9


def compared(query: Query, timeline: Timeline) -> Remembered | None:
    """None when `query` compares no ages, or fewer than two were told."""
    match = _EXTREME.search(fold(query.text))
    ages = [(age, record) for record in timeline.live() if (age := _years(record, timeline)) is not None]
    if match is None or query.form not in {"who", "which", "what"} or len(ages) < FEWEST:
        return None
    choose = min if match["young"] else max
    age, record = choose(ages, key=lambda item: item[0])
    if sum(other == age for other, _ in ages) > 1:
        return None
    return Remembered(
        question=query.text,
        known=True,
        about=f"the {match[0]}",
        answer=_called(record, timeline),
        quote=record.quote,
        confidence=CONFIDENCE,
    )


def _years(record: Record, timeline: Timeline) -> int | None:
    if not record.subject_key.endswith(":age") or record.subject_key.startswith(("pet:", "thing:")):
        return None
    if record.value.isdigit():
        return int(record.value)
    relative, own = _RELATIVE.fullmatch(record.value), timeline.history("me:age")
    if relative is None or not own or not own[-1].record.value.isdigit():
        return None
    years = int(relative[1])
    return int(own[-1].record.value) + (years if relative[2] == "older" else -years)


def _called(record: Record, timeline: Timeline) -> str:
    key = record.subject_key.removesuffix(":age")
    names = [held.record.value for held in timeline.history(f"{key}:name") if held.live]
    if key == "me":
        return "you"
    return names[-1] if names else entity_of(key).label
