"""Reads an English clause: the rules about its subject, and the sentences that name their subject themselves."""

from collections.abc import Iterator

from memory.facts import english_people as people
from memory.facts import english_tastes as tastes
from memory.facts.clause import Clause, name_from
from memory.facts.english_grammar import BE, REST
from memory.facts.english_tastes import favourite
from memory.facts.entity import ME, Entity
from memory.facts.fact import Fact
from memory.text import slug


def facts(clause: Clause) -> Iterator[Fact]:
    """The facts of an English clause about its subject, and of "X is my best friend", which needs none."""
    friend = clause.search(rf"^(?:(?:and|so|now|but)\s+)*(?P<name>[^,]+?)\s+{BE}\s+my\s+(?:new\s+)?best\s+friend\b")
    if friend and (name := name_from(clause.span(friend, "name"))):
        yield Fact("friend:best:name", name, "your best friend's name", clause.quote)
    known = clause.search(
        rf"^(?:(?:and|so|now|but)\s+)*(?P<name>[^,]+?)\s+{BE}\s+(?:also\s+)?my\s+"
        rf"(?:new\s+|good\s+)?friend\b"
    )
    if known and (name := name_from(clause.span(known, "name"))):
        yield Fact(f"friend:{slug(name)}:name", name, "your friend's name", clause.quote)
    nickname = clause.search(rf"\bcall(?:s|ed)?\s+me\s+{REST}")
    if nickname and (name := name_from(clause.span(nickname, "value"))):
        yield clause.fact(ME, "nickname", name)
    if clause.subject is None:
        if clause.search(r"favou?rite"):
            yield from favourite(clause, ME)
        return
    for rule in (*people.RULES, *tastes.RULES):
        yield from rule(clause, clause.subject)


def called(clause: Clause, last: Entity | None) -> Iterator[Fact]:
    """ "we call him Milo": the name of whoever was spoken of last."""
    match = clause.search(r"\b(?:i|we)\s+(?:call|called|name|named)\s+(?:him|her|it|them)\s+(?P<value>.+)$")
    if match and last and (name := name_from(clause.span(match, "value"))):
        yield clause.fact(last, "name", name)
