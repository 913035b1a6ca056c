"""Takes a sentence apart into clauses, and reads whom each one is about."""

import re
from collections.abc import Sequence

from memory.facts.clause import Clause, name_from
from memory.facts.entity import ENGLISH_OWNED, KIN, ME, SPECIES, VIETNAMESE_OWNED, Entity, Names, named
from memory.facts.fact import Fact
from memory.facts.lexicon import find
from memory.facts.names import entity_of
from memory.records import Record
from memory.text import CAPITALS, fold

_NEW_CLAUSE = re.compile(
    r"\s*,\s*(?=(?:but|and|so|no|my|i|he|she|it|we|they|his|her|its|con|em|me|bo|ba|nha|no|nhung|va|to|minh|chi"
    r"|anh)\b)|\s+(?:but|because|nhung|nhung ma|vi|nen)\s+"
    r"|\s+and\s+(?=(?:i|he|she|it|we|they|my|his|her|its|our)\b)"
    r"|\s+(?=(?:he|she|it|they|we)\s+(?:is|are|'s|was|like|likes|love|loves|has|have|can|live|lives|go|goes|hate"
    r"|hates|works?|want|wants|always|move|moved|am|sleep|sleeps)\b)"
    r"|\s+(?=(?:his|her|its)\s+(?:name|birthday|age|job|colou?r|favou?rite)\b)"
    r"|(?<!\bbecause)(?<!\bif)(?<!\bwhen)\s+(?=i\s+(?:am|have|like|love|hate|can|live|want|play|'m|got|call|go"
    r"|don't|do)\b)"
    rf"|(?<=[a-z])(?<!\bis)(?<!\bare)(?<!'s)(?<!\bof)(?<!\blike)\s+(?=my\s+(?:(?:little|big|older|younger"
    rf"|best)\s+)?(?:name|{KIN}|{SPECIES}|friend|birthday)(?:'s)?\s+(?:is|was|has|have|name|can|like|likes|love"
    rf"|loves|live|lives|works?|he|she|called|named)\b)"
    r"|\s+va\s+(?=(?:con|em|no|minh|me|bo|ba)\s)"
)
_OPENING = re.compile(
    r"^(?:(?:and|but|so|because|then|also|now|yes|yeah|no(?!\s+(?:mau|ten|rat|thich|an|ngu|biet|hay"
    r"|con|so|song|duoc|\w+\s+tuoi)\b)|oh|well|um|uh|ok|okay|today|hello|hi|hey|robot|pika"
    r"|coach|teacher|guess what|wait"
    r"|(?:next|last|this|every) (?:week|month|year|summer|day|sunday|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|night)|yesterday|tomorrow"
    r"|haha+|actually|sorry|i mean|you know|da|vang|a|u|um|con chao co|em chao co|chao co|chao ban"
    r"|chao|thi|bay gio|gio|hom nay|lon len|sau nay|nhung|va|to)\b[\s,!.]*)+"
)
_ONLY_TIME = re.compile(r"(?:next|last|this|every) \w+|now|today|yesterday|tomorrow|then|one day|thang sau|nam sau")
_I = re.compile(r"(?:i'm|im|i am|i)\b\s*")
_MY_WORD = re.compile(r"(?:my|our)\s+(?=(?:nick)?name|birthday|age|favou?rite|hobb|job)")
_THEIR_WORD = re.compile(r"(?:his|her|its|their)\s+(?=name|birthday|age|favou?rite|hobb|job|colou?r)")
_PRONOUN_EN = re.compile(r"(?:he|she|it|they)\b(?:'s)?\s*")
_PRONOUN_VI = re.compile(r"(?:no|em ay|be|ban ay|chi ay|anh ay|co ay)\s+")
_OWNED_EN = re.compile(ENGLISH_OWNED + r"\s*")
_OWNED_VI = re.compile(VIETNAMESE_OWNED + r"\s*")
_TWO_CAPITALS = re.compile(rf"[{CAPITALS}]\w+\s+[{CAPITALS}]")  # a name like "Minh Anh", not "mình"
_BARE_KIN = re.compile(r"(?P<noun>mom|mum|mommy|dad|daddy|grandma|grandpa)\b\s*")
_CAPITALISED = re.compile(rf"[{CAPITALS}]\w+\s+")
_NAME = re.compile(rf"(?P<name>[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*){{0,2}})(?:'s)?\s*")
_ME_VI = re.compile(
    r"(?:nha\s+)?(?:con|em|minh|toi|tui|chau|to)\s+(?!(?:gai|trai|cho|meo|ca|vet|tho|rua|chim|ga|vit"
    r"|heo|be|cua)\b)(?:cua\s+)?"
)


def clauses(sentence: str) -> list[str]:
    """`sentence` in pieces that say one thing each, the child's letters kept."""
    flat, pieces, at = fold(sentence), [], 0
    for cut in _NEW_CLAUSE.finditer(flat):
        pieces.append(sentence[at : cut.start()])
        at = cut.end()
    pieces.append(sentence[at:])
    whole: list[str] = []
    for piece in (piece.strip(" ,.!") for piece in pieces):
        if whole and _ONLY_TIME.fullmatch(fold(whole[-1])):
            whole[-1] += f" {piece}"
        elif piece:
            whole.append(piece)
    return whole


def read(text: str, sentence: str, names: Names, last: Entity | None) -> Clause:
    flat = fold(text)
    opening = _OPENING.match(flat + " ")
    start = min(opening.end(), len(flat)) if opening else 0
    subject, start, language = _subject(text, flat, start, names, last)
    return Clause(text, flat, sentence.strip(), subject, start, names, language)


def _subject(text: str, flat: str, at: int, names: Names, last: Entity | None) -> tuple[Entity | None, int, str]:
    """Whom the clause is about, where the predicate begins, and the language of the words that say so."""
    known = _known_subject(text, at, names)
    if known:
        return *known, ""
    for read in (_english_subject, _vietnamese_subject):
        found = read(text, flat, at, last)
        if found:
            return *found, "en" if read is _english_subject else "vi"
    return *_new_name(text, at), ""


def _english_subject(text: str, flat: str, at: int, last: Entity | None) -> tuple[Entity | None, int] | None:
    for pattern, owner in ((_MY_WORD, ME), (_THEIR_WORD, last)):
        if match := pattern.match(flat, at):
            return owner, match.end()
    if match := _OWNED_EN.match(flat, at):
        name = _CAPITALISED.match(text, match.end())
        verb = name is None or fold(name[0]).strip() in {"name", "is", "has", "likes"}
        if owned := named(text[match.start("noun") : match.end("noun")]):
            return owned, match.end() if verb or name is None else name.end()
    if match := _BARE_KIN.match(flat, at):
        return named(text[match.start("noun") : match.end("noun")]), match.end()
    if match := re.compile(r"we\s+").match(flat, at):
        return ME, match.end()
    if match := _I.match(flat, at):
        copula = match.end() if match[0].strip() == "i" else match.start() + 1
        return ME, copula + len(flat[copula:]) - len(flat[copula:].lstrip())
    if match := _PRONOUN_EN.match(flat, at):
        return last, match.end() - (3 if match[0].rstrip().endswith("'s") else 0)
    return None


def _vietnamese_subject(text: str, flat: str, at: int, last: Entity | None) -> tuple[Entity | None, int] | None:
    if _TWO_CAPITALS.match(text, at):
        return None
    if last and "younger" in last.key and (match := re.compile(r"em\s+").match(flat, at)):
        return last, match.end()
    if match := _OWNED_VI.match(flat, at):
        noun = text[match.start("noun") : match.end("noun")]
        owned = named(noun)
        if owned and noun.lower() not in {"em", "anh", "chi"}:
            return owned, match.end()
    for pattern, owner in ((_ME_VI, ME), (re.compile(r"nha\s+"), ME), (_PRONOUN_VI, last)):
        if match := pattern.match(flat, at):
            return owner, match.end()
    return None


def _known_subject(text: str, at: int, names: Names) -> tuple[Entity, int] | None:
    """A name that was told before, up to three words long."""
    for length in (3, 2, 1):
        phrase = re.compile(rf"\S+(?:\s+\S+){{{length - 1}}}").match(text, at)
        known = names.find(phrase[0].removesuffix("'s")) if phrase else None
        if phrase and known and known != ME:
            return known, min(len(text), phrase.end() + 1)
    return None


def _new_name(text: str, at: int) -> tuple[Entity | None, int]:
    match = _NAME.match(text, at)
    if match and name_from(match["name"]) and not find("thing", match["name"]) and not find("subject", match["name"]):
        return Entity(f"named:{fold(match['name']).replace(' ', '-')}", match["name"]), match.end()
    return None, at


def spoken_of(found: Sequence[Fact], clause: Clause, last: Entity | None) -> Entity | None:
    """Whom "he" or "it" would mean in the next clause: the newest one that is not the learner."""
    for fact in reversed(found):
        key = ":".join(fact.key.split(":")[:2])
        if key.split(":")[0] in {"pet", "family", "friend", "thing", "named"} and not fact.denied:
            return entity_of(key, fact.value if fact.key.endswith(":name") else "")
    if clause.subject and clause.subject != ME:
        return clause.subject
    owned = re.search(rf"\b(?:a|an|my|the)\s+(?:new\s+)?(?P<noun>{ENGLISH_OWNED.split('(?P<noun>')[1]}", clause.flat)
    if owned and clause.flat.startswith(("i have", "i got", "guess")):
        return named(clause.text[owned.start("noun") : owned.end("noun")]) or last
    return last


def last_entity(recent: Sequence[Record]) -> Entity | None:
    for record in reversed(recent):
        key = ":".join(record.subject_key.split(":")[:2])
        if record.kind == "semantic" and key.split(":")[0] in {"pet", "family", "friend", "thing", "named"}:
            name = next((r.value for r in reversed(recent) if r.subject_key == f"{key}:name"), "")
            return entity_of(key, name)
    return None
