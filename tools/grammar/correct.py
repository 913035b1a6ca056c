"""Applies rules to a text: the surest first, never twice on one spot in a pass, a few passes."""

from collections.abc import Callable, Sequence

from tools.grammar.draft import Draft, Piece
from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule

PASSES = 3


def correct(text: str, rules: Sequence[Rule], parse: Callable[[str], Parse]) -> tuple[str, list[Piece]]:
    """(corrected text, changes against `text`). Later passes let one correction build on another."""
    draft = Draft(text)
    seen = {text}
    for _ in range(PASSES):
        chosen = choose(parse(draft.text), rules)
        if not chosen:
            break
        for change, rule in sorted(chosen, key=lambda pair: pair[0].start, reverse=True):
            draft.replace(change, rule.id)
        if draft.text in seen:
            break
        seen.add(draft.text)
    return draft.text, draft.changed()


def choose(parse: Parse, rules: Sequence[Rule]) -> list[tuple[Change, Rule]]:
    """The changes of one pass: earlier rules win where two meet; Vietnamese words are never in one."""
    chosen: list[tuple[Change, Rule]] = []
    for rule in rules:
        for change in rule.find(parse):
            if parse.text[change.start : change.end] == change.right or _touches_foreign(parse, change):
                continue
            if not any(_meet(change, other) for other, _ in chosen):
                chosen.append((change, rule))
    return chosen


def _meet(one: Change, other: Change) -> bool:
    return one.start <= other.end and other.start <= one.end


def _touches_foreign(parse: Parse, change: Change) -> bool:
    return any(t.foreign and change.start < t.end and t.start < change.end for t in parse.tokens)
