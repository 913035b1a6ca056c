"""Words that do not go together in English: "open the light"."""
# ruff: noqa: E501 (tables: one pattern, one line)

import re

from tools.grammar.rule import END, Replacement, Rule, lexical

_FORMS = {
    "turn": ("turn", "turns", "turned", "turning"), "do": ("do", "does", "did", "doing"), "make": ("make", "makes", "made", "making"),
    "take": ("take", "takes", "took", "taking"), "watch": ("watch", "watches", "watched", "watching"), "tell": ("tell", "tells", "told", "telling"),
    "speak": ("speak", "speaks", "spoke", "speaking"), "ride": ("ride", "rides", "rode", "riding"), "have": ("have", "has", "had", "having"),
    "play": ("play", "plays", "played", "playing"), "ask": ("ask", "asks", "asked", "asking"), "brush": ("brush", "brushes", "brushed", "brushing"),
    "go": ("go", "goes", "went", "going"), "beat": ("beat", "beats", "beat", "beating"), "get": ("get", "gets", "got", "getting"), "catch": ("catch", "catches", "caught", "catching"),
}  # fmt: skip
_FROM = {
    "open": ("open", "opens", "opened", "opening"), "close": ("close", "closes", "closed", "closing"), "off": ("off", "offs", "offed", "offing"),
    "make": _FORMS["make"], "do": _FORMS["do"], "eat": ("eat", "eats", "ate", "eating"), "drink": ("drink", "drinks", "drank", "drinking"),
    "see": ("see", "sees", "saw", "seeing"), "look": ("look", "looks", "looked", "looking"), "say": ("say", "says", "said", "saying"),
    "talk": ("talk", "talks", "talked", "talking"), "tell": _FORMS["tell"], "drive": ("drive", "drives", "drove", "driving"),
    "wash": ("wash", "washes", "washed", "washing"), "win": ("win", "wins", "won", "winning"), "give": ("give", "gives", "gave", "giving"),
    "play": _FORMS["play"], "turn": _FORMS["turn"], "listen": ("listen", "listens", "listened", "listening"), "shut": ("shut", "shuts", "shut", "shutting"),
    "speak": _FORMS["speak"], "go": ("go", "goes", "went", "going"), "wear": ("wear", "wears", "wore", "wearing"), "study": ("study", "studies", "studied", "studying"),
    "read": ("read", "reads", "read", "reading"), "write": ("write", "writes", "wrote", "writing"),
}  # fmt: skip
_MACHINES = r"(?:the |my |a |your )?(?:lights?|lamps?|tv|television|fan|air conditioner|air conditioning|radio|computer|laptop|tablet|phone|music|machine)"


_DOER = r"(?<=[a-z] )(?<!what )(?<!why )(?<!how )(?<!when )(?<!where )(?<!who )(?<!which )"


def _swap(wrong: str, right: str, following: str, lead: str = "", extra: str = "") -> tuple[str, Replacement]:
    """(pattern, replacement): any form of `wrong` before `following` becomes the same form of `right` (+ `extra`).

    `lead` looks behind.
    """
    table = {form: f"{_FORMS[right][at]}{extra}" for at, form in reversed(list(enumerate(_FROM[wrong])))}
    alternatives = "|".join(sorted(table, key=len, reverse=True))
    return rf"{lead}(?P<fix>{alternatives})(?= {following})", lambda m: table[m["fix"].lower()]


_BODY = (
    r"(?:legs?|arms?|heads?|tooth|teeth|hands?|foot|feet|eyes?|ears?|nose|stomach|tummy|belly|back|finger|fingers|knees?|throat|"
    r"neck|toes?|body|elbow|shoulder)"
)
_BODIES = {"teeth", "feet"}


def _hurting(match: re.Match[str]) -> str:
    what = match.group(0).split()[0].lower()
    verb = "hurt" if what in _BODIES or (what.endswith("s") and what != "this") else "hurts"
    if " was " in match["fix"].lower():
        verb = "hurt"
    following = match.string[match.end() :].lstrip().lower()
    return f" {verb}" if following.startswith(("a lot", "so much", "now")) else f" {verb} a lot"


_HOMEWORK = r"(?:my |the |your |his |her |some |a lot of |many |our |their |all )*(?:homework|homeworks|exercises?(?: book)?|housework)\b(?! book)"
_LANGUAGES = r"(?:english|vietnamese|chinese|korean|japanese|french)(?:\s*(?:$|[.,!?])| (?:with|very|well|every|in|to|at|good|at|and)\b)"
RULES = (
    Rule("collocation.turn_on", "collocation", lexical(*[
        (pattern, right) for pattern, right in (
            _swap("open", "turn", rf"{_MACHINES}\b(?! (?:box|case|bag|shop|store|app))", extra=" on"),
            _swap("close", "turn", rf"{_MACHINES}\b(?! (?:box|case|bag|shop|store))", extra=" off"),
            _swap("shut", "turn", r"(?:the )?(?:light|tv|fan)s?\b", extra=" off"),
        )
    ]), "We turn on the light and turn it off.", "Bật là turn on, tắt là turn off.", 0.96),
    Rule("collocation.do_make", "collocation", lexical(*[
        _swap("make", "do", _HOMEWORK),
        _swap("make", "do", r"(?:my |the |some )?(?:sports?|judo|karate|yoga|gymnastics|exercise)\b"),
        _swap("do", "make", r"(?:a |many |some |my |any |the same |a lot of |lots of )*(?:mistakes?|noise|cakes?|promises?|kites?)\b", _DOER),
        _swap("make", "have", r"(?:a |my |the )?(?:birthday )?part(?:y|ies)\b"),
        _swap("do", "have", r"(?:a |my )?(?:birthday )?party\b(?! (?:start|begin|end|finish))", _DOER),
        _swap("write", "do", r"(?:my |the |his |her )?homework\b"),
        _swap("make", "take", r"(?:a |some |many )(?:photos?|shower|bath|test)\b"),
        _swap("do", "take", r"(?:a |some |many )(?:photos?|pictures)\b"),
        _swap("play", "do", r"(?:judo|karate|yoga|gymnastics|homework|exercises?|taekwondo)\b"),
        _swap("go", "do", r"(?:homework|my homework)\b"),
        _swap("make", "ask", r"(?:a |some |me a |many )?questions?\b"),
    ]), "These words go together: do homework, make a cake.", "Cụm từ đúng: do homework, make a cake.", 0.93),
    Rule("collocation.pairs", "collocation", lexical(*[
        _swap("eat", "take", r"(?:my |the |some |a lot of )?(?:medicine|medicines|pills?)\b"),
        _swap("drink", "take", r"(?:my |the |some |a lot of )?(?:medicine|medicines|pills?)\b"),
        _swap("see", "watch", r"(?:the )?(?:tv|television|cartoons?|youtube)\b"),
        _swap("look", "watch", r"(?:the |at the |at )?(?:tv|television|cartoons?|youtube|movies?|films?)\b"),
        _swap("read", "watch", r"(?:tv|youtube)\b"),
        _swap("say", "tell", r"(?:me |us |him |her |you )?(?:a |the |some )?(?:lies?|stor(?:y|ies)|jokes?|the truth)\b"),
        _swap("say", "tell", r"(?:me|us|him|her|them) (?:about|how|what|where|why|to|a)\b"),
        _swap("speak", "tell", r"(?:me |us )?(?:a |the |some )(?:lies?|story|stories|jokes?|truth)\b"),
        _swap("talk", "tell", r"(?:me |us |him |her )?(?:a |the |some )(?:lies?|story|stories|jokes?|truth)\b"),
        _swap("say", "speak", _LANGUAGES),
        _swap("talk", "speak", _LANGUAGES),
        _swap("tell", "speak", _LANGUAGES),
        _swap("drive", "ride", r"(?:a |my |his |her |the )?(?:bike|bicycle|motorbike|motorcycle|bikes|scooter|horse)\b"),
        _swap("go", "ride", r"(?:a |my )(?:bike|bicycle|horse)\b"),
        _swap("wash", "brush", r"(?:my |his |her |your |the |our |their )?teeth\b"),
        (r"(?:wash|washes|washed) (?:my|his|her) (?P<fix>tooth)\b", "teeth"),
        _swap("play", "go", r"(?:swimming|fishing|shopping|camping|jogging|skating|hiking|cycling)\b"),
        _swap("look", "watch", r"(?:a |the )cartoons?\b"),
        _swap("win", "beat", r"(?:me|him|her|us|them|my (?:friend|brother|sister|dad|team))(?=\s*(?:$|[.,!?]| in\b| at\b))"),
        _swap("give", "ask", r"(?:me |him |her |the teacher )?(?:a question)\b(?! mark)"),
        _swap("see", "have", r"(?:a )?dream\b"),
    ]), "In English we use another verb here.", "Tiếng Anh dùng động từ khác ở đây.", 0.92),
    Rule("collocation.weather", "collocation", lexical(
        (r"(?P<fix>strong|big)(?= rains?\b(?! (?:coat|boots)))", "heavy"),
        (r"rain(?:s|ed|ing)? (?:very )?(?P<fix>big|strong|heavy)" + END, lambda m: "hard" if m["fix"].lower() != "heavy" else "heavily"),
        (r"(?:it|today) (?P<fix>(?:is|'s) (?:rain|snow))" + END, lambda m: f"is {m['fix'].split()[-1]}ing"),
    ), "We say heavy rain.", "Mưa to nói là heavy rain.", 0.88),
    Rule("collocation.hurt", "collocation", lexical(
        (rf"(?:{_BODY}|it|this|that)(?P<fix> (?:is |are |was )?(?:very|so|really|too)(?: much)? hurts?)\b", _hurting),
        (rf"(?:{_BODY}|it|this|that)(?P<fix> (?:is|are) hurt)(?= (?:a lot|so much|now)\b)", _hurting),
    ), "We say it hurts a lot.", "Mình nói it hurts a lot.", 0.9),
    Rule("collocation.other", "collocation", lexical(
        (r"(?P<fix>(?:say|said) (?P<who>me|him|us|them))(?= (?:go|come|do|eat|study|clean|sleep|wash|be|sit|wait|stop|finish|read|drink)\b)",
         lambda m: f"told {m['who']} to" if m["fix"].lower().startswith("said") else f"tell {m['who']} to"),
        (r"(?<!\w )where (?P<fix>(?:do|does|did) (?P<who>you|he|she|they|your (?:mom|dad|friend|teacher|family)))(?= from\b)",
         lambda m: f"{'are' if m['who'].lower() in {'you', 'they'} else 'is'} {m['who']}"),
        (r"(?P<fix>borrow)(?= (?:me|us|him|them)\b)", "lend"),
        (r"(?:can|could|may) (?:i|we) (?P<fix>lend)(?= (?:your|a|the|some|his|her|my|it)\b)", "borrow"),
        (r"(?P<fix>(?:say|said) (?:to )?(?P<who>me|him|us|them))(?= that\b)", lambda m: ("told " if m["fix"].lower().startswith("said") else "tell ") + m["who"]),
        (r"(?P<fix>(?P<v>carry|carries|carried))(?= glasses\b(?! of))", lambda m: {"carry": "wear", "carries": "wears", "carried": "wore"}[m["v"].lower()]),
        (r"(?P<fix>(?P<v>take|takes|took|receive|receives))(?= (?:an? )?(?:bad|good|high|low) (?:mark|score|grade|point)s?\b)", lambda m: {"take": "get", "takes": "gets", "took": "got", "receive": "get", "receives": "gets"}[m["v"].lower()]),
        (r"(?P<fix>(?P<v>play|played|make|made))(?= a picnic\b)", lambda m: "had" if m["v"].lower() in {"played", "made"} else "have"),
        (r"(?:a|become|be) (?P<fix>police)(?=\s*(?:$|[.,!?]| (?:and|because|when)\b))", "police officer"),
        (r"(?:brush|brushes|brushed|brushing) (?:my|his|her|your|our|their) (?P<fix>tooth)\b(?!brush)", "teeth"),
        (r"(?<![\w,] )(?P<fix>turn off)(?= (?:my |your |the )?(?:shoes|hat|coat|jacket|clothes|socks)\b)", "take off"),
        (r"play (?P<fix>with (?=(?:computer|phone|video|the computer) games?\b))", ""),
        (r"(?:it|that|this) (?P<fix>(?:cost|costs) (?:too )?(?:expensive|cheap))\b", lambda m: "is " + m["fix"].split(" ", 1)[1]),
        (r"(?P<fix>how to say|how to call) (?=.{2,40}\b(?:in english|in vietnamese)\s*(?:$|\?))(?<!know how to say )(?<!know how to call )", lambda m: "how do you say" if m.start("fix") == 0 else None),
        (r"(?:how) (?P<fix>to (?=(?:spell|pronounce)\b))(?<=^how to )", "do you "),
        (r"(?P<fix>(?P<v>take|takes|took) a (?:sleep|nap sleep))\b", lambda m: f"{m['v']} a nap"),
        (r"(?:i|you|we|they) (?P<fix>have (?P<what>hungry|thirsty|sleepy|scared|afraid|angry|tired|happy|sad))\b(?! (?:birthday|dog|cat|friend|time|face|face|memor))",
         lambda m: ("am " if m.group(0).lower().startswith("i ") else "are ") + m["what"]),
        (r"(?:he|she|it) (?P<fix>(?:has|have) (?P<what>hungry|thirsty|sleepy|scared|afraid|angry|tired))\b(?! (?:dog|cat|friend|face))", lambda m: "is " + m["what"]),
    ), "In English we say it another way.", "Tiếng Anh nói cách khác nhé.", 0.9),
)  # fmt: skip
