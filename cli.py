"""The `coach` command: talk, serve, check, evaluate, measure."""

import sys

import typer

from commands import bench, drill, lessons, train
from commands.console import err
from commands.conversation import chat, say
from commands.doctor import doctor
from commands.evaluate import evaluate
from commands.mcp import mcp
from commands.memories import consolidate, reembed
from commands.serve import serve
from infra.errors import CoachError

app = typer.Typer(
    help="Pika Coach: an English-speaking coach for Vietnamese children.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
for command in (serve, chat, say, doctor, mcp, reembed, consolidate):
    app.command()(command)
app.command(name="eval")(evaluate)
app.add_typer(bench.app, name="bench")
app.add_typer(drill.app, name="drill")
app.add_typer(lessons.app, name="lessons")
app.add_typer(train.app, name="train")


def main() -> None:
    """Entry point: a deliberate error becomes one sentence and exit status 1."""
    try:
        app()
    except CoachError as error:
        err.print(f"[red]{error.code}[/red]: {error.detail}", highlight=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
