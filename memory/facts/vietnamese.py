"""Vietnamese rules, with or without diacritics: what a clause says about its subject."""

import re
from collections.abc import Callable, Iterator

from memory.dates import day_of_year
from memory.facts.clause import Clause, name_from, value_from, values_from
from memory.facts.entity import KIN, ME, SPECIES, Entity, named
from memory.facts.fact import Fact
from memory.facts.lexicon import find, forms, number
from memory.text import fold, slug

_NUM = r"(?P<num>\d{1,3}|[a-z]+(?:\s+[a-z]+)?)"
_REST = r"(?P<value>.+)$"
_ME = r"(?:con|em|minh|toi|tui|chau|to)"
_SOFT = r"(?:(?:rat|cung|van|dang|da|nam nay|bay gio|gio|moi|hay|thuong|chi|con)\s+)*"

Rule = Callable[[Clause, Entity], Iterator[Fact]]


def _name(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(rf"(?:thi\s+)?ten\s+(?:(?:cua\s+)?{_ME}\s+)?(?:la\s+|goi la\s+)?{_REST}") or clause.match(
        rf"(?:duoc\s+)?(?:goi|dat ten)\s+(?:no\s+)?la\s+{_REST}"
    )
    if match is None and who.key == "friend:best":
        match = clause.match(rf"(?:ten\s+)?la\s+(?:ban\s+)?{_REST}")
    name = name_from(clause.span(match, "value")) if match else ""
    if name and fold(name) not in {"gi", "mot", "hai"}:
        yield clause.fact(who, "name", name)


def _age(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(rf"{_SOFT}(?:duoc\s+|len\s+|tron\s+|la\s+)?{_NUM}\s+tuoi\b")
    years = number(clause.span(match, "num")) if match else None
    if years:
        yield clause.fact(who, "age", str(years))


def _birthday(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.search(
        rf"\bsinh nhat\s+(?:cua\s+)?(?P<owner>{_ME}|{KIN}(?:\s+{_ME})?)?\s*(?:la\s+|vao\s+)?{_REST}"
    ) or clause.match(rf"sinh\s+(?:vao\s+)?(?:ngay\s+)?{_REST}")
    told = day_of_year(clause.span(match, "value")) if match else None
    if told and match and told.day:
        owner = match.groupdict().get("owner")
        kin = named(re.sub(rf"\s+{_ME}$", "", clause.span(match, "owner"))) if owner else None
        yield clause.fact(kin or (ME if owner else who), "birthday", told.spoken())


def _job(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(rf"{_SOFT}(?:(?:lam|la)\s+(?:nghe\s+)?)?(?P<job>{forms('job')})\b")
    job = find("job", clause.span(match, "job")) if match else None
    if job and who != ME and not who.key.startswith(("pet", "thing")):
        yield clause.fact(who, "job", job)


def _colour(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(rf"(?:co\s+)?(?:long\s+)?(?P<colour>mau\s+{forms('colour')}|{forms('colour')})\b")
    colour = find("colour", clause.span(match, "colour")) if match else None
    if colour and who.key.startswith(("pet", "thing", "named")):
        yield clause.fact(who, "color", colour)


def _lives(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(
        rf"{_SOFT}(?:dang\s+)?(?:song\s+)?(?:o|tai|(?:chuyen|don)(?:\s+nha)?\s+(?:den|ra|vao|toi|len"
        rf"|ve)|song o|song tai)\s+{_REST}"
    )
    if match and not clause.search(r"\b(?:se|sap|thang sau|nam sau|muon)\b"):
        place = re.split(r"\s*,|\s+(?:moi|cung|voi|roi|hoi)\b", clause.span(match, "value"))[0]
        place = place[: len(value_from(place)) + 3] and value_from(place)
        nowhere = re.match(r"(?:truong|lop|nha|day|do|trong|ngoai|tren|duoi|ben)\b", fold(place))
        if place and (not nowhere or place[:1].isupper()):
            yield clause.fact(who, "lives", place, shown="home")


def _multi(clause: Clause, who: Entity, attribute: str, told: str, *, denied: bool = False) -> Iterator[Fact]:
    words = {
        "likes": "what {} like",
        "dislikes": "what {} dislike",
        "fears": "what {} fear",
        "allergy": "what {} allergic to",
    }
    owner = "you" if who == ME else who.possessive("").removesuffix("'s ")
    for value in values_from(told):
        key = f"{who.key}:{attribute}:{slug(value)}"
        yield Fact(key, value, words[attribute].format(owner), clause.quote, denied=denied)


def _feelings(clause: Clause, who: Entity) -> Iterator[Fact]:
    for attribute, verbs in (
        ("dislikes", r"(?:khong|ko|k|hong|chang)\s+(?:thich|ua)|ghet"),
        ("likes", r"thich|me|yeu(?=\s+(?:meo|cho|dong vat))"),
        ("fears", "so"),
        ("allergy", "di ung"),
    ):
        match = clause.match(
            rf"{_SOFT}(?P<no>(?:khong|ko|het)\s+(?:con\s+)?)?(?:bi\s+)?(?:{verbs})\s+(?:nhat\s+(?:la\s+)?"
            rf"|voi\s+)?{_REST}"
        )
        if match:
            negated = bool(match["no"])
            turned = attribute == "likes" and negated
            told = clause.span(match, "value")
            yield from _multi(clause, who, "dislikes" if turned else attribute, told, denied=negated and not turned)
            return


def _favourite(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.search(
        rf"\b(?P<thing>{forms('thing')})\s+(?:ma\s+)?{_ME}\s+(?:thich|yeu thich|me)\s+nhat\s+(?:la\s+)?{_REST}"
    ) or clause.search(
        rf"\b(?P<thing>{forms('thing')})\s+(?:yeu thich|thich nhat"
        rf"|ua thich)(?:\s+nhat)?(?:\s+cua)?\s+{_ME}\s+la\s+{_REST}"
    )
    kind = find("thing", clause.span(match, "thing")) if match else None
    value = value_from(clause.span(match, "value")) if match else ""
    if kind and value:
        yield clause.fact(
            ME,
            f"favorite:{slug(kind)}",
            find("colour", value) or value if kind == "colour" else value,
            shown=f"favorite {kind}",
        )


def _has(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(
        rf"{_SOFT}(?P<no>(?:khong|ko|chua)\s+)?(?:co|nuoi|moi mua|duoc tang|duoc cho)\s+(?:nuoi\s+)?(?P<count>\d+"
        rf"|mot|hai|ba|bon|nam)?\s*(?:con\s+|be\s+|em\s+|nguoi\s+)?"
        rf"(?P<noun>{SPECIES}|{KIN})\b\s*(?P<after>.*)$"
    )
    owned = named(clause.span(match, "noun")) if match else None
    if not match or not owned or who != ME:
        return
    if match["no"]:
        yield Fact(f"{owned.key}:count", "", f"your {owned.label}", clause.quote, denied=True)
        return
    count = number(clause.span(match, "count")) if match["count"] else 1
    yield Fact(f"{owned.key}:count", str(count or 1), f"your {owned.label}", clause.quote)
    after = clause.span(match, "after")
    tail = fold(after)
    named_as = re.search(r"\bten\s+(?:la\s+)?(?P<name>.+)$", tail)
    if named_as and (name := name_from(after[named_as.start("name") :])):
        yield clause.fact(owned, "name", name)
    coloured = re.match(rf"(?:mau\s+)?(?:{forms('colour')})\b", tail)
    colour = find("colour", after[: coloured.end()]) if coloured else None
    if colour and owned.key.startswith("pet"):
        yield clause.fact(owned, "color", colour)


def _wants(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.search(
        rf"\b(?:muon|thich|uoc mo|se)\s+(?:tro thanh|lam|duoc lam|thanh)\s+(?:mot\s+|nghe\s+)?(?P<job>{forms('job')})\b"
    )
    job = find("job", clause.span(match, "job")) if match else None
    if job and who == ME:
        yield clause.fact(who, "wants_to_be", job, shown="dream job")


def _ability(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(rf"{_SOFT}(?P<no>(?:khong|ko|chua)\s+)?biet\s+{_REST}")
    value = value_from(clause.span(match, "value")) if match else ""
    if match and value and len(value.split()) <= 4:
        key = f"{who.key}:can:{slug(value)}"
        yield Fact(
            key, value, f"what {'you' if who == ME else who.label} can do", clause.quote, denied=bool(match["no"])
        )
    match = clause.match(
        rf"{_SOFT}(?:choi|hoc|tap)\s+(?P<value>(?:da|bong|dan|co|cau|boi|ve|mua|hat|vo|piano|guitar|nhay).*)$"
    )
    value = value_from(clause.span(match, "value")) if match else ""
    if value and not clause.search(r"\b(?:hom qua|hom nay|ngay mai)\b"):
        yield Fact(f"{who.key}:hobby:{slug(value)}", value, who.possessive("hobby"), clause.quote)


_RULES: tuple[Rule, ...] = (_name, _age, _birthday, _job, _colour, _lives, _feelings, _has, _wants, _ability)


def facts(clause: Clause) -> Iterator[Fact]:
    """The facts of a Vietnamese clause about its subject, and the ones that name their subject themselves."""
    yield from _favourite(clause, ME)
    pet = clause.search(
        rf"\bten\s+(?:cua\s+)?(?:con\s+)?(?P<noun>{SPECIES})\s+(?:(?:cua|nha)\s+)?"
        rf"(?:{_ME}\s+)?la\s+{_REST}"
    )
    if pet and (owner := named(clause.span(pet, "noun"))) and (name := name_from(clause.span(pet, "value"))):
        yield clause.fact(owner, "name", name)
    own = clause.search(rf"\bten\s+(?:cua\s+)?{_ME}\s+la\s+{_REST}")
    if own and (name := name_from(clause.span(own, "value"))):
        yield clause.fact(ME, "name", name)
    if clause.subject is None:
        yield from _birthday(clause, ME) if clause.search(r"\bsinh nhat\b") else ()
        return
    for rule in _RULES:
        yield from rule(clause, clause.subject)


def called(clause: Clause, last: Entity | None) -> Iterator[Fact]:
    """ "con gọi con gấu bông là Kẹo": a name given to something of the learner's."""
    match = clause.search(rf"\b(?:dat ten|goi)\s+(?:cho\s+)?(?P<what>[a-z]+(?:\s+[a-z]+)?\s+)?la\s+{_REST}")
    name = name_from(clause.span(match, "value")) if match else ""
    if match and name:
        given = clause.span(match, "what") if match["what"] else ""
        owner = named(re.sub(r"^(?:con|chiec|cai)\s+", "", given)) or last
        if owner:
            yield clause.fact(owner, "name", name)
