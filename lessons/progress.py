"""What a learner has done and knows, as a pure fold over the evidence log.

A plain dict, canonical as JSON, that grows with the number of different items and steps and not with history:

    {"steps":   {"a1-u1-l1/meet-hello": "2026-01-05T09:00:00+00:00"},       when it was first done
     "lessons": {"a1-u1-l1": {"started": ..., "done": ...}},                last times
     "items":   {"word:cat": {"seen": 3, "right": 2, "wrong": 1, "unaided": 1, "hints": 2,
                              "used": 1, "last": ..., "last_right": ..., "order": 17}},
     "cards":   {"word:cat": {...}},                                        FSRS cards: words, sounds once missed
     "count":   42, "last": ...}                                            observations folded, time of the last

`order` is the number of the observation that was the last right one: it breaks ties of time.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from lessons.ports import Observation
from lessons.scheduling import due_at, rating, reviewed, utc

WORD = "word:"
SOUND = "sound:"
_GRADED = frozenset({"answer", "review", "sound"})


def fold(progress: Mapping[str, Any], observed: Sequence[Observation]) -> dict[str, Any]:
    """Progress after `observed`: fold(fold(p, a), b) == fold(p, a + b). `progress` itself is not changed."""
    folded: dict[str, Any] = {"steps": {}, "lessons": {}, "items": {}, "cards": {}, "count": 0, "last": ""}
    folded |= deepcopy(dict(progress))
    for observation in observed:
        _add(folded, observation)
    return folded if folded["count"] else {}


def step_done(progress: Mapping[str, Any], lesson_id: str, step_id: str) -> bool:
    return f"{lesson_id}/{step_id}" in progress.get("steps", {})


def with_step_done(progress: Mapping[str, Any], lesson_id: str, step_id: str) -> dict[str, Any]:
    """A copy in which that step counts as done: for looking ahead before the turn is recorded."""
    done = {f"{lesson_id}/{step_id}": progress.get("last", "")}
    return {**progress, "steps": {**done, **progress.get("steps", {})}}


def lesson_closed(progress: Mapping[str, Any], lesson_id: str) -> str:
    """When the lesson was last finished as a whole; "" when it never was."""
    return str(progress.get("lessons", {}).get(lesson_id, {}).get("done", ""))


def due_items(progress: Mapping[str, Any], now: datetime) -> list[str]:
    """Words and sounds whose review is due at `now`, most overdue first."""
    now = utc(now)
    due = [(due_at(card), item) for item, card in progress.get("cards", {}).items()]
    return [item for at, item in sorted(due) if at <= now]


def learned_words(progress: Mapping[str, Any], since: datetime) -> list[str]:
    """Words said right since `since`, in the order of their last time."""
    since = utc(since)
    items = progress.get("items", {}).items()
    right = [
        (at, counts["order"], item.removeprefix(WORD))
        for item, counts in items
        if item.startswith(WORD)
        and counts["last_right"]
        and (at := datetime.fromisoformat(counts["last_right"])) >= since
    ]
    return [word for _, _, word in sorted(right)]


def times_asked(progress: Mapping[str, Any], item: str) -> int:
    counts = progress.get("items", {}).get(item, {})
    return int(counts.get("right", 0)) + int(counts.get("wrong", 0))


def _add(folded: dict[str, Any], observation: Observation) -> None:
    at = utc(observation.at).isoformat()
    folded["count"] += 1
    folded["last"] = max(folded["last"], at)
    if observation.kind in ("lesson_started", "lesson_done"):
        _mark_lesson(folded, observation, at)
        return
    if _finishes_step(observation):
        folded["steps"].setdefault(f"{observation.lesson_id}/{observation.step_id}", at)
    if observation.item:
        _count(folded, observation, at)
        _schedule(folded, observation)


def _mark_lesson(folded: dict[str, Any], observation: Observation, at: str) -> None:
    marks = folded["lessons"].setdefault(observation.lesson_id, {"started": "", "done": ""})
    marks["started" if observation.kind == "lesson_started" else "done"] = at


def _finishes_step(observation: Observation) -> bool:
    if not observation.lesson_id or not observation.step_id:
        return False
    return observation.kind == "moved_on" or (observation.kind == "answer" and observation.correct is True)


def _count(folded: dict[str, Any], observation: Observation, at: str) -> None:
    counts = folded["items"].setdefault(
        observation.item,
        dict.fromkeys(("seen", "right", "wrong", "unaided", "hints", "used", "order"), 0)
        | {"last": "", "last_right": ""},
    )
    for name in _counted(observation):
        counts[name] += 1
    counts["last"] = max(counts["last"], at)
    if _said_right(observation):
        counts["last_right"] = max(counts["last_right"], at)
        counts["order"] = folded["count"]


def _counted(observation: Observation) -> Iterator[str]:
    yield "seen"
    if observation.kind == "hint":
        yield "hints"
    if observation.kind == "word_used":
        yield "used"
    if observation.kind in _GRADED and observation.correct is not None:
        yield "right" if observation.correct else "wrong"
        if observation.correct and not observation.hints:
            yield "unaided"


def _said_right(observation: Observation) -> bool:
    if observation.kind == "word_used":
        return observation.correct is not False
    return observation.kind in _GRADED and observation.correct is True


def _schedule(folded: dict[str, Any], observation: Observation) -> None:
    if not observation.item.startswith((WORD, SOUND)):
        return
    card = folded["cards"].get(observation.item)
    graded = observation.kind in _GRADED and observation.correct is not None
    if observation.item.startswith(SOUND) and card is None and observation.correct:
        return  # a sound that was never hard for this child needs no practice
    # A word used in the very answer that was graded is not evidence twice.
    used = (
        observation.kind == "word_used" and observation.correct is not False and not _just_reviewed(card, observation)
    )
    if graded or used:
        grade = rating(observation.correct is not False, observation.hints)
        folded["cards"][observation.item] = reviewed(card, grade, observation.at)


def _just_reviewed(card: Mapping[str, Any] | None, observation: Observation) -> bool:
    return card is not None and card["last_review"] == utc(observation.at).isoformat()
