"""Questions in the order of a statement: "where you go"."""
# ruff: noqa: E501 (tables: one pattern, one line)

import re
from collections.abc import Iterator

from tools.grammar.lexicon import closed
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import Form, inflect, reading
from tools.grammar.lexicon.nouns import COUNTABLE, NOUNS, plural_of
from tools.grammar.parse import Clause, Parse
from tools.grammar.rule import END, Change, Rule, before, lexical, span
from tools.grammar.rules.common import be_for, do_for, told_in_past


def _wh_start(parse: Parse, clause: Clause) -> int:
    """Index of the question word when the clause is a direct question that begins its segment, else -1."""
    start = clause.subject.start
    first = start
    while first > 0 and parse.near(first - 1, start):
        first -= 1
        if start - first > 6:
            return -1
    while first < start and parse.low(first) in closed.INTERJECTIONS | {"and", "but", "so", ",", "then"}:
        first += 1
    word = parse.low(first)
    if word not in {"what", "where", "why", "how", "who", "when", "which"}:
        return -1
    between = parse.lows(first + 1, start)
    if (
        word in {"what", "which"}
        and len(between) <= 2
        and all(w in NOUNS or w in {"kind", "of", "color"} for w in between)
    ):
        return first
    if "of" in between and between[0] in {"many", "much"}:
        return -1  # "how many hours of sleep do you need"
    if word == "how" and (
        not between
        or (between[0] in {"many", "much", "often", "old", "long", "far", "tall", "big"} and len(between) <= 3)
    ):
        return first
    return first if not between else -1


def _question(parse: Parse, clause: Clause, wh: int) -> bool:
    """Asked, not told: a question mark, or "you" with nothing finite after it."""
    after = parse.low(clause.end) if clause.end < len(parse.tokens) else ""
    if _more_clauses(parse, clause):
        return False
    if after == "?":
        return True
    if parse.low(wh) in {"how", "what"} and parse.low(clause.subject.start) == "it" and _asks_of_it(parse, clause):
        return after in {"", "."}
    if after not in {"", ".", "!"} or parse.low(wh) == "when":
        return False
    subject = parse.low(clause.subject.start)
    if parse.low(clause.pred) in {"can", "should"} and parse.low(wh) in {"where", "how"}:
        return clause.subject.pronoun
    return subject in {"you", "your"} or (
        parse.low(wh) in {"what", "where", "why"} and clause.subject.pronoun and subject in {"he", "she", "they"}
    )


def _asks_of_it(parse: Parse, clause: Clause) -> bool:
    """ "how long it take", "what it mean": the bare verb shows that "does" was meant."""
    low = parse.low(clause.pred)
    return low in {"take", "cost", "mean", "work", "taste", "look", "feel", "smell", "sound", "happen", "open", "start"}


def _more_clauses(parse: Parse, clause: Clause) -> bool:
    segment = parse.tokens[clause.subject.start].segment
    later = [
        c for c in parse.clauses if c.subject.start >= clause.end and parse.tokens[c.subject.start].segment == segment
    ]
    rest = parse.lows(clause.pred + 1, clause.end)
    if parse.low(clause.end) != "?" and "VBZ" in {parse.tag(at) for at in range(clause.pred + 1, clause.end)}:
        return True  # "how you do it matters"
    if _ends_in(parse, clause, "!") or "VBD" in {parse.tag(at) for at in range(clause.pred + 1, clause.end)}:
        return True  # "how tall you are!", "what you said left a deep impression"
    return bool(later) or any(word in closed.FINITE_BE - {"be"} for word in rest)


def _ends_in(parse: Parse, clause: Clause, mark: str) -> bool:
    """Whether `mark` stands right behind the clause."""
    return clause.end < len(parse.tokens) and parse.low(clause.end) == mark


def _missing_do(parse: Parse) -> Iterator[Change]:
    for clause in parse.clauses:
        wh = _wh_start(parse, clause)
        group = clause.subject.person == "?" and clause.subject.head not in {"family", "class", "team"}
        if wh < 0 or clause.inverted >= 0 or group or parse.low(clause.subject.start) == "of":
            continue
        if not _question(parse, clause, wh):
            continue
        low = parse.low(clause.pred)
        base, forms = reading(low)
        person, start = clause.subject.person, clause.subject.start
        if low in closed.FINITE_BE - {"be"} and clause.pred == clause.subject.end:
            nxt = parse.near(clause.pred + 1, clause.pred)
            if low[0] != "'" and (nxt or parse.low(wh) in {"where", "who", "how"}):
                yield span(parse, start, clause.pred, f"{low} {_words(parse, clause)}")
        elif low in {"can", "will", "should"} and clause.pred == clause.subject.end:
            yield span(parse, start, clause.pred, f"{low} {_words(parse, clause)}")
        elif low in closed.DO and parse.near(clause.pred + 1, clause.pred) == "n't":
            yield span(parse, start, clause.pred + 1, f"{low}n't {_words(parse, clause)}")
        elif low == "not" and reading(parse.near(clause.pred + 1, clause.pred))[0] and parse.low(wh) == "why":
            past = told_in_past(parse, clause)
            yield span(parse, start, clause.pred, f"{do_for(person, past=past)}n't {_words(parse, clause)}")
        elif base and forms & {"base", "s", "past"}:
            past = told_in_past(parse, clause) or ("base" not in forms and "past" in forms)
            between = parse.text[parse.tokens[start].start : parse.tokens[clause.pred].start]
            yield span(parse, start, clause.pred, f"{do_for(person, past=past)} {between}{base}")
        elif forms == {"ing"} or (low in ADJECTIVES and parse.low(wh) in {"why", "how"} and parse.low(start) != "your"):
            yield before(parse, start, be_for(person, past=False))


def _words(parse: Parse, clause: Clause) -> str:
    return parse.text[parse.tokens[clause.subject.start].start : parse.tokens[clause.subject.end - 1].end]


_ATTRIBUTES = r"(?:name|age|job|hobby|address|dream|nickname|problem)"
_FAVOURITE = r"favou?rite \w+"


def _embedded(match: re.Match[str]) -> str:
    return f"{match['subject']} {match['be']}"


def _told(match: re.Match[str]) -> str | None:
    """ "what does it mean" inside a sentence: "what it means"."""
    verb, do = match["verb"].lower(), match["do"].lower()
    if "base" not in reading(verb)[1] and verb not in {"mean", "happen"}:
        return None
    form: Form = "past" if do == "did" else "s" if do == "does" else "base"
    return f"{match['subject']} {inflect(verb, form)}"


_KNOWING = r"(?:don't know|dont know|do you know|not know|tell me|know|remember|forgot|forget|wonder|ask (?:him|her|me)|show me)"
RULES = (
    Rule("question_order.missing_do", "question_order", _missing_do,
         "In a question the helper comes first: where do you go?",
         "Câu hỏi cần trợ động từ đứng trước: where do you go?", 0.9),
    Rule("question_order.what_your", "question_order", lexical(
        (rf"(?<!\w )what(?P<fix>) (?=(?:your|his|her|their) (?:\w+(?:'s)? )?{_ATTRIBUTES}\s*(?:$|\?))", " is"),
        (rf"(?<!\w )what(?P<fix>) (?=(?:your|his|her) {_FAVOURITE}\s*(?:$|\?))", " is"),
        (r"(?<!\w )where(?P<fix>) (?=(?:my|your|the|his|her) (?:house|school|mom|mother|dad|father|book|dog|cat|toilet|pen|phone|ball|bag|zoo|toy|teacher|pencil|friend|bike|hat|shoe)\s*(?:$|\?))", " is"),
        (r"(?<!\w )who(?P<fix>) (?=(?:he|she|that|your teacher|your best friend|this)\s*(?:$|\?))", " is"),
        (r"(?<![\w,] )(?P<fix>(?P<s>this|that|it|he|she) is (?P<w>what|who))(?=\s*(?:$|\?))", lambda m: f"{m['w']} is {m['s']}"),
        (r"(?<!\w )what(?P<fix>) (?=(?:this|that|it)\s*(?:$|\?))", " is"),
        (r"(?:what|who|how)(?:'s| is| are| old are)[^.?!]{1,40} and (?:where|when|how|why) (?P<fix>you) (?=(?:live|go|come|study|sleep|play|eat)\b)", "do you"),
        (r"(?<!\w )what(?P<fix> (?P<s>this|that|it) is)(?=\s*(?:$|\?))", lambda m: f" is {m['s']}"),
        (r"(?<!\w )how old(?P<fix> (?P<s>you|he|she|they)(?P<be> are| is)?)" + END,
         lambda m: f" {'is' if m['s'].lower() in {'he', 'she'} else 'are'} {m['s']}"),
        (r"(?<!\w )how old(?P<fix>) (?=(?:your|his|her|my|their) (?!\w+ (?:is|was))\w+\s*(?:$|\?))", " is"),
        (r"(?<!\w )where(?P<fix>) (?=(?:my|your|the|his|her) (?:shoes|books|glasses|keys|toys|socks|friends|parents|pencils|scissors)\s*(?:$|\?))", " are"),
        (r"(?<!\w )when(?P<fix> (?P<s>(?:your|his|her|the) (?:birthday|party|test|exam|holiday|lesson|class|trip)) is)(?=\s*(?:$|\?))", lambda m: f" is {m['s']}"),
        (r"(?<!\w )what(?P<fix> (?P<s>(?:your|his|her|their) (?:father|mother|dad|mom|brother|sister|uncle|aunt|friend)) does)(?=\s*(?:$|\?))", lambda m: f" does {m['s']} do"),
        (r"(?<!\w )why(?P<fix> (?P<s>(?:the|your|his|her|this|that|my) \w+) (?P<be>is|are))(?= (?:so |very )?\w+\s*(?:$|\?))", lambda m: f" {m['be']} {m['s']}"),
        (r"(?<!\w )what(?P<fix>) (?=you mean\s*(?:$|\?))", " do"),
        (r"(?<!\w )(?P<fix>are you finish)(?=\s*(?:$|\?))", "are you finished"),
        (r"(?:what|who|how|where|when)[^?]{3,60}[,?] (?:and |but )?(?:where|when|how|why) (?P<fix>you) (?=(?:live|go|come|study|sleep|play|eat|get)\b)", "do you "),
        (r"(?<!\w )how(?P<fix>) (?=(?:your (?:mom|mother|day|family|dog|school|dad|father))\s*(?:$|\?))", " is"),
        (r"(?<!\w )(?P<fix>how many years? old|how many age|how many old|what old|how many years) (?=(?:are|is) (?:you|he|she|your)\b)", "how old "),
        (r"(?<!\w )(?P<fix>how many years? old|how many age|how many old) (?=(?:you)\b)", "how old are "),
    ), "A question needs is or are.", "Câu hỏi cần có is hoặc are.", 0.93),
    Rule("question_order.embedded", "question_order", lexical(
        (rf"{_KNOWING} (?:what|where|who|how old) (?P<fix>(?P<be>is|are|was|were) (?P<subject>it|he|she|they|you|(?:my|the|his|her|your|our) (?!best )\w+))(?=\s*(?:$|[.!?]))",
         _embedded),
        (rf"{_KNOWING} (?:what|where|who) (?P<fix>(?P<be>is|are) (?P<subject>this|that|these|those|the (?:nearest |next |new )?\w+))(?=\s*(?:$|[.!?]))", _embedded),
        (rf"(?:understand|{_KNOWING}) (?:what|where|when|why|how) (?P<fix>(?P<do>do|does|did) (?P<subject>it|he|she|they|you|we|i|this|that|(?:my|the|his|her|your) \w+) (?P<verb>[a-z]+))(?=\s*(?:$|[.!?]))",
         _told),
    ), "Inside a sentence: I know where it is.", "Trong câu kể nói: I know where it is.", 0.88),
    Rule("question_order.how_many", "plural", lexical(
        (r"how many (?P<fix>(?P<n>" + "|".join(sorted(COUNTABLE - {"people", "fish", "sheep"})) + r"))(?= (?:do|does|did|are|is|you|have|can|in|there)\b)",
         lambda m: plural_of(m["n"].lower())),
    ), "Many things take an s.", "Nhiều vật thì thêm s.", 0.94),
)  # fmt: skip
