"""Be left out, and be where it does not belong ("I am like")."""
# ruff: noqa: E501 (tables: one pattern, one line)

import re
from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES, COLOURS, LOOSE
from tools.grammar.lexicon.forms import reading
from tools.grammar.lexicon.nouns import JOBS, NOUNS, PEOPLE, PLURALS, article_for
from tools.grammar.lexicon.verbs import NOUN_LIKE
from tools.grammar.parse import Clause, Parse
from tools.grammar.phrases import KIN
from tools.grammar.rule import END, Change, Rule, before, lexical
from tools.grammar.rules.common import be_for, governed, past_of_state

_PERSONS = {"i", "he", "they", "you"}
_TAKE_PERSONS = words(
    "see saw sees told gave give showed met meet meets hit visit visited helped asked called took followed"
)


def _missing(parse: Parse) -> Iterator[Change]:
    for clause in parse.clauses:
        if clause.inverted >= 0 or clause.subject.person not in _PERSONS or clause.pred >= clause.end:
            continue
        if clause.opener in {"than", "as", "let", "make", "makes", "made", "keep", "what", "who", "how", "where"}:
            continue
        if (clause.opener in _TAKE_PERSONS and clause.subject.pronoun) or governed(parse, clause):
            continue  # "I saw he at school", "tell I a story": an object
        if _adjective(parse, clause) or _doing(parse, clause) or _complement(parse, clause) or _place(parse, clause):
            if any(said.subject.end == clause.subject.start for said in parse.clauses):
                continue  # "my hair it long": said twice first
            past = past_of_state(parse, clause, parse.low(clause.pred))
            if _asked(parse, clause):
                yield before(parse, clause.subject.start, be_for(clause.subject.person, past=past))
                continue
            at = clause.subject.end
            while parse.low(at) in {"today", "now", "yesterday", "tonight"}:
                at += 1
            yield before(parse, at, be_for(clause.subject.person, past=past))


def _asked(parse: Parse, clause: Clause) -> bool:
    """ "it true?", "your mom at home?": be goes first."""
    end = clause.end
    opens = not parse.near(clause.subject.start - 1, clause.subject.start)
    return opens and end < len(parse.tokens) and parse.low(end) == "?"


def _adjective(parse: Parse, clause: Clause) -> bool:
    low, nxt = parse.low(clause.pred), parse.near(clause.pred + 1, clause.pred)
    if low not in ADJECTIVES or (parse.low(clause.subject.start) == "you" and clause.pred == clause.subject.end):
        return False
    strengthened = clause.pred > clause.subject.end and parse.low(clause.pred - 1) in closed.DEGREE
    if low in LOOSE and not strengthened and not (clause.subject.pronoun and nxt in {"", ",", "today", "now"}):
        return False
    if nxt and ((nxt in NOUNS and nxt not in {"today"}) or reading(nxt)[1] & {"past", "s"}):
        return False
    if parse.tag(clause.pred) == "VBD" and nxt in closed.PREPOSITIONS and not clause.subject.pronoun:
        return False  # "the shop closed down"
    if nxt in closed.FINITE_BE or (nxt == "one") or nxt in {"one", "ones"}:
        return False
    return (
        clause.subject.pronoun
        or parse.low(clause.subject.start) in closed.POSSESSIVES | {"the", "this", "that", "these", "those"} | KIN
        or (
            clause.subject.person == "he"
            and parse.tokens[clause.subject.start].text[:1].isupper()
            and clause.subject.start > 0
        )
        or (strengthened and parse.low(clause.subject.start) not in {"a", "an", "some", "what", "no"})
    )


def _doing(parse: Parse, clause: Clause) -> bool:
    low = parse.low(clause.pred)
    if reading(low)[1] != {"ing"} and low not in {"going"}:
        return False
    if clause.subject.pronoun:
        return parse.low(clause.subject.start) != "you" and clause.opener not in {"of", "about", "like"}
    return (
        parse.low(clause.subject.start) in closed.POSSESSIVES
        and clause.subject.head in PEOPLE
        and (parse.near(clause.pred + 1, clause.pred) != "" or clause.pred > clause.subject.end)
    )


def _complement(parse: Parse, clause: Clause) -> bool:
    if parse.low(clause.pred) in {"allowed", "supposed", "able"} and parse.near(clause.pred + 1, clause.pred) == "to":
        return True
    low = parse.low(clause.pred)
    kin = clause.subject.head in KIN | {"friend", "teacher", "cousin"} and low in {"a", "an"}
    known = clause.subject.pronoun or _named(parse, clause) or (kin and clause.pred == clause.subject.end)
    if not known or parse.low(clause.subject.start) == "you":
        return False
    if low in {"a", "an", "my", "his", "her", "your", "our", "their"}:
        nouns = parse.lows(clause.pred + 1, min(clause.end, clause.pred + 5))
        return any(word in NOUNS for word in nouns) and not any(
            reading(word)[1] & {"past", "s"} or word in closed.AUXILIARIES
            for word in parse.lows(clause.pred, clause.end)
        )
    if low.isdigit() or low in closed.NUMBERS:
        return parse.near(clause.pred + 1, clause.pred) in {"years", "year", ""}
    return False


def _named(parse: Parse, clause: Clause) -> bool:
    """ "Lan my friend": one capitalised word that is no word of the lexicon."""
    start = clause.subject.start
    name = parse.tokens[start]
    return clause.subject.end == start + 1 and name.text[:1].isupper() and name.low not in NOUNS and name.tag == "NNP"


def _place(parse: Parse, clause: Clause) -> bool:
    if clause.subject.head in KIN and clause.pred == clause.subject.end and parse.low(clause.pred) == "at":
        return clause.end - clause.pred <= 4
    if not clause.subject.pronoun or parse.low(clause.subject.start) == "you" or clause.pred != clause.subject.end:
        return False
    low, nxt = parse.low(clause.pred), parse.near(clause.pred + 1, clause.pred)
    if low not in {"in", "from", "at", "under", "near", "behind"} or not nxt:
        return False
    rest = parse.lows(clause.pred + 1, clause.end)
    return not any(word in closed.AUXILIARIES or reading(word)[1] & {"past", "s"} for word in rest) and not any(
        reading(word)[1] & {"base"} and word not in NOUN_LIKE for word in rest
    )


_SUBJECT = r"(?:he|she|it)"
_FAVOURITES = r"(?:colou?r|food|animal|sport|subject|drink|fruit|season|day|number|hobby|game|teacher|friend|singer)"
_NOT_A_VALUE = {"book", "toy", "show", "song", "video", "movie", "game", "store", "shop", "too", "ever", "and", "in",
                "at", "on", "of", "for", "with", "now", "today", "because", "class", "to", "that", "which", "i", "he",
                "she", "we", "you", "they", "it", "but", "so", "when", "as", "or", "if", "name", "park"}  # fmt: skip


def _name(match: re.Match[str]) -> str | None:
    value = match["value"].lower()
    blocked = closed.AUXILIARIES | closed.PREPOSITIONS | closed.COORDINATORS | {"tag", "card", "badge", "means", "too", "s",
               "starts", "has", "begins", "sounds", "because", "please", "again", "first", "there", "here", "be", "now", "wrong", "right"}  # fmt: skip
    if value in blocked or reading(value)[1] & {"past", "s"} or value in PLURALS:
        return None
    return "is " + match["value"]


def _favourite(match: re.Match[str]) -> str | None:
    value = match["value"].lower()
    first = value.split()[0]
    if first in _NOT_A_VALUE | closed.AUXILIARIES or reading(first)[1] & {"past", "s", "base"} - {""}:
        return None
    return "is " + match["value"]


def _age(match: re.Match[str]) -> str:
    who = match.group(0).split()[0].lower()
    number = match["n"]
    be = "am" if who == "i" else "are" if who in {"you", "we", "they"} else "is"
    return f"{be} {number} {'year' if number in {'1', 'one'} else 'years'} old"


def _job(match: re.Match[str]) -> str:
    job = match["job"]
    return f"is {article_for(job)} {job}"


_JOB = "|".join(sorted(JOBS - {"cook", "driver"}))
_KIN = "mother|mom|mum|father|dad|sister|brother|grandma|grandpa|grandmother|grandfather|uncle|aunt"


RULES = (
    Rule("copula.age", "copula", lexical(
        (r"(?:i|you|we|they|he|she|it|old|brother|sister|mother|father|dog|cat|mom|dad|friend|cousin|teacher) "
         r"(?P<fix>(?P<have>have|has|had) (?P<n>\d+|[a-z]+teen|[a-z]*ty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
         r"(?:years? olds?|year-olds?|years? age|ages?))\b(?! (?:brother|sister|dog|cat|son|friend|cousin|boy|girl|kid|baby))", _age),
        (r"i (?P<fix>(?P<have>have) (?P<n>\d+|six|seven|eight|nine|ten|eleven|twelve) years?)" + END, _age),
    ), "For your age we say I am, not I have.", "Nói tuổi thì dùng I am, không dùng I have.", 0.95, True),
    Rule("copula.name", "copula", lexical(
        (r"(?:my|his|her|your|its) (?:full |english |vietnamese |dog |cat |dog's |cat's )?name (?P<fix>(?P<value>[^\W\d_]+))", _name),
    ), "We need is: my name is.", "Cần có is: my name is.", 0.9),
    Rule("copula.favourite", "copula", lexical(
        (rf"my (?:favou?rite|favorit) {_FAVOURITES} (?P<fix>(?P<value>(?:the |a |an )?[a-z]+(?: [a-z]+)?)){END}", _favourite),
    ), "We need is in the middle.", "Ở giữa cần có is.", 0.85),
    Rule("copula.job", "copula", lexical(
        (rf"(?:my|his|her) (?:{_KIN}) (?P<fix>(?P<job>{_JOB}))(?:{END}|(?= (?:at|in|and)\b))", _job),
        (rf"(?:i|he|she) (?P<fix>(?P<job>{_JOB})){END}", lambda m: ("am " if m.group(0).lower().startswith("i ") else "is ")
         + f"{article_for(m['job'])} {m['job']}"),
        (rf"(?:my|his|her) (?:{_KIN}) (?P<fix>(?P<job>(?:a|an) (?:{_JOB}))){END}", lambda m: f"is {m['job']}"),
    ), "We need is and a: she is a teacher.", "Cần có is a: she is a teacher.", 0.9),
    Rule("copula.this", "copula", lexical(
        (r"(?<![\w,] )(?P<lead>this|that) (?P<fix>my|your|his|her|a|an)\b(?= \w+(?: \w+)?\s*(?:$|[.!?]))",
         lambda m: f"is {m['fix']}"),
        (r"(?<![\w,] )(?:these|those) (?P<fix>my|your|his|her)\b(?= \w+(?: \w+)?\s*(?:$|[.!?]))", lambda m: f"are {m['fix']}"),
        (r"(?<![\w,] )(?:this|that) (?P<fix>very|so|really) (?=(?:" + "|".join(sorted(ADJECTIVES - COLOURS)) + r")\s*(?:$|[.!?]))",
         lambda m: f"is {m['fix']} "),
    ), "We need is: this is my house.", "Cần có is: this is my house.", 0.85),
    Rule("copula.from", "copula", lexical(
        (rf"(?:my|his|her|our) (?:{_KIN}|family|teacher|best friend|cousin)(?P<fix>) (?=from (?:[A-Z]\w+|the \w+)(?: \w+)?\s*(?:$|[.,!]))", " is"),
        (r"(?:my|his|her|our) (?:grandparents|parents|cousins|friends)(?P<fix>) (?=from (?:[A-Z]\w+|the \w+)(?: \w+)?\s*(?:$|[.,!]))", " are"),
    ), "We need is or are: she is from Hue.", "Cần có is hoặc are: she is from Hue.", 0.88),
    Rule("copula.same", "copula", lexical(
        (r"(?:we|they)(?P<fix>) (?=same (?:class|school|grade|team)\b)", " are in the"),
        (r"(?:we|they)(?P<fix>) (?=same age\b)", " are the"),
        (r"(?:we|they) are(?P<fix>) (?=same (?:class|school|grade|team)\b)", " in the"),
        (r"(?:we|they|is|are)(?: are)?(?P<fix>) (?=same (?:age|size|color)\b)", " the"),
    ), "We are in the same class.", "Cần nói: we are in the same class.", 0.9),
    Rule("copula.missing", "copula", _missing,
         "We need am, is or are here.", "Chỗ này cần có am, is hoặc are.", 0.88),
)  # fmt: skip
