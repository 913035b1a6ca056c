"""Words a Directive: the sentences of one reply, in order."""

import random
from collections.abc import Sequence
from typing import Final

from providers.directive import Act, Directive
from providers.scripted.acts import ACTS, tip_parts, word_said_slowly
from providers.scripted.address import with_address
from providers.scripted.budget import Part, Weight, within
from providers.scripted.correcting import choice
from providers.scripted.limits import CARE_EXTRA_SENTENCES, SENTENCES_BEFORE_QUESTION
from providers.scripted.line import Line
from providers.scripted.showing import show_question
from providers.scripted.telling import question
from providers.scripted.templates import Templates, default_templates
from providers.scripted.turn import Turn, sentences_of, turn_of

CARE: Final = frozenset({Act.SAFEGUARD, Act.COMFORT, Act.CHECK_IN})
UNCORRECTED: Final = frozenset(
    {Act.SAFEGUARD, Act.COMFORT, Act.PRIVACY, Act.CALM, Act.WAIT}
)  # never taught in, whatever the Directive carries
SPEAKS_VIETNAMESE_ITSELF: Final = CARE | {Act.EXPLAIN, Act.MEANING, Act.TRANSLATE}
ASKS: Final = frozenset({Act.CONFIRM, Act.CHAT, Act.MOVE_ON, Act.RETRY})  # what is to be understood is the question
NO_QUESTION: Final = frozenset({Act.FAREWELL})


def word(
    directive: Directive, rng: random.Random, *, templates: Templates | None = None, earlier: Sequence[str] = ()
) -> list[Line]:
    """The reply, sentence by sentence; the same for the same Directive and the same state of `rng`.

    `earlier` is what the child said in the turns before: grown-ups named there are not suggested
    as the ones to tell.
    """
    if directive.act in UNCORRECTED:
        directive = directive.model_copy(update={"correction": None, "tip": None, "praise": ""})
    directive = with_address(directive)
    turn = turn_of(directive, templates or default_templates(), rng, earlier)
    asked = _question(turn)
    parts = [*ACTS[directive.act](turn), *tip_parts(turn)]
    room = _room(directive, asked, sum(part.weight is Weight.MUST for part in parts))
    parts = within(parts, room)
    if directive.vietnamese and directive.act not in SPEAKS_VIETNAMESE_ITSELF:
        asks_more = directive.act in ASKS and not (directive.hint or directive.said.english)
        parts = within(_with_vietnamese(parts, asked, asks_more_than_it_tells=asks_more), room)
    return [*(part.line for part in parts), *asked]


def _sentences(directive: Directive) -> int:
    """Sentences before the question. Danger is answered in both languages: its one Vietnamese line comes on top."""
    sentences = SENTENCES_BEFORE_QUESTION[directive.learner.level]
    if directive.act is Act.FAREWELL:
        return max(sentences, 3)  # no question follows
    if directive.act not in CARE:
        return sentences
    return sentences + CARE_EXTRA_SENTENCES + (directive.act is Act.SAFEGUARD)


def _room(directive: Directive, question: Sequence[Line], needed: int) -> int:
    """Sentences left when the question brings statements of its own ("I have a cat. Do you?"), `needed` at least."""
    statements = max(len(question) - 1, 0)
    sentences = _sentences(directive)
    return max(sentences - statements, 2 if directive.vietnamese else 1, min(needed, sentences))


def _question(turn: Turn) -> list[Line]:
    directive = turn.directive
    repair = choice(turn)
    if repair:
        return [repair]
    if directive.act in NO_QUESTION or (directive.act is Act.SAFEGUARD and not directive.follow_up):
        return []
    if directive.act is Act.REPEAT and directive.previous and not word_said_slowly(turn):
        asked = [line for line in sentences_of(directive.previous) if line.asks][-1:]
        if asked:
            return asked
    if directive.told and directive.told.ask:
        return [question(turn, directive.told)]
    if directive.prompt:
        return sentences_of(directive.prompt)
    if directive.act is Act.SHOW:
        return show_question(turn)
    return [turn.chooser.need("chat.about_other", "chat.about", "chat.more")] if directive.act is Act.CHAT else []


def _with_vietnamese(parts: list[Part], question: list[Line], *, asks_more_than_it_tells: bool) -> list[Part]:
    """The draft with the support line of its weightiest help spoken as well, else of the question."""
    if any(not part.line.en for part in parts):
        return parts
    helpful = [part for part in parts if part.line.vi]
    asked = next((line.vi for line in reversed(question) if line.support), "")
    if asked and (asks_more_than_it_tells or not helpful):
        return [*parts, Part(Line("", asked), Weight.MUST)]
    if not helpful:
        return parts
    chosen = max(helpful, key=lambda part: (part.weight is Weight.HELP, part.weight))
    at = parts.index(chosen) + 1
    return [*parts[:at], Part(Line("", chosen.line.vi), Weight.MUST), *parts[at:]]
