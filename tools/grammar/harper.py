"""Harper, held to the rules that proved precise on children's sentences."""

import threading
from collections.abc import Iterable
from typing import Any

from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule

HARPER_RULE = "harper"
# Left out on purpose: spelling (names), capitals, punctuation, style, and rules that read verbs without tense.
ALLOWED = (
    "AnA", "AnotherThings", "ArriveTo", "DontCan", "DoMistake", "FondOn", "IAmAgreement", "InterestedIn",
    "JealousOf", "LookForwardTo", "ModalOf", "MoreBetter", "OneOfTheSingular", "OpenTheLight", "Payed", "QuiteMany",
    "RegularIrregulars", "SimplePastToPastParticiple", "TakeMedicine", "TheMy", "WantBe", "WorthToDo", "DidPast",
)  # fmt: skip

# Names; what a voice transcript has not; a rule that writes to standard output.
NEVER = {"SpellCheck", "SentenceCapitalization", "LookingForwardTo"}


class Harper:
    """One linter behind a lock: it is quick, and not made for two threads at once.

    `allowed` None means all its rules but NEVER: the baseline of the evaluation.
    """

    def __init__(self, allowed: Iterable[str] | None = ALLOWED) -> None:
        self._allowed = None if allowed is None else frozenset(allowed)
        self._lock = threading.Lock()
        self._linter: Any = None

    def warm(self) -> None:
        with self._lock:
            self._load()

    def rule(self) -> Rule:
        return Rule(HARPER_RULE, "other", self.find, "There is a better way to say it.",
                    "Có cách nói đúng hơn nhé.", 0.8)  # fmt: skip

    def find(self, parse: Parse) -> Iterable[Change]:
        """One change per finding that has a suggestion."""
        with self._lock:
            lints = self._load().lint(parse.text, language="plaintext")
        changes = []
        for lint in lints:
            if not lint.suggestions:
                continue
            first = lint.suggestions[0]
            start, end = lint.span.start, lint.span.end
            kind = int(first.kind)
            if kind == 0:
                changes.append(Change(start, end, first.replacement_text))
            elif kind == 1:
                changes.append(Change(start, end, ""))
            else:
                changes.append(Change(end, end, first.replacement_text))
        return changes

    def _wants(self, name: str) -> bool:
        return name not in NEVER and (self._allowed is None or name in self._allowed)

    def _load(self) -> Any:
        if self._linter is None:
            from harper import Linter

            linter = Linter()
            config: dict[str, bool | None] = {name: self._wants(name) for name in linter.get_lint_config()}
            linter.set_lint_config(config)
            self._linter = linter
        return self._linter
