"""Whom a sentence is about: the learner, kin, a pet, a friend, something owned, or a name told before."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from memory.facts.lexicon import WIDER, find, forms
from memory.text import fold

KIN = forms("kin")
SPECIES = forms("species")
POSSESSION = forms("possession")

_ADJECTIVES = r"(?:(?:pet|new|old|lovely|cute|dear|own|first|second|last|current)\s+)*"
ENGLISH_OWNED = (
    rf"(?:my|our|your)\s+{_ADJECTIVES}(?P<noun>best\s*friend|friend|{KIN}|{SPECIES}|{POSSESSION}"
    r"|pet|class\s*mate)(?:'?s\b)?"
)
_ME_VI = r"(?:con|em|minh|toi|tui|chau|to)"
VIETNAMESE_OWNED = (
    rf"(?:con\s+|be\s+|nguoi\s+)?(?P<noun>ban\s+than(?:\s+nhat)?|{KIN}|{SPECIES}|xe\s+dap|bup\s+be)\b"
    rf"(?:\s+(?:cua|nha)(?:\s+{_ME_VI})?|\s+{_ME_VI}\b(?!\s+(?:{KIN}|{SPECIES})\b))?"
)


@dataclass(frozen=True, slots=True)
class Entity:
    """`key` is the prefix of its facts; `label` is said to the child after "your" ("" for a name: said alone)."""

    key: str
    label: str

    def possessive(self, attribute: str) -> str:
        """ "your dog's name", "your name", "Hải's age"."""
        if self.key == "me":
            return f"your {attribute}"
        owner = self.label[0].upper() + self.label[1:] if self.key.startswith("named:") else f"your {self.label}"
        return f"{owner}'s {attribute}"


ME = Entity("me", "")


@dataclass(frozen=True)
class Names:
    """Names told so far, folded, with whom they belong to; the newest owner wins."""

    owners: Mapping[str, Entity] = field(default_factory=dict)

    def find(self, name: str) -> Entity | None:
        return self.owners.get(fold(name))


def named(noun: str) -> Entity | None:
    """The entity of a noun phrase such as "little sister", "dogs", "con mèo", "best friend"."""
    noun = noun.strip().removesuffix("'s")
    plain = re.sub(r"\s+", " ", fold(noun))
    if re.fullmatch(r"best ?friend|ban than(?: nhat)?", plain):
        return Entity("friend:best", "best friend")
    if plain in {"friend", "classmate", "class mate", "pet"}:
        return Entity("pet" if plain == "pet" else "friend", plain)
    for shelf, prefix in (("kin", "family"), ("species", "pet"), ("possession", "thing")):
        name = find(shelf, noun)  # type: ignore[arg-type]  # the shelves are named right here
        if name:
            return Entity(f"{prefix}:{name}", name.replace("_", " "))
    return None


def widened(key: str) -> str:
    """ "family:younger_sister" -> "family:sister": for a question that does not say which."""
    prefix, _, role = key.partition(":")
    return f"{prefix}:{WIDER.get(role, role)}"
