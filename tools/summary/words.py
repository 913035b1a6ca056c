"""Decides which sentences a summary has, for whom, and puts them into the words of wordings.yaml. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tools.schemas import MoodLabel, SafetyLabel
from tools.summary.observed import Observed
from tools.summary.schemas import Audience, SummaryLanguage, SummarySentence, Topic
from tools.turns import Turn

HERE = Path(__file__).parent
MOST_GOOD, MOST_TO_PRACTISE, MOST_LIKES = 2, 2, 2
MOST_TOLD = 120
LONGEST_PRAISED, LONGEST_PRACTISED = 10, 12  # words: a longer line is no model sentence
TOLD_TOGETHER = 6
HURT = "mood_hurt"
_BROKEN_OFF = re.compile(r"\W*(?:no|oh|um+|uh|wait|sorry|ha(?:ha)+\w*|but|and|so|because|can|if)\b", re.I)
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
    sentences = [
        *_practised(seen, writer),
        *_went_well(turns, seen, writer),
        *_to_practise(seen, writer),
        *_told(seen, writer, audience),
        *_mood(seen, writer),
        *_grown_up(seen, writer, audience),
    ]
    quiet = writer.sentence("quiet", range(len(turns)))
    return tuple(sentences) or (quiet,)


def needs_grown_up(seen: Observed) -> bool:
    """Whether anything was said that the policy knows."""
    return bool(_urgent(seen))


def _practised(seen: Observed, writer: _Writer) -> Iterator[SummarySentence]:
    if seen.english:
        yield writer.sentence("practised", seen.english, count=len(seen.english))


def _went_well(turns: Sequence[Turn], seen: Observed, writer: _Writer) -> Iterator[SummarySentence]:
    """The longest right sentences: what the child can do at best."""
    short = [
        number
        for number in seen.good
        if len(turns[number].text.split()) <= LONGEST_PRAISED and not _BROKEN_OFF.match(turns[number].text)
    ]
    best = sorted(short, key=lambda number: -len(turns[number].text.split()))[:MOST_GOOD]
    for number in sorted(best):
        yield writer.sentence("went_well", [number], quote=turns[number].text.strip())


def _to_practise(seen: Observed, writer: _Writer) -> Iterator[SummarySentence]:
    """Short sentences to say together; only the coach sees what was wrong in them."""
    short = [found for found in seen.to_practise if len(found.right.split()) <= LONGEST_PRACTISED]
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
    for span in [span for span in dict.fromkeys(liked) if span.turn not in seen.dangers][:MOST_LIKES]:
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
    known = {*_policy()["told_to_parents"], *_policy()["kept_from_home"]}
    return {number: label for number, label in seen.dangers.items() if label in known}
