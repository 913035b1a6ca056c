"""Tells scripts of a learner's months, then asks about them; and finds the evidence in long conversations."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from evals.reading import read_jsonl
from evals.report import Result
from evals.scoring.junk import is_junk
from evals.scoring.recollection import has_any
from evals.statistics import Metric, measured, share
from evals.suites.locomo import Evidence, find_evidence
from evals.task import Task
from infra.clock import ManualClock
from infra.executors import BoundedExecutor
from infra.scope import Scope, scope_of
from memory.ports import Remembered, Said
from memory.repository import StoredMemories
from memory.service import Memories
from providers.embeddings import E5, LocalEmbedder

FILE = "memory.jsonl"
NEVER_SAID = "never_said"
NEVER_TOLD = "You have not told me."
RECALLED = 5
BASELINES = ("bm25", "mem0")


@dataclass(frozen=True)
class Judged:
    """One question: what was replied and how it stood to what was told."""

    id: str
    kind: str
    question: str
    expected: Sequence[str]
    reply: str
    answered: bool
    correct: bool
    stale: bool
    evidence_found: float | None


@dataclass(frozen=True)
class Script:
    """A learner's script with its judged questions: the unit that is resampled. `junk`: of each live fact."""

    id: str
    questions: Sequence[Judged]
    junk: Sequence[bool]


async def run(task: Task) -> Result:
    rows = read_jsonl(task.data_dir, FILE)[: task.limit]
    executor = BoundedExecutor("embedding", threads=1, pending=64)
    model = E5()
    try:
        scripts = await _play_all(rows, LocalEmbedder(model, executor))
    finally:
        executor.close()
    evidence = find_evidence(task.data_dir, model, task.limit)
    items = [vars(question) | {"got": question.reply} for script in scripts for question in script.questions]
    metrics = _script_metrics(scripts, task.seed) | _evidence_metrics(evidence, task.seed)
    compared = {name: _evidence_metrics(evidence, task.seed, name) for name in BASELINES} if evidence else {}
    items += [_item(unit) for unit in evidence]
    return Result(n=len(items), metrics=metrics, baselines=compared, items=items)


def _item(unit: Evidence) -> dict[str, Any]:
    scores = {f"recall_at_{k}": unit.recall(k) for k in (5, 10, 20)}
    return {
        "id": unit.conversation,
        "kind": unit.category,
        "question": unit.question,
        "expected": unit.gold,
        "got": unit.ranked,
        "scores": scores,
    }


async def _play_all(rows: Sequence[Mapping[str, Any]], embedder: LocalEmbedder) -> list[Script]:
    clock = ManualClock(datetime(2000, 1, 1, tzinfo=UTC))
    with tempfile.TemporaryDirectory(prefix="coach-eval-") as folder:
        memories = Memories(Path(folder), embedder, clock)
        await memories.open()
        try:
            return [await _play(row, memories, embedder, clock) for row in rows]
        finally:
            await memories.close()


async def _play(row: Mapping[str, Any], memories: Memories, embedder: LocalEmbedder, clock: ManualClock) -> Script:
    scope = scope_of(str(row["id"]))
    for session, told in enumerate(row["sessions"]):
        for turn, text in enumerate(told["turns"]):
            at = _day(told["date"]) + timedelta(minutes=turn)
            await memories.remember(scope, Said(turn_id=f"{session}-{turn}", text=text, said_at=at))
    clock.set(_day(row["asked_on"]))
    questions = [await _ask(question, scope, memories, embedder) for question in row["questions"]]
    exported = await StoredMemories(memories, clock).export(scope)
    facts = [memory for memory in exported if memory.kind == "semantic" and memory.valid_to is None and memory.value]
    junk = [is_junk(fact, facts[:index]) for index, fact in enumerate(facts)]
    return Script(scope.learner_id, questions, junk)


async def _ask(question: Mapping[str, Any], scope: Scope, memories: Memories, embedder: LocalEmbedder) -> Judged:
    vector = await embedder.query(question["ask"])
    found = await memories.answer(scope, question["ask"], vector)
    recalled = await memories.recall(scope, question["ask"], vector, limit=RECALLED)
    return judged(question, found, [memory.turn_id for memory in recalled])


def judged(question: Mapping[str, Any], found: Remembered | None, recalled: Sequence[str]) -> Judged:
    """The judgement of one answer: pure."""
    answered = found is not None and found.known
    reply = f"{found.answer}. {found.quote}" if found and answered else NEVER_TOLD if found else ""
    abstained = found is not None and not found.known
    right = abstained if question["kind"] == NEVER_SAID else has_any(reply, question["accept"])
    evidence = [f"{session}-{turn}" for session, turn in question["evidence"]]
    return Judged(
        id=question["id"],
        kind=question["kind"],
        question=question["ask"],
        expected=question["accept"],
        reply=reply,
        answered=answered,
        correct=right,
        stale=has_any(reply, question["reject"]) and not right,
        evidence_found=share([turn in recalled for turn in evidence]) if evidence else None,
    )


def _script_metrics(scripts: Sequence[Script], seed: int) -> dict[str, Metric]:
    def figure(name: str, never: bool) -> Metric:
        def of(units: Sequence[Script]) -> float:
            asked = [q for unit in units for q in unit.questions if (q.kind == NEVER_SAID) == never]
            return share([bool(getattr(question, name)) for question in asked])

        return measured(scripts, of, seed)

    def found(units: Sequence[Script]) -> float:
        values = [q.evidence_found for unit in units for q in unit.questions if q.evidence_found is not None]
        return sum(values) / len(values) if values else 0.0

    return {
        "script_correct": figure("correct", never=False),
        "script_stale": figure("stale", never=False),
        "script_abstained": figure("correct", never=True),
        "invented": figure("answered", never=True),
        "junk": measured(scripts, lambda units: share([junk for unit in units for junk in unit.junk]), seed),
        "script_evidence_at_5": measured(scripts, found, seed),
    }


def _evidence_metrics(evidence: Sequence[Evidence], seed: int, baseline: str = "") -> dict[str, Metric]:
    def at(k: int, category: str | None = None) -> Metric:
        asked = [item for item in evidence if category in (None, item.category)]
        return measured(asked, lambda units: sum(unit.recall(k, baseline) for unit in units) / max(1, len(units)), seed)

    if not evidence:
        return {}
    named = sorted({item.category for item in evidence})
    whole = {f"recall_at_{k}": at(k) for k in (5, 10, 20)}
    if baseline:
        return whole | {f"recall_at_10_{name}": at(10, name) for name in named}
    apart = {f"recall_at_{k}_{name}": at(k, name) for k in (5, 10, 20) for name in named}
    sessions = measured(evidence, lambda units: share([unit.session_hit(10) for unit in units]), seed)
    return whole | apart | {"session_hit_at_10": sessions}


def _day(date: str) -> datetime:
    """Nine o'clock UTC: the same day in Vietnam."""
    return datetime.fromisoformat(date).replace(hour=9, tzinfo=UTC)
