"""The subject that Vietnamese leaves out: "is very hot", "I like it because is fun"."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import reading
from tools.grammar.lexicon.nouns import ANIMALS, FEMALE, MALE, PEOPLE
from tools.grammar.lexicon.verbs import NOUN_LIKE
from tools.grammar.parse import Clause, Parse
from tools.grammar.rule import Change, Rule, before, lexical

_WEATHER = r"(?:hot|cold|cool|warm|sunny|rainy|windy|cloudy|raining|snowing|late|dark|noisy|stormy|freezing|humid)"


def _after_because(parse: Parse) -> Iterator[Change]:
    """ "she is crying because lost her doll": who did it is the subject before."""
    for token in parse.tokens:
        verb = token.index + 1
        if token.low not in {"because", "cause", "cuz"} or token.foreign:
            continue
        while parse.near(verb, token.index) in {"very", "really", "always", "never", "also"}:
            verb += 1
        main = next((c for c in reversed(parse.clauses) if c.subject.start < token.index), None)
        if main is None or parse.tokens[main.subject.start].segment != token.segment:
            continue
        if _predicate(parse, verb) and (who := _who(parse, main, verb)):
            yield before(parse, token.index + 1, who)


def _predicate(parse: Parse, at: int) -> bool:
    low = parse.near(at, at - 1)
    if low in {"is", "was", "has", "have", "can", "can't", "are", "were", "had", "don't", "doesn't", "didn't"}:
        return True
    if low in closed.DO | {"ca"}:
        return parse.near(at + 1, at) in closed.NOT
    base, forms = reading(low)
    return bool(base) and (low not in NOUN_LIKE) and bool(forms & {"past", "s"} or parse.tag(at) in {"VBP", "VBD"})


def _who(parse: Parse, main: Clause, verb: int) -> str:
    """The pronoun for the one that `main` is about, "it" for a thing liked or told of, "" when unclear."""
    low, head = parse.low(verb), main.subject.head
    singular = low in {"is", "was", "has", "doesn't"} or reading(low)[1] == {"s"}
    if main.subject.person == "i" and singular:
        return _told_of(parse, main, verb)
    if main.subject.pronoun:
        same = (main.subject.person == "he") == singular or low in {"had", "can"} or "past" in reading(low)[1]
        return ("I" if main.subject.person == "i" else head) if same else ""
    if head in FEMALE | MALE and main.subject.person == "he":
        return "she" if head in FEMALE else "he"
    if main.subject.person == "they" and not singular:
        return "they"
    return "it" if main.subject.person == "he" and head not in PEOPLE | ANIMALS else ""


def _told_of(parse: Parse, main: Clause, verb: int) -> str:
    """ "I like this song because is happy": it; nothing when a person was named."""
    named = set(parse.lows(main.pred, verb))
    people = named & (PEOPLE | closed.OBJECTS - {"it"})
    if not people:
        return "it"
    gender = {"she" if word in FEMALE | {"her"} else "he" if word in MALE | {"him"} else "" for word in people}
    return gender.pop() if len(gender) == 1 else ""


_GOOD = "|".join(sorted(ADJECTIVES - {"right", "true", "sure"}))
RULES = (
    Rule("missing_subject.because", "other", _after_because,
         "Say who or what: because it is fun.", "Sau because cần có chủ ngữ: because it is fun.", 0.88),
    Rule("missing_subject.weather", "other", lexical(
        (rf"(?<![\w,?] )(?P<fix>(?P<be>is|was))(?= (?:(?:very|so|really|too) )?{_WEATHER}(?:\s*(?:$|[.!])| (?:today|now|outside|here|yesterday|in|so|and|because|at|but)\b)(?![^.!]*\?))",
         lambda m: "it " + m["be"].lower()),
        (rf"(?:like|love|likes|loves|want|hate) (?:this|that|the|my|our|your) (?:\w+ )?\w+ (?:but|and|so)(?P<fix>) (?=(?:is|was) (?:very |so |really |too )?(?:{_GOOD})\b)", " it"),
    ), "We need it here: it is hot.", "Câu cần chủ ngữ it: it is hot.", 0.88),
)  # fmt: skip
