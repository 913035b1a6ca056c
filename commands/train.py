"""Fits what the coach ships from data of one's own."""

from pathlib import Path
from typing import Annotated, Any

import typer

from commands.console import JsonOption, group, out

app = group("Fit a model that ships with the coach.")


@app.callback()
def train() -> None:
    """Keeps `pronunciation` a name of its own while it is the only one."""


@app.command()
def pronunciation(
    data: Annotated[Path, typer.Option(help="Folder with speechocean762/labels.jsonl and audio/.")],
    pack: Annotated[Path | None, typer.Option(help="Where to write; over the shipped pack without it.")] = None,
    keep: Annotated[
        Path | None, typer.Option(help="Folder for what was heard and fitted (2 GB), so that a broken run goes on.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=100, help="Learn from the first so many utterances.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Fit the pronunciation judge: half an hour of CPU, 5 GB of memory, needs torch."""
    from evals.training.pronunciation import fit_pack
    from tools.pronunciation.pack import FILE

    to = pack or FILE
    figures = fit_pack(data, to, keep, lambda line: None if as_json else out.print(f"[dim]{line}[/dim]"), limit)
    if as_json:
        out.print_json(data=figures)
    else:
        _print(figures, to)


def _print(figures: dict[str, Any], pack: Path) -> None:
    out.print("Speakers held out, by fold:")
    for name, metric in figures.items():
        out.print(f"  {name:20} {metric['value']:.3f}  ({metric['low']:.3f} to {metric['high']:.3f}, n {metric['n']})")
    out.print(f"Written to {pack}")
