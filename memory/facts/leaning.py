"""Facts that lean on what was said just before: corrections, things taken back, short answers to a question."""

import re
from collections.abc import Iterator, Sequence

from memory.dates import day_of_year
from memory.facts.clause import name_from, value_from
from memory.facts.entity import Names
from memory.facts.fact import Fact
from memory.facts.guards import claims_nothing
from memory.facts.lexicon import find, number
from memory.questions import Query, about, parse
from memory.records import Record
from memory.text import composed, fold, slug, words

_SHORT_ANSWER_WORDS = 5


def mended(text: str, sentence: str, recent: Sequence[Record]) -> Iterator[Fact]:
    """ "no wait it is May 15", "well, she is a cook now": the value just told, replaced by another of its kind."""
    told = next((r for r in reversed(recent) if r.kind == "semantic" and r.stance == "claim"), None)
    if told is None:
        return
    flat = fold(text)
    rest = re.sub(
        r"^(?:(?:oh|no|wait|sorry|i mean|actually|ok|it|is|it's|he|she|a|an|khong phai|nham|la|ma)\b[\s,]*)+", "", flat
    )
    value = text[len(text) - len(rest) :].strip(" .!")
    attribute = told.subject_key.rsplit(":", 1)[-1]
    typed = _typed(attribute, value)
    if typed and "not" not in flat.split():
        yield Fact(told.subject_key, typed, told.about, sentence)


def _typed(attribute: str, value: str) -> str:
    """`value` when it is of the attribute's kind, else ""."""
    if attribute == "birthday":
        day = day_of_year(f"in {value}")
        return day.spoken() if day else ""
    if attribute == "age":
        years = number(value.split()[0]) if value else None
        return str(years) if years else ""
    if attribute == "name":
        return name_from(value) if value[:1].isupper() else ""
    if attribute in {"color", "colour"}:
        return find("colour", value) or ""
    if attribute == "job":
        return find("job", value) or ""
    return ""


def retractions(recent: Sequence[Record]) -> Iterator[Fact]:
    """Takes back the facts of the learner's last telling turn."""
    before = next((r.turn_id for r in reversed(recent)), "")
    for record in recent:
        if record.turn_id == before and record.kind == "semantic" and record.stance == "claim":
            yield Fact(record.subject_key, "", record.about, record.quote, denied=True)


def short_answer(text: str, context: str, names: Names) -> Iterator[Fact]:
    """ "Rex", after the coach asked "What is your dog's name?"."""
    query = parse(_asked(context), names) if context else None
    if query is None or not query.attribute or len(words(text)) > _SHORT_ANSWER_WORDS or claims_nothing(text):
        return
    told = re.sub(
        r"(?i)^(?:(?:it's|it is|it|is|he is|she is|he's|she's|they are|i am|i'm|my|yes|um|uh|oh|the|da"
        r"|thua co|la|ten|ten la)\b[\s,]*)+",
        "",
        text,
    ).strip(" .!")
    value = _typed(query.attribute, told[:1].upper() + told[1:] if query.attribute == "name" else told)
    if not value and query.attribute not in {"birthday", "age", "name", "color", "job", "count"}:
        value = value_from(told)
    if value and not re.match(r"(?i)(?:no|yes|i don't know|not|khong|dont know)\b", value):
        yield _answering(query, value, f"{context.strip()} {text}")


def _answering(query: Query, value: str, quote: str) -> Fact:
    multi = query.attribute in {"likes", "dislikes", "fears", "hobby", "can", "allergy"}
    key = f"{query.entity.key}:{query.attribute}"
    key += f":{slug(value)}" if multi else f":{query.topic}" if query.attribute == "favorite" else ""
    return Fact(key, value, about(query), quote)


def _asked(context: str) -> str:
    """The coach's last question, seen from the learner: "your" becomes "my"."""
    questions = re.findall(r"[^.!?]*\?", composed(context))
    question = questions[-1].strip() if questions else ""
    for mine, yours in (("my", "your"), ("am i", "are you"), ("do i", "do you"), ("i", "you")):
        question = re.sub(rf"(?i)\b{yours}\b", mine, question)
    return re.sub(r"(?i)\bcủa bạn\b", "của con", re.sub(r"(?i)(?<!của )\bbạn\b(?! thân)", "con", question))
