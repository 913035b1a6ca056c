""" "There have" and its kin."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.nouns import MASS, PLURALS
from tools.grammar.parse import Parse
from tools.grammar.phrases import EITHER_NUMBER
from tools.grammar.rule import Change, Rule, lexical, span, swap

_PAST_WORDS = {"yesterday", "ago", "last"}


def _many(parse: Parse, index: int) -> bool | None:
    """Whether the noun phrase at `index` is plural; None when unclear."""
    low = parse.low(index)
    if low in closed.NUMBERS | {"many", "several"} or (low.isdigit() and low != "1"):
        return True
    ahead = set(parse.lows(index, index + 4))
    if "of" in ahead and ahead.isdisjoint({"lot", "lots"}) and ahead & EITHER_NUMBER:
        return None  # "there are a number of ways"
    if low == "a" and parse.near(index + 1, index) in {"hundred", "thousand", "million", "dozen"}:
        return True
    if low in {"a", "an", "one"} and parse.near(index + 1, index) in {"lot", "few", "couple", "lots"}:
        noun = index + 3
        return _many_noun(parse, noun) if parse.near(index + 1, index) == "lot" else True
    if low in {"a", "an", "one"}:
        return False
    if low in {"some", "no", "any", "lots", "so", "very", "not", "also", "only", "of", "my"} or low in ADJECTIVES:
        return _many(parse, index + 1) if parse.near(index + 1, index) else None
    return _many_noun(parse, index)


def _many_noun(parse: Parse, index: int) -> bool | None:
    while parse.near(index, index) in ADJECTIVES:
        index += 1
    low = parse.low(index)
    if low in PLURALS or low in {"people", "children", "animals", "students", "men", "women"}:
        return True
    if low in MASS:
        return False
    return None


def _have(parse: Parse) -> Iterator[Change]:
    for index, token in enumerate(parse.tokens):
        if token.low != "there" or token.foreign or _place_there(parse, index):
            continue
        verb = index + 1
        while parse.near(verb, index) in {"also", "only", "always", "just"}:
            verb += 1
        low = parse.near(verb, index)
        past = low == "had" or bool(_PAST_WORDS & set(parse.lows(0, len(parse.tokens))))
        many = _many(parse, verb + 1) if parse.near(verb + 1, index) else None
        if low in {"have", "has", "had"} and parse.near(verb + 1, index) not in {"been", "to"}:
            yield swap(parse, verb, ("were" if many else "was") if past else ("are" if many else "is"))
        elif low in {"is", "was"} and many and verb == index + 1:
            yield swap(parse, verb, "are" if low == "is" else "were")
        elif low in {"are", "were"} and many is False and "and" not in parse.lows(verb, verb + 5):
            yield swap(parse, verb, "is" if low == "are" else "was")
        elif low in {"many"} | closed.NUMBERS and many is not False and _no_other_verb(parse, index):
            yield Change(token.end, token.end, " were" if past else " are")


def _no_other_verb(parse: Parse, there: int) -> bool:
    """ "there many trees": nothing before it and no helper after it."""
    return not parse.near(there - 1, there) and closed.AUXILIARIES.isdisjoint(parse.lows(there, len(parse.tokens)))


def _place_there(parse: Parse, index: int) -> bool:
    """ "the people there have", "I go there"."""
    before = parse.near(index - 1, index)
    if not before or before in {",", "and", "but", "because", "that", "so", "house", "room", "class", "school", "family", "morning", "city",
                                "zoo", "park", "garden", "today", "village", "bag", "yesterday", "think", "if", "when", "farm", "table", "forest",
                                "book", "picture", "pencil", "sea", "kitchen"} | closed.INTERJECTIONS:  # fmt: skip
        return False
    return before not in {"know", "say", "said", "hope"}


def _in_have(parse: Parse) -> Iterator[Change]:
    """ "In my house have three people"."""
    for index, token in enumerate(parse.tokens):
        if token.low not in {"have", "has", "had"} or token.segment < 0:
            continue
        start = index
        while start > 0 and parse.near(start - 1, index):
            start -= 1
        while parse.low(start) in closed.INTERJECTIONS | {"and", "but", "because", ",", "so"}:
            start += 1
        words = parse.lows(start, index)
        if not 2 <= len(words) <= 6 or words[0] not in {"in", "on", "at", "under", "near"}:
            continue
        if set(words) & (closed.SUBJECTS | {"who", "that", ",", "and", "everyone", "people", "every"}) - {
            "it"
        } or words[-1] in {"it"}:
            continue
        if not any(w in _PLACES for w in words[1:]) or words[-1] not in _PLACES:
            continue
        many = _many(parse, index + 1)
        be = ("were" if many else "was") if token.low == "had" else ("are" if many else "is")
        yield span(parse, index, index, f"there {be}")


_PLACES = words(
    """
    house room class classroom school family village city garden zoo park bag box table farm home kitchen
    bedroom street town forest sea country vietnam hanoi picture book tree river lake pool sky market
    refrigerator fridge desk wall shop pond beach here
    """
)  # fmt: skip


RULES = (
    Rule("there_is.have", "there_is", _have,
         "We say there is or there are.", "Mình nói there is hoặc there are.", 0.95),
    Rule("there_is.in_have", "there_is", _in_have,
         "We say there is or there are.", "Mình nói there is hoặc there are.", 0.9),
    Rule("there_is.bare_have", "there_is", lexical(
        (r"(?<![\w,] )(?P<fix>have|has|had)(?= (?:a lot of|many|two|three|four|five|six|\d+) (?:\w+ )?(?:\w+s|people|children|mice) (?:in|on|at|under|near) (?:the|my|this|our|his|her|your)\b)",
         lambda m: "there were" if m["fix"].lower() == "had" else "there are"),
        (r"(?<![\w,] )(?P<fix>has)(?= (?:a|an|one) (?:\w+ )?\w+ (?:in|on|at|under|near) (?:the|my|this|our|his|her|your)\b)", "there is"),
        (r"(?<![\w,] )(?P<fix>have)(?= (?:an?|one) (?!seat|look|rest|good|nice|great|fun|drink|break|try|go|bite|chat|party|picnic|shower|bath|nap)(?:\w+ )?\w+ (?:in|on|at|under|near) (?:the|my|this|our|his|her|your)\b)(?![^.!]*\?)", "there is"),
        (r"there (?:is|was|are|were) (?:an? |some |many |two )(?:\w+ )?(?:shop|store|boy|girl|man|woman|teacher|student|people|person|restaurant|dog|cat|bird|book|movie|place|market)s?(?P<fix>) (?=(?:sells?|makes?|speaks?|lives?|likes?|teaches|plays?|sings?|knows?|works?|barks?|has|sold|made|lived)\b)", " that"),
        (r"(?<![\w,] )(?P<fix>in (?P<what>(?:my|our|the|his|her) \w+))(?= (?:doesn't|don't|didn't|does not) have\b)", lambda m: m["what"]),
    ), "We say there is or there are.", "Mình nói there is hoặc there are.", 0.9),
    Rule("there_is.how_many", "there_is", lexical(
        (r"how many (?P<what>\w+) (?P<fix>have|there have|has|there are|is there|is|there)(?= (?:in|on|at) )", "are there"),
        (r"how many (?P<what>people|person|persons) (?P<fix>(?:have|has|there are|there))(?= in)", "are there"),
        (r"(?<!\w )(?P<fix>(?:do|does) there (?:have|has|is|are))\b", "is there"),
        (r"(?<!\w )(?P<fix>is there)(?= (?:many|any \w+s|two|three|four)\b)(?! any(?:thing| class))", "are there"),
    ), "We ask: how many are there?", "Mình hỏi: how many ... are there?", 0.9),
)  # fmt: skip
