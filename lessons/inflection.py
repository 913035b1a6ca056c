"""Forms of English children's words: plurals, verb forms, and back to the base."""

from collections.abc import Callable
from functools import lru_cache

from lessons.tokens import word_set

_SAME = word_set(
    "fish sheep deer shrimp rice milk water bread homework football music money furniture ice cream noodles "
    "chips pants jeans shorts trousers glasses clothes shoes scissors people children teeth feet mice men "
    "women sushi pho juice tea coffee soup meat beef pork chicken chocolate cheese butter sugar salt fruit "
    "english maths math lego pizza breakfast lunch dinner soccer badminton basketball volleyball tennis "
    "swimming tv hair sand snow rain "
)
_NOUNS = {
    "child": "children", "man": "men", "woman": "women", "foot": "feet", "tooth": "teeth", "mouse": "mice",
    "person": "people", "goose": "geese", "leaf": "leaves", "knife": "knives", "wolf": "wolves", "shelf": "shelves",
    "tomato": "tomatoes", "potato": "potatoes", "hero": "heroes", "mango": "mangoes", "policeman": "policemen",
    "fireman": "firemen", "wife": "wives", "life": "lives", "half": "halves", "scarf": "scarves",
    "grandchild": "grandchildren",
}  # fmt: skip
_VERBS = {
    "be": "was been", "have": "had had", "do": "did done", "go": "went gone", "eat": "ate eaten", "see": "saw seen",
    "come": "came come", "get": "got got", "give": "gave given", "take": "took taken", "make": "made made",
    "say": "said said", "tell": "told told", "know": "knew known", "think": "thought thought", "buy": "bought bought",
    "bring": "brought brought", "catch": "caught caught", "teach": "taught taught", "run": "ran run",
    "swim": "swam swum",
    "sing": "sang sung", "drink": "drank drunk", "begin": "began begun", "sit": "sat sat", "sleep": "slept slept",
    "keep": "kept kept", "feel": "felt felt", "leave": "left left", "meet": "met met", "read": "read read",
    "write": "wrote written", "ride": "rode ridden", "drive": "drove driven", "speak": "spoke spoken",
    "break": "broke broken", "wake": "woke woken", "choose": "chose chosen", "draw": "drew drawn", "fly": "flew flown",
    "grow": "grew grown", "throw": "threw thrown", "wear": "wore worn", "find": "found found", "lose": "lost lost",
    "win": "won won", "send": "sent sent", "spend": "spent spent", "build": "built built", "stand": "stood stood",
    "understand": "understood understood", "hear": "heard heard", "hold": "held held", "pay": "paid paid",
    "sell": "sold sold", "put": "put put", "cut": "cut cut", "hit": "hit hit", "hurt": "hurt hurt", "let": "let let",
    "fall": "fell fallen", "forget": "forgot forgotten", "hide": "hid hidden", "bite": "bit bitten",
    "lie": "lay lain", "feed": "fed fed", "fight": "fought fought", "shut": "shut shut", "cost": "cost cost",
    "become": "became become", "steal": "stole stolen", "shake": "shook shaken", "dream": "dreamed dreamed",
}  # fmt: skip
_DOUBLED = word_set(
    "run swim sit stop hop clap get put cut hit plan skip hug shop win begin forget let jog drop grab nap pat"
)
_VOWELS = "aeiou"


def plural(noun: str) -> str:
    """The plural of a noun or noun phrase; words without one stay as they are."""
    head, _, last = noun.rpartition(" ")
    if noun in _SAME or last in _SAME:
        return noun
    return f"{head} {_plural(last)}".strip()


def third_person(verb: str) -> str:
    """he/she/it form: "go" -> "goes", "get up" -> "gets up"."""
    return _first(verb, lambda base: {"be": "is", "have": "has"}.get(base) or _sibilant_s(base))


def past(verb: str) -> str:
    """Simple past: "go" -> "went", "play" -> "played"."""
    return _first(verb, lambda base: _VERBS[base].split()[0] if base in _VERBS else _ed(base))


def participle(verb: str) -> str:
    """-ing form: "swim" -> "swimming", "ride" -> "riding"."""
    return _first(verb, _ing)


@lru_cache(maxsize=4096)
def forms(term: str) -> frozenset[str]:
    """Every form of `term` that shows a child used it: as noun and as verb, lower case."""
    term = term.casefold()
    return frozenset({term, plural(term), third_person(term), past(term), participle(term), _perfect(term)})


def _perfect(verb: str) -> str:
    return _first(verb, lambda base: _VERBS[base].split()[1] if base in _VERBS else _ed(base))


def _first(verb: str, inflect: Callable[[str], str]) -> str:
    base, _, rest = verb.partition(" ")
    return f"{inflect(base)} {rest}".strip()


def _plural(noun: str) -> str:
    return _NOUNS.get(noun) or _sibilant_s(noun)


def _sibilant_s(word: str) -> str:
    if word.endswith(("s", "sh", "ch", "x", "z")) or word in {"go", "do"}:
        return word + "es"
    return word[:-1] + "ies" if _consonant_y(word) else word + "s"


def _consonant_y(word: str) -> bool:
    return len(word) > 1 and word.endswith("y") and word[-2] not in _VOWELS


def _ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if _consonant_y(verb):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee") and verb != "be":
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ing"
