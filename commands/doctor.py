"""Checking what the coach stands on."""

from typing import Any

import typer
from rich.table import Table

from commands.console import JsonOption, out, quiet_settings, run
from commands.talk import talk_with
from infra.settings import Settings


def doctor(as_json: JsonOption = False) -> None:
    """Show the effective settings (secrets hidden) and check every backend."""
    settings = quiet_settings()
    rows = run(_health(settings))
    if as_json:
        out.print_json(data={"settings": settings.redacted(), "backends": rows})
    else:
        _print_doctor(settings, rows)
    if not all(row["ok"] for row in rows):
        raise typer.Exit(1)


async def _health(settings: Settings) -> list[dict[str, Any]]:
    async with talk_with(settings) as talk:
        return await talk.health()


def _print_doctor(settings: Settings, rows: list[dict[str, Any]]) -> None:
    shown = Table("setting", "value", box=None)
    for name, value in settings.redacted().items():
        shown.add_row(f"COACH_{name.upper()}", value)
    out.print(shown)
    backends = Table("backend", "", "detail", box=None)
    for row in rows:
        backends.add_row(row["name"], "[green]ok[/green]" if row["ok"] else "[red]fault[/red]", row["detail"])
        if not row["ok"]:
            backends.add_row("", "", f"[yellow]{row['remedy']}[/yellow]")
    out.print(backends)
