"""Measuring how fast the coach is."""

from typing import Annotated, Any

import typer
from rich.table import Table

from commands.console import JsonOption, group, out, quiet_settings, run

app = group("Measure how fast the coach is.")


@app.command(name="turn")
def turn(
    as_json: JsonOption = False,
    turns: Annotated[int, typer.Option(min=20, help="Turns measured for each row.")] = 200,
) -> None:
    """Time whole turns against the floor of the same stack."""
    from evals.bench.turn import measure

    figures = run(measure(quiet_settings(), turns))
    if as_json:
        out.print_json(data=figures)
    else:
        _print_bench(figures)


@app.command(name="ledger")
def ledger(
    pairs: Annotated[int, typer.Option(min=20, help="Pairs of turns: one with the ledger, one without.")] = 400,
) -> None:
    """Measure what the turn ledger adds to a turn, in pairs of neighbouring turns."""
    from evals.bench.ledger import measure

    out.print_json(data=run(measure(pairs)))


@app.command(name="tools")
def tools(
    as_json: JsonOption = False,
    calls: Annotated[int, typer.Option(min=20, help="Calls measured for each row.")] = 100,
) -> None:
    """Time each text tool bare, through the executor and from its cache."""
    from evals.bench.tools import measure

    figures = run(measure(quiet_settings(), calls))
    if as_json:
        out.print_json(data=figures)
    else:
        _print_bench(figures)


@app.command(name="memory")
def memory(
    as_json: JsonOption = False,
    memories: Annotated[list[int] | None, typer.Option(min=1, help="Memories of one learner; repeat for more.")] = None,
    learners: Annotated[int, typer.Option(min=0, help="Learners with 100 memories each; 0 leaves them out.")] = 1000,
) -> None:
    """Time searching, adding, opening and erasing memories, beside mem0 on qdrant-client's local mode."""
    from evals.bench.memory import measure

    figures = measure(memories or [1_000, 100_000], learners)
    if as_json:
        out.print_json(data=figures)
    else:
        _print_bench(figures)


def _print_bench(figures: dict[str, Any]) -> None:
    rows = figures["rows"]
    table = Table(*rows[0], box=None)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    out.print(table)
    out.print_json(data={name: value for name, value in figures.items() if name != "rows"})
