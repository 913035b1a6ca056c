"""Profile: what a script's learner told, kept by the extraction tool; and how much of it nobody said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any

from evals.reading import read_jsonl
from evals.report import Result
from evals.scoring.kept import Kept, flat_turns, judged, supported
from evals.statistics import Metric, measured, share
from evals.task import Task
from infra.executors import BoundedExecutor
from learners.telling import told_in
from tools.language import LanguageTool
from tools.profile import ProfileExtractionTool
from tools.profile.schemas import ProfileFact, ProfileRequest
from tools.turns import Turn

FILE = "memory.jsonl"


@dataclass(frozen=True)
class Script:
    """One learner: the unit that is resampled. `words`: of what was kept, as a share of what was said."""

    id: str
    questions: Sequence[Kept]
    invented: Sequence[str]
    words: float


async def run(task: Task) -> Result:
    """The tool; values of its live facts without their sentences; and, as the baseline, every turn kept as it is."""
    rows = read_jsonl(task.data_dir, FILE)[: task.limit]
    pool = BoundedExecutor("evals-profile", threads=1, pending=4)
    try:
        tool = ProfileExtractionTool(told_in, LanguageTool())
        found = [(await pool.run(tool.run, ProfileRequest(turns=turns_of(row)))).facts for row in rows]
    finally:
        pool.close()
    kept = [_script(row, facts) for row, facts in zip(rows, found, strict=True)]
    named = [
        _script(row, [fact for fact in facts if fact.key and fact.live], quoted=False)
        for row, facts in zip(rows, found, strict=True)
    ]
    bag = [_bag(row) for row in rows]
    return Result(
        n=len(rows),
        metrics=figures(kept, task.seed),
        baselines={"named_facts_alone": figures(named, task.seed), "all_turns": figures(bag, task.seed)},
        items=[_row(script, facts) for script, facts in zip(kept, found, strict=True)],
    )


def turns_of(row: Mapping[str, Any]) -> tuple[Turn, ...]:
    """A script as one conversation, each turn at nine in the morning in Vietnam."""
    return tuple(Turn(text=text, at=datetime.fromisoformat(f"{day}T09:00:00+07:00")) for day, text in flat_turns(row))


def figures(scripts: Sequence[Script], seed: int) -> dict[str, Metric]:
    """`recall`: of questions whose answer an evidence turn holds; `recall_all`: of all that have an answer.

    `invented`: statements a script that the turn they name does not hold. `stale`: questions with the old value alone.
    """

    def of(choose: str, only_said: bool = False) -> Metric:
        def rate(units: Sequence[Script]) -> float:
            return share([getattr(q, choose) for unit in units for q in unit.questions if q.said or not only_said])

        return measured(scripts, rate, seed)

    return {
        "recall": of("kept", only_said=True),
        "recall_all": of("kept"),
        "stale": of("stale"),
        "invented": measured(scripts, lambda units: fmean(len(unit.invented) for unit in units), seed),
        "words_kept": measured(scripts, lambda units: fmean(unit.words for unit in units), seed),
    }


def _script(row: Mapping[str, Any], facts: Sequence[ProfileFact], *, quoted: bool = True) -> Script:
    turns = flat_turns(row)
    text = " . ".join(_stated(fact) if quoted else f"{fact.about}: {fact.value}" for fact in facts)
    invented = [_stated(fact) for fact in facts if not _is_said(fact, turns)]
    quotes = " ".join({fact.evidence: fact.evidence.quote for fact in facts}.values())
    return Script(row["id"], judged(row, text), invented, _share_of_words(quotes if quoted else text, turns))


def _stated(fact: ProfileFact) -> str:
    """A fact as the answer has it: its name and value when it has them, and its sentence."""
    return f"{fact.about}: {fact.value} ({fact.evidence.quote})" if fact.key else fact.evidence.quote


def _is_said(fact: ProfileFact, turns: Sequence[tuple[str, str]]) -> bool:
    span, text = fact.evidence, turns[fact.evidence.turn][1]
    return text[span.start : span.end] == span.quote and supported(fact.value, text)


def _bag(row: Mapping[str, Any]) -> Script:
    text = " . ".join(text for _, text in flat_turns(row))
    return Script(row["id"], judged(row, text), (), 1.0)


def _share_of_words(text: str, turns: Sequence[tuple[str, str]]) -> float:
    return len(text.split()) / max(1, sum(len(said.split()) for _, said in turns))


def _row(script: Script, facts: Sequence[ProfileFact]) -> dict[str, Any]:
    return {
        "id": script.id,
        "expected": [question.id for question in script.questions if question.said],
        "got": [_stated(fact) for fact in facts],
        "scores": {"lost": [q.id for q in script.questions if q.said and not q.kept], "invented": script.invented},
    }
