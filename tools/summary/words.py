"""Decides which sentences a summary has, for whom, and puts them into the words of wordings.yaml. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tools.schemas import MoodLabel, SafetyLabel
from tools.summary.observed import SENTENCE_WORDS, Observed
from tools.summary.schemas import Audience, SummaryLanguage, SummarySentence, Topic
from tools.turns import Turn

HERE = Path(__file__).parent
MOST_GOOD, MOST_TO_PRACTISE, MOST_LIKES = 2, 2, 2
MOST_TOLD = 120
LONGEST_PRAISED, LONGEST_PRACTISED = 10, 12  # words: a longer line is no model sentence
TOLD_TOGETHER = 6
HURT = "mood_hurt"
_OPENING = re.compile(r"(?:(?:ok(?:ay)?|fine|yes|yeah|no|hi|hello|hey|and|but|so|um+|uh|oh|well)[\s,.!]+)+", re.I)
_STATEMENT = re.compile(r"(?:i|we|you|he|she|it|they|my|our|his|her|their|the|this|that|there|today|yesterday)\b", re.I)
_NOT_PRAISED = re.compile(  # what nobody wants to be praised for having said
    r"\?|n't\b|\b(?:not|no|never|die[sd]?|dead|kill\w*|hate|hurt\w*|cry|cried|sad|scared|afraid|angry|lazy|stupid|bad|sick|"
    r"ill|fight|fat|ugly|secret|joke|kidding)\b",
    re.I,
)
_MOODS: Mapping[MoodLabel, str] = {
    "happy": "mood_happy", "excited": "mood_happy", "bored": "mood_tired", "tired": "mood_tired",
    "sad": "mood_hurt", "anxious": "mood_hurt", "frustrated": "mood_hurt",
}  # fmt: skip


@cache
def _wordings() -> Mapping[str, Any]:
    wordings: Mapping[str, Any] = yaml.safe_load((HERE / "wordings.yaml").read_text("utf-8"))
    return wordings


@cache
def _policy() -> Mapping[str, Sequence[str]]:
    policy: Mapping[str, Sequence[str]] = yaml.safe_load((HERE / "policy.yaml").read_text("utf-8"))
    return policy


class _Writer:
    """Fills one audience's sentences in one language."""

    def __init__(self, audience: Audience, language: SummaryLanguage, name: str) -> None:
        self._words: Mapping[str, str] = _wordings()[audience][language]
        self._name = name or self._words["name"]

    def sentence(self, topic: Topic, turns: Sequence[int], wording: str = "", **filled: object) -> SummarySentence:
        template = self._words[wording or topic]
        text = template.format(name=self._name, **filled)
        return SummarySentence(topic=topic, text=text[:1].upper() + text[1:], turns=tuple(turns))


def summary(
    turns: Sequence[Turn], seen: Observed, audience: Audience, language: SummaryLanguage, name: str
) -> tuple[SummarySentence, ...]:
    """The sentences in the order they are read: the good first, the worry last."""
    writer = _Writer(audience, language, name)
    told = seen if audience == "coach" else _at_home(seen)
    sentences = [
        *_practised(seen, writer),
        *_went_well(turns, told, writer),
        *_to_practise(told, writer),
        *_told(told, writer, audience),
        *_mood(told, writer),
        *_grown_up(seen, writer, audience),
    ]
    quiet = writer.sentence("quiet", range(len(turns)))
    return tuple(sentences) or (quiet,)


def _at_home(seen: Observed) -> Observed:
    """What may be read at home: nothing from the first danger on, for the talk goes on about it; nothing at all where
    harm may come from home: even "I will tell my grandma" would tell."""
    urgent = _urgent(seen)
    if not urgent:
        return seen
    may_be_home = any(label in _policy()["kept_from_home"] for label in urgent.values())
    end = 0 if may_be_home else min(urgent)
    return replace(
        seen,
        good=[number for number in seen.good if number < end],
        to_practise=[found for found in seen.to_practise if found.turn < end],
        facts=[fact for fact in seen.facts if fact.evidence.turn < end],
        moods={number: mood for number, mood in seen.moods.items() if number < end},
    )


def needs_grown_up(seen: Observed) -> bool:
    """Whether anything was said that the policy knows."""
    return bool(_urgent(seen))


def _practised(seen: Observed, writer: _Writer) -> Iterator[SummarySentence]:
    if seen.english:
        yield writer.sentence("practised", seen.english, count=len(seen.english))


def _went_well(turns: Sequence[Turn], seen: Observed, writer: _Writer) -> Iterator[SummarySentence]:
    """The longest right statements: what the child can do at best, and likes to see again."""
    fit = {turns[number].text.strip().lower(): number for number in seen.good if _is_model(turns[number].text)}
    best = sorted(fit.values(), key=lambda number: -len(turns[number].text.split()))[:MOST_GOOD]
    for number in sorted(best):
        yield writer.sentence("went_well", [number], quote=turns[number].text.strip())


def _is_model(text: str) -> bool:
    is_short = len(text.split()) <= LONGEST_PRAISED
    return is_short and bool(_STATEMENT.match(text)) and not _NOT_PRAISED.search(text)


def _to_practise(seen: Observed, writer: _Writer) -> Iterator[SummarySentence]:
    """Short sentences to say together; only the coach sees what was wrong in them."""
    plain = [replace(found, right=_OPENING.sub("", found.right.strip())) for found in seen.to_practise]
    short = [found for found in plain if SENTENCE_WORDS <= len(found.right.split()) <= LONGEST_PRACTISED]
    for found in short[:MOST_TO_PRACTISE]:
        yield writer.sentence("practise", [found.turn], quote=found.right, wrong=found.wrong, instead=found.instead)


def _told(seen: Observed, writer: _Writer, audience: Audience) -> Iterator[SummarySentence]:
    """For the coach all of it; for child and parent only likes and hopes: the rest was told to Pika."""
    if audience == "coach":
        spans = list(dict.fromkeys(fact.evidence for fact in seen.facts))[:MOST_TOLD]
        for first in range(0, len(spans), TOLD_TOGETHER):
            some = spans[first : first + TOLD_TOGETHER]
            quotes = "”; “".join(span.quote.strip() for span in some)
            yield writer.sentence("told", sorted({span.turn for span in some}), quote=quotes)
        return
    liked = [fact.evidence for fact in seen.facts if fact.kind in ("like", "goal") and fact.live]
    hidden = {*seen.dangers, *(found.turn for found in seen.to_practise)}
    for span in [span for span in dict.fromkeys(liked) if span.turn not in hidden][:MOST_LIKES]:
        yield writer.sentence("likes", [span.turn], quote=span.quote.strip())


def _mood(seen: Observed, writer: _Writer) -> Iterator[SummarySentence]:
    """One sentence: hurt before anything else, then what was usual."""
    by_wording: dict[str, list[int]] = {}
    for number, mood in seen.moods.items():
        if mood in _MOODS:
            by_wording.setdefault(_MOODS[mood], []).append(number)
    if by_wording:
        usual = Counter({wording: len(numbers) for wording, numbers in by_wording.items()}).most_common(1)[0][0]
        chosen = HURT if HURT in by_wording else usual
        yield writer.sentence("mood", by_wording[chosen], chosen)


def _grown_up(seen: Observed, writer: _Writer, audience: Audience) -> Iterator[SummarySentence]:
    urgent = _urgent(seen)
    if audience != "coach":
        urgent = {number: label for number, label in urgent.items() if number in seen.sure}
    at_home = any(label in _policy()["kept_from_home"] for label in _urgent(seen).values())
    if urgent and not (audience == "parent" and at_home):
        yield writer.sentence("grown_up", list(urgent), labels=", ".join(dict.fromkeys(urgent.values())))


def _urgent(seen: Observed) -> Mapping[int, SafetyLabel]:
    return {number: label for number, label in seen.dangers.items() if is_urgent(label)}


def is_urgent(label: SafetyLabel) -> bool:
    """Whether the policy says whom to tell of it."""
    return label in _policy()["told_to_parents"] or label in _policy()["kept_from_home"]
