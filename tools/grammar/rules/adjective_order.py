"""An adjective after its noun: "a shirt red"."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES, COLOURS, QUALITIES, SIZES
from tools.grammar.lexicon.forms import reading
from tools.grammar.lexicon.nouns import COUNTABLE, MASS, PLURALS, article_for, plural_of
from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule, span

_BEFORE = (
    COLOURS | SIZES | (QUALITIES - {"good", "bad", "sad", "happy", "hot", "cold", "clean", "pretty", "kind", "special"})
)
_RESULT_VERBS = words(
    """
    make makes made paint painted color colour dye keep keeps kept turn turned get gets got find found call
    called cut leave left think has
    """
) - {"got", "has"}  # fmt: skip
_BRINGS = words("have see buy meet want live like give make draw")
_MEASURES = words(
    "foot feet meter meters metre metres centimeters centimetres kilometers kilometres mile miles inches minutes hours"
)
_OWN = {"my", "his", "her", "the", "your", "their", "our", "this"}
_BEFORE_BARE = words(
    """
    have has wear like likes love wears wearing see had with buy want draw bought saw sell drew
    """
)


def _after_noun(parse: Parse) -> Iterator[Change]:
    for at in range(1, len(parse.tokens)):
        adjective = parse.near(at, at - 1)
        praised = adjective in {"good", "bad", "happy", "kind"} and parse.near(at - 2, at) in {"a", "an"}
        if adjective not in _BEFORE and not (praised and parse.near(at - 3, at) in closed.FINITE_BE):
            continue
        noun = at - 1
        if adjective == "old" and parse.low(noun).startswith(("year", "month", "day", "week")):
            continue
        if adjective in SIZES | {"deep", "wide", "thick"} and parse.low(noun) in _MEASURES:
            continue  # "six feet tall"
        if parse.low(noun) not in COUNTABLE | set(PLURALS) | (MASS & {"hair", "rice", "water", "food", "milk"}) and (
            parse.low(noun) not in {"soup", "salad"} or parse.near(noun - 1, noun) != "a"
        ):
            continue
        first, last = _phrase_start(parse, noun), _last_adjective(parse, at)
        if parse.near(last + 1, at) == "and" and parse.near(last + 2, at) in ADJECTIVES:
            continue  # "a scarf long and warm": more than one step
        if first < 0 or not _closed_after(parse, last) or _result(parse, first):
            continue
        yield _reordered(parse, first, noun, last)
    yield from _very(parse)


def _last_adjective(parse: Parse, at: int) -> int:
    """ "a bag red small", "a house small and old": the last adjective of the row."""
    if parse.near(at + 1, at) in _BEFORE:
        return at + 1
    both = _BEFORE | {"good", "kind", "warm", "cool", "clean", "soft", "hot", "cold"}
    return at + 2 if parse.near(at + 1, at) == "and" and parse.near(at + 2, at) in both else at


def _very(parse: Parse) -> Iterator[Change]:
    """ "I have a friend very funny"."""
    for token in parse.tokens:
        at = token.index + 1
        if (
            token.low not in {"very", "so"}
            or parse.near(at, token.index) not in ADJECTIVES
            or not _closed_after(parse, at)
        ):
            continue
        noun = token.index - 1
        verb = noun - 3 if parse.near(noun - 2, token.index) in closed.OBJECTS else noun - 2
        alone = parse.near(noun - 1, token.index) in {"a", "an"} and parse.near(noun, token.index) in COUNTABLE - {
            "lot",
            "day",
        }
        placed = parse.near(verb, token.index) in {"in", "at", "with"} and parse.low(at) in _BEFORE
        if alone and (placed or reading(parse.near(verb, token.index))[0] in _BRINGS):
            yield span(
                parse, noun - 1, at, f"a {token.low} {parse.low(at)} {parse.low(noun)}".replace("a so", "such a")
            )


def _phrase_start(parse: Parse, noun: int) -> int:
    """Index of the determiner, the noun itself for a bare plural after a verb, or -1."""
    first = noun - 1
    determiner = parse.near(first, noun)
    if determiner in {"a", "an", "some", "many"} | closed.NUMBERS or determiner.isdigit():
        return first
    verb = parse.near(first - 1, noun)
    adjective = parse.low(noun + 1)
    if (
        determiner in _OWN
        and adjective in COLOURS | {"new"}
        and verb in {"wear", "like", "have", "see", "with", "wearing", "buy", "lost", "love", "bought"}
    ):
        return first
    if (
        (
            determiner in _BEFORE_BARE
            or (determiner == "and" and _BEFORE_BARE & set(parse.lows(max(0, noun - 7), first)))
        )
        and (parse.low(noun) in PLURALS or parse.low(noun) == "hair" or parse.low(noun) in COUNTABLE)
        and adjective in COLOURS | SIZES | {"new", "old"}
    ):
        return noun
    return -1


def _closed_after(parse: Parse, at: int) -> bool:
    nxt = parse.near(at + 1, at)
    if not nxt or nxt in {",", "and", "but", "because", "for", "in", "on", "at", "with", "from", "so", "it", "he", "she",
                          "i", "is", "now", "yesterday", "today", "when", "too", "near", "or", "every", "to"}:  # fmt: skip
        return not (nxt == "and" and parse.near(at + 2, at) in COLOURS | SIZES | QUALITIES)
    return False


def _result(parse: Parse, first: int) -> bool:
    """ "paint the wall red", "make a boy happy": the adjective is a result, not misplaced."""
    return parse.near(first - 1, first) in _RESULT_VERBS or parse.near(first - 1, first) in {"a", "as", "than"}


def _reordered(parse: Parse, first: int, noun: int, at: int) -> Change:
    row = [parse.low(index) for index in range(noun + 1, at + 1)]
    if len(row) == 2 and row[0] in COLOURS and row[1] not in COLOURS:
        row.reverse()  # size before colour
    adjective, word = " ".join(row), parse.tokens[noun].text
    determiner = parse.tokens[first].text if first < noun else ""
    if determiner.lower() in {"a", "an"}:
        determiner = article_for(adjective)
    several = determiner.lower() in closed.NUMBERS | {"many"} or (determiner.isdigit() and determiner != "1")
    if several and word.lower() in COUNTABLE:
        word = plural_of(word.lower())
    if (determiner.lower() in {"a", "an"} and word.lower() in PLURALS) or word.lower() == "hair":
        determiner = "" if determiner.lower() in {"a", "an"} else determiner
    elif not determiner and word.lower() in COUNTABLE:
        determiner = article_for(adjective)
    return span(parse, first, at, " ".join(part for part in (determiner, adjective, word) if part))


RULES = (
    Rule("adjective_order.after_noun", "adj_order", _after_noun,
         "The word for the color or size goes first: a red shirt.",
         "Tính từ đứng trước danh từ: a red shirt.", 0.92),
)  # fmt: skip
