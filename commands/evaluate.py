"""Evaluation suites, and their reports as tables."""

from typing import Annotated, Any

import typer
from rich.table import Table

from commands.console import DataOption, JsonOption, out, quiet_settings, run


def evaluate(
    suite: Annotated[str, typer.Argument(help="Which suite; an unknown name lists them.")],
    data: DataOption = None,
    as_json: JsonOption = False,
    limit: Annotated[int | None, typer.Option(min=1, help="At most this many items.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the intervals.")] = 0,
) -> None:
    """Run an evaluation suite: figures with n and 95% intervals."""
    from evals.runner import run_suite
    from evals.task import Task

    task = Task(data_dir=data, limit=limit, seed=seed, settings=quiet_settings())
    report = run(run_suite(suite, task)).model_dump(mode="json")
    if as_json:
        out.print_json(data=report)
    else:
        _print_report(report)


def _print_report(report: dict[str, Any]) -> None:
    table = Table("figure", "value", "n", "95% interval", title=f"{report['suite']} on {report['data']}", box=None)
    for name, metric in report["metrics"].items():
        table.add_row(name, *_metric_cells(metric))
    for baseline, metrics in report["baselines"].items():
        for name, metric in metrics.items():
            table.add_row(f"[dim]{baseline}[/dim] {name}", *_metric_cells(metric))
    out.print(table)
    out.print(f"[dim]{report['seconds']} s; items in {report['items_file']}[/dim]")


def _metric_cells(metric: dict[str, Any]) -> tuple[str, str, str]:
    return f"{metric['value']:.3f}", str(metric["n"]), f"{metric['low']:.3f} to {metric['high']:.3f}"
