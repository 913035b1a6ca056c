"""What every command shares: the two consoles, the common options, settings, and the running of a coroutine."""

import asyncio
import logging
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from infra.settings import Settings, load_settings

out = Console()
err = Console(stderr=True)
T = TypeVar("T")

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
DataOption = Annotated[Path | None, typer.Option(help="Folder with evaluation data; the shipped set without it.")]


def group(purpose: str) -> typer.Typer:
    """A command that has commands of its own."""
    return typer.Typer(help=purpose, no_args_is_help=True)


def quiet_settings() -> Settings:
    """Settings for a command that is not the server: quiet logs."""
    logging.basicConfig(level=logging.WARNING)
    return load_settings()


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)
