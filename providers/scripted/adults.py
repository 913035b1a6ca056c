"""Decides which grown-ups may be suggested as the one to tell."""

from collections.abc import Sequence

from providers.scripted.cues import cues
from providers.scripted.line import Line

_NAMES = {
    "mum": Line("your mum", "mẹ"),
    "dad": Line("your dad", "bố"),
    "grandma": Line("your grandma", "bà"),
    "teacher": Line("your teacher", "thầy cô"),
}
_AT_HOME = frozenset({"mum", "dad"})
_ORDER = {
    "bullying_victim": ("teacher", "mum", "dad", "grandma"),
    "abuse_disclosure": ("teacher", "grandma", "mum", "dad"),
}
_DEFAULT_ORDER = ("mum", "dad", "grandma", "teacher")
SUGGESTED = 2


def safe_adults(danger: str, child_said: Sequence[str]) -> Line:
    """Up to two grown-ups, "your mum or your teacher", never one that the child spoke of: that one may be the danger.

    Where the child was hurt and spoke of one parent, the other one is not named either. An empty
    line when nobody is left.
    """
    spoken_of = {adult for text in child_said for adult in cues("adults", text)}
    if danger == "abuse_disclosure" and spoken_of & _AT_HOME:
        spoken_of |= _AT_HOME
    names = [_NAMES[adult] for adult in _ORDER.get(danger, _DEFAULT_ORDER) if adult not in spoken_of][:SUGGESTED]
    return Line(" or ".join(name.en for name in names), " hoặc ".join(name.vi for name in names))


def chosen_adult(earlier: Sequence[str], said: str) -> Line:
    """The one grown-up the child now wants to tell, unless an earlier turn spoke of that one: an empty line then."""
    before = {adult for text in earlier for adult in cues("adults", text)}
    named = [adult for adult in cues("adults", said) if adult not in before]
    return _NAMES[named[0]] if len(named) == 1 else Line("", "")
