"""Talking with the coach in a terminal."""

from typing import Annotated, Any

import typer
from rich.markdown import Markdown
from rich.panel import Panel

from commands.console import JsonOption, out, quiet_settings, run
from commands.talk import Talk, talk_with
from infra.settings import Settings

LearnerOption = Annotated[str, typer.Option(help="Who is talking: letters, digits, - and _.")]
ThreadOption = Annotated[str, typer.Option(help="Which conversation; the same name goes on where it was.")]
VietnameseOption = Annotated[bool, typer.Option("--vi", help="Always add a Vietnamese line.")]


def chat(learner: LearnerOption = "guest", thread: ThreadOption = "main", vietnamese: VietnameseOption = False) -> None:
    """Talk with the coach in the terminal."""
    run(_chat(quiet_settings(), learner, thread, vietnamese))


def say(
    words: Annotated[str, typer.Argument(metavar="TEXT", help="What the child says.")],
    learner: LearnerOption = "guest",
    thread: ThreadOption = "main",
    vietnamese: VietnameseOption = False,
    as_json: JsonOption = False,
) -> None:
    """Say one thing and print the reply."""
    outcome = run(_say(quiet_settings(), words, learner, thread, vietnamese))
    if as_json:
        out.print_json(data=_said(outcome))
    else:
        out.print(Markdown(outcome["reply"]))


async def _say(settings: Settings, words: str, learner: str, thread: str, vietnamese: bool) -> dict[str, Any]:
    body = {"text": words, "learner_id": learner, "thread_id": thread, "vietnamese_help": vietnamese}
    async with talk_with(settings) as talk:
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
    async with talk_with(settings) as talk:
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
