"""Chooses among equally good wordings, so that nothing is said twice within ten turns."""

import random
from collections.abc import Iterable

from providers.directive import Directive
from providers.scripted.limits import WORDS, Level, count_words
from providers.scripted.line import Line, likeness
from providers.scripted.slots import Slots, fill, measured
from providers.scripted.templates import Template, Templates

NEVER = -1


class Chooser:
    """One turn's choice of wordings: `random` decides, what was said lately or is too long is passed over."""

    def __init__(self, templates: Templates, directive: Directive, slots: Slots, rng: random.Random) -> None:
        self._templates = templates
        self._level: Level = directive.learner.level
        self._slots = slots
        self._rng = rng
        self._said = {likeness(text): turn for turn, text in enumerate(directive.recent)}

    def has(self, group: str) -> bool:
        return group in self._templates

    def pick(self, *groups: str, **more: Line) -> Line | None:
        """A sentence of the first group that has one not said lately; None when all were said or do not fit."""
        for group in groups:
            fresh = [line for line in self._lines(group, more) if self._last_said(line) == NEVER]
            if fresh:
                return self._take(self._rng.choice(fresh))
        return None

    def need(self, *groups: str, **more: Line) -> Line:
        """As `pick`, but where everything was said lately, what was said longest ago."""
        return self.pick(*groups, **more) or self._take(self._oldest(groups, more))

    def _oldest(self, groups: Iterable[str], more: Slots) -> Line:
        return min((line for group in groups for line in self._lines(group, more)), key=self._last_said)

    def _lines(self, group: str, more: Slots) -> list[Line]:
        slots = {**self._slots, **more}
        filled = [self._filled(template, slots) for template in self._templates[group] if self._fits(template, slots)]
        return [line for line in filled if line]

    def _fits(self, template: Template, slots: Slots) -> bool:
        fits_level = self._level == "A2" or template.level == "A1"
        return fits_level and count_words(measured(template.en, slots)) <= WORDS[self._level]

    def _filled(self, template: Template, slots: Slots) -> Line | None:
        en = fill(template.en, slots, vietnamese=False)
        vi = fill(template.vi, slots, vietnamese=True)
        if en is None or (not template.en and vi is None):
            return None
        return Line(en, vi or "")

    def _last_said(self, line: Line) -> int:
        return self._said.get(likeness(line.spoken), NEVER)

    def _take(self, line: Line) -> Line:
        self._said[likeness(line.spoken)] = len(self._said)
        return line
