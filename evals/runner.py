"""Runs one suite by name and reports it."""

from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module

from evals.report import Report, Result, write_items
from evals.task import Task
from infra.clock import SystemClock
from infra.errors import NotFound

Suite = Callable[[Task], Awaitable[Result]]

SUITES: Mapping[str, str] = {
    "dialogue": "evals.suites.dialogue",
    "grammar": "evals.suites.grammar",
    "language": "evals.suites.language",
    "mood": "evals.suites.mood",
    "intent": "evals.suites.intent",
    "safety": "evals.suites.safety",
    "memory": "evals.suites.memory",
    "pronunciation": "evals.suites.pronunciation",
    "minimal-pairs": "evals.suites.minimal_pairs",
    "image": "evals.suites.image",
    "profile": "evals.suites.profile",
    "summary": "evals.suites.summary",
}


async def run_suite(name: str, task: Task) -> Report:
    """The report of one suite; its rows are written into the data folder. Raises NotFound for an unknown name."""
    if name not in SUITES:
        raise NotFound(f"There is no suite {name!r}. There are: {', '.join(SUITES)}.")
    suite: Suite = import_module(SUITES[name]).run
    clock = SystemClock()
    started = clock.monotonic()
    result = await suite(task)
    items_file = task.settings.data_dir / "evals" / f"{name}.jsonl"
    write_items(result.items, items_file)
    return Report(
        suite=name,
        data=str(task.data_dir) if task.data_dir is not None else "shipped",
        n=result.n,
        seconds=round(clock.monotonic() - started, 2),
        metrics=result.metrics,
        baselines=result.baselines,
        items_file=str(items_file),
    )
