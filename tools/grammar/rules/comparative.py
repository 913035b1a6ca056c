"""Comparing: "more big", "big than", "most tall"."""
# ruff: noqa: E501 (tables: one pattern, one line)

import re

from tools.grammar.lexicon.adjectives import COMPARATIVES, LONG_ADJECTIVES
from tools.grammar.rule import OBJ, Rule, lexical

_SHORT = "|".join(sorted(COMPARATIVES, key=len, reverse=True))
_ER = {made[0]: base for base, made in COMPARATIVES.items()}
_EST = {made[1]: base for base, made in COMPARATIVES.items()}
_ERS, _ESTS = "|".join(sorted(_ER, key=len, reverse=True)), "|".join(sorted(_EST, key=len, reverse=True))
_LONG = "|".join(sorted(LONG_ADJECTIVES))
_NOT_MORE = {
    "near",
    "far",
    "kind",
    "cool",
    "fast",
    "late",
    "early",
    "hot",
    "cold",
    "new",
    "old",
    "sweet",
    "easy",
    "good",
    "funny",
    "nice",
    "clean",
}
_WRONG = {"gooder": "better", "badder": "worse", "goodest": "best", "baddest": "worst", "worser": "worse", "worstest": "worst",
          "beautifuler": "more beautiful", "beautifuller": "more beautiful", "funner": "more fun", "funnest": "most fun",
          "interestinger": "more interesting", "difficulter": "more difficult", "expensiver": "more expensive", "beautifulest": "most beautiful",
          "betterer": "better", "bestest": "best", "famouser": "more famous", "carefuler": "more careful", "dangerouser": "more dangerous"}  # fmt: skip


def _more(match: re.Match[str]) -> str | None:
    adjective = match["adj"].lower()
    rest = match.string[match.end() :].lower()
    noun_follows = re.match(r" (?:[a-z]+s|water|food|milk|people|toys|friends)\b", rest) and not rest.startswith(
        (" than", " as", " is")
    )
    if adjective in _NOT_MORE and noun_follows:
        return None  # "more new friends", "more hot water"
    return COMPARATIVES[adjective][0]


RULES = (
    Rule("comparative.as_as", "comparative", lexical(
        (rf"(?:as|so) (?P<fix>(?P<er>{_ERS}))(?= (?:as|like)\b)", lambda m: _ER[m["er"].lower()]),
        (rf"(?<=\bas )(?:{_SHORT}) (?P<fix>like|than)(?= (?:me|my|him|her|you|an?|the)\b)", "as"),
    ), "We say as tall as.", "Mình nói as tall as.", 0.92),
    Rule("comparative.more", "comparative", lexical(
        (r"(?:speak|speaks|talk|talks|walk|walks|run|runs|drive|drives|write|read|eat|eats|work|works|go) more (?P<fix>(?P<w>slow|quick|quiet|loud|clear|careful))\b", lambda m: m["w"].lower() + "ly"),
        (rf"(?<!speak )(?<!talk )(?<!walk )(?<!drive )(?<!eat )(?<!write )(?P<fix>(?:more|much more) (?P<adj>{_SHORT}))(?! and more\b)\b(?!-)", lambda m: ("much " if m.group(0).lower().startswith("much") else "") + made if (made := _more(m)) else None),
        (rf"(?P<fix>more (?=(?:{_ERS})\b))", ""),
        (rf"(?:{_ERS}) (?P<fix>more )(?=than\b)", ""),
        (rf"(?P<fix>very|so)(?= (?:{_ERS}) than\b)", "much"),
    ), "Short words take -er: bigger.", "Tính từ ngắn thêm -er: bigger.", 0.95),
    Rule("comparative.most", "comparative", lexical(
        (rf"(?:the|my|his|her) (?P<fix>most (?P<adj>{_SHORT}))\b", lambda m: COMPARATIVES[m["adj"].lower()][1]),
        (rf"(?P<fix>most (?=(?:{_ESTS})\b))", ""),
        (rf"(?:is|am|are|he's|she's|it's|i'm|was) (?P<fix>most (?P<adj>{_SHORT}))(?= (?:\w+ )?(?:in|of)\b)", lambda m: "the " + COMPARATIVES[m["adj"].lower()][1]),
        (rf"(?:is|am|are|he's|she's|it's|i'm|was) (?P<fix>(?P<adj>(?:{_ESTS})))(?= (?:\w+ )?(?:in|of) (?:my|the|all|our|class|us)\b)", lambda m: "the " + m["adj"]),
        (rf"the (?P<fix>(?P<er>{_ERS}))(?= (?:\w+ )?(?:in|of) (?:my|the|all|our) (?:class|school|family|world|city|country|three|animals|team|house))", lambda m: COMPARATIVES[_ER[m["er"].lower()]][1]),
    ), "Short words take -est: biggest.", "Tính từ ngắn thêm -est: biggest.", 0.94),
    Rule("comparative.wrong", "comparative", lexical(
        *((rf"(?P<fix>(?:more |most )?{wrong})\b", right) for wrong, right in _WRONG.items()),
    ), "This word is special: good, better, best.", "Từ này đặc biệt: good, better, best.", 0.95),
    Rule("comparative.than", "comparative", lexical(
        (rf"(?:is|am|are|was|were|not|very|run|runs|he|she|'s|'m|'re|much|it|swim|swims|looks?|i) (?P<fix>(?P<adj>{_SHORT}))(?= than\b)", lambda m: COMPARATIVES[m["adj"].lower()][0]),
        (rf"(?:is|am|are|was|were|'s|it|looks?) (?P<fix>(?P<adj>{_LONG}))(?= than\b)", lambda m: "more " + m["adj"]),
        (rf"(?P<er>{_ERS}|more (?:{_LONG})) (?P<fix>that|then|from)(?= (?:me|you|him|her|us|them|my|the|your|his|a|an|mine|i)\b(?! (?:am|go|went|think|we|want)))", "than"),
        (rf"(?:runs?|ran|swims?|jumps?|grows?|speaks?|works?|reads?) (?:{_ERS})(?P<fix>) (?={OBJ}\s*(?:$|[.,!?]))", " than"),
        (rf"(?P<fix>the same (?P<adj>{_SHORT}))(?= as\b)", lambda m: "as " + m["adj"]),
        (rf"(?:is|am|are|was|'s|'m) (?:{_ERS}|more (?:{_LONG}))(?P<fix>) (?=(?:me|him|her|us|them|you|my (?:brother|sister|friend|mom|dad|mother|father|dog|cat|cousin))\s*(?:$|[.,!?]))", " than"),
        (r"prefer(?:s|red)? (?:\w+ ){1,3}(?P<fix>than)(?= (?:\w+ing|\w+s|tea|milk|rice|meat|fish|football|it)\b)", "to"),
        (r"same (?:age|height|size|colou?r|name|birthday|shirt|bag|backpack|shoes|hair) (?P<fix>with)(?= (?:me|him|her|us|them|you|my|his)\b)", "as"),
    ), "To compare we say bigger than.", "So sánh thì nói bigger than.", 0.93),
)  # fmt: skip
