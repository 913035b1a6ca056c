"""Reads a question about the past: whom it is about, what it asks for, and of which time."""

import re
from dataclasses import dataclass
from typing import Literal

from memory.facts.entity import ENGLISH_OWNED, KIN, ME, SPECIES, VIETNAMESE_OWNED, Entity, Names, named
from memory.facts.lexicon import find, forms
from memory.text import CAPITALS, composed, fold, slug, spaced

When = Literal["now", "first", "before"]
Form = Literal[
    "what", "who", "where", "when", "why", "how", "how_many", "how_long", "which", "yes_no", "order", "about"
]


@dataclass(frozen=True, slots=True)
class Query:
    """`attribute` is a fact's ("name", "age", "favorite", ...) or "" when only turns can answer. `certain` says
    that the question is surely about what was told ("my", "do you remember"), so that not knowing is an answer."""

    text: str
    entity: Entity
    attribute: str = ""
    topic: str = ""
    when: When = "now"
    form: Form = "what"
    certain: bool = True


_ME_EN = r"(?:i|me|we|us)"
_ME_VI = r"(?:con|em|minh|toi|tui|chau|to)"
_WH_VI = r"(?:gi|nao|ai|dau|bao nhieu|may|khi nao|luc nao|tai sao|vi sao|the nao|bao lau)"

_REMIND = re.compile(
    r"\b(?:do (?:you|u)|can you|you|u) (?:still )?(?:remember|know|recall)\b|\bdid i (?:tell|say|mention)\b"
    r"|\bwhat did i (?:tell|say)\b"
    r"|\b(?:con|ban|co|robot|pika|cau|em) (?:co |con )?(?:nho|biet)\b|\bnho .*khong\b|\bda (?:ke|noi) .*(?:gi|chua"
    r"|khong|nao)\b"
)
_ASKS = re.compile(
    r"\?|^(?:and |so |but |hey |hi |robot |pika |coach |now |ok |please |in which |on which |on what |in what "
    r"|at what |tell me |in my \w+ )*"
    r"(?:what|who|whose|where|when|why|how|which|do|does|did|is|are|was|were|am|have|has|can|could|in which|on which)\b"
    rf"|\b{_WH_VI}\b|\bkhong\s*$"
)
_LEARNER = re.compile(
    rf"\b(?:mom|mum|mommy|dad|daddy|grandma|grandpa|me con|ba con|i|my|mine|me|we|our|us|i'm|cua con|cua em"
    rf"|cua minh|{_ME_VI})\b"
)
_NOT_MEMORY = re.compile(
    r"\bhow (?:do|can|should|to) (?:i|we|you) (?:say|spell|write|pronounce|read|use|answer|do|make|call|speak"
    r"|learn|improve|know)\b|\bwhat (?:do|should|can|shall) (?:i|we) (?:do|say|"
    r"learn|write|talk|answer|read)\b|^(?:so |now |and |ok )*(?:can|may|could|shall|should|must) (?:i"
    r"|we)\b(?!.*\b(?:swim|yet|before|last)\b)|\bwhat (?:does|is the meaning|do) (?!my\b).* mean\b|\bam i (?:right"
    r"|wrong|correct)\b|\bis (?:it|this|that|my "
    r"(?:sentence|answer|english)) (?:right|correct|ok|good|wrong)\b|\b(?:help|teach|tell|give"
    r"|show) me\b|\bhow (?:is|was) my (?:english|pronunciation)\b"
    r"|\bmy (?:turn|answer|sentence|pronunciation|homework|lesson|level|points?)\b|\btieng anh (?:la"
    r"|noi)\b|\bnghia la\b|\b(?:doc|noi|viet|dich) .*(?:sao|the nao)\b"
    r"|\bwhat (?:is|'s) (?:next|this|that|it)\b|\bcon phai\b|\bduoc khong\b|\blam sao\b|\bgiup (?:con"
    r"|em)\b|\bday (?:con|em)\b"
)
_FIRST = re.compile(r"\b(?:first|my old|earliest|dau tien|hoi dau)\b")
_BEFORE = re.compile(
    r"\b(?:before|used to|previous|previously|earlier|last one|truoc day|hoi truoc|truoc kia|luc truoc)\b"
)
_ORDER = re.compile(r"\b(?:before or after|after or before|truoc hay sau)\b")

_SUBORDINATE = re.compile(r"\s(?:when|while|after|before|luc|khi)\s+(?=(?:i|we|my|our|he|she|it|they|con|em|minh)\b)")
_QUESTION_WORD = re.compile(r"\b(?:what|which|who|whose|where|why|how)\b")

_FORMS: tuple[tuple[str, Form], ...] = (
    (r"^(?:do|does|did|is|are|was|were|am|have|has|can)\b|\bkhong\s*\??$", "yes_no"),
    (r"\bhow many\b|\bbao nhieu (?!tuoi)|\bmay (?:con|nguoi|cai|quyen)\b", "how_many"),
    (r"\bhow long\b|\bbao lau\b|\bhow far\b|\bhow tall\b|\bhow much\b", "how_long"),
    (
        r"\b(?:when|what date|what day|which day|on which days?|what time)\b|\b(?:khi nao|ngay nao"
        r"|luc nao|hom nao|ngay may)\b",
        "when",
    ),
    (
        r"\bwhere\b|\b(?:which|what) (?:city|town|place|country)\b|\bo dau\b|\bdi dau\b|\b(?:thanh pho|noi) nao\b",
        "where",
    ),
    (r"\bwhy\b|\btai sao\b|\bvi sao\b|\bsao (?:con|em)\b", "why"),
    (r"\b(?:who|whose|whom)\b|\bai\b", "who"),
    (r"\bwhich\b|\bnao\b", "which"),
    (r"\bhow\b|\bthe nao\b", "how"),
    (r"\bwhat\b|\bgi\b|\bmay\b|\bbao nhieu\b", "what"),
)

_BE = r"(?:is|'s|was|are|were|am|'re)"
_EN_ATTRIBUTES: tuple[tuple[str, str], ...] = (
    (r"\bnames?\b|\b(?:called|named)\b|\bdo i call\b", "name"),
    (r"\bhow old\b|\bwhat age\b|\b(?:my|'s|s) age\b", "age"),
    (r"^(?!.*\b(?:get|got|present|gift|party|cake|do|did)\b).*\bbirthday\b|\bborn\b", "birthday"),
    (r"\bjob\b|\bwhat (?:does|do|did) .+ do(?: for (?:a living|work))?\s*(?:now)?\s*\??$|\bwork (?:as|do)\b", "job"),
    (r"\bfavou?rite\b|\b(?:like|love) (?:the )?(?:best|most)\b", "favorite"),
    (rf"\bwhat (?:colou?r) (?:{_BE})\b", "color"),
    (r"\bwant to (?:be|become)\b|\bdream job\b", "wants_to_be"),
    (r"\ballerg(?:ic|y)\b", "allergy"),
    (r"\b(?:afraid|scared|scare|fear)\b", "fears"),
    (r"\b(?:hate|dislike|not like|don't like|n't like)\b", "dislikes"),
    (r"^(?:what|which|who)\b.*\b(?:like|love|enjoy)\b", "likes"),
    (r"\bhobb(?:y|ies)\b|\bfree time\b", "hobby"),
    (
        r"\bwhere (?:do|does|did|am|is|are)\b.*\b(?:live|living|from|stay|come from)\b|\b(?:city|town"
        r"|country)\b.*\blive\b|\bhome ?town\b",
        "lives",
    ),
    (r"\bhow many\b.*\bhave\b", "count"),
    (r"\bhow do i (?:go|get|come) to school\b", "goes_to_school"),
    (r"\bgave me\b|\bgive me\b(?=.*\bpet\b)", "from"),
    (r"\bwhat (?:do|did) i want\b(?! to\b)|\b(?:present|gift|toy|thing) (?:do|did) i want\b", "wants"),
    (r"\bwhat (?:kind of |sort of )?(?:pet|animal) is\b", "species"),
    (r"\bwhat (?:kind of |sort of )?(?:pets?|animals?) (?:do|did) i\b|\bwhat(?: is|'s) my pet\b", "pet"),
)
_VI_ATTRIBUTES: tuple[tuple[str, str], ...] = (
    (r"\bten\b.*\b(?:gi|nao)\b|\bten cua\b|\bten la\b", "name"),
    (r"\b(?:may|bao nhieu) tuoi\b", "age"),
    (r"\bsinh nhat\b|\bsinh ngay\b", "birthday"),
    (r"\blam (?:nghe )?gi\b|\bnghe gi\b", "job"),
    (r"\bthich nhat\b|\byeu thich\b", "favorite"),
    (r"\bmau gi\b", "color"),
    (r"\bmuon (?:lam|tro thanh)\b", "wants_to_be"),
    (r"\bdi ung\b", "allergy"),
    (r"\bso\b (?:gi|con gi|cai gi)|\bso nhat\b", "fears"),
    (r"\b(?:ghet|khong thich)\b", "dislikes"),
    (r"\bthich\b.*\bgi\b|\bthich\b.*\bnao\b", "likes"),
    (r"\b(?:song )?o (?:dau|thanh pho nao|que nao)\b", "lives"),
    (r"\bmay con\b|\bbao nhieu con\b", "count"),
    (r"\bnuoi (?:con )?gi\b", "pet"),
)


def parse(question: str, names: Names) -> Query | None:
    """The query in `question`, or None when it does not ask for something that was told."""
    text = composed(question)
    flat = fold(text).strip()
    reminded = bool(_REMIND.search(flat))
    if not (reminded or _ASKS.search(flat)) or (_NOT_MEMORY.search(flat) and not reminded) or len(flat) > 300:
        return None
    flat = _REMIND.sub(" ", flat).strip() if reminded else flat
    known = _known_name(text, names)
    certain = reminded or bool(_LEARNER.search(flat)) or known is not None
    entity = _entity(text, known or _unknown_name(text))
    attribute, topic = _attribute(flat, text)
    if attribute == "pet":
        entity, attribute = Entity("pet", "pet"), "kind"
    return Query(text, entity, attribute, topic, _when(flat), _form(flat, reminded), certain)


def about(query: Query) -> str:
    """What the question is about, said to the child: "your dog's name"."""
    attribute = (
        f"favorite {query.topic}".strip() if query.attribute == "favorite" else query.attribute.replace("_", " ")
    )
    shown = {"lives": "home", "wants to be": "dream job", "count": "number", "fears": "fear", "kind": "kind"}.get(
        attribute, attribute
    )
    if query.entity == ME and query.attribute in {"likes", "dislikes", "fears", "allergy"}:
        verb = {
            "likes": "you like",
            "dislikes": "you don't like",
            "fears": "you are afraid of",
            "allergy": "you are allergic to",
        }
        return f"what {verb[query.attribute]}"
    return query.entity.possessive(shown) if query.attribute else ""


def main_clause(flat: str) -> str:
    """Folded `flat` without "when i was ...", after a question word of its own."""
    main = _SUBORDINATE.split(flat, maxsplit=1)[0].strip()
    return main if _QUESTION_WORD.search(main) else flat


def _form(flat: str, reminded: bool) -> Form:
    if _ORDER.search(flat):
        return "order"
    flat = main_clause(flat)
    return next((form for pattern, form in _FORMS if re.search(pattern, flat)), "about" if reminded else "yes_no")


def _when(flat: str) -> When:
    if _ORDER.search(flat):
        return "now"
    return "first" if _FIRST.search(flat) else "before" if _BEFORE.search(flat) else "now"


def _attribute(flat: str, text: str) -> tuple[str, str]:
    if re.match(r"^(?:do|does|did|is|are|was|were|am|have|has)\b", flat):
        return "", ""
    for patterns in (_EN_ATTRIBUTES, _VI_ATTRIBUTES):
        for pattern, attribute in patterns:
            if re.search(pattern, flat):
                return attribute, _topic(flat, text) if attribute == "favorite" else ""
    return "", ""


def _topic(flat: str, text: str) -> str:
    """The thing in "my favourite food", "món con thích nhất"; as fact keys spell it."""
    match = re.search(r"\bfavou?rite\s+(?P<thing>\w+(?:\s+\w+)?)", flat) or re.search(
        rf"\b(?P<thing>{forms('thing')})\b.*\b(?:thich nhat|yeu thich|best|most)\b", flat
    )
    if not match:
        return ""
    thing = text[match.start("thing") : match.end("thing")] if len(text) == len(flat) else match["thing"]
    kind = find("thing", thing) or find("thing", thing.split()[0]) or thing.split()[0].lower()
    return slug(kind)


def _entity(text: str, known: Entity | None) -> Entity:
    """The first of: something of the learner's ("my sister"), a name, "the dog"; else the learner."""
    flat = fold(text)
    found: list[tuple[int, Entity]] = []
    for pattern in (_OWNED, _THE) if _ENGLISH.search(flat) else (_OWNED_VI,):
        for match in pattern.finditer(flat):
            noun = text[match.start("noun") : match.end("noun")]
            owner = named(noun)
            if owner and noun.lower() not in {"anh", "em", "chị", "chi", "con", "ca", "ba"}:
                found.append((match.start(), owner))
                break
    owned = min(found, key=lambda item: item[0])[1] if found else None
    if owned and not owned.key.startswith("thing:"):
        return owned
    return known or owned or ME


_ENGLISH = re.compile(r"\b(?:what|who|whose|where|when|how|which|why|do|does|did|is|are|was|my|the|name)\b")
_OWNED = re.compile(rf"\b{ENGLISH_OWNED}")
_OWNED_VI = re.compile(rf"\b{VIETNAMESE_OWNED}(?=.*\b(?:con|em|minh|toi|tui|chau|to|ten|may|lam|o)\b)")
_THE = re.compile(
    rf"\b(?:the\s+(?=(?:{SPECIES}|{KIN}|pet)\b))?(?P<noun>(?<=the )(?:{SPECIES}|{KIN}|pet)|mom|mum|dad"
    rf"|grandma|grandpa)\b"
)
_CAPITALISED = re.compile(rf"(?<=[\w,] )(?P<name>[{CAPITALS}][^\W\d]+(?: [{CAPITALS}][^\W\d]+)*)")
_NOT_PEOPLE = spaced(
    """english vietnamese january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday vietnam hanoi hue saigon tet pika christmas"""
)


def _unknown_name(text: str) -> Entity | None:
    """A capitalised word that nobody is known by: whoever it is, it is not the learner."""
    match = _CAPITALISED.search(re.sub(r"'s\b", "", text))
    if not match or fold(match["name"]) in _NOT_PEOPLE:
        return None
    return Entity(f"named:{fold(match['name']).replace(' ', '-')}", match["name"])


def _known_name(text: str, names: Names) -> Entity | None:
    found = fold(text)
    for name in sorted(names.owners, key=len, reverse=True):
        if names.owners[name] != ME and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", found):
            return names.owners[name]
    return None
