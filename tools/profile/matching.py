"""Decides what suits a learner: a score of shared interests, goals, level and age, with its reasons. Pure."""

import re
from collections.abc import Iterable, Sequence

from tools.profile.schemas import Candidate, Level, ProfileMatchRequest, Suited
from tools.text import strip_marks

INTEREST, GOAL, LEVEL, AGE = 0.45, 0.25, 0.2, 0.1  # weights of what is shared; they sum to 1
DISLIKED = 0.5  # taken off for a candidate that is about something the learner does not like
ENOUGH_SHARED = 2  # as many shared interests are as good as more
AGE_YEARS = 3  # this far apart in age counts nothing
_LEVELS: Sequence[Level] = ("A1", "A2", "B1")
_NO_CONTENT = frozenset(
    ("a", "an", "the", "to", "of", "and", "or", "in", "on", "at", "with", "my", "i", "be", "is", "are", "do", "for",
     "play", "go", "like", "learn", "want", "can")
)  # fmt: skip


def ranked(request: ProfileMatchRequest) -> tuple[Suited, ...]:
    """The best `limit` candidates with a reason, best first; equal scores in the order they were given."""
    left = [candidate for candidate in request.candidates if candidate.id not in request.done]
    scored = [suited for candidate in left if (suited := _suited(request, candidate)).reasons]
    return tuple(sorted(scored, key=lambda suited: -suited.score)[: request.limit])


def _suited(request: ProfileMatchRequest, candidate: Candidate) -> Suited:
    about = [candidate.title, *candidate.words]
    liked, wanted, disliked = (_shared(values, about) for values in (request.likes, request.goals, request.dislikes))
    score = INTEREST * min(1.0, len(liked) / ENOUGH_SHARED) + GOAL * bool(wanted) - DISLIKED * bool(disliked)
    reasons = [f"likes {value}" for value in liked] + [f"wants {value}" for value in wanted]
    if request.level is not None and candidate.level is not None:
        apart = abs(_LEVELS.index(request.level) - _LEVELS.index(candidate.level))
        score += LEVEL * max(0.0, 1 - apart)
        reasons += [f"level {candidate.level}"] if apart == 0 else []
    if request.age is not None and candidate.age is not None:
        near = max(0.0, 1 - abs(request.age - candidate.age) / AGE_YEARS)
        score += AGE * near
        reasons += [f"age {candidate.age}"] if near else []
    reasons += [f"but does not like {value}" for value in disliked] if reasons else []
    return Suited(
        id=candidate.id, kind=candidate.kind, score=round(min(1.0, max(0.0, score)), 4), reasons=tuple(reasons)
    )


def _shared(values: Iterable[str], about: Sequence[str]) -> list[str]:
    """The values that share a content word with what a candidate is about."""
    known = {word for text in about for word in content(text)}
    return [value for value in dict.fromkeys(values) if content(value) & known]


def content(text: str) -> frozenset[str]:
    """The words of `text` that mean something: lower case, singular, and Vietnamese words together, without marks.

    A Vietnamese thing is often two syllables that mean other things alone: marked text counts as one word.
    """
    lowered = text.strip().lower()
    if strip_marks(lowered) != lowered:
        return frozenset({strip_marks(lowered)})
    return frozenset(_singular(word) for word in re.findall(r"[^\W\d_]+", lowered) if word not in _NO_CONTENT)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
