"""Grammar: token edits of a corrector against references, false alarms on right sentences."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.reading import read_jsonl
from evals.report import Result
from evals.scoring.edits import f_beta, score_item, tokens
from evals.statistics import Metric, measured, share
from evals.task import Task
from infra.executors import BoundedExecutor
from tools.grammar import GrammarTool
from tools.grammar.correct import correct as corrected_by
from tools.grammar.harper import Harper
from tools.grammar.parse import Parse
from tools.schemas import TextRequest

FILE = "grammar.jsonl"
Corrector = Callable[[str], Awaitable[str]]  # a sentence -> its correction (itself when nothing is wrong)


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    category: str
    text: str
    corrections: tuple[str, ...]
    has_error: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """One item's counts: sums of them are what a bootstrap over items resamples."""

    item: Item
    got: str
    tp: int
    fp: int
    fn: int
    exact: bool
    touched: bool

    def row(self) -> dict[str, Any]:
        counts = {"tp": self.tp, "fp": self.fp, "fn": self.fn, "exact": self.exact, "touched": self.touched}
        return {"id": self.item.id, "expected": list(self.item.corrections), "got": self.got, "scores": counts}


def load(data_dir: Path | None) -> list[Item]:
    """Items of DIR/coach/grammar.jsonl, or of the small set that ships (a smoke set)."""
    return [
        Item(row["id"], row["category"], row["text"], tuple(row["corrections"]), bool(row["has_error"]))
        for row in read_jsonl(data_dir, FILE)
    ]


async def run(task: Task) -> Result:
    """The tool, and harper alone with all its rules but spelling and capitals as the baseline."""
    items = load(task.data_dir)[: task.limit]
    pool = BoundedExecutor("evals-grammar", threads=1, pending=4)
    try:
        tool, harper = GrammarTool(), Harper(None)
        got = await score(items, lambda text: pool.run(_by_tool, tool, text))
        alone = await score(items, lambda text: pool.run(_by_harper, harper, text))
    finally:
        pool.close()
    return Result(
        n=len(items),
        metrics=figures(got, task.seed),
        baselines={"harper": figures(alone, task.seed)},
        items=[scored.row() for scored in got],
    )


async def score(items: Sequence[Item], correct: Corrector) -> list[Scored]:
    """Every item corrected and scored."""
    return [_scored(item, await correct(item.text)) for item in items]


def figures(scored: Sequence[Scored], seed: int) -> dict[str, Metric]:
    """precision, recall, f05 over edits; false_alarm over right sentences; exact over all."""
    right = [row for row in scored if not row.item.has_error]
    return {
        "precision": measured(scored, precision, seed),
        "recall": measured(scored, recall, seed),
        "f05": measured(scored, lambda rows: f_beta(*_sums(rows)), seed),
        "false_alarm": measured(right, lambda rows: share([row.touched for row in rows]), seed),
        "exact": measured(scored, lambda rows: share([row.exact for row in rows]), seed),
    }


def precision(rows: Sequence[Scored]) -> float:
    """Edits that were wanted among those made; 1 when none was made."""
    tp, fp, _ = _sums(rows)
    return tp / (tp + fp) if tp + fp else 1.0


def recall(rows: Sequence[Scored]) -> float:
    """Edits that were made among those wanted; 1 when none was wanted."""
    tp, _, fn = _sums(rows)
    return tp / (tp + fn) if tp + fn else 1.0


def _sums(rows: Sequence[Scored]) -> tuple[int, int, int]:
    return sum(row.tp for row in rows), sum(row.fp for row in rows), sum(row.fn for row in rows)


def _scored(item: Item, got: str) -> Scored:
    tp, fp, fn = score_item(item.text, got, item.corrections)
    heard = tokens(got)
    wanted = [tokens(reference) for reference in (item.corrections or (item.text,))]
    return Scored(item, got, tp, fp, fn, heard in wanted, heard != tokens(item.text))


def _by_tool(tool: GrammarTool, text: str) -> str:
    return tool.run(TextRequest(text=text)).corrected


def _by_harper(harper: Harper, text: str) -> str:
    return corrected_by(text, [harper.rule()], lambda now: Parse(now, ()))[0]
