"""Finds what a learner told in a whole conversation: memory's rules behind the port of the tools that read one."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from infra.scope import LOCAL_TENANT, Scope
from memory.extraction import extract
from memory.facts.fact import Fact
from memory.facts.guards import corrects, doubt, personal, takes_back
from memory.keeping import records_of
from memory.ports import Said
from memory.records import Record
from memory.timeline import Timeline
from tools.profile.schemas import Told
from tools.turns import Turn, said_by_learner

NOWHERE = Scope(LOCAL_TENANT, "conversation")  # nothing is stored
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # of turns without a time: their order counts, their dates do not
MIN_WORDS = 3  # fewer say little by themselves
_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+|\n")
_GOES_ON = re.compile(r"(?:and |then |so |but )?(?:he|she|it|they|nó|họ|cô ấy|anh ấy)\b", re.I)
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|night)|bye|goodbye|see you|thank(?:s| you)|ok|okay|yes|no|"
    r"robot|pika|coach|teacher|again|tomorrow|later|xin|chào|cô|thầy|bạn|ạ|con|em|dạ|vâng|tạm biệt|cảm ơn|how are you|"
    r"i am (?:fine|back|here|ready)|i'm (?:fine|back|here|ready)|today|it'?s me)[\s,.!?]*)+$",
    re.I,
)


def told_in(turns: Sequence[Turn]) -> tuple[Told, ...]:
    """Named facts and sentences that only claim something, oldest first; no jokes, stories, questions or orders."""
    records: list[Record] = []
    found: list[tuple[int, Fact, str]] = []
    sentences: list[Told] = []
    doubted = False  # whether "it has green wings" would go on with a story
    for number, turn in said_by_learner(turns):
        said = _said(turns, number, turn)
        facts = [fact for fact in extract(said, records) if not fact.doubt and (turn.at or not fact.on)]
        made = records_of(NOWHERE, said, facts)
        found += [(number, fact, record.id) for fact, record in zip(facts, made, strict=False) if not fact.denied]
        records += made
        claims, doubted = _claims(turn.text, number, facts, doubted)
        sentences = [*_still_told(sentences, turn.text, number), *claims]
    live = {record.id for record in Timeline(records).live()}
    named = [
        Told(number, _quote(turns[number].text, fact), fact.key, fact.about, fact.value, live=identity in live)
        for number, fact, identity in found
    ]
    return tuple(sorted((*named, *sentences), key=lambda told: told.turn))


def _said(turns: Sequence[Turn], number: int, turn: Turn) -> Said:
    before = turns[number - 1] if number else None
    return Said(
        turn_id=f"{number:04}",
        text=turn.text,
        context=before.text if before is not None and before.speaker == "coach" else "",
        said_at=turn.at or UNDATED + timedelta(minutes=number),
    )


def _quote(text: str, fact: Fact) -> str:
    """The sentence a fact was taken from; the whole turn for a short answer to the coach."""
    return fact.quote if fact.quote and fact.quote in text else text


def _claims(text: str, number: int, facts: Sequence[Fact], doubted: bool) -> tuple[list[Told], bool]:
    """Sentences that no rule has a name for and that nothing speaks against, and whether the last one was doubted."""
    claims: list[Told] = []
    for sentence in filter(None, (part.strip() for part in _SENTENCE.split(text))):
        is_named = any(fact.quote and fact.quote in sentence for fact in facts)
        is_small_talk = len(sentence.split()) < MIN_WORDS or _GREETING.match(sentence) is not None
        doubted = bool(doubt(sentence)) or (doubted and _GOES_ON.match(sentence) is not None)
        if not (is_named or is_small_talk or doubted or corrects(sentence) or personal(sentence)):
            claims.append(Told(number, sentence))
    return claims, doubted


def _still_told(sentences: list[Told], text: str, number: int) -> list[Told]:
    """Without those of the turn that the learner now says was a joke."""
    if not takes_back(text):
        return sentences
    last = max((told.turn for told in sentences if told.turn < number), default=-1)
    return [told for told in sentences if told.turn != last]
