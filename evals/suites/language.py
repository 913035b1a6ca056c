"""Language: the label of an utterance and of each of its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.reading import read_jsonl
from evals.report import Result
from evals.scoring.classification import Outcome, accuracy, macro_f1, majority
from evals.statistics import Metric, measured
from evals.task import Task
from infra.executors import BoundedExecutor
from tools.language import LanguageTool
from tools.schemas import LanguageAnswer, TextRequest

FILE = "language.jsonl"
UNSCORED = "other"  # names, numbers and interjections are not scored


@dataclass(frozen=True, slots=True)
class Item:
    """`tokens`: the expected label of every token of `text.split()`. `group`: what makes the item hard."""

    id: str
    group: str
    text: str
    label: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """An utterance's label, and how many of its scored tokens are right."""

    outcome: Outcome
    group: str
    tokens_right: int
    tokens: int

    def row(self) -> dict[str, Any]:
        scores = {"right": self.outcome.right, "tokens_right": self.tokens_right, "tokens": self.tokens}
        return {"id": self.outcome.id, "expected": self.outcome.expected, "got": self.outcome.got, "scores": scores}


def load(data_dir: Path | None) -> list[Item]:
    """Items of DIR/coach/language.jsonl, or of the small set that ships (a smoke set)."""
    return [
        Item(row["id"], row.get("group") or "", row["text"], row["label"], tuple(row["tokens_lang"]))
        for row in read_jsonl(data_dir, FILE)
    ]


async def run(task: Task) -> Result:
    """The tool, and the most frequent label as the baseline."""
    items = load(task.data_dir)[: task.limit]
    pool = BoundedExecutor("evals-language", threads=1, pending=4)
    try:
        tool = LanguageTool()
        scored = [score(item, await pool.run(tool.run, TextRequest(text=item.text))) for item in items]
    finally:
        pool.close()
    floor = majority([one.outcome for one in scored])
    return Result(
        n=len(items),
        metrics=figures(scored, task.seed),
        baselines={"majority": {"utterance_accuracy": measured(floor, accuracy, task.seed)}},
        items=[one.row() for one in scored],
    )


def score(item: Item, answer: LanguageAnswer) -> Scored:
    pairs = [
        (token.language, wanted)
        for token, wanted in zip(answer.tokens, item.tokens, strict=True)
        if wanted != UNSCORED
    ]  # fmt: skip
    outcome = Outcome(item.id, item.label, answer.language)
    return Scored(outcome, item.group, sum(got == wanted for got, wanted in pairs), len(pairs))


def figures(scored: Sequence[Scored], seed: int) -> dict[str, Metric]:
    """The two accuracies and the macro-F1, and utterance accuracy for each group."""
    outcomes = [one.outcome for one in scored]
    groups = sorted({one.group for one in scored if one.group})
    return {
        "utterance_accuracy": measured(outcomes, accuracy, seed),
        "token_accuracy": measured(scored, token_accuracy, seed),
        "macro_f1": measured(outcomes, macro_f1, seed),
        **{
            f"utterance_accuracy_{group}": measured(
                [one.outcome for one in scored if one.group == group], accuracy, seed
            )
            for group in groups
        },
    }


def token_accuracy(scored: Sequence[Scored]) -> float:
    """Over all scored tokens; 0 for none."""
    total = sum(one.tokens for one in scored)
    return sum(one.tokens_right for one in scored) / total if total else 0.0
