"""Finds subjects and their predicates in a child's English, with or without punctuation."""

from collections.abc import Iterator

from tools.grammar.lexicon import closed
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import base_of, reading
from tools.grammar.lexicon.nouns import ANIMALS, COUNTABLE, FEMALE, MALE, MASS, NOUNS, PEOPLE, PLURALS
from tools.grammar.lexicon.verbs import NOUN_LIKE
from tools.grammar.parse import PAST_NOUNS, Clause, Parse, Subject

KIN = (FEMALE | MALE) - {"boy", "girl", "man", "woman", "king", "queen", "lady", "prince", "princess"}
ANIMATE = PEOPLE | ANIMALS
ALWAYS_PLURAL = {"people", "children", "clothes", "parents", "grandparents", "men", "women", "mice", "feet", "teeth"}
EITHER_NUMBER = {"family", "team", "class", "group", "sheep", "fish", "police", "lot", "half", "lots", "rest", "couple"}
TITLES = {"mr", "mrs", "ms", "miss", "mr.", "mrs.", "ms."}
_TIME_WORDS = {
    "yesterday",
    "today",
    "tomorrow",
    "now",
    "tonight",
    "everyday",
    "sometimes",
    "usually",
    "nowadays",
    "maybe",
}
_TIME_HEADS = {"last", "every", "next", "this", "one"} | closed.DAYS
_OBJECT_VERBS = {"see", "sees", "saw", "tell", "told", "hope", "remember", "forget"} - {"hope"}


def find_clauses(parse: Parse) -> tuple[Clause, ...]:
    """All clauses, in order. A clause ends where the next begins or its segment ends."""
    found = list(_subjects(parse))
    clauses: list[Clause] = []
    for order, (subject, start_ok) in enumerate(found):
        limit = found[order + 1][0].start if order + 1 < len(found) else len(parse.tokens)
        segment = parse.tokens[subject.start].segment
        end = subject.end
        while end < limit and parse.tokens[end].segment == segment:
            end += 1
        inverted = _inverted(parse, subject)
        pred = subject.end
        while pred < end and parse.low(pred) in closed.ADVERBS - closed.NOT and not _is_predicate_adverb(parse, pred):
            pred += 1
        opener = parse.near(subject.start - 1, subject.start)
        clauses.append(Clause(subject, pred, end, opener, inverted, start_ok))
    return tuple(clauses)


def past_narratives(parse: Parse) -> dict[int, int]:
    """segment -> index from which its clauses tell of the past (because of "yesterday", "last week", "ago")."""
    starts: dict[int, int] = {}
    for token in parse.tokens:
        if token.segment >= 0 and token.segment not in starts and _marks_past(parse, token.index):
            starts[token.segment] = token.index
    return starts


def _marks_past(parse: Parse, index: int) -> bool:
    low, after = parse.low(index), parse.near(index + 1, index)
    if low == "yesterday":
        return True
    if low == "last":
        return after in PAST_NOUNS and parse.near(index - 1, index) not in {"the", "my"}
    if low == "ago":
        return True
    if low == "in" and after.isdigit() and len(after) == 4:
        return after < "2026"
    return low == "when" and parse.lows(index + 1, index + 3) == ("i", "was")


def _is_predicate_adverb(parse: Parse, index: int) -> bool:
    """ "still", "just" and the like are skipped; "then" before a noun phrase opens something new."""
    return parse.low(index) in {"then", "maybe"} and parse.near(index + 1, index) in closed.DETERMINERS


def _inverted(parse: Parse, subject: Subject) -> int:
    before = subject.start - 1
    if parse.near(before, subject.start) in closed.NOT:
        before -= 1
    word = parse.near(before, subject.start)
    if word in closed.AUXILIARIES and word not in {"'d", "'ll"}:
        further = parse.near(before - 1, subject.start)
        if word == "'s" and further not in closed.WH | {"it", "that", "there", "here"}:
            return -1
        # An auxiliary after its own subject is no inversion ("what she did he liked").
        return before if further not in closed.SUBJECTS else -1
    return -1


def _subjects(parse: Parse) -> Iterator[tuple[Subject, bool]]:
    index, initial, segment = 0, True, -2
    while index < len(parse.tokens):
        token = parse.tokens[index]
        if token.segment != segment:
            segment, initial = token.segment, True
        if token.segment < 0:
            index += 1
            continue
        subject = _subject_at(parse, index, initial)
        if subject:
            yield subject, initial
            index, initial = subject.end, False
            continue
        after_time = _after_time(parse, index) if initial else index
        if after_time > index:
            index = after_time
            continue
        if token.low in closed.COORDINATORS | closed.SUBORDINATORS | {","} or _asked_about(parse, index):
            initial = True
        elif not (initial and token.low in closed.INTERJECTIONS | closed.AUXILIARIES | closed.NOT):
            initial = False
        index += 1


def _asked_about(parse: Parse, index: int) -> bool:
    """The noun of "how many cats", "what color", "what kind of food": a subject may follow."""
    low = parse.low(index)
    before = parse.lows(max(0, index - 3), index)
    if low in {"many", "much", "kind", "of"}:
        return bool(set(before) & {"how", "what", "which"})
    return low in NOUNS and (
        before[-2:] in {("how", "many"), ("how", "much"), ("kind", "of")} or before[-1:] in {("what",), ("which",)}
    )


def _after_time(parse: Parse, index: int) -> int:
    low = parse.low(index)
    if low in _TIME_WORDS:
        return index + 1
    if low in _TIME_HEADS and parse.near(index + 1, index) in PAST_NOUNS | {
        "day",
        "morning",
        "afternoon",
        "evening",
        "time",
    }:
        return index + 2
    if low in {"in", "on", "at"}:
        place = index + 1 + (parse.near(index + 1, index) in {"the", "my"})
        if (
            parse.near(place, index)
            in {"morning", "afternoon", "evening", "night", "weekend", "birthday"} | closed.DAYS | PAST_NOUNS
        ):
            return place + 1
    return index


def _subject_at(parse: Parse, index: int, initial: bool) -> Subject | None:
    low = parse.low(index)
    if low in closed.SUBJECT_ONLY or (low in {"you", "it"} and _free(parse, index, initial)):
        return _pronoun(parse, index, initial)
    if not initial:
        return None
    if low in closed.OBJECTS and parse.near(index + 1, index) == "and":
        friend = noun_phrase(parse, index + 2)
        return Subject(index, friend[0], "they", low, False) if friend and _predicates(parse, friend[0]) else None
    phrase = noun_phrase(parse, index) if low not in {"what", "which", "whose"} else None
    if phrase is None:
        return None
    end, person, head = phrase
    named = parse.tokens[index].text[:1].isupper() or head in KIN
    if parse.near(index - 1, index) in {"what", "which", "whose"} and low not in closed.DETERMINERS and not named:
        return None  # "what food makes you happy": it asks for the subject
    if (
        parse.near(index - 1, index) in {"how", "what", "which", "whose"}
        and parse.near(end, index) in closed.AUXILIARIES
    ):
        return None  # "how many cats do you have": an object
    if parse.near(end, index) == "and" and (more := noun_phrase(parse, end + 1)) and _predicates(parse, more[0]):
        return Subject(index, more[0], "they", head, False)
    if (
        parse.near(end, index) == "and"
        and parse.near(end + 1, index) in closed.SUBJECTS | closed.OBJECTS
        and _predicates(parse, end + 2)
    ):
        return Subject(index, end + 2, "they", head, False)
    if parse.near(end, index) in closed.PLACE_PREPOSITIONS | {"of", "with"}:
        inner = noun_phrase(parse, end + 1)
        after_inner = parse.near(inner[0], index) if inner else ""
        indefinite = head in closed.INDEFINITE_PRONOUNS and bool(base_of(after_inner))
        if inner and (after_inner in closed.AUXILIARIES or indefinite):
            return Subject(index, inner[0], person, head, False)
    return Subject(index, end, person, head, False) if _predicates(parse, end) else None


def _pronoun(parse: Parse, index: int, initial: bool) -> Subject:
    low = parse.low(index)
    person = {"i": "i", "you": "you", "we": "they", "they": "they"}.get(low, "he")
    if parse.near(index - 1, index) == "and" and not initial:
        person = "?"  # "my brother and I": handled by the phrase, or unclear
    if parse.near(index - 1, index) in {"or", "and"} and parse.near(index - 2, index) in closed.SUBJECTS:
        person = "?"  # "is he or she funny"
    if parse.near(index + 1, index) == "and" and initial:
        more = noun_phrase(parse, index + 2)
        if more and _predicates(parse, more[0]) and parse.near(more[0], index) not in {",", ""}:
            return Subject(index, more[0], "they", low, False)
        if parse.near(index + 2, index) in closed.SUBJECTS | closed.OBJECTS:
            return Subject(index, index + 3, "they", low, False)
    return Subject(index, index + 1, person, low, True)


def _free(parse: Parse, index: int, initial: bool) -> bool:
    """Whether "you" or "it" at `index` can be a subject rather than an object."""
    before = parse.near(index - 1, index)
    if before in closed.DO | closed.HAVE:
        asked = parse.near(index - 2, index)
        if parse.low(index) == "it" and not base_of(parse.near(index + 1, index)):
            return False  # "do it now", "please don't do it"
        return not asked or asked in closed.WH | closed.COORDINATORS | closed.INTERJECTIONS | {","}
    if initial or before in closed.AUXILIARIES:
        return True
    if before in closed.COMPLEMENT_VERBS:
        return parse.near(index + 1, index) in closed.AUXILIARIES or (
            before not in _OBJECT_VERBS and bool(base_of(parse.near(index + 1, index)))
        )
    if before in closed.PREPOSITIONS or base_of(before) or before in {"and", "let's"}:
        return False
    return not before.endswith("ing")


def _predicates(parse: Parse, index: int) -> bool:
    """Whether a predicate could begin at `index` (after adverbs) for a subject that is a noun phrase."""
    start = index
    while parse.near(index, start - 1) in closed.ADVERBS - closed.NOT:
        index += 1
    low = parse.near(index, start - 1)
    if not low:
        return False
    if low in closed.AUXILIARIES | closed.NOT | {"no", "be"} or low in ADJECTIVES or low in {"like"}:
        return True
    if low in closed.SUBJECTS - {"you"}:
        return True  # a doubled subject
    if (
        low == "at"
        and parse.low(start - 1) in KIN
        and parse.near(index + 1, start - 1) in {"work", "home", "school", "the"}
    ):
        return True
    base, _ = reading(low)
    return bool(base)


def noun_phrase(parse: Parse, index: int) -> tuple[int, str, str] | None:
    """(end, person, head) of a noun phrase that begins at `index`, or None."""
    start, segment = index, index
    low = parse.near(index, segment)
    if not low:
        return None
    if low in closed.INDEFINITE_PRONOUNS:
        return index + 1, "he", low
    determiner = ""
    if low in closed.DETERMINERS | {"of"} or low.isdigit() or low == "a":
        determiner = low
        index += 1
        if determiner == "one" and parse.near(index, segment) == "of":
            inner = noun_phrase(parse, index + 1)
            return (inner[0], "he", "one") if inner else None
        if determiner in {"some", "most", "all", "many", "both"} and parse.near(index, segment) == "of":
            inner = noun_phrase(parse, index + 1)
            return (inner[0], "they", inner[2]) if inner else None
        if parse.near(index, segment) in closed.NUMBERS | {"other", "own", "best", "favorite", "favourite", "new"}:
            if parse.near(index, segment) in closed.NUMBERS:
                determiner = "two"
            index += 1
    while parse.near(index, segment) in ADJECTIVES | {
        "other",
        "own",
        "best",
        "favorite",
        "favourite",
        "older",
        "younger",
        "elder",
        "big",
    }:
        if not _nounish(parse, index + 1, segment, first=True):
            break
        index += 1
    if parse.near(index, segment) in TITLES:
        index += 1
    if not _nounish(parse, index, segment, first=True):
        return None
    if not determiner and not _stands_bare(parse, index):
        return None
    index += 1
    while _nounish(parse, index, segment, first=False) and not _verb_place(parse, index - 1, index):
        index += 1
    head = parse.low(index - 1)
    if (
        parse.near(index, segment) == "'s"
        and _nounish(parse, index + 1, segment, first=True)
        and (parse.near(index + 1, segment) not in ADJECTIVES)
    ):
        index += 2
        head = parse.low(index - 1)
        determiner = "'s"
    return index, _number(determiner, head, parse.tag(index - 1), index - start), head


def _nounish(parse: Parse, index: int, near: int, *, first: bool) -> bool:
    low, tag = parse.near(index, near), parse.tag(index)
    if not low or not parse.tokens[index].word or low in closed.AUXILIARIES or low in closed.SUBJECTS | {"i", "m", "s"}:
        return False
    if low in NOUNS:
        return True
    if low in ADJECTIVES or low in closed.ADVERBS | closed.PREPOSITIONS | closed.COORDINATORS | closed.SUBORDINATORS:
        return False
    if (
        low
        in {"there", "here", "yesterday", "today", "tomorrow", "like", "let", "me", "him", "them", "us"}
        | closed.DETERMINERS
        | closed.INTERJECTIONS
    ):
        return False
    base, forms = reading(low)
    if base:
        return first and (low in NOUN_LIKE or tag.startswith("NN")) and forms <= {"base", "s"}
    if parse.tokens[index].text[:1].isupper() and index != 0:
        return True
    return tag.startswith("NN")


def _verb_place(parse: Parse, noun: int, index: int) -> bool:
    """After somebody's name or a person or animal, a word that may be a verb is one ("my mother cook")."""
    low = parse.low(index)
    base, _forms = reading(low)
    if not base:
        return False
    before = parse.low(noun)
    singular = PLURALS.get(before, before)
    return singular in ANIMATE or before in ALWAYS_PLURAL or parse.tag(index).startswith("VB")


def _stands_bare(parse: Parse, index: int) -> bool:
    low = parse.low(index)
    if low in PLURALS or low in ALWAYS_PLURAL:
        return True
    if low in {
        "mom",
        "mum",
        "mommy",
        "mummy",
        "mama",
        "dad",
        "daddy",
        "papa",
        "grandma",
        "grandpa",
        "teacher",
        "granny",
    }:
        return True
    if low in COUNTABLE:
        return False
    if low in MASS:
        return True
    return parse.tokens[index].text[:1].isupper() and not base_of(low)


def _number(determiner: str, head: str, tag: str, length: int) -> str:
    if head in EITHER_NUMBER:
        return "?"
    if determiner in {"a", "an", "this", "every", "each", "one", "another"} or determiner == "1":
        return "he" if head not in PLURALS and head not in ALWAYS_PLURAL else "?"
    if head in PLURALS or head in ALWAYS_PLURAL:
        return "they"
    if determiner in closed.NUMBERS | closed.PLURAL_QUANTIFIERS | {"all", "some", "most"} or determiner.isdigit():
        return "they" if head not in MASS else "he"
    if head in COUNTABLE or head in MASS:
        return "he"
    if tag in {"NNS", "NNPS"} or head.endswith("s"):
        return "?" if head.endswith("ss") or tag not in {"NNS"} else "they"
    return "he" if determiner or tag in {"NNP", "NN"} else "?"
