"""Verb forms that do not agree with their subject."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import inflect, reading
from tools.grammar.lexicon.nouns import ANIMALS, COUNTABLE, MASS, NOUNS, PEOPLE, PLURALS
from tools.grammar.lexicon.verbs import EVENTS, NOUN_LIKE, VERBS
from tools.grammar.parse import Clause, Parse
from tools.grammar.phrases import ANIMATE
from tools.grammar.rule import Change, Rule, lexical, swap
from tools.grammar.rules.common import be_for, do_for, governed, habitual, is_stative, told_in_past

_WITH_ANOTHER_VERB = {"likes", "wants", "lets", "helps", "makes", "needs", "loves", "sees", "hears", "watches"}
_ALSO_PAST = {"put", "cut", "read", "hit", "let", "cost", "hurt", "beat", "quit", "set", "shut", "spread"}


def _missing_s(parse: Parse) -> Iterator[Change]:
    for clause in parse.clauses:
        if clause.subject.person != "he" or clause.inverted >= 0 or told_in_past(parse, clause):
            continue
        if (
            _in_a_story(parse, clause)
            or _joined(parse, clause)
            or _on_one_day(parse, clause)
            or governed(parse, clause)
        ):
            continue  # "mix the flour and sugar then add", "I saw he break it"
        low = parse.low(clause.pred)
        base, forms = reading(low)
        if forms == {"s"} and low not in _WITH_ANOTHER_VERB:
            yield from _second_missing_s(parse, clause)
        if low in {"is", "'s"}:
            yield from _after_be(parse, clause)
        unsure = (
            not base
            or "base" not in forms
            or ((low in _ALSO_PAST or "participle" in forms) and not habitual(parse, clause))
        )
        if unsure and low not in {"come", "run", "become"}:
            continue
        if not _is_verb_here(parse, clause) or _follows_bare(parse, clause) or _goes_on(parse, clause, base):
            continue
        yield swap(parse, clause.pred, inflect(base, "s"))
        yield from _second_missing_s(parse, clause)


def _goes_on(parse: Parse, clause: Clause, base: str) -> bool:
    """ "... and then my friend push me": what happened next is as likely to be past, so neither is said."""
    start = clause.subject.start
    return base in EVENTS and "then" in parse.lows(max(0, start - 2), start) and not habitual(parse, clause)


def _joined(parse: Parse, clause: Clause) -> bool:
    """ "between Hue and Hanoi ...", "rice and fish ...": the second of two bare nouns, so it may be two that do it."""
    start = clause.subject.start
    bare = not clause.subject.pronoun and parse.low(start) not in closed.DETERMINERS
    before_and = parse.tag(start - 2)
    return bare and clause.opener in {"and", "or"} and before_and.startswith(("NN", "CD"))


def _second_missing_s(parse: Parse, clause: Clause) -> Iterator[Change]:
    """ "she wake up and go": the verb after "and" agrees too."""
    for at in range(clause.pred + 1, clause.end - 1):
        base, forms = reading(parse.low(at + 1))
        if any("base" in reading(word)[1] and word not in NOUN_LIKE for word in parse.lows(clause.pred + 1, at)):
            return  # "he helps me wash and dry": not his own verb
        past = forms & {"past", "participle"} and base not in {"read", "come", "run"}
        if parse.low(at) == "and" and base and "base" in forms and not past:
            if "to" in parse.lows(clause.pred, at) and not _to_place(parse, clause, at):
                return
            pair = at == clause.pred + 1 and parse.near(at + 2, at) in closed.PREPOSITIONS | {"", "all", "every"}
            if base not in NOUN_LIKE or pair or parse.tag(at + 1).startswith("VB"):
                yield swap(parse, at + 1, inflect(base, "s"))


_HAVING = words("have like love want need live hate know go come eat sleep")


def _after_be(parse: Parse, clause: Clause) -> Iterator[Change]:
    """ "my dog is cute and like to sleep", "the room is big and have two doors"."""
    row = parse.lows(clause.pred + 1, clause.end)
    if "to" in row[: row.index("and")] if "and" in row else True:
        return
    at = clause.pred + 1 + row.index("and")
    described = all(not word or word in ADJECTIVES | closed.ADVERBS | closed.ARTICLES | NOUNS or word in {",", "and"}
                    for word in parse.lows(clause.pred + 1, at))  # fmt: skip
    verb = at + 1
    while parse.near(verb, at) in {"always", "also", "often", "usually", "really"}:
        verb += 1
    if described and verb < clause.end and parse.low(verb) in _HAVING and parse.near(verb + 1, at):
        yield swap(parse, verb, inflect(parse.low(verb), "s"))


def _in_a_story(parse: Parse, clause: Clause) -> bool:
    """ "he said that he was tired so he go to bed": after a past the verb may want its past, not an s."""
    base, _ = reading(parse.low(clause.pred))
    if is_stative(base) or habitual(parse, clause) or clause.opener in {"", "who", "that", "which"}:
        return False
    segment = parse.tokens[clause.subject.start].segment
    earlier = [c for c in parse.clauses if c.end <= clause.subject.start and parse.tokens[c.pred].segment == segment]
    return any(parse.low(c.pred) in {"was", "were"} or reading(parse.low(c.pred))[1] in _PAST_ONLY for c in earlier)


_PAST_ONLY = (frozenset({"past"}), frozenset({"past", "participle"}))


def _on_one_day(parse: Parse, clause: Clause) -> bool:
    """ "on Saturday my uncle take me": it may be told of the past."""
    opening = parse.lows(max(0, clause.subject.start - 3), clause.subject.start)
    return bool(set(opening) & (closed.DAYS | {"saturday"})) and not habitual(parse, clause)


def _to_place(parse: Parse, clause: Clause, until: int) -> bool:
    return all("base" not in reading(parse.low(i + 1))[1] for i in range(clause.pred, until) if parse.low(i) == "to")


def _is_verb_here(parse: Parse, clause: Clause) -> bool:
    low, nxt = parse.low(clause.pred), parse.near(clause.pred + 1, clause.pred)
    if nxt.startswith("-") or _noun_before(parse, clause.pred + 1) or _likened(parse, clause):
        return False
    if nxt in closed.FINITE_BE | {"and's"} or (low == "help" and not nxt):
        return False
    if clause.subject.pronoun or low not in NOUN_LIKE or low == "like":
        return True
    if nxt == "and" and clause.subject.head in ANIMATE and parse.near(clause.pred + 2, clause.pred) in VERBS:
        return True  # "the robot walk and talk"
    if clause.subject.head in PEOPLE | ANIMALS and nxt in closed.PREPOSITIONS | closed.ADVERBS | {"every", "hard", "a"}:
        return True
    return parse.tag(clause.pred).startswith("VB") or nxt in closed.DETERMINERS | closed.OBJECTS | {
        "to",
        "at",
        "with",
        "very",
    }


def _noun_before(parse: Parse, index: int) -> bool:
    """ "the lion dance it was", "the dance was": the word before is a thing."""
    return parse.near(index, index - 1) in closed.SUBJECT_ONLY | {"it"} and (
        parse.near(index + 1, index) in closed.AUXILIARIES
    )


def _likened(parse: Parse, clause: Clause) -> bool:
    """ "a label or a producer like most bands": like is no verb."""
    if parse.low(clause.pred) != "like" or clause.subject.pronoun or (clause.initial and not clause.opener):
        return False
    return parse.near(clause.pred + 1, clause.pred) in {"most", "all", "me", "him", "us", "them", "this", "that"}


def _follows_bare(parse: Parse, clause: Clause) -> bool:
    """After let, make, help, see or a modal question the bare verb is right."""
    before = {parse.near(clause.subject.start - k, clause.subject.start) for k in (1, 2)}
    if before & {"let", "lets", "let's", "make", "makes", "made", "help", "helps", "watch", "suggest", "than", "as"}:
        return True
    if before & {"see", "saw", "hear", "heard", "have", "wish", "demand"} and not clause.subject.pronoun:
        return True
    words = parse.lows(max(0, clause.subject.start - 6), clause.subject.start)
    return bool(set(words[-2:]) & (closed.DO | closed.MODALS)) and "and" in words[-3:]


def _extra_s(parse: Parse) -> Iterator[Change]:
    for clause in parse.clauses:
        if clause.subject.person not in {"i", "you", "they"} or clause.inverted >= 0 or told_in_past(parse, clause):
            continue
        low = parse.low(clause.pred)
        base, forms = reading(low)
        if not base or forms != {"s"}:
            continue
        if not clause.subject.pronoun and base in NOUN_LIKE and base != "like" and not _does(parse, clause):
            continue
        if clause.opener in {"who", "that", "which"} or parse.near(clause.pred + 1, clause.pred) in closed.FINITE_BE:
            continue
        if _relative_before(parse, clause) or governed(parse, clause):
            continue
        yield swap(parse, clause.pred, base)


def _does(parse: Parse, clause: Clause) -> bool:
    """ "the dogs barks at night" is a doing, "the dogs walks" may be a thing."""
    place = parse.near(clause.pred + 1, clause.pred) in closed.PREPOSITIONS | closed.ADVERBS | {"every"}
    animals = PLURALS.get(clause.subject.head, "") in ANIMATE
    return parse.tag(clause.pred) == "VBZ" or (animals and place)


def _relative_before(parse: Parse, clause: Clause) -> bool:
    """ "the cake you like is", "one of the boys who plays"."""
    return parse.near(clause.subject.start - 1, clause.subject.start) in {"one", "who", "that"}


def _be(parse: Parse) -> Iterator[Change]:
    for clause in parse.clauses:
        person = clause.subject.person
        if person == "?" or clause.inverted >= 0:
            continue
        low = parse.low(clause.pred)
        if low not in {"am", "is", "are", "was", "were"}:
            continue
        if low in {"was", "were"} and (
            clause.opener in {"if", "wish", "though"} or "wish" in parse.lows(0, clause.pred)
        ):
            continue
        if clause.subject.head in {"there", "what"} or parse.low(clause.subject.start - 1) in {"of"}:
            continue
        if _one_sum(parse, clause) or _joined(parse, clause):
            continue
        right = be_for(person, past=low in {"was", "were"})
        if right != low and not (low == "were" and person == "i" and "if" in parse.lows(0, clause.pred)):
            yield swap(parse, clause.pred, right)


_MEASURES = words("minutes hours days weeks months years dollars dong kilometers kilometres meters metres kilos cents")


def _one_sum(parse: Parse, clause: Clause) -> bool:
    """ "ten minutes is not long", "fish and chips is yummy": many things taken as one."""
    start = clause.subject.start
    counted = parse.low(start) in closed.NUMBERS or parse.low(start).isdigit()
    if counted and clause.subject.head in _MEASURES:
        return True
    inside = parse.lows(start, clause.subject.end)
    return (
        "and" in inside
        and closed.DETERMINERS.isdisjoint(inside)
        and closed.SUBJECTS.isdisjoint(inside)
        and (clause.subject.head in MASS | PLURALS.keys() | {"fish"})
    )


def _inverted(parse: Parse) -> Iterator[Change]:
    for clause in parse.clauses:
        if clause.inverted < 0 or clause.subject.person == "?":
            continue
        low, person = parse.low(clause.inverted), clause.subject.person
        if parse.low(clause.inverted - 1) in closed.SUBJECTS | {"and", "so"}:
            continue
        past = told_in_past(parse, clause)
        if low in {"do", "does"} and not past and (right := do_for(person, past=False)) != low and _bare(parse, clause):
            yield swap(parse, clause.inverted, right)
        elif low in {"is", "am", "are"} and (right := be_for(person, past=False)) != low and clause.subject.pronoun:
            if not (person == "i" and low == "are"):  # "aren't I"
                yield swap(parse, clause.inverted, right)
        elif low == "was" and parse.low(clause.subject.start) in {"you", "they", "we"}:
            yield swap(parse, clause.inverted, "were")


def _bare(parse: Parse, clause: Clause) -> bool:
    """ "does the boys like": a verb or an end follows, not a noun that "do" could govern."""
    return clause.subject.pronoun or bool(reading(parse.low(clause.pred))[0])


_SEVERAL = "|".join(
    [*sorted(set(PLURALS) - {"clothes"}, key=len, reverse=True), "glasses", "parents", "clothes", "children"]
)
_SINGLE = "|".join(sorted(COUNTABLE - {"people", "fish", "sheep"}, key=len, reverse=True))
_ONE = "|".join(sorted(PEOPLE | ANIMALS - {"fish", "sheep", "duck", "chicken"}))
RULES = (
    Rule("agreement.be", "third_person_s", _be,
         "I am, he is, she is, they are.", "I đi với am; he, she, it đi với is; còn lại đi với are.", 0.92),
    Rule("agreement.inverted", "do_support", _inverted,
         "Does goes with he, she, it.", "He, she, it đi với does; còn lại đi với do.", 0.9),
    Rule("agreement.missing_s", "third_person_s", _missing_s,
         "After he, she or it, the verb takes an s.", "Sau he, she, it, động từ thêm s nhé.", 0.9),
    Rule("agreement.extra_s", "third_person_s", _extra_s,
         "After I, you, we, they, no s.", "Sau I, you, we, they, động từ không thêm s.", 0.9),
    Rule("agreement.one_subject", "third_person_s", lexical(
        (r"(?:maths|mathematics|physics|gymnastics|the news) (?P<fix>are|were)\b", lambda m: "is" if m["fix"].lower() == "are" else "was"),
        (rf"(?<!\w )(?:what|where|who) (?P<fix>is)(?= (?:your|my|his|her|their|our|the) (?:\w+ )?(?:{_SEVERAL})\s*(?:$|\?))", "are"),
        (rf"(?<!\w )(?:what|where|who) (?P<fix>are)(?= (?:your|my|his|her|their|our|the) (?:best |favou?rite |new |old )?(?:{_SINGLE})\s*(?:$|\?))", "is"),
    ), "One goes with is, many with are.", "Một thì dùng is, nhiều thì dùng are.", 0.9),
    Rule("agreement.people", "third_person_s", lexical(
        (r"(?<!\w )(?:these|those) (?P<fix>is|was)\b", lambda m: "are" if m["fix"].lower() == "is" else "were"),
        (r"(?:people|children) (?P<fix>is|was)\b(?! a)", lambda m: "are" if m["fix"].lower() == "is" else "were"),
        (r"(?:everyone|everybody|someone|somebody|nobody|everything) (?P<fix>are|were|have)\b",
         lambda m: {"are": "is", "were": "was", "have": "has"}[m["fix"].lower()]),
        (rf"(?:a|the|my|his|her|one) (?:\w+ )?(?:{_ONE}) (?P<fix>(?P<who>who|that) (?P<w>have|like|want|live|know|love|play|work|come|make|need|speak|wear|look|eat|sleep|sing|run|swim|help))(?= \w)",
         lambda m: f"{m['who']} {inflect(m['w'].lower(), 's')}"),
        (r"(?<!\w )(?P<fix>who (?P<w>want|know|live|need|love|think|go|eat|come))(?= \w)(?! (?:come|you|we|they)\b)", lambda m: "who " + inflect(m["w"].lower(), "s")),
    ), "People are; everyone is.", "People đi với are, everyone đi với is.", 0.9),
)  # fmt: skip
