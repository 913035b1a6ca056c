"""Intent: macro-F1 and accuracy over twelve intents, with and without the coach's line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.reading import read_jsonl
from evals.report import Result
from evals.scoring.classification import Outcome, accuracy, lenient_accuracy, macro_f1, majority
from evals.statistics import Metric, measured
from evals.task import Task
from infra.executors import BoundedExecutor
from providers.embeddings import E5
from tools.intent import IntentTool
from tools.language import LanguageTool
from tools.schemas import IntentRequest

FILE = "intent.jsonl"


@dataclass(frozen=True, slots=True)
class Item:
    """`context`: the coach's previous line. `also`: other intents that can be defended."""

    id: str
    lang: str
    context: str
    text: str
    label: str
    also: tuple[str, ...]


def load(data_dir: Path | None) -> list[Item]:
    """Items of DIR/coach/intent.jsonl, or of the small set that ships (a smoke set)."""
    return [
        Item(row["id"], row["lang"], row.get("context") or "", row["text"], row["label"], tuple(row.get("also") or ()))
        for row in read_jsonl(data_dir, FILE)
    ]


async def run(task: Task) -> Result:
    """The tool; baselines are the tool without the coach's line, and the most frequent intent."""
    items = load(task.data_dir)[: task.limit]
    pool = BoundedExecutor("evals-intent", threads=1, pending=4)
    try:
        tool = IntentTool(E5(), LanguageTool())
        outcomes = [await _outcome(tool, item, pool) for item in items]
        alone = [await _outcome(tool, replace(item, context=""), pool) for item in items]
    finally:
        pool.close()
    return Result(
        n=len(items),
        metrics=figures(outcomes, task.seed),
        baselines={
            "without_context": figures(alone, task.seed),
            "majority": figures(majority(outcomes), task.seed),
        },
        items=[
            {"id": one.id, "expected": one.expected, "got": one.got, "scores": {"right": one.right}} for one in outcomes
        ],
    )


async def _outcome(tool: IntentTool, item: Item, pool: BoundedExecutor) -> Outcome:
    answer = await pool.run(tool.run, IntentRequest(text=item.text, context=item.context))
    return Outcome(item.id, item.label, answer.intent, item.also)


def figures(outcomes: Sequence[Outcome], seed: int) -> dict[str, Metric]:
    return {
        "macro_f1": measured(outcomes, macro_f1, seed),
        "accuracy": measured(outcomes, accuracy, seed),
        "lenient_accuracy": measured(outcomes, lenient_accuracy, seed),
    }
