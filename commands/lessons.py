"""Checking lesson content."""

from pathlib import Path
from typing import Annotated

import typer

from commands.console import group, out

app = group("Check lesson content.")


@app.command(name="check")
def check_content(
    folder: Annotated[Path | None, typer.Argument(help="Content folder; the shipped one without it.")] = None,
) -> None:
    """Check lesson files: every fault with file and line."""
    from infra.settings import ROOT
    from lessons.loader import check

    faults = check(folder or ROOT / "lessons" / "content")
    for fault in faults:
        out.print(fault, highlight=False)
    if faults:
        raise typer.Exit(1)
    out.print("Every lesson is in order.")
