"""Finds subjects and their predicates in a child's English, with or without punctuation."""

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import base_of, reading
from tools.grammar.lexicon.nouns import JOBS, NOUNS, PEOPLE
from tools.grammar.parse import DAY_PARTS, PAST_NOUNS, Clause, Parse, Subject
from tools.grammar.phrases import EITHER_NUMBER, KIN, noun_phrase

_TIME_WORDS = words("yesterday today tomorrow now tonight everyday sometimes usually nowadays maybe")
_TIME_HEADS = {"last", "every", "next", "this", "one"} | closed.DAYS
# Made once: these are asked for every word.
_JOINS = closed.COORDINATORS | closed.SUBORDINATORS | {","}
_LEAD_IN = closed.INTERJECTIONS | closed.AUXILIARIES | closed.NOT
_BETWEEN = closed.ADVERBS - closed.NOT
_OPENS_PREDICATE = closed.AUXILIARIES | closed.NOT | ADJECTIVES | {"no", "be", "like"}
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
        while pred < end and parse.low(pred) in _BETWEEN and not _is_predicate_adverb(parse, pred):
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
    if low == "one" and after == "day" and not parse.near(index - 1, index):
        words_ahead = {parse.near(at, index) for at in range(index, len(parse.tokens))}
        return words_ahead.isdisjoint(
            closed.MODALS | closed.FINITE_BE | {"want", "wants", "hope", "wish", "if", "has", "have"}
        )
    if low == "upon":
        return parse.lows(index - 1, index + 3) == ("once", "upon", "a", "time")
    return low == "when" and parse.low(index + 1) in closed.SUBJECTS and parse.low(index + 2) in {"was", "were"}


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
        if token.low in _JOINS or _asked_about(parse, index):
            initial = True
        elif not (initial and token.low in _LEAD_IN):
            initial = False
        index += 1


def _asked_about(parse: Parse, index: int) -> bool:
    """The noun of "how many cats", "what color", "what kind of food": a subject may follow."""
    low = parse.low(index)
    before = parse.lows(max(0, index - 3), index)
    if before[-1:] == ("how",):
        return low in ADJECTIVES | {"far", "often", "much", "many"}
    if low in {"many", "much", "kind", "of"}:
        return bool(set(before) & {"how", "what", "which"})
    return low in NOUNS and (
        before[-2:] in {("how", "many"), ("how", "much"), ("kind", "of")} or before[-1:] in {("what",), ("which",)}
    )


def _after_time(parse: Parse, index: int) -> int:
    low = parse.low(index)
    if low in _TIME_WORDS:
        return index + 1
    if parse.lows(index, index + 4) == ("once", "upon", "a", "time"):
        return index + 4
    ago = next((at for at in (index + 2, index + 3) if parse.near(at, index) == "ago"), 0)
    if ago and (low in closed.NUMBERS | {"a", "an", "many", "some"} or low.isdigit()):
        return ago + 1
    if low in _TIME_HEADS and parse.near(index + 1, index) in DAY_PARTS:
        return index + 2
    if low in {"in", "on", "at"}:
        if low == "in" and len(year := parse.near(index + 1, index)) == 4 and year.isdigit():
            return index + 2
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
        parse.near(index - 1, index) in {"how", "what", "which", "whose", "many", "much", "of", "kind"}
        and parse.near(index - 2, index) in {"", "how", "what", "which", "whose", "and", "so", "kind"}
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
        if inner and parse.near(inner[0], index) in closed.PLACE_PREPOSITIONS:
            inner = noun_phrase(parse, inner[0] + 1) or inner  # "the water in the river near my house"
        after_inner = parse.near(inner[0], index) if inner else ""
        indefinite = head in closed.INDEFINITE_PRONOUNS and bool(base_of(after_inner))
        if head not in EITHER_NUMBER and low in closed.DETERMINERS and inner and _only_a_verb(parse, inner[0]):
            return Subject(index, inner[0], person, head, False)
        if inner and (after_inner in closed.AUXILIARIES or indefinite or _described(parse, inner[0])):
            return Subject(index, inner[0], person, head, False)
    return Subject(index, end, person, head, False) if _predicates(parse, end) else None


def _only_a_verb(parse: Parse, index: int) -> bool:
    """ "the dog of my neighbour [bark all night]", "the water in the river [gets dirty]"."""
    low = parse.near(index, index - 1)
    base, _ = reading(low)
    return (
        bool(base) and low not in NOUNS and parse.tag(index).startswith("VB") and parse.tag(index) not in {"VBG", "VBN"}
    )


def _described(parse: Parse, index: int) -> bool:
    """ "the soup on the table [very hot]", "the boy in the picture [he looks]": what follows a longer subject."""
    strengthened = index
    while parse.near(strengthened, index - 1) in {"very", "so", "really", "too"}:
        strengthened += 1
    low = parse.near(strengthened, index - 1)
    if low in {"he", "she", "it", "they"}:
        follower = parse.near(index + 1, index - 1)
        return follower in closed.AUXILIARIES | closed.ADVERBS or bool(base_of(follower))
    return low in ADJECTIVES and parse.near(strengthened + 1, index - 1) in {"", ",", "and", "but", "because", "today"}


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
        following = parse.near(index + 1, index)
        if parse.low(index) == "it" and not (base_of(following) or following in ADJECTIVES):
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
    return not before.endswith("ing") or before in NOUNS


def _predicates(parse: Parse, index: int) -> bool:
    """Whether a predicate could begin at `index` (after adverbs) for a subject that is a noun phrase."""
    start = index
    while parse.near(index, start - 1) in _BETWEEN:
        index += 1
    low = parse.near(index, start - 1)
    if not low:
        return False
    if low in _OPENS_PREDICATE:
        return True
    if low in closed.SUBJECTS - {"you"}:
        return True  # a doubled subject
    if low in {"a", "an"} and parse.low(start - 1) in KIN | {"friend", "teacher", "cousin"}:
        return parse.near(index + 1, start - 1) in JOBS | PEOPLE | ADJECTIVES
    if (
        low == "at"
        and parse.low(start - 1) in KIN
        and parse.near(index + 1, start - 1) in {"work", "home", "school", "the"}
    ):
        return True
    base, _ = reading(low)
    return bool(base)
