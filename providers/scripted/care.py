"""Words the turns in which a child needs care: danger, sadness, and the turn after."""

from collections.abc import Iterator

from providers.scripted.adults import chosen_adult, safe_adults
from providers.scripted.budget import Part, Weight
from providers.scripted.correcting import correction_parts
from providers.scripted.cues import cue
from providers.scripted.line import Line
from providers.scripted.turn import Turn

_NAMED_FEELINGS = frozenset({"sad", "anxious", "frustrated", "tired"})


def safeguard(turn: Turn) -> Iterator[Part]:
    """First words: believe, tell a grown-up, 111. Later words: calmer, to what the child worries about or plans."""
    yield from _after_danger(turn) if turn.directive.follow_up else _danger(turn)


def _danger(turn: Turn) -> Iterator[Part]:
    kind = turn.directive.danger
    if turn.directive.said.language == "vi":
        yield Part(_of_kind(turn, kind, "believe_vi"), Weight.MUST)
        yield Part(_of_kind(turn, kind, "help_vi"), Weight.MUST)
        yield Part(_of_kind(turn, kind, "believe"), Weight.MUST)
        yield Part(_of_kind(turn, kind, "tell"), Weight.ACT)
        return
    yield Part(_of_kind(turn, kind, "believe"), Weight.MUST)
    yield Part(_of_kind(turn, kind, "tell"), Weight.MUST)
    yield Part(_of_kind(turn, kind, "call"), Weight.MUST)
    yield Part(_of_kind(turn, kind, "help_vi"), Weight.MUST)


def _of_kind(turn: Turn, kind: str, part: str) -> Line:
    own = f"safeguard.{kind}_{part}"
    general = f"safeguard.{part}"
    adults = safe_adults(kind, [*turn.earlier, turn.directive.said.text])
    return turn.chooser.need(*(group for group in (own, general) if turn.chooser.has(group)), adults=adults)


def _after_danger(turn: Turn) -> Iterator[Part]:
    said = turn.directive.said.text
    worry = cue("after_danger", said) or "quiet"
    adults = safe_adults(turn.directive.danger, [*turn.earlier, said])
    reply = turn.chooser.need(f"safeguard.after_{worry}")
    # a worried child needs one person to go to; a child that has a plan does not need another one
    who = ("safeguard.after_who", "safeguard.after_anyone") if adults.en else ("safeguard.after_anyone",)
    suggestion = None if worry == "plan" else turn.chooser.need(*who, adults=adults)
    chosen = chosen_adult(turn.earlier, said)
    if worry == "plan" and chosen.en:
        reply = turn.chooser.need("safeguard.after_plan_with", adults=chosen)
    if turn.in_vietnamese:
        yield Part(Line("", reply.vi), Weight.MUST)
    yield Part(reply, Weight.MUST)
    if suggestion:
        yield Part(suggestion, Weight.MUST)
    yield Part(turn.chooser.need("safeguard.after_call"), Weight.ACT)


def comfort(turn: Turn) -> Iterator[Part]:
    """Sorry, the feeling by its name, a grown-up to be with; later, with it as long as it is told."""
    if turn.directive.follow_up:
        yield from _spoken(
            turn, turn.chooser.need(*_sorrow_groups(turn), "comfort.after_named", "comfort.after"), Weight.MUST
        )
        yield Part(turn.chooser.need("comfort.listen"), Weight.ACT)
        yield Part(_someone(turn), Weight.HELP)
        return
    yield from _spoken(turn, _sorry(turn), Weight.MUST)
    yield Part(_feeling(turn), Weight.ACT)
    yield Part(_someone(turn), Weight.HELP)


def _sorry(turn: Turn) -> Line:
    return turn.chooser.need(*_sorrow_groups(turn), "comfort.sorry")


def _sorrow_groups(turn: Turn) -> list[str]:
    """Words for what is behind the sadness, where the child says it."""
    sorrow = cue("sorrow", turn.directive.said.text)
    own = [f"comfort.{sorrow}_named", f"comfort.{sorrow}"] if sorrow else []
    return [group for group in own if turn.chooser.has(group)]


def _feeling(turn: Turn) -> Line:
    mood = turn.directive.said.mood
    return turn.chooser.need(f"comfort.feel_{mood}" if mood in _NAMED_FEELINGS else "comfort.feel")


def _someone(turn: Turn) -> Line:
    adults = safe_adults("", [turn.directive.said.text])
    return turn.chooser.need("comfort.someone", adults=adults)


def check_in(turn: Turn) -> Iterator[Part]:
    """Gentle, and ready to stop or to go on."""
    corrected = list(correction_parts(turn))
    yield from corrected
    told = None if corrected else turn.chooser.pick("respond.topic")
    if told:
        yield Part(told, Weight.RESPONSE)
    yield from _spoken(turn, turn.chooser.need("check_in.glad"), Weight.MUST)
    yield Part(turn.chooser.need("check_in.your_choice"), Weight.ACT)


def _spoken(turn: Turn, line: Line, weight: Weight) -> Iterator[Part]:
    """A line, in front of it its Vietnamese where the child needs that."""
    if turn.in_vietnamese and line.vi:
        yield Part(Line("", line.vi), weight)
    yield Part(line, weight)
