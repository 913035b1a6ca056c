"""What the other tools see in a conversation, turn by turn, before a sentence is written about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tools.grammar import GrammarTool
from tools.language import LanguageTool
from tools.mood import MoodTool
from tools.mood.tool import CHEERFUL, HURT
from tools.profile.schemas import FactFinder, ProfileFact
from tools.profile.tool import facts_of
from tools.safety import SafetyTool
from tools.safety.tool import CLASSIFIER
from tools.schemas import MoodLabel, SafetyAnswer, SafetyLabel, TextRequest
from tools.turns import Turn, said_by_learner

MOOD_CONFIDENCE, HURT_CONFIDENCE = 0.7, 0.9  # a parent is not told of sadness on a guess
SURE_OF_DANGER = 0.9  # of a classifier alone; a pattern that fired is sure by itself
CORRECTION_CONFIDENCE = 0.8
SENTENCE_WORDS = 3  # fewer are an answer, not a sentence to praise or to practise


@dataclass(frozen=True)
class Correction:
    """`right`: the whole sentence put right. `wrong`, `instead`: what was changed in it."""

    turn: int
    right: str
    wrong: str
    instead: str


@dataclass(frozen=True)
class Observed:
    """Numbers of the learner's turns by what was seen in them.

    `dangers`: everything that was flagged; `sure`: those that are told outside the house. `good` and `to_practise` are
    of turns without any flag, `facts` of all but `sure`.
    """

    spoken: Sequence[int]
    english: Sequence[int]
    good: Sequence[int]  # English sentences without a fault
    to_practise: Sequence[Correction]
    facts: Sequence[ProfileFact]
    moods: Mapping[int, MoodLabel]
    dangers: Mapping[int, SafetyLabel] = field(default_factory=dict)
    sure: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Readers:
    """The tools that read for the summary."""

    finder: FactFinder
    language: LanguageTool
    grammar: GrammarTool
    mood: MoodTool
    safety: SafetyTool


def observe(turns: Sequence[Turn], readers: Readers) -> Observed:
    """Everything seen, off any model. A turn with a danger or personal data in it is only counted."""
    spoken = [number for number, turn in said_by_learner(turns) if turn.text.strip()]
    screened = {number: readers.safety.run(TextRequest(text=turns[number].text)) for number in spoken}
    harmless = [number for number in spoken if screened[number].label == "safe" and not screened[number].pii]
    sure = frozenset(number for number, answer in screened.items() if _is_sure(answer))
    private = {number for number, answer in screened.items() if answer.pii}
    language = {number: readers.language.run(TextRequest(text=turns[number].text)).language for number in harmless}
    sentences = [
        number for number in harmless if language[number] == "en" and len(turns[number].text.split()) >= SENTENCE_WORDS
    ]
    corrections = {number: _correction(turns, number, readers.grammar) for number in sentences}
    facts = facts_of(turns, readers.finder(turns))
    return Observed(
        spoken=spoken,
        english=[number for number in harmless if language[number] == "en"],
        good=[
            number
            for number, found in corrections.items()
            if found is None and _is_bright(turns[number].text, readers.mood)
        ],
        to_practise=[found for found in corrections.values() if found is not None and found.right],
        facts=[fact for fact in facts if fact.evidence.turn not in {*sure, *private}],
        moods={number: mood for number in harmless if (mood := _mood(turns[number].text, readers.mood)) is not None},
        dangers={number: answer.label for number, answer in screened.items() if answer.label != "safe"},
        sure=sure,
    )


def _is_sure(answer: SafetyAnswer) -> bool:
    return any(flag.fired != CLASSIFIER or flag.confidence >= SURE_OF_DANGER for flag in answer.flags)


def _correction(turns: Sequence[Turn], number: int, grammar: GrammarTool) -> Correction | None:
    """None for a right sentence; `right` is "" where the tool is not sure enough to teach it."""
    text = turns[number].text
    answer = grammar.run(TextRequest(text=text))
    if not answer.edits:
        return None
    sure = all(edit.confidence >= CORRECTION_CONFIDENCE for edit in answer.edits)
    wrong, instead = (
        ", ".join(filter(None, words)) for words in zip(*((e.wrong, e.right) for e in answer.edits), strict=True)
    )
    return Correction(number, answer.corrected if sure else "", wrong, instead)


def _is_bright(text: str, mood: MoodTool) -> bool:
    """Whether nothing but cheer or calm speaks from a line: no other is quoted as well said."""
    return mood.run(TextRequest(text=text)).mood in {*CHEERFUL, "neutral"}


def _mood(text: str, mood: MoodTool) -> MoodLabel | None:
    answer = mood.run(TextRequest(text=text))
    least = HURT_CONFIDENCE if answer.mood in HURT else MOOD_CONFIDENCE
    return answer.mood if answer.confidence >= least and answer.mood != "neutral" else None
