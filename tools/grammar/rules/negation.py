"""No and not where English needs do or be."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import inflect, is_form, reading
from tools.grammar.lexicon.nouns import MASS, NOUNS, PLURALS
from tools.grammar.parse import Clause, Parse
from tools.grammar.rule import Change, Rule, before, lexical, span, swap
from tools.grammar.rules.common import be_for, do_for, told_in_past

_SKIP = {"you", "what"}
_ALSO_OTHER = words("like clean dry cool warm empty open close right wrong slow kind fun dirty")


_DONE_TO = words("allowed supposed married invited used called named interested finished born gone")


def _no_verb(parse: Parse) -> Iterator[Change]:
    """ "I no like", "she not go", "he not happy"."""
    for clause in parse.clauses:
        if clause.subject.person == "?" or clause.inverted >= 0:
            continue
        at = clause.pred
        if parse.low(at) not in {"no", "not"} or at >= clause.end:
            continue
        nxt = parse.near(at + 1, at)
        base, forms = reading(nxt)
        past = told_in_past(parse, clause) or (bool(forms) and "past" in forms and "base" not in forms)
        person = clause.subject.person
        if nxt in {"can", "could"} and parse.low(at) in {"no", "not"}:
            yield span(parse, at, at + 1, "can't" if nxt == "can" else "couldn't")
        elif nxt in _DONE_TO and parse.low(at) == "not":
            yield before(parse, at, be_for(person, past=told_in_past(parse, clause)))
        elif base and (forms & {"base", "s", "past"}) and nxt not in {"open"}:
            yield span(parse, at, at + 1, f"{do_for(person, past=past)}n't {base}".replace("doen't", "doesn't"))
        elif (
            nxt in ADJECTIVES
            or nxt in {"a", "my", "home", "in", "at", "very", "so", "here", "there", "from"}
            or forms == {"ing"}
        ) and parse.low(at) == "not":
            past_be = told_in_past(parse, clause)
            yield Change(parse.tokens[at].start, parse.tokens[at].start, be_for(person, past=past_be) + " ")
        elif (
            nxt in ADJECTIVES
            and clause.subject.pronoun
            and parse.near(at + 2, at) in {"", ",", "because", "today", "now"}
        ):
            yield span(parse, at, at, f"{be_for(person, past=False)} not")


def _agreement(parse: Parse) -> Iterator[Change]:
    """ "he don't", "I doesn't"."""
    for clause in parse.clauses:
        at, person = clause.pred, clause.subject.person
        if person == "?" or clause.inverted >= 0 or told_in_past(parse, clause):
            continue
        if parse.low(at) in {"do", "does"} and parse.near(at + 1, at) in closed.NOT:
            if parse.near(at + 2, at) in {"can", "could", "should", "will"} or _be_wanted(parse, clause):
                continue
            if (right := do_for(person, past=False)) != parse.low(at):
                yield swap(parse, at, right)


def _bare_after_do(parse: Parse) -> Iterator[Change]:
    """ "didn't went", "doesn't likes", "don't wants"."""
    for clause in parse.clauses:
        at = clause.pred
        if parse.low(at) not in closed.DO | closed.MODALS or parse.near(at + 1, at) not in closed.NOT:
            continue
        verb = at + 2
        while parse.near(verb, at) in {"really", "even", "always", "usually", "often"}:
            verb += 1
        word = parse.near(verb, at)
        base, forms = reading(word)
        if base and "base" not in forms and forms & {"past", "s", "participle", "ing"} and clause.inverted < 0:
            yield swap(parse, verb, base)


def _wrong_aux(parse: Parse) -> Iterator[Change]:
    """ "I don't happy", "I'm not like cats", "I am don't like", "I don't can"."""
    for clause in parse.clauses:
        at, person = clause.pred, clause.subject.person
        if person == "?" or clause.inverted >= 0:
            continue
        low, second, third = parse.low(at), parse.near(at + 1, at), parse.near(at + 2, at)
        past = told_in_past(parse, clause)
        if low in closed.DO and second in closed.NOT and third in {"can", "could", "should", "must", "will"}:
            yield span(
                parse,
                at,
                at + 2,
                {"can": "can't", "could": "couldn't", "should": "shouldn't", "must": "mustn't", "will": "won't"}[third],
            )
        elif _be_wanted(parse, clause):
            past = past or low == "did"
            yield span(
                parse,
                at,
                at + 1,
                f"{be_for(person, past=past)} not" if person == "i" and not past else f"{be_for(person, past=past)}n't",
            )
        elif low in closed.FINITE_BE and second in {"do", "does", "did"} and third in closed.NOT and low[0] != "'":
            yield Change(parse.tokens[at].start, parse.tokens[at + 1].start, "")
        elif low in closed.FINITE_BE and second in closed.NOT and _disliked(parse, at + 2):
            base = reading(third)[0]
            was = low in {"was", "were"} or past
            gap = " " if low[0] == "'" else ""
            yield Change(parse.tokens[at].start, parse.tokens[at + 2].end, f"{gap}{do_for(person, past=was)}n't {base}")


def _be_wanted(parse: Parse, clause: Clause) -> bool:
    at = clause.pred
    if parse.low(at) not in closed.DO or parse.near(at + 1, at) not in closed.NOT:
        return False
    word = at + 2
    while parse.near(word, at) in {"very", "so", "really"}:
        word += 1
    low = parse.near(word, at)
    return low in ADJECTIVES - _ALSO_OTHER and parse.near(word + 1, at) not in NOUNS


def _disliked(parse: Parse, index: int) -> bool:
    base, forms = reading(parse.low(index))
    nxt = parse.near(index + 1, index)
    if base == "like" and forms == {"base"}:
        return (
            nxt in PLURALS
            or nxt in MASS
            or nxt in {"to", "it", "eat", "milk", "fish", "vegetables", "school"}
            or reading(nxt)[1] == {"ing"}
        )
    return (
        base
        in {"know", "want", "understand", "have", "agree", "need", "go", "eat", "see", "think", "remember", "believe"}
        and "base" in forms
    )


RULES = (
    Rule("negation.no_verb", "negation", _no_verb,
         "To say no, use don't or doesn't.", "Muốn nói không thì dùng don't hoặc doesn't.", 0.92),
    Rule("negation.wrong_auxiliary", "negation", _wrong_aux,
         "Use one helper: don't, can't or am not.", "Chỉ dùng một trợ động từ: don't, can't hoặc am not.", 0.92),
    Rule("negation.agreement", "do_support", _agreement,
         "He, she, it go with doesn't.", "He, she, it đi với doesn't; còn lại đi với don't.", 0.94),
    Rule("negation.bare", "do_support", _bare_after_do,
         "After didn't or doesn't the verb is plain.", "Sau didn't, doesn't động từ ở dạng gốc.", 0.96),
    Rule("negation.double", "negation", lexical(
        (r"(?:don't|doesn't|didn't|can't|dont|doesnt|didnt) (?:\w+ |want to \w+ |really \w+ )(?:to )?(?P<fix>(?P<w>nothing|nobody|nowhere))\b",
         lambda m: {"nothing": "anything", "nobody": "anybody", "nowhere": "anywhere"}[m["w"].lower()]),
        (r"(?:don't|doesn't|didn't|can't|dont) (?:(?!because\b|but\b|and\b|so\b|when\b|that\b|if\b)\w+ ){2,6}(?:with|to|at|of|for) (?P<fix>(?P<w>nothing|nobody))\b",
         lambda m: {"nothing": "anything", "nobody": "anybody"}[m["w"].lower()]),
        (r"(?P<fix>(?P<h>have|has)(?:n't| not) never)\b", r"\g<h> never"),
        (rf"(?:don't|doesn't|didn't|dont|doesnt|didnt) (?:have|want|see|need|like|buy|know|eat|got) (?P<fix>no)(?= (?:\w+s|{'|'.join(sorted(MASS))})(?:\s*(?:$|[.,!?])| (?:and|but|so|because|in|at|to|today|now)\b))", "any"),
    ), "One no is enough: don't have anything.", "Chỉ phủ định một lần: don't have anything.", 0.85),
    Rule("negation.never", "negation", lexical(
        (r"(?P<fix>(?P<aux>don't|doesn't|dont|doesnt) never (?P<v>[a-z]+))\b", lambda m: "never " + (inflect(m["v"].lower(), "s") if "oes" in m["aux"].lower() and is_form(m["v"].lower(), "base") else m["v"])),
        (r"(?:i|we|you|they) (?P<fix>(?:don't|dont) (?P<be>am|are))\b", lambda m: m["be"].lower() + " not"),
        (r"(?:he|she|it) (?P<fix>(?:doesn't|don't|doesnt) is)\b", "isn't"),
        (r"(?<!\w )(?P<fix>don't to )(?=[a-z])", "don't "),
        (r"(?<!\w )(?P<fix>nobody (?P<aux>didn't|doesn't|don't) (?P<v>[a-z]+))\b",
         lambda m: "nobody " + inflect(m["v"].lower(), "past" if m["aux"] == "didn't" else "s") if is_form(m["v"].lower(), "base") else None),
    ), "One no is enough.", "Chỉ phủ định một lần thôi.", 0.9),
    Rule("negation.either", "negation", lexical(
        (r"(?:don't|doesn't|didn't|can't|not|isn't|dont|cant) [^.,!?;]{1,30} (?P<fix>too)(?=\s*(?:$|[.!?]))", "either"),
    ), "With not we say either, not too.", "Câu phủ định dùng either, không dùng too.", 0.85),
)  # fmt: skip
