"""The form of a second verb: to swim, swimming, swim."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.forms import inflect, reading
from tools.grammar.lexicon.nouns import NOUNS, PASTIMES, WISHES
from tools.grammar.lexicon.verbs import NOUN_LIKE, TAKES_GERUND
from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule, before, drop, lexical, span, swap

_ACTIVITIES = words(
    """
    swim play eat read watch go draw sing dance cook run ride sleep listen write climb learn study speak drink
    make help paint jump fish skate fly build collect visit travel take drive buy talk walk
    """
) - {"fish"}  # fmt: skip
_PREPOSITIONS = {"at", "of", "in", "about", "without", "for", "by", "before", "after"}
_GOVERNORS = {"good", "bad", "afraid", "scared", "tired", "interested", "fond", "think", "dream", "dreams", "instead", "talk", "keen", "best", "great",
              "bored", "excited", "worry"}  # fmt: skip


def _after_modal(parse: Parse) -> Iterator[Change]:
    """ "I can to swim", "he can swims", "I will going"."""
    for index, token in enumerate(parse.tokens):
        if token.low not in closed.MODALS - {"'d", "might", "will"} | {"will"} or token.foreign:
            continue
        if (token.low == "will" and token.text[:1].isupper() and index > 0) or (
            token.low == "can" and parse.near(index - 1, index) in {"a", "the", "my"}
        ):
            continue
        verb = index + 1
        while parse.near(verb, index) in closed.NOT | {"also", "always", "really", "never", "just", "only"}:
            verb += 1
        if (
            verb < len(parse.tokens)
            and parse.near(verb, index) == "to"
            and "base" in reading(parse.near(verb + 1, index))[1]
        ):
            yield drop(parse, verb)
            continue
        word = parse.near(verb, index)
        if word in closed.SUBJECTS:
            continue  # a question: do_support
        base, forms = reading(word)
        if (
            base
            and "base" not in forms
            and forms & {"s", "past", "ing"}
            and word not in {"left", "found", "felt", "saw"}
        ):
            yield swap(parse, verb, base)
        elif word in {"is", "am", "are"} and token.low in {"will", "can", "should"}:
            yield swap(parse, verb, "be")


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


def _wanting(parse: Parse) -> Iterator[Change]:
    """ "I want go", "I want eat", "she wants playing", "I want be"."""
    for index, token in enumerate(parse.tokens):
        base = reading(token.low)[0]
        if base not in {"want", "need", "hope", "decide", "forget", "learn"} or token.foreign:
            continue
        nxt, second = parse.near(index + 1, index), parse.near(index + 2, index)
        if base in {"need", "hope", "forget", "learn"} and parse.near(index - 1, index) in closed.DETERMINERS:
            continue
        verb, forms = reading(nxt)
        if nxt == "be" or (
            verb
            and "base" in forms
            and _clearly_verb(nxt, second)
            and not (base == "need" and parse.near(index - 1, index) in closed.NOT)
        ):
            if base == "learn" and nxt not in {"swim", "cook", "speak", "ride", "draw", "sing"}:
                continue
            yield before(parse, index + 1, "to")
        elif forms == {"ing"} and base == "want":
            yield swap(parse, index + 1, "to " + verb)
        elif (
            base == "want"
            and nxt in {"me", "him", "us", "them", "her", "you"}
            and _clearly_verb(second, parse.near(index + 3, index))
            and "base" in reading(second)[1]
        ):
            yield before(parse, index + 2, "to")
        elif (
            base == "want"
            and nxt == "my"
            and second in {"mom", "dad", "mother", "father", "friend", "brother", "sister"}
            and ("base" in reading(parse.near(index + 3, index))[1])
        ):
            yield before(parse, index + 3, "to")


def _clearly_verb(word: str, nxt: str) -> bool:
    if not reading(word)[0]:
        return False
    if word in NOUN_LIKE:
        return nxt in closed.DETERMINERS | closed.OBJECTS | {
            "with",
            "to",
            "football",
            "soccer",
            "games",
            "in",
            "at",
            "like",
            "tv",
            "english",
            "badminton",
            "video",
            "cartoons",
            "chess",
            "basketball",
            "outside",
            "milk",
            "water",
        } and not (word in {"help", "love", "rest", "sleep", "change"} and nxt in {"with", "to", "in", "at", "from"})
    return True


def _to_form(parse: Parse) -> Iterator[Change]:
    """ "to went", "to plays", "to playing"."""
    for index, token in enumerate(parse.tokens):
        if token.low != "to" or token.foreign:
            continue
        word = parse.near(index + 1, index)
        base, forms = reading(word)
        earlier = parse.near(index - 1, index)
        if not base or "base" in forms:
            continue
        if (
            (forms & {"past"} and word not in {"felt", "left", "found", "lost"})
            or (forms == {"s"} and base not in NOUN_LIKE)
            or (
                forms == {"ing"}
                and (reading(earlier)[0] or earlier)
                in {
                    "want",
                    "need",
                    "have",
                    "try",
                    "learn",
                    "how",
                    "able",
                    "like",
                    "love",
                    "hope",
                    "decide",
                }
                and (earlier not in {"like"} or parse.near(index - 2, index) in closed.SUBJECTS)
            )
        ):
            yield swap(parse, index + 1, base)


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
        if token.low in {"before", "after", "without"}:
            if word in NOUN_LIKE or word in {"eat"} - {"eat"}:
                continue
            yield swap(parse, index + 1, inflect(base, "ing"))
        elif governed and (
            word not in NOUN_LIKE
            or nxt in closed.DETERMINERS
            or (word in {"swim", "play", "dance", "draw"} and token.low == "at")
        ):
            yield swap(parse, index + 1, inflect(base, "ing"))


_MADE_TO = words("cry laugh smile eat go do clean sleep feel study learn read write wash drink sit stop")


def _causative(parse: Parse) -> Iterator[Change]:
    """ "let me to go", "let's going", "let him goes", "make me to cry"."""
    for index, token in enumerate(parse.tokens):
        if token.low not in {"let", "lets", "make", "makes", "made"} or token.foreign:
            continue
        at = index + 1
        if parse.near(at, index) in {"'s", "me", "him", "her", "us", "them", "it"}:
            at += 1
        elif parse.near(at, index) == "my" and parse.near(at + 1, index) in NOUNS:
            at += 2
        elif token.low != "lets":
            continue
        word, nxt = parse.near(at, index), parse.near(at + 1, index)
        if word == "to" and "base" in reading(nxt)[1] and (token.low in {"let", "lets"} or nxt in _MADE_TO):
            yield drop(parse, at)
        elif reading(word)[1] in ({"ing"}, {"s"}) and token.low in {"let", "lets"}:
            yield swap(parse, at, reading(word)[0])


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
        if base and forms == {"base"} and word in _ACTIVITIES - NOUN_LIKE | {"learn", "cry", "collect", "speak"}:
            yield swap(parse, index + 1, inflect(base, "ing"))


_BEGINS = words("start starts started begin begins began stop stops stopped keep keeps kept")


RULES = (
    Rule("gerund_infinitive.named", "gerund_infinitive", _named_activity,
         "A hobby is doing something: My hobby is drawing.", "Nói sở thích thì động từ thêm -ing: My hobby is drawing.", 0.9),
    Rule("gerund_infinitive.begin", "gerund_infinitive", _beginning,
         "After start and stop use -ing.", "Sau start, begin, stop dùng động từ thêm -ing.", 0.9),
    Rule("gerund_infinitive.modal", "gerund_infinitive", _after_modal,
         "After can or will the verb is plain: I can swim.", "Sau can, will động từ ở dạng gốc: I can swim.", 0.95),
    Rule("gerund_infinitive.enjoy", "gerund_infinitive", _gerund,
         "After enjoy and finish use -ing.", "Sau enjoy, finish dùng động từ thêm -ing.", 0.95),
    Rule("gerund_infinitive.want", "gerund_infinitive", _wanting,
         "We say want to do something.", "Muốn làm gì thì nói want to.", 0.94),
    Rule("gerund_infinitive.like", "gerund_infinitive", _liking,
         "We say like swimming or like to swim.", "Mình nói like swimming hoặc like to swim.", 0.9),
    Rule("gerund_infinitive.to", "gerund_infinitive", _to_form,
         "After to the verb is plain.", "Sau to động từ ở dạng gốc.", 0.93),
    Rule("gerund_infinitive.preposition", "gerund_infinitive", _after_preposition,
         "After at, of, before, after use -ing.", "Sau at, of, before, after dùng -ing.", 0.9),
    Rule("gerund_infinitive.let", "gerund_infinitive", _causative,
         "After let and make, no to.", "Sau let, make không có to.", 0.93),
    Rule("gerund_infinitive.would_like", "gerund_infinitive", lexical(
        (r"would like(?P<fix>) (?=(?:eat|go|play|be|have|see|buy|drink|learn|watch|read|swim)\b)", " to"),
        (r"(?:busy|spend (?:\w+ )?time) (?P<fix>to (?P<v>do|play|read|study|watch))\b", lambda m: inflect(m["v"].lower(), "ing")),
        (r"(?:go|goes|went|going) (?P<fix>(?P<v>swim|shop|fish|camp|skate|dance))(?=\s*(?:$|[.,!?]|(?:with|in|at|every|on|and)\b))",
         lambda m: {"swim": "swimming", "shop": "shopping", "fish": "fishing", "camp": "camping", "skate": "skating", "dance": "dancing"}[m["v"].lower()]),
        (r"look(?:s|ing)? forward to (?P<fix>(?P<v>see|meet|go|play|visit|hear|eat|learn|come|have|be))\b", lambda m: "being" if m["v"].lower() == "be" else inflect(m["v"].lower(), "ing")),
        (r"(?:teach|teaches|taught) (?:me|him|her|us|them)(?P<fix>) (?=(?:swim|cook|play|draw|sing|read|ride|speak)\b)", " to"),
        (r"(?:ask|asks|asked|tell|tells|told) (?:me|him|us|them|her)(?P<fix>) (?=(?:clean|go|do|study|help|wash|come|be|eat|read|write|sit)\b)", " to"),
        (r"(?:know|learn|teach me) how(?P<fix>) (?=(?:swim|cook|ride|draw|speak|make)\b)", " to"),
        (r"(?:easy|hard|difficult|fun|nice|happy|excited)(?P<fix>) (?=(?:learn|see|meet|speak|go|do|make|understand) (?:english|you|it|to|this|my|the|him|her|them)\b)", " to"),
    ), "We say would like to, go swimming.", "Mình nói would like to, go swimming.", 0.9),
)  # fmt: skip
