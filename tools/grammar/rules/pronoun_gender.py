"""He for a woman, she for a man, when only one person can be meant."""
# ruff: noqa: E501 (tables: one pattern, one line)

from collections.abc import Iterator

from tools.grammar.lexicon import closed, words
from tools.grammar.lexicon.forms import reading
from tools.grammar.lexicon.nouns import FEMALE, JOBS, MALE, PEOPLE, PLURALS
from tools.grammar.parse import Parse
from tools.grammar.rule import Change, Rule, swap

_FEMALE_FORM = {"he": "she", "him": "her", "his": "her"}
_MALE_FORM = {"she": "he", "her": "him"}
_REPORTING = {"say", "says", "said", "think", "thinks", "know", "knows", "tell", "tells", "told", "that", "hope", "love", "loves", "like", "likes",
              "see", "saw", "meet", "met", "help", "helps", "call", "calls", "and", "hit", "want", "with", "ask", "asks", "for", "because", "when", "if", "to"}  # fmt: skip


def _mixed(parse: Parse) -> Iterator[Change]:
    people = [t.index for t in parse.tokens if t.low in FEMALE | MALE and not t.foreign]
    if len(people) != 1 or _somebody_else(parse, people[0]):
        return
    who = people[0]
    forms = _FEMALE_FORM if parse.low(who) in FEMALE else _MALE_FORM
    if parse.near(who - 1, who) not in closed.POSSESSIVES | {
        "a",
        "an",
        "the",
        "one",
        "old",
        "little",
        "older",
        "younger",
        "big",
        "best",
        "new",
    }:
        return
    first = True
    for index in range(who + 1, len(parse.tokens)):
        low = parse.low(index)
        if low in {"her", "him"} and first and not _own(parse, index):
            return  # the first mention must be a subject or "his name"
        if low not in {"he", "she", "his", "her", "him"}:
            continue
        if low in forms:
            if first and not (_new_clause(parse, who, index) or _own(parse, index)):
                return
            yield swap(parse, index, "his" if low == "her" and _own(parse, index) else forms[low])
        elif first:
            # The child has the gender right the first time.
            pass
        first = False


def _somebody_else(parse: Parse, who: int) -> bool:
    """Another person, a name or a pet that "he" or "she" could be."""
    for token in parse.tokens:
        if token.index == who or token.foreign:
            continue
        singular = PLURALS.get(token.low, token.low)
        if (
            singular in PEOPLE
            and not (token.low in JOBS and _is_complement(parse, token.index))
            and token.low not in {"person"}
        ):
            return True
        if token.low in {"dog", "cat", "puppy", "kitten", "pet", "rabbit", "hamster"} and token.index < _last_pronoun(
            parse
        ):
            return True
    return False


def _is_complement(parse: Parse, job: int) -> bool:
    return any(word in closed.FINITE_BE for word in parse.lows(max(0, job - 4), job))


def _last_pronoun(parse: Parse) -> int:
    return max((t.index for t in parse.tokens if t.low in {"he", "she", "his", "her", "him"}), default=-1)


def _new_clause(parse: Parse, who: int, index: int) -> bool:
    """The pronoun is a subject and what stands between introduces the person, reports nothing."""
    if parse.low(index) not in {"he", "she"}:
        return False
    between = parse.lows(who + 1, index)
    joined = between[-1:] and between[-1] in {"and", ",", ".", "!", "because", "so", "but", ";"}
    words = list(between[: -1 if joined else None])
    if index == who + 1:
        return parse.near(index + 1, index) in closed.AUXILIARIES or bool(reading(parse.near(index + 1, index))[0])
    if set(words) & (_REPORTING - {"like", "likes", "love", "loves", "and", "to", "with", "for"}):
        return False
    return not (set(words) & {"like", "likes", "love", "loves", "with", "for"} and not joined)


def _own(parse: Parse, index: int) -> bool:
    """ "his name", "her job": surely the person's own."""
    return parse.near(index + 1, index) in {
        "name",
        "job",
        "hair",
        "eyes",
        "birthday",
        "teeth",
        "hobby",
        "age",
        "favorite",
        "favourite",
        "face",
    }


_TO_ONESELF = words("lose break brush wash cut forget wear hurt do comb pack shake")
_BODY = words("arm leg hand hands foot feet finger toe nose tooth teeth hair face head knee eyes")
_CARRIED = _BODY | words(
    "shoes shoe homework glasses hat cap coat jacket phone bag backpack wallet ticket uniform socks"
)


def _his_own(parse: Parse) -> Iterator[Change]:
    """ "my sister lost his shoes": what one does with things of one's own."""
    people = [t.index for t in parse.tokens if t.low in FEMALE | MALE and not t.foreign]
    if len(people) != 1 or _somebody_else(parse, people[0]):
        return
    who = people[0]
    right, wrong = ("her", "his") if parse.low(who) in FEMALE else ("his", "her")
    for clause in parse.clauses:
        owner = clause.pred + 1
        if clause.subject.end != who + 1 or parse.low(owner) != wrong or clause.inverted >= 0:
            continue
        named = parse.near(owner + 1, owner)
        base = reading(parse.low(clause.pred))[0]
        if base in _TO_ONESELF and named in (_BODY if base in {"break", "cut", "hurt"} else _CARRIED):
            yield swap(parse, owner, right)


RULES = (
    Rule("pronoun_gender.own", "pronoun_gender", _his_own,
         "Her is for a girl or woman, his for a boy or man.", "Her dùng cho nữ, his dùng cho nam.", 0.8, True),
    Rule("pronoun_gender.antecedent", "pronoun_gender", _mixed,
         "She is for a girl or woman, he is for a boy or man.", "She dùng cho nữ, he dùng cho nam.", 0.85, True),
)  # fmt: skip
