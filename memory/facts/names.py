"""Who is called what, from the facts that tell names."""

from collections.abc import Iterable

from memory.facts.entity import ME, Entity, Names
from memory.records import Record
from memory.text import fold


def known_names(facts: Iterable[Record]) -> Names:
    """Who is called what, from name facts, oldest first; the newest wins."""
    owners: dict[str, Entity] = {}
    for fact in facts:
        if fact.kind == "semantic" and fact.subject_key.endswith(":name") and fact.value:
            key = fact.subject_key.removesuffix(":name")
            owners[fold(fact.value)] = ME if key == "me" else entity_of(key, fact.value)
    return Names(owners)


def entity_of(key: str, name: str = "") -> Entity:
    """The entity with this key; `name` serves as label of friends and of names without an owner."""
    if key in {"me", ""}:
        return ME
    kind, _, role = key.partition(":")
    if kind in {"named", "friend"} and role != "best":
        return Entity(key, name or role)
    return Entity(key, "best friend" if key == "friend:best" else role.replace("_", " "))
