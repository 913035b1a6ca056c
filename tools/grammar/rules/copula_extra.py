"""Be where it does not belong ("I am like"), and be that a helper lost ("I will happy")."""

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES, LOOSE
from tools.grammar.lexicon.forms import inflect, reading
from tools.grammar.lexicon.nouns import MASS, NO_DOERS, NOUNS, PEOPLE, PLURALS
from tools.grammar.lexicon.verbs import NOUN_LIKE
from tools.grammar.parse import Clause, Parse
from tools.grammar.phrases import ANIMATE
from tools.grammar.rule import Change, Rule, before, swap
from tools.grammar.rules.common import finite, habitual, is_stative, told_in_past

_PERSONS = {"i", "he", "they", "you"}
_NOT_AFTER_BE = words("open clean close dress free live lie set like mean cool dry visit")
_DOINGS = words(
    "sleep play watch run walk talk cry swim dance work drink jump paint study wait laugh smile fight travel wash wear"
)
_WITH_OBJECT = words("play watch drink paint study wash wear")
_SAID_OF_SOMEBODY = (
    ADJECTIVES
    - LOOSE
    - words("same different safe calm tidy neat straight wild mad low rough deep wide slow smooth fun hard long short")
)


def _extra(parse: Parse) -> Iterator[Change]:
    for clause in parse.clauses:
        if clause.inverted >= 0 or clause.subject.person not in _PERSONS:
            continue
        be = clause.pred
        if parse.low(be) not in closed.FINITE_BE - {"be"} or clause.subject.head in NO_DOERS:
            continue
        verb = be + 1
        while parse.near(verb, be) in {"very", "really", "also", "always", "usually", "often", "just", "so"}:
            verb += 1
        base, forms = reading(parse.near(verb, be))
        doer = parse.near(verb + 1, be) == "by" and parse.near(verb + 2, be) in closed.DETERMINERS
        if base and doer and forms & {"base", "past"} and "participle" not in forms:
            yield swap(parse, verb, inflect(base, "participle"))  # "the song is sing by a singer"
            continue
        if base == "go" and forms == {"base"} and parse.near(verb + 1, be) == "to" and _will_do(parse, verb + 2):
            yield swap(parse, verb, "going")
            continue
        if (
            base == "read"
            and "base" in forms
            and parse.near(verb + 1, verb) in {"a", "the", "his", "her", "my", "book"}
        ):
            yield swap(parse, verb, "reading")
            continue
        doing = base in _DOINGS and forms == {"base"} and _being_done(parse, clause, verb)
        if not base or forms != {"base"} or not (doing or _only_verb(parse, verb)):
            continue
        was = parse.low(be) in {"was", "were"}
        if doing and not habitual(parse, clause):
            yield swap(parse, verb, inflect(base, "ing"))
            continue
        if was and base == "like":
            continue
        past = was or told_in_past(parse, clause)
        around = parse.lows(max(0, clause.subject.start - 2), clause.subject.start)
        now = "look" in around or "now" in (*around, *parse.lows(clause.subject.start, clause.end))
        start, gap = parse.tokens[be].start, " " if parse.low(be)[0] == "'" or parse.low(be) == "m" else ""
        middle = "".join(f"{parse.tokens[k].text} " for k in range(be + 1, verb) if parse.low(k) not in {"very", "so"})
        if now and not is_stative(base) and not habitual(parse, clause):
            yield Change(parse.tokens[verb].start, parse.tokens[verb].end, inflect(base, "ing"))
            continue
        right = finite(base, clause.subject.person, past=past)
        yield Change(start, parse.tokens[verb].end, gap + middle + right)


def _will_do(parse: Parse, index: int) -> bool:
    """ "he is go to sleep": a verb follows, not a place."""
    base, forms = reading(parse.low(index))
    if parse.low(index).endswith("ing"):
        return True  # "we are go to camping"
    return bool(base) and bool(forms & {"base", "ing"}) and parse.low(index) not in {"work", "market"}


def _being_done(parse: Parse, clause: Clause, verb: int) -> bool:
    """ "they are watch cartoon", "the baby is sleep now": somebody does it, at the end or with what belongs to it."""
    if not (clause.subject.pronoun or clause.subject.head in ANIMATE) or parse.low(clause.subject.start) == "it":
        return False
    nxt, base = parse.near(verb + 1, verb), parse.low(verb)
    if nxt in {"", "now", "with", "in", "on", "at", "outside", "right"}:
        return base not in {"work", "watch", "drink", "paint", "run", "study"} or nxt in {
            "now",
            "with",
            "outside",
            "right",
        }
    return base in _WITH_OBJECT and (nxt in closed.DETERMINERS or nxt in NOUNS)


def _only_verb(parse: Parse, verb: int) -> bool:
    low, nxt = parse.low(verb), parse.near(verb + 1, verb)
    if low == "like":
        return _liked(parse, verb + 1)
    if low in _NOT_AFTER_BE - {"live"}:
        return False
    if low == "live":
        return nxt in {"in", "with", "at"}
    if low == "work":
        return nxt in {"at", "in", "for", "with", "very", "hard"}
    if low in NOUN_LIKE:
        return (parse.tag(verb).startswith("VB") and nxt not in {"", "."}) or (
            nxt in {"football", "soccer", "with", "the"} and low in {"play", "watch"}
        )
    return True


def _liked(parse: Parse, index: int) -> bool:
    """ "I am like cats" is liking; "I am like my dad", "I'm like oh" is not."""
    low = parse.low(index)
    if low in {"to", "it", "english", "football", "soccer", "milk", "chicken"} or low in MASS:
        return True
    if low in PLURALS:
        return True
    if reading(low)[1] == {"ing"}:
        return True
    return (
        low in {"eat", "play", "read", "swim", "go", "ice", "rice", "noodles", "pizza", "the"}
        and parse.near(index, index - 1) != ""
    )


def _bare_be(parse: Parse) -> Iterator[Change]:
    """ "I will happy", "she wants to famous", "don't sad": be before an adjective after a helper."""
    for token in parse.tokens:
        at = token.index
        helper = at - 1
        while parse.near(helper, at) in {"very", "so", "really", "always", "not", "n't"}:
            helper -= 1
        nxt = parse.near(at + 1, at)
        if token.low not in _SAID_OF_SOMEBODY or reading(token.low)[0] or nxt in NOUNS - {"today"} or helper < 0:
            continue
        if nxt not in {
            "",
            ",",
            "and",
            "but",
            "because",
            "when",
            "if",
            "with",
            "for",
            "to",
            "at",
            "in",
            "today",
            "tomorrow",
            "now",
        }:
            continue
        word, earlier = parse.near(helper, at), parse.near(helper - 1, at)
        modal = word in {"will", "can", "must", "should", "wo", "'ll", "could", "would"} and (
            earlier in closed.SUBJECTS | PEOPLE | closed.INDEFINITE_PRONOUNS | {"this", "that"}
        )
        aim = (
            word == "to"
            and reading(earlier)[0] in {"want", "need", "go", "use", "try", "hope", "learn"}
            and nxt not in PEOPLE
        )
        wished = word == "do" and not earlier and helper < at - 1
        if modal or (aim and earlier != "go" and earlier != "goes") or wished:
            yield before(parse, helper + 1 + (parse.near(helper + 1, at) in closed.NOT), "be")


RULES = (
    Rule("copula.extra", "copula", _extra,
         "One verb is enough: I like, not I am like.", "Chỉ cần một động từ: I like, không nói I am like.", 0.88),
    Rule("copula.be", "copula", _bare_be,
         "We need be here: I will be happy.", "Chỗ này cần có be: I will be happy.", 0.9),
)  # fmt: skip
