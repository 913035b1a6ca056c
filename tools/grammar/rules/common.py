"""Small questions that several rules ask of a clause."""

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.forms import Form, inflect, reading
from tools.grammar.lexicon.nouns import PEOPLE
from tools.grammar.lexicon.verbs import STATIVE
from tools.grammar.parse import Clause, Parse

EPISODIC = words(
    """
    fun happy tired good great hot hungry sad scared delicious sick cold beautiful amazing awesome bored excited
    angry ill wet rainy sunny late scary interesting funny cool nice boring difficult easy hard exciting noisy crowded
    surprised worried upset embarrassed disappointed lost broken
    """
)  # fmt: skip


def be_for(person: str, *, past: bool) -> str:
    """The form of be for "i", "you", "he", "they"."""
    if past:
        return "was" if person in {"i", "he"} else "were"
    return {"i": "am", "he": "is"}.get(person, "are")


def do_for(person: str, *, past: bool) -> str:
    if past:
        return "did"
    return "does" if person == "he" else "do"


def finite(base: str, person: str, *, past: bool) -> str:
    """`base` as the finite verb of `person`: "likes", "like", "liked"."""
    form: Form = "past" if past else "s" if person == "he" else "base"
    return inflect(base, form)


def told_in_past(parse: Parse, clause: Clause) -> bool:
    """Whether a past time word governs this clause and no present one stands against it."""
    start = clause.subject.start
    marker = parse.past_from.get(parse.tokens[start].segment)
    if (
        marker is None
        or clause.end <= marker
        or clause.opener in {"if", "that"} - ({"that"} if _so_that(parse, clause) else set())
    ):
        return False
    if clause.pred < marker < clause.end and (
        _of_what_follows(parse, clause, marker) or _of_a_relative(parse, clause, marker)
    ):
        return False
    previous = max(0, start - 3)
    return not any(word in closed.PRESENT_TIME for word in parse.lows(previous, clause.end)) or marker in range(
        start, clause.end
    )


def _so_that(parse: Parse, clause: Clause) -> bool:
    """ "it rained so hard [that the street became a river]": one story."""
    start = clause.subject.start
    return "so" in {parse.near(at, start) for at in range(max(0, start - 4), start - 1)}


def _of_what_follows(parse: Parse, clause: Clause, marker: int) -> bool:
    """ "I usually walk, but yesterday [I took the bus]": the time opens the next clause."""
    goes_on = clause.end < len(parse.tokens) and parse.tokens[clause.end].segment == parse.tokens[clause.pred].segment
    lead = range(max(clause.pred, clause.end - 5), marker + 1)
    return goes_on and any(parse.low(at) in {",", "but", "and", "so"} for at in lead)


def _of_a_relative(parse: Parse, clause: Clause, marker: int) -> bool:
    """ "she is the one [who was here last week]"."""
    return bool({"who", "that", "which", "what"} & set(parse.lows(clause.pred + 1, marker)))


def governed(parse: Parse, clause: Clause) -> bool:
    """Whether a verb right before a pronoun takes it as its object: "show I the way", "call he now"."""
    base, _ = reading(clause.opener)
    if not clause.subject.pronoun or not base or clause.opener in closed.COMPLEMENT_VERBS | {"feel", "pretend"}:
        return False
    start = clause.subject.start
    return closed.SUBORDINATORS.isdisjoint(parse.near(at, start) for at in range(max(0, start - 6), start))


def first_in_past(parse: Parse, clause: Clause) -> bool:
    """Whether this is the first clause that the past time word governs."""
    segment = parse.tokens[clause.subject.start].segment
    marker = parse.past_from.get(segment)
    if marker is None:
        return False
    governed = [c for c in parse.clauses if parse.tokens[c.subject.start].segment == segment and c.end > marker]
    if parse.low(marker) == "when":  # "when I was small I live": what follows is the story
        governed = governed[1:]
    return bool(governed) and governed[0] is clause


def past_of_state(parse: Parse, clause: Clause, adjective: str) -> bool:
    """Whether a state ("am", "is", or a missing be) belongs to the past narrative rather than to now."""
    if not told_in_past(parse, clause):
        return False
    person = clause.subject.pronoun or clause.subject.head in PEOPLE
    return first_in_past(parse, clause) or (adjective in EPISODIC and person)


def plain_verb(parse: Parse, clause: Clause) -> tuple[str, bool]:
    """(base, True) when the clause's predicate is one verb of the lexicon that is no auxiliary, else ("", False)."""
    low = parse.low(clause.pred)
    base, forms = reading(low)
    return (base, bool(forms)) if clause.pred < clause.end else ("", False)


def habitual(parse: Parse, clause: Clause) -> bool:
    words = parse.lows(max(0, clause.subject.start - 4), clause.end)
    return any(word in closed.HABITUAL | {"every"} for word in words)


def is_stative(base: str) -> bool:
    return base in STATIVE


def first_adverb(clause: Clause) -> int:
    """Where a missing auxiliary goes: right after the subject."""
    return clause.subject.end
