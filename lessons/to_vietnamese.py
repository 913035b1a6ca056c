"""Renders simple English sentences in the Vietnamese that Pika speaks; "" whenever a word is not understood.

The same kind of grammar as `to_english`: rules over tokens that yield (position behind, Vietnamese).
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from lessons.inflection import participle, past
from lessons.lexicon import Lexicon, Line
from lessons.scanning import Places, Scanner, TooHard
from lessons.tables import tables
from lessons.tokens import Token, nfc, tokenise

MAX_TOKENS = 30

_TABLES = tables("english_grammar.yaml")
_PRONOUNS = _TABLES["pronouns"]
_OWNERS = _TABLES["owners"]
_BE = frozenset({"am", "is", "are", "was", "were"})
_HELPERS = _TABLES["helpers"]
_PREPOSITIONS = _TABLES["prepositions"]
_FIXED = _TABLES["fixed"]
_AFTER = _TABLES["after"]
_STRONG = _TABLES["strong"]
_JOINTS = _TABLES["joints"]
_ASPECTS = _TABLES["aspects"]
_NEGATIVE_ASPECTS = _TABLES["negative_aspects"]
_NOUNS = ("n", "mass")


class EnglishSentences:
    """Translates by phrase, then by grammar. Holds the lexicon; pure."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def translate(self, text: str) -> str:
        """Vietnamese that speaks as Pika does (I is "mình", you is "bạn"); "" when unsure."""
        tokens = tokenise(nfc(text))
        if not tokens or len(tokens) > MAX_TOKENS:
            return ""
        try:
            vietnamese = _Reading(self._lexicon, tokens).translate()
        except TooHard:
            return ""
        return f"{vietnamese}?" if vietnamese and "?" in text and not vietnamese.endswith("?") else vietnamese


class _Reading(Scanner):
    def __init__(self, lexicon: Lexicon, tokens: Sequence[Token]) -> None:
        super().__init__([token.text for token in tokens])
        self._lexicon = lexicon
        self._raw = [token.raw for token in tokens]

    def translate(self) -> str:
        whole = " ".join(self._low)
        if lines := [line for line in self._lexicon.english(whole) if line.pos == "ph"]:
            return _sentence(lines[0].vi)
        for english, vietnamese in self._questions():
            if english == self._end:
                return _sentence(vietnamese) + "?"
        for end, vietnamese in chain(self._text(0), self._requests()):
            if end == self._end:
                return _sentence(vietnamese)
        if lines := self._lexicon.english(whole):
            return lines[0].vi
        return next((vietnamese for end, vietnamese in self._noun(0) if end == self._end), "")

    def _spelt(self, words: str, count: int) -> Sequence[Line]:
        return self._lexicon.english(words)

    # -- sentences -----------------------------------------------------------------------------------------

    def _text(self, at: int) -> Places:
        for end, clause in self._clause(at):
            yield end, clause
            for behind, joint in self._one_of(end, _JOINTS):
                for last, more in self._text(behind):
                    yield last, f"{clause} {_JOINTS[joint]} {more}"

    def _clause(self, at: int) -> Places:
        for start, _ in self._one_of(at, ("there is", "there are")):
            for end, noun in self._nouns(start):
                yield from self._placed(end, f"có {noun}")
        for start, before in (*self._time(at), (at, "")):
            for behind, subject in self._subject(start):
                for end, said in self._predicate(behind, subject):
                    for last, after in (*self._time(end), (end, "")):
                        yield last, " ".join(part for part in (before or after, said) if part)

    def _requests(self) -> Places:
        """ "Let's play a game", "Tell me about your family", "Look at this picture"."""
        if together := self._is(0, "let us"):
            yield from ((end, f"chúng mình cùng {said} nhé") for end, said in self._verbs(together))
        if telling := self._is(0, "tell me about"):
            yield from ((end, f"kể cho mình nghe về {noun} nhé") for end, noun in self._noun(telling))
        yield from ((end, f"{said} nhé") for end, said in self._verbs(0))

    def _questions(self) -> Places:
        for end, asked in self._asked():
            yield end, asked
            yield from ((last, f"{time} {asked}") for last, time in self._time(end))

    def _asked(self) -> Places:
        if feeling := self._is(0, "how are you"):
            yield feeling, "bạn có khỏe không"
        yield from self._wh_questions()
        for start, helpers in ((1, ("do", "does", "did")), (1, ("can",)), (1, tuple(_BE))):
            if self._low[0] not in helpers:
                continue
            for behind, subject in self._subject(start):
                if helpers[0] == "do":
                    yield from ((end, _asked(subject, said)) for end, said in self._verbs(behind))
                elif helpers[0] == "can":
                    yield from ((end, f"{subject} có biết {said} không") for end, said in self._verbs(behind))
                else:
                    yield from ((end, _or_not(subject, said)) for end, said in self._state(behind))
                    yield from ((end, f"{subject} có phải là {_one(noun)} không") for end, noun in self._noun(behind))

    def _wh_questions(self) -> Places:
        for start, wanted in self._wh_openings():
            for helper, word in self._one_of(start, ("do", "does", "did", "can")):
                past = {"did": "đã ", "can": "biết "}.get(word, "")
                for behind, subject in self._subject(helper):
                    for end, said in self._verbs(behind):
                        yield end, _wh(f"{subject} {past}{said}", wanted)
                        if wanted == "ai" and (last := self._is(end, "with")):
                            yield last, f"{subject} {past}{said} với ai"
        if why := self._is(0, "why"):
            for behind, subject in self._subject(why + 1) if self._low[why : why + 1] and self._low[why] in _BE else ():
                yield from ((end, f"vì sao {subject} {said}") for end, said in self._state(behind))
        for asking, ending in (
            ("how old", "mấy tuổi"),
            ("what colour", "màu gì"),
            ("who", "là ai"),
            ("where", "ở đâu"),
            ("what", "là gì"),
        ):
            opening = self._is(0, asking)
            if opening and opening < self._end and self._low[opening] in _BE:
                yield from ((end, f"{subject} {ending}") for end, subject in self._subject(opening + 1))

    def _wh_openings(self) -> Places:
        for end, words in self._one_of(0, ["what", "where", "when", "why", "who"]):
            yield end, {"what": "gì", "where": "ở đâu", "when": "khi nào", "why": "vì sao", "who": "ai"}[words]
        for opening in (self._is(0, "what"), self._is(0, "which")):
            for end, line in self._lines(opening, _NOUNS) if opening else ():
                yield end, f"{line.vi} nào"

    def _predicate(self, at: int, subject: str) -> Places:
        yield from self._being(at, subject)
        if nothing := self._is(at, "have no") or self._is(at, "has no"):
            yield from ((end, f"{subject} không có {noun}") for end, noun in self._noun(nothing))
        for negative in (True, False):
            for end, aspect in self._aspects(at, negative):
                yield from ((last, f"{subject} {aspect} {said}") for last, said in self._verbs(end))
        for end, said in self._verbs(at, tensed=True):
            yield end, f"{subject} {said}"

    def _aspects(self, at: int, negative: bool) -> Places:
        table = _NEGATIVE_ASPECTS if negative else _ASPECTS
        yield from ((end, table[words]) for end, words in self._one_of(at, table))

    def _being(self, at: int, subject: str) -> Places:
        if at >= self._end or self._low[at] not in _BE:
            return
        negative = self._is(at + 1, "not")
        start = negative or at + 1
        no = "không " if negative else ""
        for end, line in self._lines(start, ("v", "adj")) if self._low[at - 1] == "it" else ():
            if line.topic == "weather":
                yield end, f"trời {no}{'đang ' if line.pos == 'v' else ''}{line.vi}"
        if subject.startswith("màu"):
            yield from ((end, f"{subject} {no}là {state}") for end, state in self._state(start))
        yield from ((end, f"{subject} {no}{state}") for end, state in self._state(start))
        yield from ((end, f"{subject} {no}đang {doing}") for end, doing in self._doing(start))
        link = "không phải là" if negative else "là"
        named = "đó" if self._low[at - 1] == "it" else subject
        yield from ((end, f"{named} {link} {_one(noun)}") for end, noun in self._noun(start))
        yield from ((end, f"{subject} {link} {name}") for end, name in self._name(start))

    def _state(self, at: int) -> Places:
        for end, line in self._lines(at, ("num",)):
            if years := self._is(end, "years old"):
                yield years, f"{line.vi} tuổi"
        for behind, strong in (*self._one_of(at, _STRONG), (at, "")):
            for end, line in self._lines(behind, ("adj",)):
                state = f"{_STRONG[strong]} {line.vi}" if strong else line.vi
                yield end, state
                for about, _ in self._one_of(end, ("of", "with", "about", "at")):
                    yield from ((last, f"{state} {noun}") for last, noun in self._noun(about))
                for joint, word in self._one_of(end, ("and", "or")):
                    yield from ((last, f"{state} {_JOINTS[word]} {more}") for last, more in self._state(joint))
        for end, place in self._place(at):
            if place.startswith(("ở", "trên", "dưới", "gần")):
                yield end, place if place.startswith("ở") else f"ở {place}"

    def _doing(self, at: int) -> Places:
        for end, line in self._lines(at, ("v",)):
            if self._low[at] == participle(line.en).split()[0]:
                yield from self._rest(end, line.vi)

    # -- verbs ---------------------------------------------------------------------------------------------

    def _verbs(self, at: int, *, tensed: bool = False) -> Places:
        for behind, helper in self._one_of(at, _HELPERS):
            yield from ((end, f"{_HELPERS[helper]} {said}") for end, said in self._verbs(behind))
        for end, line in self._lines(at, ("v",)):
            form = self._low[at]
            is_past = tensed and form != line.en.split()[0].casefold() and form == past(line.en).split()[0]
            verb = f"đã {line.vi}" if is_past else line.vi
            yield from self._rest(end, verb)

    def _rest(self, at: int, verb: str) -> Places:
        for end, said in self._with_object(at, verb):
            adverbs = [(behind, line.vi) for behind, line in self._lines(end, ("adv",))]
            known = [(behind, _AFTER[after]) for behind, after in self._one_of(end, _AFTER)]
            for behind, after in (*known, *adverbs, (end, "")):
                for last, placed in self._placed(behind, said):
                    yield last, f"{placed} {after}".strip()

    def _with_object(self, at: int, verb: str) -> Places:
        for end, doing in self._doing(at):
            yield end, f"{verb} {doing}"
        for end, line in self._lines(at, ("adj",)):
            if verb.endswith(("cảm thấy", "thích", "yêu")):
                yield end, f"{verb} {line.vi}"
        for end, noun in self._nouns(at):
            yield end, f"{verb} {noun}"
        yield at, verb

    def _placed(self, at: int, said: str) -> Places:
        for end, place in self._place(at):
            yield from self._placed(end, f"{said} {place}")
        yield at, said

    def _place(self, at: int) -> Places:
        yield from ((end, _FIXED[words]) for end, words in self._one_of(at, _FIXED))
        if at + 1 < self._end and self._low[at] == "at" and self._low[at + 1].isdecimal():
            end = self._is(at + 2, "o clock") or at + 2
            yield from ((end, f"lúc {line.vi} giờ") for _, line in self._lines(at + 1, ("num",)))
        for behind, preposition in self._one_of(at, _PREPOSITIONS):
            yield from ((end, f"{_PREPOSITIONS[preposition]} {noun}") for end, noun in self._noun(behind))

    # -- nouns ---------------------------------------------------------------------------------------------

    def _subject(self, at: int) -> Places:
        for end, owner in self._one_of(at, _OWNERS):
            if name := self._is(end, "name"):
                yield name, f"{_OWNERS[owner]} tên" if self._is(name, "is") else f"tên {_OWNERS[owner]}"
        yield from self._nouns(at)

    def _nouns(self, at: int) -> Places:
        for end, noun in self._noun(at):
            yield end, noun
            for joint, word in self._one_of(end, ("and", "or")):
                yield from ((last, f"{noun} {_JOINTS[word]} {more}") for last, more in self._nouns(joint))

    def _noun(self, at: int) -> Places:
        yield from ((end, _PRONOUNS[word]) for end, word in self._one_of(at, _PRONOUNS))
        for end, owner in self._one_of(at, _OWNERS):
            yield from self._owned(end, _OWNERS[owner])
        for start, determiner in self._determiners(at):
            for end, adjectives in self._adjectives(start):
                for last, line in self._lines(end, _NOUNS):
                    yield last, _described(line, determiner, adjectives, plain=not determiner)
        yield from self._name(at)

    def _owned(self, at: int, owner: str) -> Places:
        for end, adjectives in self._adjectives(at):
            for last, line in self._lines(end, _NOUNS):
                of = owner if line.topic in ("family", "body") else f"của {owner}"
                yield last, " ".join([line.vi if line.topic != "body" else line.short, *adjectives, of])

    def _determiners(self, at: int) -> Places:
        yield from (
            (end, {"a": "một", "an": "một", "the": "the"}[word]) for end, word in self._one_of(at, ["a", "an", "the"])
        )
        yield from ((end, "nhiều") for end, _ in self._one_of(at, ["many", "a lot of", "lots of"]))
        yield from ((end, "này") for end, _ in self._one_of(at, ["this", "these"]))
        yield from ((end, "some") for end, _ in self._one_of(at, ["some", "any"]))
        yield from ((end, line.vi) for end, line in self._lines(at, ("num",)))
        yield at, ""

    def _adjectives(self, at: int) -> Iterator[tuple[int, list[str]]]:
        yield at, []
        for end, line in self._lines(at, ("adj",)):
            yield from ((last, [*more, line.vi]) for last, more in self._adjectives(end))

    def _name(self, at: int) -> Places:
        for end in range(min(self._end, at + 3), at, -1):
            parts = self._raw[at:end]
            if all(part[:1].isupper() and part.isalpha() for part in parts) and not self._lexicon.english(
                self._low[at]
            ):
                yield end, " ".join(parts)

    def _time(self, at: int) -> Places:
        yield from ((end, line.vi) for end, line in self._lines(at, ("time",)))


def _described(line: Line, determiner: str, adjectives: Sequence[str], *, plain: bool) -> str:
    """Vietnamese order: number, classifier with noun, adjectives, this."""
    noun = line.short if plain or determiner in ("some", "nhiều") else line.vi
    if line.en == "people" and determiner:
        noun = "người"
    spoken = determiner not in ("", "the", "some", "này") and (determiner, line.topic) != ("một", "jobs")
    before = determiner if spoken else ""
    after = "này" if determiner == "này" else ""
    return " ".join(part for part in (before, noun, *adjectives, after) if part)


def _asked(subject: str, said: str) -> str:
    """A verb that is "có" already needs no second one: "Bạn có chó không?"."""
    return f"{subject} {said} không" if said.startswith("có ") else f"{subject} có {said} không"


def _or_not(subject: str, said: str) -> str:
    return f"{subject} {said}" if " hay " in said else f"{subject} có {said} không"


def _wh(said: str, wanted: str) -> str:
    """Vietnamese asks at the end, but for why: "Vì sao bạn khóc?", "Bạn đi đâu?"."""
    if wanted == "vì sao":
        return f"{wanted} {said}"
    return f"{said} đâu" if wanted == "ở đâu" and said.endswith(" đi") else f"{said} {wanted}"


def _one(noun: str) -> str:
    """After "là" one thing is not counted: "Đó là con mèo"."""
    return noun.removeprefix("một ")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
