"""One sentence of a reply, English and Vietnamese in parallel."""

import re
from dataclasses import dataclass

_EMPHASIS = re.compile(r"\*+([^*]+)\*+")
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """`en` with its Vietnamese support line `vi`. `en` == "": the sentence is spoken in Vietnamese."""

    en: str
    vi: str = ""

    @property
    def spoken(self) -> str:
        """What the child hears: `en`, or `vi` where there is no English."""
        return self.en or self.vi

    @property
    def support(self) -> str:
        """The line beside it: `vi` of an English sentence, "" of a Vietnamese one."""
        return self.vi if self.en else ""

    @property
    def asks(self) -> bool:
        return self.spoken.endswith("?")


def plain(text: str) -> str:
    """`text` without the marks of emphasis (*so* and **so**): for voices, and for comparing."""
    return _EMPHASIS.sub(r"\1", text)


def likeness(text: str) -> str:
    """What makes two sentences the same to a listener: letters and digits only, case ignored."""
    return _NOT_LETTERS.sub(" ", plain(text)).strip().casefold()
