"""What a suite is asked to do."""

from dataclasses import dataclass
from pathlib import Path

from infra.settings import Settings


@dataclass(frozen=True)
class Task:
    """What a suite is given. `data_dir` None: the shipped set; `limit`: at most so many items."""

    data_dir: Path | None
    limit: int | None
    seed: int
    settings: Settings
