"""Mood: macro-F1 and accuracy over nine moods."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.reading import read_jsonl
from evals.report import Result
from evals.scoring.classification import Outcome, accuracy, lenient_accuracy, macro_f1, majority
from evals.statistics import Metric, measured, share
from evals.task import Task
from infra.executors import BoundedExecutor
from providers.embeddings import E5
from tools.language import LanguageTool
from tools.mood import MoodTool
from tools.mood.tool import CHEERFUL, HURT
from tools.schemas import TextRequest

FILE = "mood.jsonl"


@dataclass(frozen=True, slots=True)
class Item:
    """`also`: other moods that can be defended."""

    id: str
    lang: str
    text: str
    label: str
    also: tuple[str, ...]


def load(data_dir: Path | None) -> list[Item]:
    """Items of DIR/coach/mood.jsonl, or of the small set that ships (a smoke set)."""
    return [
        Item(row["id"], row["lang"], row["text"], row["label"], tuple(row.get("also") or ()))
        for row in read_jsonl(data_dir, FILE)
    ]


async def run(task: Task) -> Result:
    """The tool, and the most frequent mood as the baseline."""
    items = load(task.data_dir)[: task.limit]
    pool = BoundedExecutor("evals-mood", threads=1, pending=4)
    try:
        tool = MoodTool(E5(), LanguageTool())
        got = [(await pool.run(tool.run, TextRequest(text=item.text))).mood for item in items]
    finally:
        pool.close()
    outcomes = [Outcome(item.id, item.label, mood, item.also) for item, mood in zip(items, got, strict=True)]
    return Result(
        n=len(items),
        metrics=figures(outcomes, task.seed),
        baselines={"majority": figures(majority(outcomes), task.seed)},
        items=[
            {"id": one.id, "expected": one.expected, "got": one.got, "scores": {"right": one.right}} for one in outcomes
        ],
    )


def figures(outcomes: Sequence[Outcome], seed: int) -> dict[str, Metric]:
    """`hurt_read_as_cheer`: share of sad, anxious and frustrated lines that were taken for happy or excited."""
    hurt = [outcome.got in CHEERFUL for outcome in outcomes if outcome.expected in HURT]
    return {
        "macro_f1": measured(outcomes, macro_f1, seed),
        "accuracy": measured(outcomes, accuracy, seed),
        "lenient_accuracy": measured(outcomes, lenient_accuracy, seed),
        "hurt_read_as_cheer": measured(hurt, share, seed),
    }
