"""Starting the server."""

from typing import Annotated

import typer

from commands.console import out
from infra.settings import load_settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (COACH_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (COACH_PORT).")] = None,
) -> None:
    """Start the server: the page at /, LangServe at /coach."""
    from infra.logs import configure

    given = {"host": host, "port": port}
    settings = load_settings().model_copy(update={name: value for name, value in given.items() if value is not None})
    configure(settings)
    out.print("[bold]Pika Coach[/bold] is waking up")

    from infra.clock import SystemClock

    clock = SystemClock()
    started = clock.monotonic()

    import server  # most of the waiting: it is counted

    def ready(url: str) -> None:
        out.print(f"Ready in {clock.monotonic() - started:.1f} s: [link={url}]{url}[/link] (Ctrl-C stops)")

    server.serve(settings, announce=lambda line: out.print(f"  [dim]opening {line}[/dim]"), on_ready=ready)
