"""Where a noun phrase ends, and what its verb agrees with."""

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.adjectives import ADJECTIVES
from tools.grammar.lexicon.forms import base_of, reading
from tools.grammar.lexicon.nouns import ANIMALS, COUNTABLE, FEMALE, MALE, MASS, NOUNS, PEOPLE, PLURALS
from tools.grammar.lexicon.verbs import NOUN_LIKE
from tools.grammar.parse import Parse

KIN = (FEMALE | MALE) - {"boy", "girl", "man", "woman", "king", "queen", "lady", "prince", "princess"}
ANIMATE = PEOPLE | ANIMALS | {"toy", "doll"}
ALWAYS_PLURAL = {"people", "children", "clothes", "parents", "grandparents", "men", "women", "mice", "feet", "teeth"}
EITHER_NUMBER = words(
    """
    family team class group sheep fish police lot half lots rest couple number total majority variety range handful
    dozen bunch pair none series species crew staff band
    """
)
# Made once: these are asked for every word.
_BEFORE_NOUNS = ADJECTIVES | words("other own best favorite favourite older younger elder")
_NO_PART = closed.AUXILIARIES | closed.SUBJECTS | {"m", "s"}
_NO_NOUN = (
    ADJECTIVES | closed.ADVERBS | closed.PREPOSITIONS | closed.COORDINATORS | closed.SUBORDINATORS | closed.DETERMINERS
    | closed.INTERJECTIONS | words("there here yesterday today tomorrow like let me him them us")
)  # fmt: skip
TITLES = {"mr", "mrs", "ms", "miss", "mr.", "mrs.", "ms."}


def noun_phrase(parse: Parse, index: int) -> tuple[int, str, str] | None:
    """(end, person, head) of a noun phrase that begins at `index`, or None."""
    start, segment = index, index
    low = parse.near(index, segment)
    if not low:
        return None
    if low in closed.INDEFINITE_PRONOUNS:
        return index + 1, "he", low
    determiner = ""
    if low in closed.DETERMINERS or low.isdigit():
        determiner = low
        index += 1
        if determiner == "one" and parse.near(index, segment) == "of":
            inner = noun_phrase(parse, index + 1)
            return (inner[0], "he", "one") if inner else None
        if determiner in {"some", "most", "all", "many", "both"} and parse.near(index, segment) == "of":
            inner = noun_phrase(parse, index + 1)
            return (inner[0], "they", inner[2]) if inner else None
        if parse.near(index, segment) in closed.NUMBERS | {"other", "own", "best", "favorite", "favourite", "new"}:
            if parse.near(index, segment) in closed.NUMBERS:
                determiner = "two"
            index += 1
    while parse.near(index, segment) in _BEFORE_NOUNS:
        if not _nounish(parse, index + 1, segment, first=True):
            break
        index += 1
    if parse.near(index, segment) in TITLES:
        index += 1
    if not _nounish(parse, index, segment, first=True):
        return None
    if not determiner and not _stands_bare(parse, index):
        return None
    index += 1
    while _nounish(parse, index, segment, first=False) and not _verb_place(parse, index - 1, index):
        index += 1
    head = parse.low(index - 1)
    if (
        parse.near(index, segment) == "'s"
        and head not in {"name", "hobby", "job"}
        and _nounish(parse, index + 1, segment, first=True)
        and (parse.near(index + 1, segment) not in ADJECTIVES)
    ):
        index += 2
        head = parse.low(index - 1)
        determiner = "'s"
    if _is_a_name(parse, start, index):
        people = determiner == "the" and index - start == 2  # "the French", "the Nguyen"
        return index, "?" if head in PLURALS or people else "he", head
    return index, _number(determiner, head, parse.tag(index - 1), index - start), head


def _is_a_name(parse: Parse, start: int, end: int) -> bool:
    """ "Bill Gates", "the French": capitals say nothing about number."""
    last = parse.tokens[end - 1]
    return end - 1 > start and last.text[:1].isupper() and not last.text.isupper() and last.low not in KIN


def _nounish(parse: Parse, index: int, near: int, *, first: bool) -> bool:
    low, tag = parse.near(index, near), parse.tag(index)
    if not low or not parse.tokens[index].word or low in _NO_PART:
        return False
    if low in NOUNS:
        return True
    if low in _NO_NOUN:
        return False
    base, forms = reading(low)
    if base:
        return first and (low in NOUN_LIKE or tag.startswith("NN")) and forms <= {"base", "s"}
    if parse.tokens[index].text[:1].isupper() and index != 0:
        return True
    return tag.startswith("NN")


def _verb_place(parse: Parse, noun: int, index: int) -> bool:
    """After somebody's name or a person or animal, a word that may be a verb is one ("my mother cook")."""
    low = parse.low(index)
    base, _forms = reading(low)
    if not base:
        return False
    before = parse.low(noun)
    singular = PLURALS.get(before, before)
    return singular in ANIMATE or before in ALWAYS_PLURAL or parse.tag(index).startswith("VB")


def _stands_bare(parse: Parse, index: int) -> bool:
    low = parse.low(index)
    if low in PLURALS or low in ALWAYS_PLURAL:
        return True
    if low in {
        "mom",
        "mum",
        "mommy",
        "mummy",
        "mama",
        "dad",
        "daddy",
        "papa",
        "grandma",
        "grandpa",
        "teacher",
        "granny",
    }:
        return True
    if low in COUNTABLE:
        return False
    if low in MASS:
        return True
    return parse.tokens[index].text[:1].isupper() and not base_of(low)


def _number(determiner: str, head: str, tag: str, length: int) -> str:
    if head in EITHER_NUMBER:
        return "?"
    if determiner in {"a", "an", "this", "every", "each", "one", "another"} or determiner == "1":
        return "he" if head not in PLURALS and head not in ALWAYS_PLURAL else "?"
    if head in PLURALS or head in ALWAYS_PLURAL or head.endswith("men"):
        return "they"
    if determiner in closed.NUMBERS | closed.PLURAL_QUANTIFIERS | {"all", "some", "most"} or determiner.isdigit():
        return "they" if head not in MASS else "he"
    if head in COUNTABLE or head in MASS:
        return "he"
    if tag in {"NNS", "NNPS"} or head.endswith("s"):
        return "?" if head.endswith("ss") or tag not in {"NNS"} else "they"
    return "he" if determiner or tag in {"NNP", "NN"} else "?"
