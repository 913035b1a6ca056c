"""Inflected forms of the verbs: which base and which forms a word may be."""

import functools
from typing import Literal

from tools.grammar.lexicon.verbs import IRREGULAR_PASTS, VERBS

Form = Literal["base", "s", "past", "participle", "ing"]
_TAGS: dict[Form, str] = {"s": "VBZ", "past": "VBD", "participle": "VBN", "ing": "VBG"}
# Where the inflector offers an archaic or British form first.
_OWN: dict[tuple[str, Form], str] = {
    ("have", "s"): "has", ("learn", "past"): "learned", ("learn", "participle"): "learned",
    ("get", "participle"): "got",
    ("dream", "past"): "dreamed", ("dream", "participle"): "dreamed", ("spell", "past"): "spelled",
    ("smell", "past"): "smelled", ("shine", "past"): "shone", ("wake", "past"): "woke", ("hang", "past"): "hung",
    ("lie", "past"): "lay", ("die", "ing"): "dying", ("lie", "ing"): "lying", ("travel", "past"): "traveled",
    ("travel", "ing"): "traveling", ("see", "past"): "saw", ("put", "past"): "put", ("ring", "past"): "rang",
    ("wear", "past"): "wore", ("bite", "participle"): "bitten", ("beat", "participle"): "beaten",
    ("forget", "participle"): "forgotten", ("drink", "participle"): "drunk", ("win", "past"): "won",
    ("sting", "ing"): "stinging", ("quit", "participle"): "quit", ("wake", "participle"): "woken",
}  # fmt: skip


@functools.cache
def inflect(base: str, form: Form) -> str:
    """`base` in `form`, lower case."""
    if form == "base":
        return base
    if (base, form) in _OWN:
        return _OWN[base, form]
    if form == "past" and base in IRREGULAR_PASTS:
        return IRREGULAR_PASTS[base]
    import lemminflect

    found = lemminflect.getInflection(base, _TAGS[form])
    return str(found[0]) if found else base


@functools.cache
def _table() -> dict[str, tuple[str, frozenset[Form]]]:
    gathered: dict[str, tuple[str, set[Form]]] = {}
    forms: tuple[Form, ...] = ("base", "s", "past", "participle", "ing")
    for base in sorted(VERBS):
        for form in forms:
            word = inflect(base, form)
            known = gathered.setdefault(word, (base, set()))
            if known[0] == base:
                known[1].add(form)
    gathered["saw"] = ("see", {"past"})
    gathered["felt"] = ("feel", {"past", "participle"})
    gathered["fell"] = ("fall", {"past"})
    gathered["found"] = ("find", {"past", "participle"})
    gathered["left"] = ("leave", {"past", "participle"})
    return {word: (base, frozenset(found)) for word, (base, found) in gathered.items()}


def reading(word: str) -> tuple[str, frozenset[Form]]:
    """Base and possible forms of a verb of the lexicon in lower case; ("", empty) for any other word."""
    return _table().get(word, ("", frozenset()))


def known_forms() -> frozenset[str]:
    """Every form of every verb of the lexicon."""
    return frozenset(_table())


def is_form(word: str, form: Form) -> bool:
    return form in reading(word)[1]


def base_of(word: str) -> str:
    return reading(word)[0]
