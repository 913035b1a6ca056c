"""Things in general are many: "I like cat", "he reads book"."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import reading
from tools.grammar.lexicon.nouns import ALSO_MASS, ANIMALS, NOUNS, PLURALS, plural_of
from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule, swap

_LIKING = {"like", "likes", "love", "loves", "hate", "hates", "prefer", "liked", "loved"} | words(
    "collect collects collecting collected"
)
_LIKED_THINGS = ANIMALS - {"fish", "chicken", "duck", "pet", "animal"} | words(
    """
    apple banana mango orange grape strawberry carrot cookie candy sandwich hamburger burger flower cartoon toy
    doll robot car book comic movie game dinosaur noodle dumpling balloon animal pet train plane airplane truck
    star rainbow puzzle story song sticker vegetable fruit bike superhero princess pancake donut lollipop
    cupcake snowman riddle joke bone stamp coin card marble shell leaf shoe hat drum picture photo video kite insect
    poem dress tomato potato cherry peach watermelon biscuit cracker bean pea castle ship boat rocket mask magnet
    """
)


def _liked(parse: Parse) -> Iterator[Change]:
    """ "I like cat": things in general are many."""
    for token in parse.tokens:
        noun = token.index
        if token.low not in _LIKED_THINGS or token.low in ALSO_MASS - {"orange"} or token.foreign:
            continue
        first = noun
        while parse.near(first - 1, noun) in ADJECTIVES:
            first -= 1
        verb = parse.near(first - 1, noun)
        nxt = parse.near(noun + 1, noun)
        if nxt in NOUNS | {"'s", "-", "'"} or token.text[:1].isupper():
            continue
        if (
            verb in {"and", "or"}
            and parse.near(first - 2, noun) in PLURALS
            and set(parse.lows(max(0, first - 4), first - 2)) & _LIKING
        ):
            yield swap(parse, noun, plural_of(token.low))
        if (verb in _LIKING and _liked_by_somebody(parse, first - 1)) or (
            verb == "of"
            and parse.near(first - 2, noun) in {"afraid", "scared", "lot", "lots", "kinds", "kind"} - {"kind"}
        ):
            yield swap(parse, noun, plural_of(token.low))


def _liked_by_somebody(parse: Parse, verb: int) -> bool:
    """ "like" as a verb: somebody does it, not "looks like"."""
    if parse.low(verb) not in {"like", "likes"}:
        return True
    before = verb - 1
    while parse.near(before, verb) in closed.ADVERBS | closed.DO | {"don't", "doesn't", "to", "would"}:
        before -= 1
    low = parse.near(before, verb)
    if (
        parse.low(verb - 1) in closed.FINITE_BE
        or low in closed.FINITE_BE
        or reading(low)[0] in {"look", "feel", "smell", "taste", "run", "eat", "be", "walk", "sound", "seem"}
    ):
        return False
    return (
        low in closed.SUBJECTS | closed.INDEFINITE_PRONOUNS
        or low in NOUNS
        or (low[:1].isalpha() and parse.tokens[before].text[:1].isupper())
    )


def _doing(parse: Parse) -> Iterator[Change]:
    """ "I read book every day"."""
    pairs = {"read": {"book", "comic", "story"}, "reads": {"book", "comic", "story"}, "reading": {"book", "comic", "story"},
             "watch": {"cartoon", "movie", "film", "video"}, "watches": {"cartoon", "movie"}, "watching": {"cartoon", "movie", "film", "video"},
             "watched": {"cartoon"},
             "play": {"game"}, "plays": {"game"}, "playing": {"game"}, "played": {"game"},
             "draw": {"picture", "flower"}, "drawing": {"picture"}, "draws": {"picture"}, "sing": {"song"}, "singing": {"song"},
             "eat": {"snack", "apple", "banana", "vegetable", "noodle", "carrot", "cookie", "grape", "mango", "candy"}, "eats": {"carrot", "banana", "vegetable", "apple", "noodle"},
             "eating": {"vegetable", "apple", "noodle", "candy", "snack"}, "ate": {"vegetable", "noodle", "snack", "cookie"}, "make": {"friend"}, "buy": {"flower", "toy"}, "grow": {"flower", "vegetable"}}  # fmt: skip
    for token in parse.tokens:
        verb = parse.near(token.index - 1, token.index)
        nxt = parse.near(token.index + 1, token.index)
        if verb == "video" and token.low == "game":
            verb = parse.near(token.index - 2, token.index)
        if token.low not in pairs.get(verb, ()) or nxt in {"about", "called", "named", "with", "of", "by"}:
            continue  # "read book about sharks": one is as likely as many
        if nxt not in NOUNS - {"time"} | {"'s", "-"} and not _once(parse, token.index):
            yield swap(parse, token.index, plural_of(token.low))


def _once(parse: Parse, noun: int) -> bool:
    """Whether it is told of one time: "yesterday I read book", "he is reading book"."""
    words = set(parse.lows(max(0, noun - 8), min(len(parse.tokens), noun + 6)))
    return bool(words & {"yesterday", "ago", "last", "let", "let's"}) or parse.near(noun - 2, noun) in closed.FINITE_BE


RULES = (
    Rule("plural.liked", "plural", _liked,
         "We like all of them: cats, not cat.", "Thích nói chung thì dùng số nhiều: cats.", 0.88),
    Rule("plural.doing", "plural", _doing,
         "More than one: books, games.", "Nói chung thì dùng số nhiều: books, games.", 0.8),
)  # fmt: skip
