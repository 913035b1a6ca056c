"""English rules for who somebody is: name, age, home, work, family and animals, tolerant of learners' grammar."""

import re
from collections.abc import Iterator

from memory.dates import day_of_year
from memory.facts.clause import Clause, name_from, value_from
from memory.facts.english_grammar import BE, NOT, NUM, REST, SOFT, Rule
from memory.facts.entity import KIN, ME, SPECIES, Entity, named
from memory.facts.fact import Fact
from memory.facts.lexicon import find, forms, number
from memory.text import CAPITALS, fold, slug, spaced

_NOT_NAMES = spaced(
    "vietnamese american english chinese korean japanese french british asian russian thai indian buddhist"
)


def _name(clause: Clause, who: Entity) -> Iterator[Fact]:
    beside = re.search(
        rf"\b(?:my|our)\s+[a-z ]+\s+(?P<name>[{CAPITALS}]\w+(?:\s[{CAPITALS}]\w+)?)\s+$", clause.text[: clause.start]
    )
    if beside and who.key.startswith(("family:", "pet:", "friend")):
        key = f"friend:{slug(beside['name'])}" if who.key == "friend" else who.key
        yield Fact(f"{key}:name", beside["name"], who.possessive("name"), clause.quote)
    patterns = [
        rf"(?:'?s\s+)?(?:nick)?name\s*(?:{BE}\s+|:\s*|\s)(?:called\s+)?{REST}",
        rf"(?:{BE}\s+)?(?:called|named|name)\s+{REST}",
    ]
    if who.key in {"friend:best", "friend", "teacher"} or who.key.startswith(("family:", "pet:")):
        patterns.append(rf"{BE}\s+{REST}")
    for index, pattern in enumerate(patterns):
        match = clause.match(pattern)
        if not match:
            continue
        told = clause.span(match, "value")
        name = name_from(told)
        if index == 2 and (not name or not told[:1].isupper() or find("job", name) or find("colour", name)):
            return
        if name and (told[:1].isupper() or find("species", name) is None):
            owner = Entity(f"friend:{slug(name)}", "friend") if who.key == "friend" else who
            yield Fact(f"{owner.key}:name", name, who.possessive("name"), clause.quote)
        return
    match = clause.match(rf"{BE}\s+{REST}") if who == ME else None
    if match:
        told = clause.span(match, "value")
        name = name_from(told)
        rest = told[len(name) :].strip(" ,.!")
        if (
            name
            and fold(name) not in _NOT_NAMES
            and told[:1].isupper()
            and not told.isupper()
            and (not rest or re.match(r"(?:and|i|from|nice)\b", rest))
        ):
            yield clause.fact(who, "name", name)


def _age(clause: Clause, who: Entity) -> Iterator[Fact]:
    relative = clause.match(rf"(?:{BE}\s+)?{NUM}\s+years?\s+(?P<way>older|younger)\s+than\s+(?:me|i)\b")
    if relative:
        years = number(clause.span(relative, "num"))
        if years is not None:
            yield clause.fact(who, "age", f"{years} years {relative['way']} than you")
        return
    match = clause.match(
        rf"(?:age\s+)?(?:{BE}\s+|turned\s+|turn\s+|have\s+|has\s+)?(?:now\s+|already\s+|only\s+|just\s+)*{NUM}"
        r"\s*(?:and a half\b|-?\s*years?(?:\s*-?\s*old)?|yo\b|tuoi|now|already|old|\s*$|$)"
    )
    years = number(clause.span(match, "num")) if match else None
    said_as_age = match and re.search(rf"\b{BE}\b|year|old|turn|age", match[0])
    if match and said_as_age and years and years < 120 and clause.span(match, "num").lower() not in {"a", "an"}:
        yield clause.fact(who, "age", str(years))


def _birthday(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(rf"(?:'?s\s+)?birthday\s*(?:{BE}\s+)?(?:on\s+|in\s+)?{REST}") or clause.match(
        rf"(?:{BE}\s+)?born\s+(?:on\s+|in\s+)?{REST}"
    )
    told = day_of_year(f"in {clause.span(match, 'value')}") if match else None
    if told:
        yield clause.fact(who, "birthday", told.spoken())


def _job(clause: Clause, who: Entity) -> Iterator[Fact]:
    if who == ME or who.key.startswith(("pet", "thing")):
        return
    match = clause.match(
        rf"(?:'?s\s+)?(?:{BE}\s+|works?\s+(?:as\s+)?|job\s+(?:is\s+)?|does\s+|do\s+|become\s+|became\s+)(?:a\s+"
        rf"|an\s+|the\s+)?"
        rf"(?:\w+\s+){{0,1}}?(?P<job>{forms('job')})\b"
    )
    job = find("job", clause.span(match, "job")) if match else None
    if match and job and not re.search(r"\b(?:not|like|favou?rite)\b", match[0]):
        yield clause.fact(who, "job", job)


def _workplace(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(rf"{SOFT}works?\s+(?:in|at|for)\s+{REST}") if who.key.startswith("family") else None
    if match and (place := value_from(clause.span(match, "value"))):
        yield clause.fact(who, "workplace", place)


def _colour(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(
        rf"(?:'?s\s+)?(?:{BE}\s+|has\s+|have\s+|colou?r\s+(?:is\s+)?)(?:\w+\s+){{0,2}}?(?P<colour>{forms('colour')})\b"
    )
    colour = find("colour", clause.span(match, "colour")) if match else None
    if colour and who.key.startswith(("pet", "thing", "named")) and match and "favo" not in match[0]:
        second = clause.search(rf"\band\s+(?P<also>{forms('colour')})\b")
        also = find("colour", clause.span(second, "also")) if second else None
        yield clause.fact(who, "color", f"{colour} and {also}" if also else colour)


def _lives(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(
        rf"{SOFT}(?:{BE}\s+)?(?:live|lives|living|stay|stays|{BE}?\s*from|come from|comes from|(?:go|goes"
        rf"|went)\s+to\s+live"
        rf"|move|moved|moves)\s+(?P<value>(?:(?:to|in|at|with|near|on|next)\s+).+)$"
    )
    if match and not clause.search(r"\b(?:next|will|going to|want|tomorrow|did|used to|before)\b"):
        told = clause.span(match, "value")
        place = value_from(re.sub(r"^(?:to|in|at)\s+", "", told))
        place = re.split(r"\s+(?:last|on the|since|we|i|it|yesterday|today)\b", place)[0]
        if place and not re.match(r"(?:my|his|her)\s+room|bed|a\s+good", place.lower()):
            yield clause.fact(who, "lives", place, shown="home")


def _has(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(
        rf"{SOFT}(?P<no>{NOT}\s+)?(?:have|has|had|'ve|got|have got|own|keep|raise|feed|(?:gave|give|gives|bought"
        rf"|buy|buys|get|got)\s+me)\s+(?:got\s+)?(?P<count>\d+|a|an|one|two|three|four|five|six|many|some|any"
        rf"|no)?\s*"
        rf"(?P<adjectives>(?:[a-z]+\s+){{0,3}}?)(?P<noun>{SPECIES}|{KIN}"
        rf"|(?:best\s+)?friend)\b(?:\s*,?\s*(?:and\s+)?(?:(?:his|her|its|the|it|he|she)\s+)?(?:named?|called"
        rf"|name\s*(?:is|'s)?|{BE}\s+called)\s+(?P<name>.+))?"
    )
    noun = clause.span(match, "noun") if match else ""
    owned = named(clause.span(match, "adjectives").split(" ")[-1] + " " + noun if match else noun) or named(noun)
    if not match or not owned or re.search(r"\b(?:dream|toy|story)\b", match["adjectives"]):
        return
    denied = bool(match["no"]) or match["count"] in {"no"}
    gift = re.search(r"\bme\s*$|\bme\s", match[0]) and who != ME
    if who == ME or gift:
        yield from _owned(clause, owned, match, denied=denied)
        if gift:
            yield clause.fact(owned, "from", who.label or who.key, shown="giver")


def _owned(clause: Clause, owned: Entity, match: re.Match[str], *, denied: bool) -> Iterator[Fact]:
    name = name_from(clause.span(match, "name")) if match["name"] else ""
    if owned.key in {"friend", "friend:best"}:
        if name:
            yield Fact(f"friend:{slug(name)}:name", name, "your friend's name", clause.quote)
        return
    count = number(clause.span(match, "count")) if match["count"] else None
    kind = owned.label
    if denied:
        yield Fact(f"{owned.key}:count", "", f"your {kind}", clause.quote, denied=True)
        return
    if owned.key.startswith(("pet:", "family:")):
        yield from _more_owned(clause, match)
        yield Fact(
            f"{owned.key}:count",
            str(count or 1),
            f"how many {kind}s you have" if (count or 1) > 1 else f"your {kind}",
            clause.quote,
        )
    colour = next((c for word in match["adjectives"].split() if (c := find("colour", word))), None)
    if colour:
        yield clause.fact(owned, "color", colour)
    if name:
        yield clause.fact(owned, "name", name)


def _more_owned(clause: Clause, match: re.Match[str]) -> Iterator[Fact]:
    """ "... and one brother"."""
    more = rf"(?:,|\band)\s+(?P<count>\d+|a|an|one|two|three|four|five)\s+(?:[a-z]+\s+)?(?P<noun>{SPECIES}|{KIN})\b"
    for other in re.compile(more).finditer(clause.flat, match.end("noun")):
        owned = named(clause.span(other, "noun"))
        if owned:
            count = number(clause.span(other, "count")) or 1
            yield Fact(f"{owned.key}:count", str(count), f"how many {owned.label}s you have", clause.quote)


def _gone(clause: Clause, who: Entity) -> Iterator[Fact]:
    if who.key.startswith("pet:") and clause.match(
        rf"{SOFT}(?:{BE}\s+)?(?:die|died|dead|dies|ran away"
        rf"|run away|lost|sold)\b"
    ):
        yield Fact(f"{who.key}:count", "", f"your {who.label}", clause.quote, denied=True)


def _from(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(rf"(?:{BE}\s+)?(?:from|come from|comes from)\s+{REST}")
    if match and (place := value_from(clause.span(match, "value"))) and place[:1].isupper():
        yield clause.fact(who, "hometown", place)


def _way_to_school(clause: Clause, who: Entity) -> Iterator[Fact]:
    match = clause.match(
        rf"{SOFT}(?:(?:go|goes|come|get)\s+to\s+school\s+)?(?P<value>(?:by|on)\s+(?:bus|car|bike"
        rf"|bicycle|foot|motorbike|train|boat|taxi|scooter))\b"
    ) or clause.match(rf"{SOFT}(?:go\s+)?(?P<value>(?:by|on)\s+foot)\b|{SOFT}(?P<walk>walk)\s+to\s+school")
    if match and who == ME and (clause.search(r"school|on foot") or "walk" in match.groupdict()):
        walks = match.groupdict().get("walk")
        yield clause.fact(
            who, "goes_to_school", "on foot" if walks else clause.span(match, "value"), shown="way to school"
        )


RULES: tuple[Rule, ...] = (
    _name, _age, _birthday, _job, _workplace, _colour, _lives, _from, _gone, _has, _way_to_school,
)  # fmt: skip
