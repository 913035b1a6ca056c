"""Facts that a chat model finds in a turn: only those that the turn itself bears out become facts."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Literal, Protocol, TypeVar

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, Field

from infra.errors import CoachError
from memory.dates import day_of_year
from memory.extraction import extract
from memory.facts.entity import ME, Entity, named
from memory.facts.fact import Fact
from memory.facts.guards import doubt, personal, takes_back
from memory.facts.lexicon import number
from memory.ports import Said
from memory.records import Record
from memory.text import composed, concepts, fold, slug

_log = logging.getLogger(__name__)

Attribute = Literal[
    "name", "age", "birthday", "job", "lives", "color", "likes", "dislikes", "fears", "hobby", "can", "wants_to_be",
    "allergy",
]  # fmt: skip
MANY_VALUED = frozenset({"likes", "dislikes", "fears", "hobby", "can", "allergy"})
CONFIDENCE = 0.8
NOT_GROUNDED = "not grounded"

ShapeT = TypeVar("ShapeT", bound=BaseModel)
Finder = Callable[[Said, Sequence[Record]], Awaitable[Sequence[Fact]]]


class ToldFact(BaseModel):
    subject: str = Field(max_length=40)
    attribute: Attribute
    value: str = Field(max_length=80)
    quote: str = Field(max_length=300)
    denied: bool = False


class ToldFacts(BaseModel):
    facts: list[ToldFact] = Field(max_length=12)


class Models(Protocol):
    """The part of `providers.structured.StructuredModels` that is used."""

    async def ask(self, shape: type[ShapeT], messages: Sequence[BaseMessage]) -> tuple[ShapeT, str]: ...


def finder_of(models: Models, instructions: Callable[[str], str]) -> Finder:
    """Asks the model, and falls back to the rules. `instructions` words the task after the coach's line.

    What the rules take back ("just kidding") and what they observe of learning is kept beside the model's facts.
    """

    async def find(said: Said, recent: Sequence[Record]) -> Sequence[Fact]:
        by_rules = extract(said, recent)
        line = f"<line>{composed(said.text).replace('<', '(')}</line>"
        try:
            answer, _ = await models.ask(ToldFacts, [SystemMessage(instructions(said.context)), HumanMessage(line)])
        except CoachError as error:
            _log.info("facts are found by rules: %s", error.code)
            return by_rules
        kept = [fact for fact in by_rules if fact.denied or fact.kind == "procedural"]
        return [*kept, *(fact for told in answer.facts if (fact := checked(told, said)) is not None)]

    return find


def checked(told: ToldFact, said: Said) -> Fact | None:
    """The fact, with a doubt when the turn does not bear it out; None when its subject is nobody."""
    entity = _entity(told.subject)
    if entity is None or not told.value.strip():
        return None
    key = f"{entity.key}:{told.attribute}"
    if told.attribute in MANY_VALUED:
        key += f":{slug(told.value)}"
    about = entity.possessive(told.attribute.replace("_", " "))
    value = told.value.strip()
    return Fact(
        key, value, about, told.quote.strip(), denied=told.denied, doubt=_doubt(told, said), confidence=CONFIDENCE
    )


def _entity(subject: str) -> Entity | None:
    return ME if fold(subject).strip() in {"me", "i", "con", "em", "minh"} else named(subject)


def _doubt(told: ToldFact, said: Said) -> str:
    text, quote = fold(composed(said.text)), fold(composed(told.quote))
    if not quote or quote not in text:
        return NOT_GROUNDED
    if personal(told.value) or personal(told.quote):
        return "personal"
    if takes_back(said.text):
        return "joke"
    sentence = next((part for part in _sentences(said.text) if quote in fold(part)), said.text)
    return doubt(sentence) or ("" if borne_out(told.value, f"{said.context} {told.quote}") else NOT_GROUNDED)


def _sentences(text: str) -> list[str]:
    return [part for part in composed(text).replace("!", ".").split(". ") if part]


def borne_out(value: str, source: str) -> bool:
    """Every content word of the value was said, in whatever form; or its number or date was."""
    if fold(value) in fold(source) or set(concepts(value)) <= set(concepts(source)):
        return True
    count = number(value)
    if count is not None:
        return any(number(word) == count for word in source.split())
    day = day_of_year(value)
    return day is not None and day == day_of_year(source)
