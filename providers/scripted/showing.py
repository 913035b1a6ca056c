"""What Pika says to a picture that the child shows."""

from collections.abc import Iterator
from typing import Final

from providers.directive import Directive, Sight
from providers.scripted.budget import Part, Weight
from providers.scripted.correcting import correction_parts
from providers.scripted.line import Line
from providers.scripted.turn import Turn, nameable

ASKS: Final = frozenset({"match", "seen", "unsure"})  # a picture of which Pika wants to hear


def show(turn: Turn) -> Iterator[Part]:
    sight = turn.directive.sight or Sight(kind="unseen")
    yield from correction_parts(turn)
    yield Part(turn.chooser.need(f"show.{sight.kind}", term=_named(sight)), Weight.MUST)
    if sight.kind == "unsafe":
        yield Part(turn.chooser.need("show.grown_up"), Weight.MUST)


def shown_too(turn: Turn) -> Iterator[Part]:
    """A word on the picture that came with what the child said; what else it may be is not held against the child."""
    if turn.directive.sight is not None:
        yield Part(turn.chooser.need("show.too" if turn.directive.sight.named else "show.thanks"), Weight.RESPONSE)


def show_question(turn: Turn) -> list[Line]:
    """What is asked about the picture; nothing where the lesson asks."""
    sight = turn.directive.sight
    return [turn.chooser.need(f"show.ask_{sight.kind}")] if sight is not None and asks_about_it(turn.directive) else []


def asks_about_it(directive: Directive) -> bool:
    """Whether the turn ends with a question about the picture, which is Pika's own to word."""
    return directive.prompt is None and directive.sight is not None and directive.sight.kind in ASKS


def _named(sight: Sight) -> Line:
    word = nameable(sight.word)
    return Line(word, sight.vi or word)
