"""The `coach` command: talk, serve, check, evaluate, measure."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeVar

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel
from rich.table import Table

from infra.errors import CoachError
from infra.settings import Settings, load_settings

app = typer.Typer(
    help="Pika Coach: an English-speaking coach for Vietnamese children.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
bench = typer.Typer(help="Measure how fast the coach is.", no_args_is_help=True)
lessons_app = typer.Typer(help="Check lesson content.", no_args_is_help=True)
drill_app = typer.Typer(help="Play accidents and check that nothing was lost.", no_args_is_help=True)
app.add_typer(bench, name="bench")
app.add_typer(drill_app, name="drill")
app.add_typer(lessons_app, name="lessons")

out = Console()
err = Console(stderr=True)
T = TypeVar("T")

LearnerOption = Annotated[str, typer.Option(help="Who is talking: letters, digits, - and _.")]
ThreadOption = Annotated[str, typer.Option(help="Which conversation; the same name goes on where it was.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
VietnameseOption = Annotated[bool, typer.Option("--vi", help="Always add a Vietnamese line.")]
DataOption = Annotated[Path | None, typer.Option(help="Folder with evaluation data; the shipped set without it.")]


def main() -> None:
    """Entry point: a deliberate error becomes one sentence and exit status 1."""
    try:
        app()
    except CoachError as error:
        err.print(f"[red]{error.code}[/red]: {error.detail}", highlight=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
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


@app.command()
def chat(learner: LearnerOption = "guest", thread: ThreadOption = "main", vietnamese: VietnameseOption = False) -> None:
    """Talk with the coach in the terminal."""
    _run(_chat(_settings(), learner, thread, vietnamese))


@app.command()
def say(
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What the child says.")],
    learner: LearnerOption = "guest",
    thread: ThreadOption = "main",
    vietnamese: VietnameseOption = False,
    as_json: JsonOption = False,
) -> None:
    """Say one thing and print the reply."""
    outcome = _run(_say(_settings(), words, learner, thread, vietnamese))
    if as_json:
        out.print_json(data=_said(outcome))
    else:
        out.print(Markdown(outcome["reply"]))


@app.command()
def doctor(as_json: JsonOption = False) -> None:
    """Show the effective settings (secrets hidden) and check every backend."""
    settings = _settings()
    rows = _run(_health(settings))
    if as_json:
        out.print_json(data={"settings": settings.redacted(), "backends": rows})
    else:
        _print_doctor(settings, rows)
    if not all(row["ok"] for row in rows):
        raise typer.Exit(1)


@app.command(name="eval")
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

    task = Task(data_dir=data, limit=limit, seed=seed, settings=_settings())
    report = _run(run_suite(suite, task)).model_dump(mode="json")
    if as_json:
        out.print_json(data=report)
    else:
        _print_report(report)


@bench.command(name="turn")
def bench_turn(
    as_json: JsonOption = False,
    turns: Annotated[int, typer.Option(min=20, help="Turns measured for each row.")] = 200,
) -> None:
    """Time whole turns against the floor of the same stack."""
    from evals.bench.turn import measure

    figures = _run(measure(_settings(), turns))
    if as_json:
        out.print_json(data=figures)
    else:
        _print_bench(figures)


@drill_app.command(name="turns")
def drill_turns(
    examples: Annotated[int, typer.Option(min=1, help="Stories to play; a hundred take about a minute.")] = 100,
    seed: Annotated[int, typer.Option(help="The same seed plays the same accidents.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Kill servers and lose connections on throw-away stores; every turn must be answered exactly once."""
    from evals.drills.turns import drill
    from evals.drills.world import Broken

    try:
        figures = _run(drill(examples, seed))
    except Broken as broken:
        err.print(f"[red]broken[/red]: {broken}", highlight=False)
        raise typer.Exit(1) from None
    if as_json:
        out.print_json(data=figures)
    else:
        out.print(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items()), highlight=False)


@lessons_app.command(name="check")
def lessons_check(
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


# -- talking ----------------------------------------------------------------------------------------------


class Talk(Protocol):
    """A way to say something to the coach: through the running server, or in this process."""

    def stream(self, body: dict[str, Any]) -> AsyncIterator[dict[str, Any]]: ...

    async def health(self) -> list[dict[str, Any]]: ...


class Here:
    """The house in this process."""

    def __init__(self, house: Any) -> None:
        self._house = house

    async def stream(self, body: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        from graphs.turns import TurnRequest
        from infra.scope import scope_of

        request = TurnRequest.model_validate(body)
        async for event in self._house.coach.stream(request, scope_of(request.learner_id)):
            yield dict(event)

    async def health(self) -> list[dict[str, Any]]:
        return [dict(row) for row in await self._house.health()]


class There:
    """The server that is already running."""

    def __init__(self, url: str, settings: Settings) -> None:
        self._url = url
        self._headers = _key_headers(settings)

    async def stream(self, body: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
        from langserve import RemoteRunnable

        coach: Any = RemoteRunnable(f"{self._url}/coach", headers=self._headers)
        async for event in coach.astream(body):
            yield event

    async def health(self) -> list[dict[str, Any]]:
        import httpx

        async with httpx.AsyncClient(base_url=self._url, headers=self._headers) as client:
            rows: list[dict[str, Any]] = (await client.get("/api/v1/health")).raise_for_status().json()
            return rows


def _key_headers(settings: Settings) -> dict[str, str]:
    keys = [key.get_secret_value().rpartition(":")[2] for key in settings.api_keys]
    return {"X-API-Key": keys[0]} if keys else {}


@asynccontextmanager
async def _talk(settings: Settings) -> AsyncIterator[Talk]:
    """The running server where there is one on this data folder, else the house opened here."""
    from house import House, running_server

    url = running_server(settings)
    if url is not None:
        yield There(url, settings)
        return
    house = House(settings)
    async with house.opened():
        yield Here(house)
        await house.relay.drain()


async def _say(settings: Settings, words: str, learner: str, thread: str, vietnamese: bool) -> dict[str, Any]:
    body = {"text": words, "learner_id": learner, "thread_id": thread, "vietnamese_help": vietnamese}
    async with _talk(settings) as talk:
        outcome: dict[str, Any] = {}
        async for event in talk.stream(_checked(body)):
            _raise_for(event)
            outcome = event.get("outcome", outcome)
        return outcome


def _checked(body: dict[str, Any]) -> dict[str, Any]:
    """The body when the turn schema takes it. Raises BadInput with the field."""
    from pydantic import ValidationError

    from graphs.turns import TurnRequest
    from infra.errors import BadInput

    try:
        TurnRequest.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(f"{first['loc'][0]}: {first['msg']}") from None
    return body


def _raise_for(event: dict[str, Any]) -> None:
    if event["event"] == "error":
        from infra.errors import Unavailable

        raise Unavailable(f"{event['detail']} ({event['code']})")


async def _chat(settings: Settings, learner: str, thread: str, vietnamese: bool) -> None:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.formatted_text import HTML

    session: PromptSession[str] = PromptSession()
    async with _talk(settings) as talk:
        out.print(Panel("Say hello to Pika! An empty line waits, Ctrl-D ends.", title="Pika Coach", width=60))
        while True:
            try:
                words = await session.prompt_async(HTML("<ansicyan><b>you</b></ansicyan>   "))
            except (EOFError, KeyboardInterrupt):
                break
            body = {"text": words, "learner_id": learner, "thread_id": thread, "vietnamese_help": vietnamese}
            if await _exchange(talk, _checked(body)):
                break


async def _exchange(talk: Talk, body: dict[str, Any]) -> bool:
    """Prints one reply as it streams; True when it was a farewell."""
    out.print("[bold green]pika[/bold green]  ", end="")
    is_over = False
    async for event in talk.stream(body):
        _raise_for(event)
        if event["event"] == "token":
            out.print(event["delta"].replace("*", ""), end="", highlight=False, markup=False)
        elif event["event"] == "final":
            out.print()
            is_over = _show_outcome(event["outcome"])
    return is_over


def _show_outcome(outcome: dict[str, Any]) -> bool:
    for correction in outcome["corrections"]:
        out.print(f"      [dim]{correction['wrong']} → [/dim][green]{correction['right']}[/green]", highlight=False)
    lesson = outcome["lesson"]
    out.print(
        f"      [dim]{lesson['title']['en']}, step {lesson['index'] + 1} of {lesson['total']}[/dim]", highlight=False
    )
    return bool(outcome["directive"]["act"] == "farewell")


def _said(outcome: dict[str, Any]) -> dict[str, Any]:
    names = (
        "reply",
        "reply_vi",
        "directive",
        "corrections",
        "card",
        "lesson",
        "provider",
        "safety",
        "tools",
        "turn_id",
    )
    return {**{name: outcome[name] for name in names}, "timings_ms": outcome["milliseconds"]}


# -- checking ---------------------------------------------------------------------------------------------


async def _health(settings: Settings) -> list[dict[str, Any]]:
    async with _talk(settings) as talk:
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


def _print_bench(figures: dict[str, Any]) -> None:
    rows = figures["rows"]
    table = Table(*rows[0], box=None)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    out.print(table)
    out.print_json(data={name: value for name, value in figures.items() if name != "rows"})


# -- running ----------------------------------------------------------------------------------------------


def _settings() -> Settings:
    """Settings for a command that is not the server: quiet logs."""
    logging.basicConfig(level=logging.WARNING)
    return load_settings()


def _run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


if __name__ == "__main__":
    main()
