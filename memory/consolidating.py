"""Sums up old talks: what faded of a day becomes a few of the learner's own sentences."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Protocol

from infra.clock import Clock
from infra.scope import Scope
from memory.facts.guards import claims_nothing
from memory.forgetting import retained
from memory.records import Record, turn_point
from memory.text import composed, concepts
from memory.upkeep import Progress, Room, for_each

FADED = 0.125  # what is left after three half-lives (`retention.tsv`: of a turn, half a year)
FEWEST = 4  # turns of a day: fewer stay as they are
MOST_LINES, MOST_LETTERS = 6, 300
MOST_DAYS = 30  # summed up in one go, while the learner's turns wait to be remembered
PREFIX = "summary-"


class Summed(Room, Protocol):
    """A room that sums up one learner's oldest days as their only writer."""

    async def consolidate(self, scope: Scope) -> int: ...


async def consolidate_all(memories: Summed, progress: Progress = lambda done, total: None) -> int:
    """Every learner's; returns how many turns were summed up. After a crash the next run does the rest."""
    scopes: list[Scope] = await memories.write(lambda: list(memories.archive.store.learners()))

    async def all_days(scope: Scope) -> int:
        summed = 0
        while turns := await memories.consolidate(scope):
            summed += turns
        return summed

    return await for_each(scopes, all_days, progress)


async def consolidate(memories: Room, scope: Scope, clock: Clock) -> int:
    """The oldest `MOST_DAYS` days of one learner that are due. The caller is the learner's only writer.

    A summary is stored before its turns go, under an id that follows from them: whatever a crash leaves, the next call
    finds the same days and finishes them.
    """
    records = await memories.write(memories.archive.records, scope)
    summaries = [summary_of(scope, turns) for turns in due(records, clock.now())[:MOST_DAYS]]
    if not summaries:
        return 0
    await memories.keep(scope, summaries)
    gone = [turn_point(scope, turn) for summary in summaries for turn in summary.summed]
    await memories.write(memories.archive.delete, scope, gone)
    return len(gone)


def due(records: Sequence[Record], now: datetime) -> list[list[Record]]:
    """The turns of each day, oldest day first, that have faded. What is pinned does not fade."""
    faded = [r for r in records if r.kind == "episodic" and not r.summed and retained(r, now) <= FADED]
    days = (list(turns) for _, turns in groupby(sorted(faded, key=lambda r: r.order), key=_day))
    return [turns for turns in days if len(turns) >= FEWEST]


def summary_of(scope: Scope, turns: Sequence[Record]) -> Record:
    """One record in place of the turns of a day, in the order they were said; what was not believed stays with it."""
    turn_id = PREFIX + turns[0].turn_id
    return replace(
        turns[-1],
        id=turn_point(scope, turn_id),
        turn_id=turn_id,
        text=" ".join(telling(turns)),
        context="",
        on="",
        importance=max(turn.importance for turn in turns),
        quarantined=tuple(doubted for turn in turns for doubted in turn.quarantined),
        summed=tuple(turn.turn_id for turn in turns),
    )


def telling(turns: Sequence[Record]) -> list[str]:
    """The lines that together say the most, word for word, in the order they were said.

    Greedy: the next line is the one with the most concepts that no line before it has; questions and stories come last.
    """
    lines = list(dict.fromkeys(composed(turn.text) for turn in turns))
    left = {line: set(concepts(line)) for line in lines}
    kept: list[str] = []
    room = MOST_LETTERS
    while left and len(kept) < MOST_LINES:
        best = max(left, key=lambda line: (not claims_nothing(line), len(left[line]), -lines.index(line)))
        said = left.pop(best)
        if len(best) <= room and (said or not kept):
            kept.append(best)
            room -= len(best)
            left = {line: new - said for line, new in left.items()}
    return [_ended(line) for line in lines if line in kept] or [_ended(lines[0][:MOST_LETTERS])]


def _ended(line: str) -> str:
    return line if line[-1:] in {".", "!", "?"} else f"{line}."


def _day(record: Record) -> date:
    return record.said_at.date()
