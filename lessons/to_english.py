"""Renders simple Vietnamese sentences of a child in English; "" whenever a word of it is not understood.

A definite-clause grammar over syllables with backtracking: the first reading that covers the whole sentence counts.
Each rule yields (position behind it, what it means).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import cast

from lessons.clauses import Noun, Tense, article, be_clause, modal_clause, sentence, verb_clause, yes_no
from lessons.lexicon import Lexicon
from lessons.scanning import Places, TooHard
from lessons.tables import tables
from lessons.tokens import marked, nfc, word_set
from lessons.vietnamese_nouns import NounPhrases

MAX_SYLLABLES = 40
_OUT_TO = re.compile(
    r"\b(go|goes|went|going) out (?:an? |the )?(park|zoo|beach|sea|market|supermarket|cinema|museum|mall|water park|"
    r"playground|countryside|bookshop|swimming pool)\b"
)
_LIKED = re.compile(r"\b(like|likes|liked|love|loves|loved) (a lot|so much|very much)\b")

_PART = re.compile(r"[,.;!?]+")
_SYLLABLE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

_TABLES = tables("vietnamese_grammar.yaml")
_PRONOUNS = _TABLES["pronouns"]
_OWNERS = _TABLES["owners"]
_ASPECTS = cast(Mapping[str, Tense], _TABLES["aspects"])
_NEGATIONS = ("không", "chưa", "chẳng", "chả", "không có", "hông")
_STRONG = _TABLES["strong"]
_AFTER_ADJECTIVE = _TABLES["after_adjective"]
_AFTER_VERB = _TABLES["after_verb"]
_HELPERS = _TABLES["helpers"]
_CAN = ("biết", "có thể", "thể")
_TALKING = _TABLES["talking"]
_GENERIC = word_set("like love hate eat draw be learn talk read")
_GENERIC_VERBS = frozenset({"talk about", "learn about", "tell you about", "know about", "hear about", "be afraid of"})
_PLACES = _TABLES["places"]
_PREPOSITIONS = _TABLES["prepositions"]
_MEETING = {"bạn", "bạn bè", "các bạn"}
_VERBS_TO_PERSON = _TABLES["verbs_to_person"]
_JOINTS = _TABLES["joints"]
_ILLS = _TABLES["ills"]
_PAST_TIMES = ("yesterday", "last", "this morning", "the day before yesterday", "before")
_FUTURE_TIMES = ("tomorrow", "next", "later", "soon")

_OFTEN = _TABLES["often"]
_PAST_MARK = "<past>"
_OMITTED = Noun("I", "pronoun", implied=True)  # a child who leaves the subject out speaks of itself


@dataclass(frozen=True)
class _Manner:
    tense: Tense = "present"
    negative: bool = False
    also: bool = False
    strong: str = ""
    often: str = ""


class VietnameseSentences:
    """Translates by phrase, then by grammar. Holds the lexicon; pure."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def translate(self, text: str) -> str:
        """English without a full stop, e.g. "Hôm nay con vui" -> "I am happy today"; "" when unsure."""
        raw = _SYLLABLE.findall(nfc(text))
        if not raw or len(raw) > MAX_SYLLABLES:
            return ""
        whole = self._lexicon.vietnamese(" ".join(raw), unmarked=False)
        if phrase := next((line.en for line in whole if line.pos == "ph"), ""):
            return sentence(phrase)
        try:
            return _idiomatic(self._by_grammar(nfc(text), raw))
        except TooHard:
            return ""

    def _by_grammar(self, text: str, raw: list[str]) -> str:
        unmarked = not marked(text)
        if english := _Reading(self._lexicon, raw, unmarked=unmarked).translate():
            return english
        parts = [part for part in _PART.split(text) if _SYLLABLE.search(part)]
        readings = [_Reading(self._lexicon, _SYLLABLE.findall(part), unmarked=unmarked).translate() for part in parts]
        return ", ".join([readings[0], *map(_inside, readings[1:])]) if len(parts) > 1 and all(readings) else ""


def _idiomatic(english: str) -> str:
    """What Vietnamese leaves out and English does not: the place one goes out *to*, the thing one likes a lot."""
    to_place = _OUT_TO.sub(r"\1 to the \2", english)
    return _LIKED.sub(r"\1 it \2", to_place)


class _Reading(NounPhrases):
    """Reads clauses."""

    def translate(self) -> str:
        whole = " ".join(self._low)
        if phrase := self._phrase(whole, ("ph",)):
            return sentence(phrase)
        if word := self._phrase(whole, ()):
            return word
        for reading in (self._questions(), self._text(0)):
            for end, english in reading:
                if end == self._end:
                    return sentence(english)
        return self._fragment()

    def _fragment(self) -> str:
        return next((noun.object(generic=False) for end, noun in self._noun(0) if end == self._end), "")

    # -- sentences -----------------------------------------------------------------------------------------

    def _text(self, at: int) -> Places:
        for end, english in self._clause(at):
            yield end, english
            for behind, joint in self._one_of(end, _JOINTS):
                for last, more in self._text(behind):
                    yield last, f"{english} {_JOINTS[joint]} {more}"

    def _clause(self, at: int) -> Places:
        for start, before in (*self._time(at), (at, "")):
            for behind, subject in (*self._subject(start), (start, _OMITTED)):
                for end, english in self._predicate(behind, subject, _tense_of(before)):
                    yield end, f"{english} {before}".strip()
            yield from self._my_name(start)
            if before and self._is(start, "là"):
                yield from self._predicate(start, Noun(before, "fixed", "singular"), "present")

    def _my_name(self, at: int) -> Places:
        """ "tên con là Minh", "con chó của con tên là Rex"."""
        if behind := self._is(at, "tên"):
            for owned, owner in self._one_of(behind, _OWNERS):
                for end, name in self._name(self._is(owned, "là") or owned):
                    yield end, f"{_OWNERS[owner]} name is {name}"
        for behind, subject in self._subject(at):
            named = self._is(behind, "tên là") or self._is(behind, "tên")
            for end, name in self._name(named) if named else ():
                my = {"I": "my", "you": "your", "it": "its", "he": "his", "she": "her", "we": "our"}
                yield end, f"{my.get(subject.text) or subject.subject() + chr(39) + 's'} name is {name}"

    def _name(self, at: int) -> Places:
        for end in range(min(self._end, at + 4), at, -1):
            if all(part[:1].isupper() for part in self._raw[at:end]):
                yield end, " ".join(self._raw[at:end])
        if at + 1 == self._end:
            yield self._end, sentence(self._raw[at])

    def _questions(self) -> Places:
        """ "bạn có thích mèo không", "bạn có vui không"."""
        if self._low[-1:] not in (["không"], ["hông"], ["khong"]):
            return
        asked = _Reading(self._lexicon, self._raw[:-1], unmarked=self._unmarked)
        for behind, subject in asked._subject(0):
            start = asked._is(behind, "có") or behind
            for end, english in asked._asked(start, behind, subject):
                if end == asked._end:
                    yield self._end, english + "?"

    def _asked(self, at: int, having: int, subject: Noun) -> Places:
        for end, adjective in self._adjective(at):
            clause = be_clause(subject, adjective, "present").split()
            named = len(subject.subject().split())
            yield end, " ".join([clause[named], *clause[:named], *clause[named + 1 :]])
        if can := next((end for end, _ in self._one_of(at, _CAN)), 0):
            for end, rest in self._infinitive(can):
                yield end, f"can {subject.subject()} {rest}"
        for start in dict.fromkeys((having, at)):
            for end, verb, rest in self._bare_verbs(start):
                yield end, yes_no(subject, verb, rest, "present")

    def _predicate(self, at: int, subject: Noun, tense: Tense) -> Places:
        for start, manner in self._manner(at, tense):
            for end, english in self._said(start, subject, manner):
                tail = f"{english} too" if manner.also else english
                yield end, tail
                for last, time in self._time(end):
                    timed = _tense_of(time)
                    if timed != "present" and manner.tense == "present":
                        for same, again in self._said(start, subject, replace(manner, tense=timed)):
                            if same == end:
                                yield last, f"{again} {time}"
                    else:
                        yield last, f"{tail} {time}"

    def _said(self, at: int, subject: Noun, manner: _Manner) -> Places:
        yield from self._age(at, subject)
        yield from self._complement(at, subject, manner)
        yield from self._modal(at, subject, manner)
        for end, verb, rest in self._verbs(at, manner.strong):
            yield end, _clause_of(subject, verb, rest, manner)

    def _manner(self, at: int, tense: Tense) -> Iterator[tuple[int, _Manner]]:
        """Little words before the verb in any sensible order: cũng, đã, không, rất."""
        manner = _Manner(tense)
        waiting = [(at, manner)]
        for start, so_far in waiting:
            if end := self._is(start, "cũng"):
                waiting.append((end, replace(so_far, also=True)))
            for end, word in self._one_of(start, _ASPECTS):
                waiting.append((end, replace(so_far, tense=_ASPECTS[word])))
            for end, word in self._one_of(start, _NEGATIONS):
                past: Tense = "past" if word == "chưa" and so_far.tense == "present" else so_far.tense
                waiting.append((end, replace(so_far, negative=True, tense=past)))
            for end, word in self._one_of(start, _OFTEN):
                waiting.append((end, replace(so_far, often=_OFTEN[word])))
            for end, word in self._one_of(start, _STRONG):
                if word != "cũng":
                    waiting.append((end, replace(so_far, strong=_STRONG[word])))
            if len(waiting) > 30:
                break
        yield from reversed(waiting)

    def _age(self, at: int, subject: Noun) -> Places:
        for end, number in self._number(self._is(at, "được") or at):
            if last := self._is(end, "tuổi"):
                yield last, be_clause(subject, f"{number} years old", "present")

    def _complement(self, at: int, subject: Noun, manner: _Manner) -> Places:
        tense = _still(manner.tense)
        if grade := self._is(at, "học lớp") or self._is(at, "lớp"):
            for end, number in self._number(grade):
                yield end, be_clause(subject, f"in grade {number}", tense, negative=manner.negative)
        for behind, _ in self._one_of(at, ("làm nghề", "làm")):
            for end, job in self._job(behind):
                yield end, be_clause(subject, article(job), tense, negative=manner.negative)
        for end, time in self._time(self._is(at, "là")) if self._is(at, "là") else ():
            yield end, be_clause(subject, time, "present", negative=manner.negative)
        start = 0 if subject.implied else self._is(at, "phải là") or self._is(at, "là")
        for end, noun in self._noun(start) if start else ():
            yield end, be_clause(subject, noun.object(generic=False), tense, negative=manner.negative)
        if start:
            for end, name in self._name(start):
                yield end, be_clause(subject, name, tense, negative=manner.negative)
        for end, adjective in self._adjective(self._is(at, "bị") or self._is(at, "thấy") or at):
            strong = f"{manner.strong} {adjective}" if manner.strong else adjective
            yield end, be_clause(subject, strong, tense, negative=manner.negative)
        for end, ill in self._one_of(self._is(at, "bị") or at, _ILLS):
            if subject.kind == "pronoun" or subject.determiner:
                yield end, verb_clause(subject, "have", _ILLS[ill], tense, negative=manner.negative)
        for end, place in self._place(at):
            yield end, be_clause(subject, place, tense, negative=manner.negative)

    def _job(self, at: int) -> Places:
        yield from ((end, line.en) for end, line in self._lines(at, ("n",)) if line.topic == "jobs")

    def _adjective(self, at: int) -> Places:
        for end, line in self._lines(at, ("adj",)):
            strong = [(behind, _AFTER_ADJECTIVE[word]) for behind, word in self._one_of(end, _AFTER_ADJECTIVE)]
            for behind, word in (*strong, (end, "")):
                yield behind, f"{word} {line.en}".strip()
                if (joint := self._is(behind, "và")) != 0:
                    for last, more in self._adjective(joint):
                        yield last, f"{word} {line.en} and {more}".strip()

    def _modal(self, at: int, subject: Noun, manner: _Manner) -> Places:
        for behind, _ in self._one_of(at, _CAN):
            for end, rest in self._infinitive(behind):
                yield end, modal_clause(subject, "can", rest, _still(manner.tense), negative=manner.negative)

    # -- verbs ---------------------------------------------------------------------------------------------

    def _infinitive(self, at: int) -> Places:
        for end, verb, rest in self._verbs(at, ""):
            if _PAST_MARK not in rest:
                for last, more in self._infinitive(joint) if (joint := self._is(end, "và")) else ():
                    yield last, f"{verb} {rest} and {more}".replace("  ", " ")
                yield end, f"{verb} {rest}".strip()

    def _verbs(self, at: int, strong: str) -> Iterator[tuple[int, str, str]]:
        """(end, verb in its base form, what follows it)."""
        for end, verb, rest in self._bare_verbs(at):
            adverbs = [(behind, _AFTER_VERB[word]) for behind, word in self._one_of(end, _AFTER_VERB)]
            for behind, adverb in (*adverbs, (end, "")):
                much = "very much" if strong and not adverb else ""
                yield behind, verb, " ".join(part for part in (rest, adverb, much) if part)

    def _bare_verbs(self, at: int) -> Iterator[tuple[int, str, str]]:
        """Without marks "thich cho" is likelier "like dogs" than "like to give": things come before doings then."""
        helped, plain = self._helped(at), self._plain_verbs(at)
        for readings in (plain, helped) if self._unmarked and self._is(at, "thích") else (helped, plain):
            yield from readings

    def _helped(self, at: int) -> Iterator[tuple[int, str, str]]:
        for behind, _ in self._one_of(at, ("thích nhất là",)):
            for end, noun in self._noun(behind):
                yield end, "like", f"{noun.object(generic=True)} best"
            for end, rest in self._infinitive(behind):
                yield end, "like to", f"{rest} most"
        for behind, helper in self._one_of(at, _HELPERS):
            for become, _ in self._one_of(behind, ("làm", "trở thành", "thành")):
                for end, job in self._job(become):
                    yield end, _HELPERS[helper], f"be {article(job)}"
            for end, rest in self._infinitive(behind):
                yield end, _HELPERS[helper], rest

    def _plain_verbs(self, at: int) -> Iterator[tuple[int, str, str]]:
        for behind, talking in self._one_of(at, _TALKING):
            verb = _TALKING[talking]
            for end, noun in self._noun(behind):
                for last, rest in self._phrases(end, noun.object(generic=verb in _GENERIC_VERBS)):
                    yield last, verb, rest
        if missing := self._is(at, "nhớ"):
            for end, whom in self._relative(missing):
                yield end, "miss", whom.object(generic=False)
        if got := self._is(at, "được"):
            for end, noun in self._counted(got):
                yield end, "get", noun.object(generic=False)
        yield from self._giving(at)
        for behind, line in self._lines(at, ("v",)):
            for end, thing in self._objects(behind, line.en):
                for last, rest in self._phrases(end, thing):
                    yield last, line.en, rest

    def _giving(self, at: int) -> Iterator[tuple[int, str, str]]:
        """ "mua cho con một con diều": buy me a kite."""
        for behind, giving in self._one_of(at, _VERBS_TO_PERSON):
            start = behind if giving in ("cho", "tặng", "dạy") else self._is(behind, "cho")
            if not start:
                continue
            for named, pronoun in self._one_of(start, _PRONOUNS):
                whom = Noun(_PRONOUNS[pronoun], "pronoun").object(generic=False)
                for end, noun in self._noun(named):
                    yield end, _VERBS_TO_PERSON[giving], f"{whom} {noun.object(generic=False)}"

    def _objects(self, at: int, verb: str) -> Places:
        generic = verb.split()[0] in _GENERIC
        for end, noun in self._relative(at) if verb == "have" else ():
            if noun.implied:
                yield end, noun.text if noun.is_plural else article(noun.text)
        for end, thing in self._nouns(at, generic=generic, definite=verb.endswith(" in")):
            if thing != "me" or verb not in ("go", "come"):
                yield end, thing
        yield at, ""

    def _nouns(self, at: int, *, generic: bool, definite: bool) -> Places:
        for end, noun in self._noun(at):
            text = noun.object(generic=generic, definite=definite and noun.kind == "countable")
            yield end, text
            if joint := self._is(end, "và"):
                for last, more in self._nouns(joint, generic=generic, definite=definite):
                    yield last, f"{text} and {more}"

    def _phrases(self, at: int, so_far: str) -> Places:
        """What may follow an object: places and companions."""
        for end, place in self._place(at):
            for last, rest in self._phrases(end, place):
                yield last, f"{so_far} {rest}".strip()
        yield at, so_far

    def _place(self, at: int) -> Places:
        for end, place in self._one_of(at, _PLACES):
            yield end, _PLACES[place]
        for behind, preposition in self._one_of(at, _PREPOSITIONS):
            english = _PREPOSITIONS[preposition]
            for end, _ in self._one_of(behind, _MEETING) if english == "with" else ():
                yield end, "with my friends"
            for end, noun in self._noun(behind):
                definite = (
                    english not in ("for", "about", "by") and noun.kind == "countable" and not noun.text[:1].isupper()
                )
                text = noun.text if english == "by" else noun.object(generic=english == "about", definite=definite)
                yield end, f"{english} {text}"

    def _time(self, at: int) -> Places:
        for end, line in islice(self._lines(at, ("time",)), 3):
            yield end, line.en


def _clause_of(subject: Noun, verb: str, rest: str, manner: _Manner) -> str:
    tense = manner.tense
    if rest.endswith(_PAST_MARK):
        rest = rest.removesuffix(_PAST_MARK).strip()
        tense = "past" if tense == "present" else tense
    if manner.negative and rest.endswith("too"):
        rest = rest.removesuffix("too") + "any more"
    if verb.startswith("be ") and rest.endswith((" a lot", " very much", " so much")):
        verb, rest = verb.replace("be ", "be very ", 1), re.sub(r" (a lot|very much|so much)$", "", rest)
    return verb_clause(subject, verb, rest, tense, negative=manner.negative, adverb=manner.often)


def _is_proper(noun: str) -> bool:
    return noun[:1].isupper() and noun[1:2].islower()


def _inside(english: str) -> str:
    """A sentence as it stands behind a comma."""
    return english if english.startswith(("I ", "I'")) else english[:1].lower() + english[1:]


def _tense_of(time: str) -> Tense:
    if time.startswith(_PAST_TIMES):
        return "past"
    return "future" if time.startswith(_FUTURE_TIMES) else "present"


def _still(tense: Tense) -> Tense:
    """States have no progressive: "đang buồn" is "is sad"."""
    return "present" if tense in ("progressive", "soon") else tense
