"""What a suite gives back, and the one JSON object that `coach eval --json` prints."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from evals.statistics import Metric


class Result(BaseModel):
    """A suite's figures and one row per item (`id`, `expected`, `got`, `scores`)."""

    model_config = ConfigDict(frozen=True)

    n: int
    metrics: Mapping[str, Metric]
    baselines: Mapping[str, Mapping[str, Metric]] = {}
    items: Sequence[Mapping[str, Any]]


class Report(BaseModel):
    """A result with where its data came from and how long it took."""

    model_config = ConfigDict(frozen=True)

    suite: str
    data: str
    n: int
    seconds: float
    metrics: Mapping[str, Metric]
    baselines: Mapping[str, Mapping[str, Metric]]
    items_file: str


def write_items(items: Sequence[Mapping[str, Any]], path: Path) -> None:
    """One JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(item, ensure_ascii=False)}\n" for item in items), "utf-8")
