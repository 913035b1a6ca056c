"""The form of a second verb: to swim, swimming, swim."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.forms import inflect, reading
from tools.grammar.lexicon.nouns import NOUNS, PASTIMES, WISHES
from tools.grammar.lexicon.verbs import NOUN_LIKE, TAKES_GERUND
from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule, before, span, swap

_ACTIVITIES = words(
    """
    swim play eat read watch go draw sing dance cook run ride sleep listen write climb learn study speak drink
    make help paint jump fish skate fly build collect visit travel take drive buy talk walk wake get do clean wash tell meet
    """
) - {"fish"}  # fmt: skip
_PREPOSITIONS = {"at", "of", "in", "about", "without", "for", "by", "before", "after"}
_GOVERNORS = {"good", "bad", "afraid", "scared", "tired", "interested", "fond", "think", "dream", "dreams", "instead", "talk", "keen", "best", "great",
              "bored", "excited", "worry"}  # fmt: skip


def _gerund(parse: Parse) -> Iterator[Change]:
    """ "enjoy to swim", "enjoy swim", "finish to do"."""
    for index, token in enumerate(parse.tokens):
        base = reading(token.low)[0] or token.low
        if (
            base not in TAKES_GERUND
            or token.foreign
            or (base in {"practice", "practise", "mind"} and parse.near(index - 1, index) in closed.DETERMINERS)
        ):
            continue
        nxt, second = parse.near(index + 1, index), parse.near(index + 2, index)
        if nxt == "to" and "base" in reading(second)[1]:
            yield span(parse, index + 1, index + 2, inflect(reading(second)[0], "ing"))
        elif (
            reading(nxt)[1] == {"base"}
            and base in {"enjoy", "finish"}
            and (nxt not in NOUN_LIKE or nxt in {"play", "watch", "swim", "dance"})
            and (second or nxt in {"swim", "sing", "read", "draw", "cook"})
        ):
            yield swap(parse, index + 1, inflect(nxt, "ing"))


def _liking(parse: Parse) -> Iterator[Change]:
    """ "I like swim", "she loves play football"."""
    for index, token in enumerate(parse.tokens):
        if token.low not in {"like", "likes", "love", "loves", "hate", "hates", "liked", "loved"}:
            continue
        if not _somebody(parse, index):
            continue
        verb = index + 1
        word, nxt = parse.near(verb, index), parse.near(verb + 1, index)
        base, forms = reading(word)
        if word not in _ACTIVITIES or "base" not in forms:
            continue
        if word in NOUN_LIKE and nxt in {"", ",", "and"} and word not in {"swim", "dance", "play"}:
            continue
        if nxt in closed.FINITE_BE or (
            nxt in NOUNS
            and word in {"swim", "dance", "play", "fly", "cook", "drink"}
            and nxt in {"class", "dress", "time", "room", "date", "dough"}
        ):
            continue
        if _wished(parse, index):
            yield before(parse, verb, "to")
            continue
        yield swap(parse, verb, inflect(base, "ing"))
        further = verb + 1
        while further < len(parse.tokens) and parse.near(further, index) and further < verb + 5:
            if (
                parse.low(further) == "and"
                and parse.near(further + 1, index) in _ACTIVITIES
                and (
                    parse.near(further + 1, index) not in NOUN_LIKE
                    or parse.near(further + 2, index) in NOUNS | closed.DETERMINERS
                )
            ):
                yield swap(parse, further + 1, inflect(parse.low(further + 1), "ing"))
            further += 1


def _somebody(parse: Parse, index: int) -> bool:
    before_like = index - 1
    while parse.near(before_like, index) in closed.ADVERBS | closed.DO | {"don't", "doesn't", "much"}:
        before_like -= 1
    low = parse.near(before_like, index)
    if parse.low(index) in {"loves", "likes", "hates", "loved", "liked"}:
        return low not in closed.POSSESSIVES | closed.ARTICLES
    return low in closed.SUBJECTS | {"who"} or (low in NOUNS - {"things", "thing"} and parse.low(index) != "hate")


def _wished(parse: Parse, index: int) -> bool:
    """ "would you like go": the like of a wish."""
    return bool({"would", "'d"} & {parse.near(index - 1, index), parse.near(index - 2, index)})


def _after_preposition(parse: Parse) -> Iterator[Change]:
    """ "good at swim", "before go to bed"."""
    for index, token in enumerate(parse.tokens):
        if token.low not in _PREPOSITIONS or token.foreign:
            continue
        word, nxt = parse.near(index + 1, index), parse.near(index + 2, index)
        base, forms = reading(word)
        if not base or (forms != {"base"} and word not in {"read", "run", "come"}):
            continue
        governed = parse.near(index - 1, index) in _GOVERNORS
        if (
            token.low == "for"
            and word not in NOUN_LIKE - {"help"}
            and nxt in closed.DETERMINERS | closed.OBJECTS | NOUNS
        ):
            if parse.near(index - 1, index) in {"you", "thanks", "sorry", "thank", "me", "him", "us"}:
                yield swap(parse, index + 1, inflect(base, "ing"))
            elif word != "help" and (
                parse.near(index - 1, index) in NOUNS | {"there", "here", "out"} or parse.tag(index - 1) == "NN"
            ):
                yield swap(parse, index, "to")
            continue
        if token.low in {"before", "after", "without"}:
            if word in NOUN_LIKE or word in {"eat"} - {"eat"}:
                continue
            yield swap(parse, index + 1, inflect(base, "ing"))
        elif governed and (
            word not in NOUN_LIKE
            or nxt in closed.DETERMINERS
            or (word in {"swim", "play", "dance", "draw"} and token.low == "at")
            or (word in {"walk", "swim", "run", "play", "dance", "wait", "talk"} and token.low == "of")
        ):
            yield swap(parse, index + 1, inflect(base, "ing"))


def _named_activity(parse: Parse) -> Iterator[Change]:
    """ "my hobby is collect stamps" -> collecting; "my dream is become a doctor" -> to become."""
    for index, token in enumerate(parse.tokens):
        if token.low not in {"is", "was", "'s"} or token.foreign or not index:
            continue
        head, word = parse.near(index - 1, index), parse.near(index + 1, index)
        base, forms = reading(word)
        if not base or "base" not in forms or word in NOUN_LIKE - _ACTIVITIES:
            continue
        if head in PASTIMES and forms == {"base"}:
            yield swap(parse, index + 1, inflect(base, "ing"))
        elif head in WISHES:
            yield before(parse, index + 1, "to")


def _beginning(parse: Parse) -> Iterator[Change]:
    """ "I start learn English" -> "start learning": begin, start and stop with a second verb right behind."""
    for index, token in enumerate(parse.tokens):
        if token.foreign or token.low not in _BEGINS:
            continue
        word = parse.near(index + 1, index)
        base, forms = reading(word)
        lively = word in {"talk", "run", "cry", "play", "jump", "laugh", "shout", "dance", "swim", "walk"} and (
            token.low.startswith(("keep", "kept")) or parse.near(index + 2, index) in {"with", "at", "and", "about"}
        )
        if (
            base
            and forms == {"base"}
            and (lively or word in _ACTIVITIES - NOUN_LIKE | {"learn", "cry", "collect", "speak"})
        ):
            yield swap(parse, index + 1, inflect(base, "ing"))


_BEGINS = words("start starts started begin begins began stop stops stopped keep keeps kept")


RULES = (
    Rule("gerund_infinitive.named", "gerund_infinitive", _named_activity,
         "A hobby is doing something: My hobby is drawing.", "Nói sở thích thì động từ thêm -ing: My hobby is drawing.", 0.9),
    Rule("gerund_infinitive.begin", "gerund_infinitive", _beginning,
         "After start and stop use -ing.", "Sau start, begin, stop dùng động từ thêm -ing.", 0.9),
    Rule("gerund_infinitive.enjoy", "gerund_infinitive", _gerund,
         "After enjoy and finish use -ing.", "Sau enjoy, finish dùng động từ thêm -ing.", 0.95),
    Rule("gerund_infinitive.like", "gerund_infinitive", _liking,
         "We say like swimming or like to swim.", "Mình nói like swimming hoặc like to swim.", 0.9),
    Rule("gerund_infinitive.preposition", "gerund_infinitive", _after_preposition,
         "After at, of, before, after use -ing.", "Sau at, of, before, after dùng -ing.", 0.9),
)  # fmt: skip
