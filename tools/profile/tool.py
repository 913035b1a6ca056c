"""PROFILE_EXTRACTION_TOOL and PROFILE_MATCHING_TOOL."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from tools.grounding import is_grounded
from tools.language import LanguageTool
from tools.ports import Terms, ToolAnswer, ToolRequest
from tools.profile.level import level_signs
from tools.profile.matching import ranked
from tools.profile.schemas import (
    FactFinder,
    FactKind,
    ProfileAnswer,
    ProfileFact,
    ProfileMatchAnswer,
    ProfileMatchRequest,
    ProfileRequest,
    Told,
)
from tools.schemas import TextRequest
from tools.turns import Turn, said_by_learner, span_of

DEADLINE_MS = 5000  # for the longest conversation
NAMED, SAID = (
    0.9,
    0.97,
)  # how often a fact that a rule named holds, and a sentence that is only quoted; see the model card
_ENGLISH = frozenset({"en", "mixed"})
_KINDS: Mapping[str, FactKind] = {
    "likes": "like", "favorite": "like", "hobby": "like", "dislikes": "dislike", "fears": "dislike",
    "wants_to_be": "goal", "wants": "goal", "goal": "goal",
}  # fmt: skip


class ProfileExtractionTool:
    """Finds what a learner told. `finder` does the reading, `language` says which turns are English."""

    name: ClassVar[str] = "PROFILE_EXTRACTION_TOOL"
    request: ClassVar[type[ToolRequest]] = ProfileRequest
    answer: ClassVar[type[ToolAnswer]] = ProfileAnswer
    terms: ClassVar[Terms] = Terms(deadline_ms=DEADLINE_MS)

    def __init__(self, finder: FactFinder, language: LanguageTool) -> None:
        self._finder = finder
        self._language = language

    def warm(self) -> None:
        self.run(ProfileRequest(turns=(Turn(text="I have a cat"),)))

    def run(self, request: ProfileRequest, /) -> ProfileAnswer:
        facts = facts_of(request.turns, self._finder(request.turns))
        english = [number for number, turn in said_by_learner(request.turns) if self._is_english(turn.text)]
        confidence = min((fact.confidence for fact in facts), default=SAID)
        return ProfileAnswer(facts=facts, level=level_signs(request.turns, english), confidence=confidence)

    def _is_english(self, text: str) -> bool:
        return self._language.run(TextRequest(text=text)).language in _ENGLISH


class ProfileMatchingTool:
    """Ranks candidates for a profile. Pure; it needs no loading."""

    name: ClassVar[str] = "PROFILE_MATCHING_TOOL"
    request: ClassVar[type[ToolRequest]] = ProfileMatchRequest
    answer: ClassVar[type[ToolAnswer]] = ProfileMatchAnswer

    def warm(self) -> None:
        return

    def run(self, request: ProfileMatchRequest, /) -> ProfileMatchAnswer:
        matches = ranked(request)
        return ProfileMatchAnswer(matches=matches, confidence=matches[0].score if matches else 0.0)


def kind_of(key: str) -> FactKind:
    """ "me:likes:noodles" is a like, "pet:dog:name" a fact, "" something told. What kin or friends like is a fact."""
    if not key:
        return "told"
    owner, _, rest = key.partition(":")
    return _KINDS.get(rest.partition(":")[0], "fact") if owner == "me" else "fact"


def facts_of(turns: Sequence[Turn], found: Sequence[Told]) -> tuple[ProfileFact, ...]:
    """What was found, oldest first, each on its sentence.

    A value that does not stand in its turn (an age that was reckoned, a translation) is not passed on: the sentence is.
    """
    named = [_named(turns, told) for told in found if told.key and is_grounded(told.value, turns[told.turn].text)]
    taken = {fact.evidence for fact in named}
    quoted = {span_of(turns, told.turn, told.quote): told for told in found}
    told = [
        ProfileFact(kind="told", evidence=span, live=told.live, confidence=SAID)
        for span, told in quoted.items()
        if span not in taken
    ]
    return tuple(sorted((*named, *told), key=lambda fact: (fact.evidence.turn, fact.evidence.start)))


def _named(turns: Sequence[Turn], told: Told) -> ProfileFact:
    evidence = span_of(turns, told.turn, told.quote)
    return ProfileFact(kind=kind_of(told.key), key=told.key, about=told.about, value=told.value, evidence=evidence,
                       live=told.live, confidence=NAMED)  # fmt: skip
