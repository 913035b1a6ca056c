"""Says a child's clause back: "my dog ran away" as "your dog ran away", in the past where its story is."""

import re
from collections.abc import Mapping
from functools import cache

from graphs.decide.kinds import verbs
from lessons.inflection import past, third_person
from providers.scripted import to_second_person

ECHO_WORDS = 9
MIN_ECHO_WORDS = 2

_PAST_TIME = re.compile(r"\b(?:yesterday|last|ago|was|were|did)\b")
_BEGINS = re.compile(
    r" (?:but|because|then|when|\|) | \|$| so (?=(?:i|we|he|she|it|they|my)\b)| and (?=(?:i|we|he|she|it|they|"
    r"then|my|our|the)\b)"
)
_UNFINISHED = re.compile(
    r"\b(?:am|is|are|was|were|can|will|not|do|does|did|like|likes|want|wants|said|says|have|has|hope|think|know|so)$"
)
_TAIL = re.compile(
    r"(?: (?:tho|though|haha|hehe|lol|hihi|and|but|so|very|too|much|then|the|a|my|to|with|in|on|at|of|also|it|"
    r"because|\|))+$"
)
_SUBJECT = re.compile(
    r"^(?P<subject>(?:i|we|they|he|she|it|(?:my|our|the|an?|his|her|one) (?:(?:big|little|older|younger|small|"
    r"baby|best|new|old|"
    r"pet|two|three) )?"
    r"\w+(?: and i)?))(?: (?:also|always|often|usually|sometimes|really|never|just|all))? (?P<verb>[a-z]+)"
)
_CONTINUES = re.compile(
    r"\b(?:now|next|tomorrow|every|always|usually|often|sometimes|will|can|going to|am|is|are|want|like|love|have to)\b"
)
_JOINED_VERB = re.compile(r"( and )([a-z]+)\b")
_STATES = frozenset(
    {"be", "have", "like", "love", "live", "feel", "miss", "hope", "dream", "hurt", "work", "study", "call"}
)
_FIRST = frozenset({"i", "we", "they"})
_MODAL = frozenset({"am", "are", "is", "was", "were", "can", "will", "could", "would", "should", "do", "does", "did"})


def said_back(line: str, lowered: str, start: int, *, in_past: bool) -> str:
    """The clause that begins at `start`, for saying back; "" where it is long, short or not plainly well formed."""
    start = _subject_before(lowered, start)
    clause = lowered[start:]
    end = _BEGINS.search(clause, len("i am "))
    size = end.start() if end is not None else len(clause)
    said = _TAIL.sub("", line[start : start + size]).strip()
    if in_past or _PAST_TIME.search(lowered):
        said = _told_as_past(said, lowered)
    words = said.lower().replace("*", "").split()
    if (
        not MIN_ECHO_WORDS <= len(words) <= ECHO_WORDS
        or _UNFINISHED.search(said.lower())
        or _is_foreign(said)
        or not ("**" in said or _well_formed(said.lower(), lowered))
    ):
        return ""
    return to_second_person(said[0].upper() + said[1:])


def _subject_before(line: str, at: int) -> int:
    """Where the clause around `at` begins, if it begins with its subject; else `at`."""
    ends = [boundary.end() for boundary in _BEGINS.finditer(line) if boundary.end() <= at]
    start = ends[-1] if ends else 0
    return start if start <= at and _SUBJECT.match(line[start:]) else at


def is_past(lowered: str, *, in_past: bool) -> bool:
    """Whether a line is of the past: by its words, or as its story is (`in_past`) where no word speaks for now."""
    if _PAST_TIME.search(lowered) is not None or any(word in _pasts() for word in lowered.split()):
        return True
    return in_past and _CONTINUES.search(lowered) is None


def _told_as_past(clause: str, line: str) -> str:
    """The clause with the bare verbs of its subject in the past, marked: "we **swam** and **built** a house"."""
    match = _SUBJECT.match(clause.lower())
    if match is None or _CONTINUES.search(line) or match["verb"] not in _presents():
        return clause
    start, end = match.span("verb")
    rest = _JOINED_VERB.sub(_joined_past, clause[end:])
    return f"{clause[:start]}**{_presents()[match['verb']]}**{rest}"


def _joined_past(joined: re.Match[str]) -> str:
    return f"{joined[1]}**{_presents()[joined[2]]}**" if joined[2] in _presents() else joined[0]


@cache
def _presents() -> Mapping[str, str]:
    """Present forms of verbs of doing with their past: "swim", "swims" -> "swam"."""
    doing = verbs() - _STATES
    return {form: past(verb) for verb in doing for form in (verb, third_person(verb)) if past(verb) not in (verb, form)}


@cache
def _pasts() -> frozenset[str]:
    """Past forms that are no other form of their verb."""
    return frozenset(past(verb) for verb in verbs()) - verbs()


def _is_foreign(clause: str) -> bool:
    """Whether a word of it is Vietnamese and no name."""
    return any(not word.isascii() and word[0].islower() for word in clause.split())


def _well_formed(clause: str, line: str) -> bool:
    match = _SUBJECT.match(clause)
    if match is None:
        return False
    subject, verb = match["subject"], match["verb"]
    if verb in _MODAL or verb in _pasts() or (verb.endswith("ed") and len(verb) > 4):
        return True
    if _PAST_TIME.search(line) or verb.endswith("ing"):
        return False
    plural = subject in _FIRST or subject.endswith((" and i", "s"))
    return plural != (verb.endswith("s") and not verb.endswith("ss"))
