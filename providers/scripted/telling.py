"""Words the answer to what a child tells: its own sentence back, a comment, a question, a bridge to the lesson."""

import re
from collections.abc import Iterator

from providers.directive import Told
from providers.scripted.budget import Part, Weight
from providers.scripted.correcting import lowered
from providers.scripted.line import Line
from providers.scripted.second_person import to_second_person
from providers.scripted.turn import LOW, Turn, nameable, opened

_INTERJECTION = re.compile(
    r"^(?:(?:oh no|oh dear|oh|ooh|wow|aww|yay|mmm|haha|ouch|hm|hooray|cool|nice|ok|great|yum|good)[,!] )+", re.I
)
FOLLOW_ANSWER_WORDS = 4
_ECHOES = {
    "sorry": "sorry", "ouch": "sorry", "hm": "sorry", "kind": "kind", "haha": "kind", "wow": "wow", "proud": "wow",
    "plan": "wow", "party": "wow", "glad": "glad", "yum": "glad", "love": "glad", "dream": "wow",
}  # fmt: skip
_NOT_NAMED = frozenset({"name", "can_do", "cannot_do", "plan", "learn_skill"})  # a doing is no thing: "wow, swim"
_SORRY = frozenset({"sorry", "ouch", "hm"})


def told_slots(told: Told) -> dict[str, Line]:
    """What the sentences about the child's story may name."""
    slots = {
        "what": Line(nameable(told.what.en), nameable(told.what.vi)),
        "who": Line(nameable(told.who.en), nameable(told.who.vi)),
        "where": Line(nameable(told.where.en), nameable(told.where.vi)),
        "flip": Line(lowered(opened(told.flip)), lowered(opened(told.flip))),
        "answer": _answer_line(told),
    }
    if told.back is not None:
        slots["lesson"] = Line(told.back.en, told.back.vi)
    return slots


def comments(turn: Turn, told: Told, *, echo: bool = True) -> Iterator[Part]:
    """The answer taken up, else the child's sentence said back (`echo`) and a comment on it."""
    slots = told_slots(told)
    if told.answers:
        groups = [*_answer_groups(turn, told), *(["respond.topic"] if told.answered == "said" else [])]
        line = turn.chooser.pick(*groups, **slots) or turn.chooser.need("answered.heard", **slots)
        yield Part(line, Weight.ACT)
        return
    said_back = (
        turn.chooser.pick(f"told.echo_{_ECHOES.get(told.tone, 'plain')}", "told.echo_plain", **slots) if echo else None
    )
    if said_back:
        yield Part(said_back, Weight.ACT)
    if echo and not said_back:
        named = turn.chooser.pick(f"told.named_{_ECHOES.get(told.tone, 'plain')}", **slots)
        said_back = None if told.kind in _NOT_NAMED else named
        if said_back:
            yield Part(said_back, Weight.ACT)
    groups = [group for group in (f"told.{told.kind}", f"told.tone_{told.tone}") if turn.chooser.has(group)]
    comment = turn.chooser.pick(*groups, **slots)
    if comment and (said_back or not echo):
        comment = _without_interjection(comment)
    if comment:
        yield Part(comment, Weight.RESPONSE if said_back or not echo else Weight.ACT)


def bridge(turn: Turn, told: Told) -> Iterator[Part]:
    """Back to the lesson by its name, after the child's own story."""
    if told.back is not None:
        groups = ("bridge.to_lesson", "bridge.onward") if told.back.en else ("bridge.onward",)
        yield Part(turn.chooser.need(*groups, **told_slots(told)), Weight.PRAISE)


def question(turn: Turn, told: Told) -> Line:
    """The one question about the story."""
    of_the_past = f"ask.{told.ask}_past"
    group = of_the_past if told.past and turn.chooser.has(of_the_past) else f"ask.{told.ask}"
    return turn.chooser.need(group, **told_slots(told))


def _without_interjection(comment: Line) -> Line:
    """ "Wow, well done!" -> "Well done!" after a sentence that has its "wow"."""
    rest = _INTERJECTION.sub("", comment.en)
    return Line(rest[:1].upper() + rest[1:], comment.vi) if len(rest.split()) > 1 else comment


def _answer_line(told: Told) -> Line:
    answer = nameable(opened(told.answer))
    short = 0 < len(answer.split()) <= FOLLOW_ANSWER_WORDS
    return Line(lowered(to_second_person(answer)), answer) if short else Line("")


def _answer_groups(turn: Turn, told: Told) -> list[str]:
    own = (
        f"answered.{told.answers}" if told.answers.startswith("riddle") else f"answered.{told.answers}_{told.answered}"
    )
    if turn.chooser.has(own):
        return [own]
    if told.answered in ("agreed", "denied"):
        return [f"answered.{told.answered}"]
    if told.answered in ("dont_know", "because"):
        return [f"answered.{told.answered}"]
    if told.tone in _SORRY or turn.directive.said.mood in LOW:
        return ["answered.said_sorry"]
    begins = next((begin for begin in ("where", "who") if told.answers.startswith(begin)), "")
    return [*([f"answered.{begins}"] if begins else []), "answered.said"]
