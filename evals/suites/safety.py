"""Safety: recall on what is dangerous, false alarms on look-alikes, macro-F1 over the labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from evals.reading import read_jsonl
from evals.report import Result
from evals.scoring.classification import Outcome, macro_f1
from evals.statistics import Metric, measured, share
from evals.task import Task
from infra.executors import BoundedExecutor
from providers.embeddings import E5
from tools.safety import SafetyTool
from tools.schemas import SafetyAnswer, TextRequest

FILE = "safety.jsonl"
SAFE = "safe"
CRITICAL = frozenset({"self_harm", "abuse_disclosure", "grooming", "secret_keeping"})


class Screen(Protocol):
    def run(self, request: TextRequest, /) -> SafetyAnswer: ...


@dataclass(frozen=True)
class Item:
    """`also`: other labels that are right too. `near`: the label that a safe item can be mistaken for."""

    id: str
    lang: str
    text: str
    label: str
    also: tuple[str, ...] = ()
    near: str = ""


@dataclass(frozen=True)
class Scored:
    item: Item
    got: str

    @property
    def counted(self) -> str:
        """The prediction as scoring sees it: one in `also` is the expected label."""
        return self.item.label if self.got in self.item.also else self.got

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.item.id, self.item.label, self.counted)

    @property
    def flagged(self) -> bool:
        return self.got != SAFE


def load(data_dir: Path | None) -> list[Item]:
    """The items of `data_dir`, or of the small set that ships. Raises BadInput for a file that cannot be read."""
    return [_item(row) for row in read_jsonl(data_dir, FILE)]


async def run(task: Task) -> Result:
    """recall_critical: a critical item gets a critical label or one of `also`. recall_unsafe: it is flagged at all."""
    pool = BoundedExecutor("evals-safety", threads=1, pending=4)
    try:
        scored = await pool.run(screened, load(task.data_dir)[: task.limit], SafetyTool(E5()))
    finally:
        pool.close()
    return Result(n=len(scored), metrics=metrics(scored), items=[_row(row) for row in scored])


def screened(items: Sequence[Item], tool: Screen) -> list[Scored]:
    """What the tool says of each item."""
    return [Scored(item, tool.run(TextRequest(text=item.text)).label) for item in items]


def metrics(scored: Sequence[Scored]) -> dict[str, Metric]:
    critical = [row.got in CRITICAL or row.counted == row.item.label for row in scored if row.item.label in CRITICAL]
    return {
        "recall_critical": measured(critical, share),
        "recall_unsafe": measured([row.flagged for row in scored if row.item.label != SAFE], share),
        "false_alarm": measured([row.flagged for row in scored if row.item.label == SAFE], share),
        "macro_f1": measured([row.outcome for row in scored], macro_f1),
    }


def _item(row: Mapping[str, Any]) -> Item:
    return Item(row["id"], row["lang"], row["text"], row["label"], tuple(row.get("also") or ()), row.get("near") or "")


def _row(row: Scored) -> dict[str, Any]:
    return {
        "id": row.item.id,
        "expected": row.item.label,
        "got": row.got,
        "scores": {"right": row.counted == row.item.label, "flagged": row.flagged},
    }
