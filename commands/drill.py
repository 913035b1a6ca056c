"""Playing accidents and checking that nothing was lost."""

from typing import Annotated

import typer

from commands.console import JsonOption, err, group, out, run

app = group("Play accidents and check that nothing was lost.")


@app.command(name="turns")
def turns(
    examples: Annotated[int, typer.Option(min=1, help="Stories to play; a hundred take about a minute.")] = 100,
    seed: Annotated[int, typer.Option(help="The same seed plays the same accidents.")] = 0,
    database_url: Annotated[str, typer.Option(help="An empty database of its own; SQLite without it.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Kill servers and lose connections on throw-away stores; every turn must be answered exactly once."""
    from evals.drills.turns import drill
    from evals.drills.world import Broken

    try:
        figures = run(drill(examples, seed, database_url=database_url))
    except Broken as broken:
        err.print(f"[red]broken[/red]: {broken}", highlight=False)
        raise typer.Exit(1) from None
    if as_json:
        out.print_json(data=figures)
    else:
        out.print(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items()), highlight=False)


@app.command(name="memory")
def memory(
    queries: Annotated[int, typer.Option(min=1, help="Queries; ten thousand take about half a minute.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed asks the same.")] = 0,
) -> None:
    """Ask memories for other learners' secrets, with fuzzed ids and words; exit status 1 when one comes back."""
    from evals.drills.isolation import drill_alone

    figures = run(drill_alone(queries, seed))
    out.print_json(data=figures)
    if figures["leaks"]:
        raise typer.Exit(1)
