"""Articles: missing, wrong, or too many."""
# ruff: noqa: E501 (tables: one pattern, one line)

import re
from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES, COLOURS, LONG_ADJECTIVES, SIZES
from tools.grammar.lexicon.nouns import (
    ALSO_MASS,
    ANIMALS,
    COUNTABLE,
    FEMALE,
    JOBS,
    MALE,
    NOUNS,
    PEOPLE,
    PLURALS,
    article_for,
)
from tools.grammar.parse import Parse
from tools.grammar.rule import END, Change, Rule, before, drop, lexical, swap

_HAVING = {"have", "has", "had", "buy", "bought", "see", "saw", "want", "need", "got", "draw", "drew", "wear", "wears",
           "find", "found", "catch", "caught", "wearing", "buys", "bring", "brought", "drawing"}  # fmt: skip
_BE = closed.FINITE_BE - {"be"} | {"be", "become", "became"}
_OPEN_AFTER = {"", ",", "and", "but", "because", "in", "at", "on", "with", "for", "to", "from", "so", "it", "he", "she", "who",
               "that", "too", "when", "yesterday", "today", "now", "near", "under", "behind", "inside", "beside", "is", "named", "called", "tomorrow", "every", "last", "i",
               "very", "then", "of", "also", "my", "we", "they", "or", "this", "next", "like", "as"}  # fmt: skip
_SET_BARE = {"time", "breakfast", "lunch", "dinner", "school", "class", "home", "bed", "name", "day", "test", "exam", "english",
             "part", "place", "color", "colour", "line", "fan", "sister", "brother", "mother", "father", "mom", "dad", "second", "thing",
             "uncle", "aunt", "king", "queen", "mum", "mommy", "daddy", "grandma", "grandpa", "birthday", "christmas", "person", "man", "baby", "boy",
             "level", "page", "number", "grade", "week", "night", "month", "year", "hour", "morning", "evening", "afternoon", "weekend", "answer", "idea", "mistake", "sun", "moon"}  # fmt: skip


_PAIRED = {"ear", "eye", "leg", "arm", "hand", "wing", "foot", "tooth", "whisker"}  # "big ears": see plural.pair


def _missing(parse: Parse) -> Iterator[Change]:
    for token in parse.tokens:
        noun = token.index
        if not _bare_singular(parse, noun) or (token.low in _PAIRED and parse.near(noun - 1, noun) in ADJECTIVES):
            continue
        first = noun
        while parse.near(first - 1, noun) in ADJECTIVES - {"like"} or parse.near(first - 1, noun) in closed.DEGREE - {
            "so",
            "more",
        }:
            first -= 1
        verb = first - 1
        low = parse.near(verb, noun)
        modified = first < noun
        if modified and not _describes(parse, first):
            continue
        if low in _BE | closed.NOT and token.low in JOBS | {"student", "friend"} and _singular_be(parse, verb):
            if modified and parse.low(first) in {"good", "best", "my"} and token.low == "friend":
                continue
            yield before(parse, first, article_for(parse.low(first)))
        elif (low in _BE and _is_one(parse, verb, first, noun) and _singular_be(parse, verb)) or (
            modified and low in {"in", "with"} and token.low in _STAND_OUT and parse.low(first) in _LOOKS
        ):
            yield before(parse, first, article_for(parse.low(first)))
        elif (
            low in _HAVING
            and _verb_used(parse, verb)
            and token.low not in _SET_BARE - ({"sister", "brother", "baby"} if low in {"have", "has", "had"} else set())
        ):
            if token.low in ALSO_MASS and not modified:
                continue
            if token.low in _PAIRED:
                continue
            yield before(parse, first, article_for(parse.low(first)))


def _describes(parse: Parse, first: int) -> bool:
    """Whether the adjective can stand before its noun: not "afraid spider"."""
    return parse.low(first) not in _ONLY_BEHIND


_ONLY_BEHIND = words(
    "afraid scared alone alive asleep awake ill ready sure sorry excited tired bored interested busy hungry thirsty "
    "angry worried similar different absent full late"
)


def _is_one(parse: Parse, verb: int, first: int, noun: int) -> bool:
    """ "it is big house", "he is good boy", "there is dog"."""
    low = parse.low(noun)
    if low in ALSO_MASS | _SET_BARE - {
        "boy",
        "man",
        "person",
        "baby",
        "day",
        "idea",
        "place",
        "mistake",
    } or low in FEMALE | MALE - {"boy", "man"}:
        return first < noun and low in PEOPLE | ANIMALS
    if first == noun:
        return parse.near(verb - 1, verb) == "there" and parse.low(verb) in {"is", "was", "'s"}
    return True


_STAND_OUT = COUNTABLE - ALSO_MASS - words("shape time form color colour voice way name team level condition") | {
    "voice"
}
_LOOKS = COLOURS | SIZES | words("new old beautiful nice ugly scary funny strange dark modern")


def _singular_be(parse: Parse, verb: int) -> bool:
    """The be before it speaks of one: "I am", "he is", "to be", not "are"."""
    low = parse.low(verb)
    if low in {"are", "were", "'re"}:
        return parse.near(verb - 1, verb) == "you" and False
    if low in closed.NOT:
        return parse.near(verb - 1, verb) in {"am", "is", "was", "'m", "'s"} and parse.tokens[verb].text.lower() != "nt"
    if low == "'s":
        return parse.near(verb - 1, verb) in {"he", "she", "it", "that", "this"}
    if low == "be" and parse.near(verb - 1, verb) != "to":
        return parse.near(verb - 1, verb) in {"will", "can", "'ll"} and parse.low(verb - 2) in {"i", "he", "she"}
    if low == "be" and (set(parse.lows(max(0, verb - 5), verb)) & {"we", "they"}):
        return False
    before_be = parse.near(verb - 1, verb)
    if before_be in {"here", "there", "where", "who"}:
        return before_be == "there"
    return low != "m" or parse.near(verb - 1, verb) == "i"


def _verb_used(parse: Parse, verb: int) -> bool:
    """The word is a verb with somebody doing it ("I have"), not an auxiliary or a noun."""
    before_verb = parse.near(verb - 1, verb)
    return before_verb not in closed.ARTICLES | closed.POSSESSIVES and bool(before_verb)


def _bare_singular(parse: Parse, noun: int) -> bool:
    low, nxt = parse.low(noun), parse.near(noun + 1, noun)
    if low not in COUNTABLE or low in {
        "people",
        "watch",
        "work",
        "cook",
        "rock",
        "swing",
        "slide",
        "comb",
        "stick",
        "second",
        "fun",
        "orange",
        "chicken",
        "stop",
    } - {"orange"}:
        return False
    if parse.tokens[noun].text[:1].isupper() and noun > 0:
        return False
    if low == "fish" and nxt == "and":
        return False
    return nxt in _OPEN_AFTER and parse.near(noun - 1, noun) not in closed.DETERMINERS | {"'s"}


_IN_TWOS = _PAIRED | words("shoe sock boot sandal sneaker glove slipper")


def _a_or_an(parse: Parse) -> Iterator[Change]:
    for token in parse.tokens:
        nxt = parse.near(token.index + 1, token.index)
        if token.low not in {"a", "an"} or token.foreign or not nxt.isalpha() or len(nxt) < 2:
            continue
        if parse.tokens[token.index + 1].text.isupper() or not (nxt in NOUNS | ADJECTIVES or token.low == "a"):
            continue
        if nxt in {"an", "a", "and", "is", "in", "i", "it", "of", "or", "are", "am", "as", "at", "on", "uh", "um"}:
            continue
        if (right := article_for(nxt)) != token.low:
            yield swap(parse, token.index, right)


def _a_plural(parse: Parse) -> Iterator[Change]:
    """ "a cats": one thing, or many."""
    for token in parse.tokens:
        plural = token.index + 1
        while parse.near(plural, token.index) in ADJECTIVES:
            plural += 1
        low, last = parse.near(plural, token.index), parse.near(plural + 1, token.index)
        if token.low in {"a", "an"} and plural > token.index + 1 and low in PLURALS and last not in NOUNS:
            several = parse.near(token.index - 1, token.index) == "what" or PLURALS[low] in _IN_TWOS
            yield drop(parse, token.index) if several else swap(parse, plural, PLURALS[low])
            continue
        nxt = parse.near(token.index + 1, token.index)
        if (
            token.low in {"a", "an"}
            and nxt in PLURALS
            and parse.near(token.index - 1, token.index) not in {"such", "half"}
        ):
            singular = PLURALS[nxt]
            if parse.near(token.index + 2, token.index) in NOUNS or parse.low(token.index + 2).startswith("-"):
                continue
            yield swap(parse, token.index + 1, singular)


_LONGS = "|".join(sorted(LONG_ADJECTIVES))
_RANKED = "|".join(sorted((COUNTABLE - {"friend"}) | {"players", "thing", "man", "food"}))
_NO_EST = {"guest", "forest", "test", "rest", "honest", "nest", "chest", "modest", "west", "interest", "contest"}
_THE_PLACES = "zoo|park|beach|supermarket|cinema|library|museum|playground|toilet|bathroom|dentist|doctor|restaurant|market|swimming pool|sea|mall|pool|bookstore|bookshop|circus|kitchen|garden|living room|river"
_GOING = r"(?:go|goes|went|going|gone|come|comes|came|walk|walked|run|ran|get|drive|drove|travel|took me|take me|takes me|back)"
_HABITS = r"(?:go|goes|went|going)"
_EXTRA = (
    r"(?:english|maths?|football|soccer|basketball|badminton|volleyball|tennis|chess|homework|breakfast|lunch|dinner)"
)


_SINGLES = "|".join(sorted(COUNTABLE - ALSO_MASS - {"people", "fish", "sheep"}, key=len, reverse=True))
_GIVEN = "story|joke|present|gift|toy|book|cake|card|letter|message|picture|song|bike|question|kite|sticker|doll|robot|dress|hug|kiss|secret"
_BEASTS = "|".join(sorted(ANIMALS - {"fish", "chicken", "duck", "animal", "pet", "sheep"}))


def _bare_place(match: re.Match[str]) -> str:
    return "the " + match["place"]


RULES = (
    Rule("article.a_an", "article", _a_or_an,
         "We say an before a, e, i, o, u sounds.", "Trước âm a, e, i, o, u mình dùng an.", 0.97),
    Rule("article.a_plural", "article", _a_plural,
         "A means one, so no s.", "A là một nên danh từ không thêm s.", 0.88),
    Rule("article.doubled", "article", lexical(
        (r"(?P<fix>(?:the|a|an) )(?=(?:my|your|his|our|their|her) )(?!her\b)", ""),
        (r"(?:my|your|his|our|their) (?P<fix>(?:the|a|an) )", ""),
        (r"(?P<fix>an? )(?=(?:some|many|the) |(?:two|three|four|five) (?!-|year|month|week|day|hour|minute|star|part|legged|\w+ -))", ""),
    ), "One word is enough: my, a or the.", "Chỉ dùng một từ: my, a hoặc the.", 0.92),
    Rule("article.hair", "article", lexical(
        (r"(?:has|have|had|with) (?P<fix>a )(?=(?:very )?(?:long |short |black |brown |curly |beautiful |nice |straight )+hair\s*(?:$|[.,!?]| and\b))", ""),
    ), "No a before hair.", "Trước hair không cần a.", 0.93),
    Rule("article.part_of_day", "article", lexical(
        (r"in (?P<fix>(?P<part>morning|afternoon|evening))\b(?! (?:class|news|exercise))", lambda m: "the " + m["part"]),
    ), "We say in the morning.", "Mình nói in the morning.", 0.95),
    Rule("article.place", "article", lexical(
        (rf"{_GOING} to (?P<fix>(?P<place>{_THE_PLACES}))\b(?! (?:city|land|camp|food|street|town))", _bare_place),
        (rf"(?:in|at) (?P<fix>(?P<place>zoo|park|supermarket|library|kitchen|garden|living room|museum|playground|bathroom|toilet|swimming pool))(?! (?:shop|store|table|bench|camp))(?:{END}|(?= (?:with|yesterday|and|every|on|because|today)\b))",
         _bare_place),
        (r"play (?P<fix>in (?P<place>park|garden|playground|yard))\b", lambda m: f"in the {m['place']}"),
        (r"(?:on|at) (?P<fix>(?P<place>beach))\b", _bare_place),
    ), "We say the for this place: the zoo.", "Nơi này cần the: the zoo.", 0.9),
    Rule("article.job", "article", lexical(
        (rf"(?:work|works|worked|working) as (?P<fix>(?P<n>{'|'.join(sorted(JOBS))}))\b", lambda m: f"{article_for(m['n'])} {m['n']}"),
        (rf"(?:building|buying|making|drawing|wearing|writing|carrying|holding|riding|catching|eating) (?P<fix>(?P<a>new|big|small|little|beautiful|old|long|short|red|blue|green|yellow|black|white|pink|tall|huge))(?= (?:{_SINGLES})(?:\s*(?:$|[.,!?])| (?:in|on|at|near|for|with|and|now|behind|to|from)\b))", lambda m: f"{article_for(m['a'])} {m['a']}"),
    ), "One person or thing needs a or an.", "Một người, một vật thì cần a hoặc an.", 0.9),
    Rule("article.one", "article", lexical(
        (rf"(?:tell|tells|told|give|gives|gave|buy|buys|bought|show|shows|showed|send|sent|make|made|read|reads|sing) (?:me|him|her|us|them|you) (?P<fix>(?P<n>{_GIVEN}))(?=\s*(?:$|[.,!?])| (?:about|for|on|every|yesterday|last|and i|because|when|with)\b)", lambda m: f"{article_for(m['n'])} {m['n']}"),
        (r"(?:takes?|took|for|in|wait(?:ed)?|about) (?P<fix>hour)(?=\s*(?:$|[.,!?])| (?:to|every|and|because)\b)", "an hour"),
        (r"(?:have|has|had|got) (?P<fix>idea)(?=\s*(?:$|[.,!?])| (?:for|about|to)\b)", "an idea"),
        (rf"(?:than|like) (?P<fix>(?P<n>{_BEASTS}))(?=\s*(?:$|[.,!?]))", lambda m: f"{article_for(m['n'])} {m['n']}" if m.string[max(0, m.start() - 12) : m.start("fix")].lower().rstrip().endswith(("er than", "looks like")) or "more " in m.string[: m.start()].lower() else None),
    ), "One thing needs a or an: a story.", "Một vật thì cần a hoặc an: a story.", 0.88),
    Rule("article.known", "article", lexical(
        (r"(?:open|opens|opened|close|closes|closed|shut|lock|locked) (?P<fix>(?P<n>door|window|gate|box|fridge|bag))(?=\s*(?:$|[.,!?])| (?:please|for|when|because|and|before)\b)", lambda m: "the " + m["n"]),
    ), "We both know which one, so we say the.", "Cả hai đều biết vật nào nên dùng the.", 0.86),
    Rule("article.country", "article", lexical(
        (r"(?<![\w,] )(?P<fix>the (?P<n>viet ?nam|ha ?noi|england|japan|korea|china|thailand|america|da ?nang|hue|sai ?gon))(?= (?:is|has|are)\b)",
         lambda m: m.string[m.start("n") : m.end("n")][:1].upper() + m["n"][1:]),
    ), "No the before the name of a country.", "Tên nước, tên thành phố không có the.", 0.9),
    Rule("article.unique", "article", lexical(
        (r"(?:(?<![\w,] )|(?<=\b(?:look|when|then|that) )|(?<=\b(?:and|but|wow|yes) )|(?<=\b(?:so|oh) )|(?<=because )|(?<=, ))(?P<fix>(?P<what>sun|moon|sky|weather))(?= (?:is|was|shines|rises|sets|looks|very|so)\b)", lambda m: "the " + m["what"]),
        (rf"(?:is|was|are|be|were) (?P<fix>(?P<what>[a-z]+est|most (?:{_LONGS})))(?= (?:{_RANKED})(?!\w))", lambda m: None if m["what"].lower() in _NO_EST else "the " + m["what"]),
        (r"(?:who|he|she|it|this|that|which) is (?P<fix>(?P<what>(?:tall|small|bigg|strong|fast|young|old|smart|short|long|larg|b)est))(?= (?:in|of)\b)", lambda m: "the " + m["what"]),
        (r"in (?P<fix>(?P<what>sky|sea|world|countryside|middle|future))\b(?! (?:of|level|city|cup|world|war|life|animals?|creatures?|food|record|history|ground|class))", lambda m: "the " + m["what"]),
        (r"(?:is|am|are) (?P<fix>(?P<what>(?:tall|small|bigg|strong|fast|young|old|smart|short|long|cut|larg|happi)est|best|most (?:beautiful|famous|popular|important|interesting|expensive)))(?= (?:\w+ )?(?:in (?:my|our|the|all|vietnam|asia|class|town|school|his|her|their|hanoi)|of)\b)",
         lambda m: "the " + m["what"]),
    ), "There is only one, so we say the.", "Chỉ có một nên mình dùng the.", 0.88),
    Rule("article.favourite", "article", lexical(
        (r"my favou?rite animal is (?P<fix>(?P<what>" + "|".join(sorted(ANIMALS - {"fish", "animal", "pet"})) + r"))(?=\s*(?:$|[.,!?]| because\b| and (?:i|it|my)\b))", lambda m: "the " + m["what"]),
    ), "We say the panda.", "Mình nói the panda.", 0.85),
    Rule("article.extra", "article", lexical(
        (rf"(?:play|plays|played|playing|study|learn|learns|like|likes|love|do|did|speak|speaks) (?P<fix>the )(?={_EXTRA}\b(?! (?:teacher|class|book|game|match|team|club|lesson|song|test|i\b|we\b|that\b|you\b|my\b|at\b|is\b|in\b|of\b|with\b|from\b|for\b|on\b)))", ""),
        (rf"(?:play|plays|played|playing) (?P<fix>the )(?={_EXTRA}{END}|{_EXTRA} (?:with|at|in|on|after|every|and)\b)", ""),
        (r"(?:have|has|had|eat|ate|for|cook|make|cooks) (?P<fix>(?:the|a) )(?=(?:breakfast|lunch|dinner)\b(?! (?:box|that|for|my|was|is|with)))", ""),
        (r"(?:go|goes|went|come|came|going) (?P<fix>to (?:the )?)(?=home\b)", ""),
        (rf"(?:have|has|had|having) (?P<fix>a )(?=fun{END})", ""),
        (r"at (?P<fix>the )(?=night\b(?! (?:market|zoo|club)))", ""),
        (r"in (?P<fix>the )(?=(?:vietnam|viet nam|hanoi|ha noi|england|japan|korea|china|grade \d)\b(?! (?:war|team)))", ""),
        (r"go to (?P<fix>the )(?=bed\b(?!room))", ""),
    ), "No the here.", "Chỗ này không cần the.", 0.88),
    Rule("article.missing", "article", _missing,
         "One thing needs a or an: a dog.", "Một vật thì cần a hoặc an: a dog.", 0.85),
)  # fmt: skip
