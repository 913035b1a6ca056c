"""Plurals that are missing, wrong, or too many."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import reading
from tools.grammar.lexicon.nouns import (
    ALSO_MASS,
    ANIMALS,
    COUNTABLE,
    INVARIANT,
    MASS,
    NOUNS,
    PEOPLE,
    PLURALS,
    WRONG_PLURALS,
    plural_of,
)
from tools.grammar.parse import Parse
from tools.grammar.rule import END, Change, Rule, lexical, swap

_MANY = {"many", "several", "few", "these", "those", "both"} | closed.NUMBERS
_LABELS = {
    "grade",
    "class",
    "number",
    "room",
    "lesson",
    "unit",
    "page",
    "level",
    "chapter",
    "team",
    "year",
    "part",
    "bus",
    "o'clock",
    "at",
    "question",
    "lớp",
}
_UNITS = {"year", "day", "week", "month", "minute", "hour", "meter", "kilo", "dollar", "star", "point"}
_DESCRIBING = ADJECTIVES | words("other more very best different")
_ALIVE = (ANIMALS | PEOPLE) - INVARIANT - {"king", "queen"}
_MEMBERS = words(
    """
    friend student teacher animal dog cat doctor classmate neighbor boy girl pet sister brother farmer cousin kid
    twin hero worker
    """
)


def _wrong(parse: Parse) -> Iterator[Change]:
    for token in parse.tokens:
        if not token.foreign and (right := WRONG_PLURALS.get(token.low)):
            if token.text[:1].isupper() or parse.near(token.index + 1, token.index) in {"'", "’"}:
                continue
            if token.low in {"mens", "womens", "childrens"} and parse.near(token.index + 1, token.index) in NOUNS:
                continue
            yield swap(parse, token.index, right)


def _after_number(parse: Parse) -> Iterator[Change]:
    for token in parse.tokens:
        if not _counts(parse, token.index):
            continue
        noun = token.index + 1
        while parse.near(noun, token.index) in _DESCRIBING and parse.near(noun + 1, token.index):
            noun += 1
        if (
            parse.tag(noun) == "JJ"
            and parse.tag(noun + 1) == "NN"
            and parse.low(noun) not in COUNTABLE | {"other", "last", "next"}
        ):
            noun += 1  # "many wooden bridge"
        low = parse.near(noun, token.index)
        if (low not in COUNTABLE and not _one_by_tag(parse, token.index, noun)) or low in INVARIANT:
            continue
        nxt = parse.near(noun + 1, token.index)
        if (
            nxt in (NOUNS | ADJECTIVES) - {"old", "happy", "class", "big", "small"}
            or nxt.startswith("-")
            or nxt in {"'s", "-"}
        ):
            continue
        if _compound(parse, noun) or (low == "time" and not _times(parse, token.index)):
            continue
        if low in _UNITS and nxt in {"old", "ago", "break"} | NOUNS and not _predicative_age(parse, token.index, noun):
            continue
        if token.low in {"few"} and parse.near(token.index - 1, token.index) not in {"a", "very", "have"}:
            continue
        if noun == token.index + 1 and reading(low)[0] and parse.tag(noun).startswith("VB"):
            continue
        yield swap(parse, noun, plural_of(low))


def _one_by_tag(parse: Parse, counted: int, noun: int) -> bool:
    """ "many exhibit", "two wooden bridge": a noun outside the lexicon that the tagger takes for one thing."""
    low = parse.near(noun, counted)
    if parse.low(counted) not in {"many", "several", "two", "three", "four", "five", "six"} or parse.tag(noun) != "NN":
        return False
    plain = low not in MASS | ADJECTIVES | closed.NUMBERS | closed.INTERJECTIONS and not low.endswith(
        ("s", "ing", "men", "people")
    )
    ended = parse.tag(noun + 1) in {"IN", "CC", "TO", ".", ","} or not parse.near(noun + 1, counted)
    return (
        plain and low.isalpha() and len(low) > 2 and parse.tokens[noun].text.islower() and ended and not reading(low)[0]
    )


def _compound(parse: Parse, noun: int) -> bool:
    """ "two field guides", "bird species": the noun only names what kind."""
    nxt = parse.near(noun + 1, noun)
    return nxt.endswith("s") and (parse.tag(noun + 1) == "NNS" or (parse.tag(noun + 1) == "NN" and not reading(nxt)[0]))


def _times(parse: Parse, counted: int) -> bool:
    """ "many time" is how often; "don't have many time", "a lot of time" is not."""
    before = {parse.near(counted - 1, counted), parse.near(counted - 2, counted)}
    return parse.low(counted) != "of" and before.isdisjoint(
        {"have", "has", "had", "spend", "spent", "need", "so", "too"}
    )


def _counts(parse: Parse, index: int) -> bool:
    token = parse.tokens[index]
    if token.foreign or token.segment < 0:
        return False
    low, earlier = token.low, parse.near(index - 1, index)
    if low.isdecimal():
        if int(low[:9]) < 2 or len(low) > 3:
            return False
    elif low not in _MANY:
        return (low in {"of"} and parse.lows(index - 2, index) in {("a", "lot"), ("one", "of")}) or (
            low == "of" and earlier == "lots"
        )
    return earlier not in _LABELS and not earlier.endswith(":")


def _predicative_age(parse: Parse, number: int, noun: int) -> bool:
    """ "I am 7 year old" (wrong) against "a 7 year old boy" (right)."""
    if parse.near(noun + 1, number) == "ago":
        return True
    if parse.near(number - 1, number) in {"a", "an", "the", "my", "his", "her"}:
        return False
    after_old = parse.near(noun + 2, number)
    return parse.near(noun + 1, number) == "old" and after_old not in NOUNS | {"boy", "girl"}


def _one_of(parse: Parse) -> Iterator[Change]:
    """ "one of my friend"."""
    for index, token in enumerate(parse.tokens):
        if token.low == "of" and parse.near(index - 1, index) in {"one", "some", "all", "many", "most", "two", "three"}:
            if parse.near(index + 1, index) not in closed.POSSESSIVES | {"the", "these", "those"}:
                continue
            noun = index + 2
            while parse.near(noun, index) in ADJECTIVES | {"best", "favorite", "favourite"}:
                noun += 1
            low = parse.near(noun, index)
            if parse.low(index - 1) in {"some", "all", "most"} and low not in {"friend", "toy", "classmate", "teacher"}:
                continue
            if low in COUNTABLE and low not in INVARIANT and parse.near(noun + 1, index) not in NOUNS | {"'s"}:
                yield swap(parse, noun, plural_of(low))


def _this_those(parse: Parse) -> Iterator[Change]:
    for token in parse.tokens:
        nxt, further = parse.near(token.index + 1, token.index), parse.near(token.index + 2, token.index)
        if further == "ago":
            continue  # "I should have done this weeks ago"
        if (
            token.low == "this"
            and nxt in PLURALS
            and nxt not in {"glasses"}
            and parse.near(token.index - 1, token.index) not in {"like", "is"}
        ):
            yield swap(parse, token.index, "these")
        elif token.low in {"every", "each", "one"} and nxt in PLURALS and further != "of":
            yield swap(parse, token.index + 1, PLURALS[nxt])
        elif (
            token.low in {"this", "that"}
            and nxt in {"are", "were"}
            and parse.near(token.index - 1, token.index) in {"", ",", "and"}
        ) and (further in PLURALS or parse.near(token.index + 3, token.index) in PLURALS):
            yield swap(parse, token.index, "these" if token.low == "this" else "those")


def _are(parse: Parse) -> Iterator[Change]:
    """ "my eye are brown", "all my friend": the word around it says that they are many."""
    for token in parse.tokens:
        noun = token.index
        nxt, lead = parse.near(noun + 1, noun), parse.near(noun - 1, noun)
        bare = lead in {"", ",", "because", "think", "but"} and nxt in {"are", "were"}
        if bare and token.low in _ALIVE and token.text.islower():
            yield swap(parse, noun, plural_of(token.low))  # "monkey are so funny"
        if lead not in _OWNERS or token.low not in COUNTABLE or token.low in INVARIANT or token.foreign:
            continue
        all_of = parse.near(noun - 2, noun) in {"all", "both"} and token.low not in ALSO_MASS | _WHOLES
        if nxt not in NOUNS | {"'s"} and (all_of or (nxt in {"are", "were"} and token.low in _COME_IN_SOME)):
            yield swap(parse, noun, plural_of(token.low))


_OWNERS = closed.POSSESSIVES | {"the", "these"}
_WHOLES = words(
    "life day night week year month summer weekend world house family city town country story book room way cake money"
)
_COME_IN_SOME = words(
    "eye ear hand foot leg arm tooth shoe sock glove boot parent grandparent friend toy classmate wing finger"
)


def _they_are(parse: Parse) -> Iterator[Change]:
    """ "they are my friend", "we are student"."""
    for clause in parse.clauses:
        low = parse.low(clause.subject.start)
        if (
            low not in {"they", "we"}
            or not clause.subject.pronoun
            or parse.low(clause.pred) not in {"are", "'re", "were"}
        ):
            continue
        noun = clause.pred + 1
        while parse.near(noun, clause.pred) in ADJECTIVES | closed.POSSESSIVES | closed.ADVERBS | {"best"}:
            noun += 1
        word = parse.near(noun, clause.pred)
        if (
            word in COUNTABLE - INVARIANT
            and parse.near(noun + 1, clause.pred)
            in {
                "",
                ",",
                "and",
                "because",
                "at",
                "in",
            }
            and word in _MEMBERS
        ):
            yield swap(parse, noun, plural_of(word))


RULES = (
    Rule("plural.wrong", "plural", _wrong,
         "This word has a special plural.", "Từ này có dạng số nhiều đặc biệt.", 0.96),
    Rule("plural.number", "plural", _after_number,
         "More than one: add an s.", "Nhiều hơn một thì thêm s.", 0.94),
    Rule("plural.one_of", "plural", _one_of,
         "One of many, so add an s.", "Một trong nhiều thì danh từ thêm s.", 0.92),
    Rule("plural.some", "plural", lexical(
        (r"(?:some|a lot of|lots of|many kinds of|all my|all the) (?P<fix>(?P<n>friend|toy|flower|apple|banana|cat|dog|animal|balloon|picture|candle|tree|game|student|egg(?!s)|mango|monkey|present|gift|teacher|sticker|bird|photo|vegetable|cookie|pencil|"
         r"book|car|question|story|song|star|people))(?=\s*(?:$|[.,!?]|(?:and|in|at|on|with|there|for|because|but|from|yesterday|to|can|are|were|have|like|live)\b))",
         lambda m: None if m["n"].lower() == "people" else plural_of(m["n"].lower())),
    ), "More than one: add an s.", "Nhiều hơn một thì thêm s.", 0.9),
    Rule("plural.any", "plural", lexical(
        (r"(?:have|has|got|see|buy|know|need|there) any (?P<fix>(?P<n>pet|brother|sister|friend|toy|book|pen|pencil|crayon|egg|animal|dog|cat|apple|banana|orange|cookie|game|cartoon|flower|tree|student|chair|sticker|shop))(?=\s*(?:$|[.,!?]| (?:in|at|on|for|to|here)\b))", lambda m: plural_of(m["n"].lower())),
    ), "Any with things you count: any pets.", "Sau any, vật đếm được thêm s: any pets.", 0.88),
    Rule("plural.they_are", "plural", _they_are,
         "They are many, so add an s.", "They là nhiều nên thêm s.", 0.9),
    Rule("plural.are", "plural", _are,
         "They are many, so add an s.", "Nhiều hơn một thì thêm s.", 0.88),
    Rule("plural.this", "plural", _this_those,
         "This is one, these is many.", "This là một, these là nhiều.", 0.88),
    Rule("plural.pair", "plural", lexical(
        (r"(?:have|has|had|with|hair and|nose and|eyes and|ears and) (?:very )?(?P<a>big|small|long|short|blue|brown|black|green|strong|little|round|beautiful|large|sharp|soft|two|four) "
         r"(?P<fix>(?P<n>ear|eye|leg|arm|hand|wing|foot|tooth|whisker))(?=\s*(?:$|[.,!?]|(?:and|but|because|so)\b))",
         lambda m: plural_of(m["n"].lower())),
    ), "Ears and eyes come in twos, so add an s.", "Tai, mắt, chân có đôi nên dùng số nhiều: ears, eyes, legs.", 0.9),
    Rule("plural.age", "plural", lexical(
        (r"(?:am|is|are|was|'m|'s|m|im) (?:\d+|[a-z]+) (?P<fix>year(?: old|-old| olds|s olds)|years olds)" + END,
         "years old"),
    ), "We say 7 years old.", "Mình nói 7 years old.", 0.96),
)  # fmt: skip
