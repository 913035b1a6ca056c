"""Finds the facts in a learner's turn by rules; the seam (`Extractor`) is where a model may stand instead."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from memory.dates import day_of_year, resolve, spoken
from memory.facts import english, vietnamese
from memory.facts.clause import Clause, name_from, value_from
from memory.facts.entity import ENGLISH_OWNED, KIN, ME, SPECIES, VIETNAMESE_OWNED, Entity, Names, named
from memory.facts.fact import Fact
from memory.facts.guards import claims_nothing, corrects, personal, takes_back
from memory.facts.lexicon import find, number
from memory.ports import Said
from memory.questions import Query, about, parse
from memory.records import Record
from memory.text import CAPITALS, composed, fold, slug, words

_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+|\n")
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
_EVENT = re.compile(
    r"(?:(?:an?|the|my|our)\s+)?(?:(?!have|has|had|go|went|to|is|the|a|an|my|our|for|at)[a-z]+\s+)?"
    r"(?:test|exam|party|concert|contest|competition|trip|match|race|wedding|show|performance|picnic|final)\b"
    r"|\b(?:bai kiem tra|kiem tra|thi|cuoc thi|tiec|dam cuoi|buoi dien|tran dau|chuyen di)(?:\s+"
    r"(?:toan|tieng anh|ve|boi))?\b"
)
_I_OR_WE = re.compile(r"\b(?:i|we|my|our|con|em|minh|toi|tui|chau)\b")
_CAPITALISED = re.compile(rf"[{CAPITALS}]\w+\s+")
_NAME = re.compile(rf"(?P<name>[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*){{0,2}})(?:'s)?\s*")
_ME_VI = re.compile(
    r"(?:nha\s+)?(?:con|em|minh|toi|tui|chau|to)\s+(?!(?:gai|trai|cho|meo|ca|vet|tho|rua|chim|ga|vit"
    r"|heo|be|cua)\b)(?:cua\s+)?"
)
_SHORT_ANSWER_WORDS = 5
ONE_TALK = timedelta(hours=12)  # how far "he" and "no, wait" reach back


def extract(said: Said, recent: Sequence[Record]) -> tuple[Fact, ...]:
    """The facts in `said`, latest last. `recent`: what the learner said before, oldest first, facts included.

    `said.said_at` is in the learner's time zone: its date is what "tomorrow" counts from.
    """
    text = composed(said.text)
    names = known_names(recent)
    recent = [record for record in recent if abs(said.said_at - record.said_at) < ONE_TALK]
    facts: list[Fact] = []
    if takes_back(text):
        facts += _retractions(recent)
    last = _last_entity(recent)
    for sentence in _SENTENCE.split(text):
        if sentence and not claims_nothing(sentence):
            told, last = _from_sentence(sentence, names, last, recent)
            facts += [*told, *events(sentence, said.said_at.date())]
    if not facts or takes_back(text):
        facts += _short_answer(text, said.context, names)
    return tuple(_without_personal(facts))


def events(sentence: str, today: date) -> Iterator[Fact]:
    """Something of the learner's on a day that the sentence names, seen from `today` where the learner lives."""
    flat = fold(sentence)
    match = _EVENT.search(flat) if _I_OR_WE.search(flat) else None
    day = resolve(sentence, today) if match else None
    if match and day:
        event = re.sub(r"^(?:an?|the|my|our|mon)\s+", "", sentence[match.start() : match.end()]).strip()
        yield Fact(
            f"event:{slug(event)}", spoken(day), f"the day of your {event}", sentence.strip(), on=day.isoformat()
        )


def known_names(facts: Iterable[Record]) -> Names:
    """Who is called what, from name facts; the newest wins."""
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


def _from_sentence(
    sentence: str, names: Names, last: Entity | None, recent: Sequence[Record]
) -> tuple[list[Fact], Entity | None]:
    facts: list[Fact] = []
    corrected = corrects(sentence)
    for text in _clauses(sentence):
        clause = _clause(text, sentence, names, last)
        found = [
            *english.facts(clause),
            *vietnamese.facts(clause),
            *english.called(clause, last),
            *vietnamese.called(clause, last),
        ]
        if not found and corrected:
            found = list(_mended(text, sentence, recent))
        facts += found
        last = _spoken_of(found, clause, last)
    return facts, last


def _told(clause: Clause, last: Entity | None) -> Iterator[Fact]:
    if clause.language != "vi":
        yield from english.facts(clause)
    yield from vietnamese.facts(clause) if clause.language != "en" else ()
    yield from english.called(clause, last)
    yield from vietnamese.called(clause, last)


def _clauses(sentence: str) -> list[str]:
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


def _clause(text: str, sentence: str, names: Names, last: Entity | None) -> Clause:
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


def _spoken_of(found: Sequence[Fact], clause: Clause, last: Entity | None) -> Entity | None:
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


def _last_entity(recent: Sequence[Record]) -> Entity | None:
    for record in reversed(recent):
        key = ":".join(record.subject_key.split(":")[:2])
        if record.kind == "semantic" and key.split(":")[0] in {"pet", "family", "friend", "thing", "named"}:
            name = next((r.value for r in reversed(recent) if r.subject_key == f"{key}:name"), "")
            return entity_of(key, name)
    return None


def _mended(text: str, sentence: str, recent: Sequence[Record]) -> Iterator[Fact]:
    """ "no wait it is May 15", "well, she is a cook now": the value just told, replaced by another of its kind."""
    told = next((r for r in reversed(recent) if r.kind == "semantic" and r.stance == "claim"), None)
    if told is None:
        return
    flat = fold(text)
    rest = re.sub(
        r"^(?:(?:oh|no|wait|sorry|i mean|actually|ok|it|is|it's|he|she|a|an|khong phai|nham|la|ma)\b[\s,]*)+", "", flat
    )
    value = text[len(text) - len(rest) :].strip(" .!")
    attribute = told.subject_key.rsplit(":", 1)[-1]
    mended = _typed(attribute, value)
    if mended and "not" not in flat.split():
        yield Fact(told.subject_key, mended, told.about, sentence)


def _typed(attribute: str, value: str) -> str:
    """`value` when it is of the attribute's kind, else ""."""
    if attribute == "birthday":
        day = day_of_year(f"in {value}")
        return day.spoken() if day else ""
    if attribute == "age":
        years = number(value.split()[0]) if value else None
        return str(years) if years else ""
    if attribute == "name":
        return name_from(value) if value[:1].isupper() else ""
    if attribute in {"color", "colour"}:
        return find("colour", value) or ""
    if attribute == "job":
        return find("job", value) or ""
    return ""


def _retractions(recent: Sequence[Record]) -> Iterator[Fact]:
    """Takes back the facts of the learner's last telling turn."""
    before = next((r.turn_id for r in reversed(recent)), "")
    for record in recent:
        if record.turn_id == before and record.kind == "semantic" and record.stance == "claim":
            yield Fact(record.subject_key, "", record.about, record.quote, denied=True)


def _short_answer(text: str, context: str, names: Names) -> Iterator[Fact]:
    """ "Rex", after the coach asked "What is your dog's name?"."""
    query = parse(_asked(context), names) if context else None
    if query is None or not query.attribute or len(words(text)) > _SHORT_ANSWER_WORDS or claims_nothing(text):
        return
    told = re.sub(
        r"(?i)^(?:(?:it's|it is|it|is|he is|she is|he's|she's|they are|i am|i'm|my|yes|um|uh|oh|the|da"
        r"|thua co|la|ten|ten la)\b[\s,]*)+",
        "",
        text,
    ).strip(" .!")
    value = _typed(query.attribute, told[:1].upper() + told[1:] if query.attribute == "name" else told)
    if not value and query.attribute not in {"birthday", "age", "name", "color", "job", "count"}:
        value = value_from(told)
    if value and not re.match(r"(?i)(?:no|yes|i don't know|not|khong|dont know)\b", value):
        yield _answering(query, value, f"{context.strip()} {text}")


def _answering(query: Query, value: str, quote: str) -> Fact:
    multi = query.attribute in {"likes", "dislikes", "fears", "hobby", "can", "allergy"}
    key = f"{query.entity.key}:{query.attribute}"
    key += f":{slug(value)}" if multi else f":{query.topic}" if query.attribute == "favorite" else ""
    return Fact(key, value, about(query), quote)


def _asked(context: str) -> str:
    """The coach's last question, seen from the learner: "your" becomes "my"."""
    questions = re.findall(r"[^.!?]*\?", composed(context))
    question = questions[-1].strip() if questions else ""
    for mine, yours in (("my", "your"), ("am i", "are you"), ("do i", "do you"), ("i", "you")):
        question = re.sub(rf"(?i)\b{yours}\b", mine, question)
    return re.sub(r"(?i)\bcủa bạn\b", "của con", re.sub(r"(?i)(?<!của )\bbạn\b(?! thân)", "con", question))


def _without_personal(facts: Iterable[Fact]) -> Iterator[Fact]:
    for fact in facts:
        if not personal(fact.value) and len(fact.value) < 80:
            yield replace(fact, quote=fact.quote[:300])
