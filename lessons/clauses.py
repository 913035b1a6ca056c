"""English clauses from their parts: agreement, tense, negation, articles."""

from dataclasses import dataclass
from typing import Literal

from lessons.inflection import participle, past, plural, third_person

Number = Literal["singular", "plural", "unsaid"]
Tense = Literal["present", "past", "future", "progressive", "soon"]
_BE = {"I": "am", "you": "are", "we": "are", "they": "are"}
_OBJECTIVE = {"I": "me", "he": "him", "she": "her", "we": "us", "they": "them"}
_VOWELS = "aeiou"
_AN_EXCEPTIONS = ("uni", "one", "you", "uku", "use")


@dataclass(frozen=True)
class Noun:
    """A noun phrase: `text` is the whole of it in its base form, `count` None where nothing was said of number."""

    text: str
    kind: Literal["pronoun", "fixed", "countable", "mass"]
    number: Number = "unsaid"
    determiner: str = ""  # "my", "this", "two", "a lot of"
    implied: bool = False  # the owner was not said: "mẹ" for "my mother"

    @property
    def is_plural(self) -> bool:
        return self.number == "plural" or self.text in ("we", "they", "you")

    def named(self) -> str:
        """With its determiner, and in the plural where it has one."""
        text = plural(self.text) if self.kind == "countable" and self.number == "plural" else self.text
        return f"{self.determiner} {text}".strip()

    def subject(self) -> str:
        return f"the {self.named()}" if self._needs_article() else self.named()

    def object(self, *, generic: bool, definite: bool = False) -> str:
        """As an object: generic things in the plural ("I like cats"), else with an article."""
        if self.kind == "pronoun":
            return _OBJECTIVE.get(self.text, self.text)
        if not self._needs_article() or (self.kind == "mass" and not definite):
            return self.named()
        if definite:
            return f"the {self.named()}"
        if self.number == "plural":
            return self.named()
        return plural(self.text) if generic and self.number == "unsaid" else article(self.text)

    def _needs_article(self) -> bool:
        return self.kind in ("countable", "mass") and not self.determiner


def article(noun: str) -> str:
    """`noun` with "a" or "an", by how it sounds."""
    an = noun[:1].lower() in _VOWELS and not noun.startswith(_AN_EXCEPTIONS)
    return f"{'an' if an or noun.startswith('hour') else 'a'} {noun}"


def be(subject: Noun, tense: Tense) -> str:
    if tense == "past":
        return "were" if subject.is_plural else "was"
    if tense == "future":
        return "will be"
    return _BE.get(subject.text, "are" if subject.is_plural else "is")


def be_clause(subject: Noun, complement: str, tense: Tense, *, negative: bool = False) -> str:
    verb = be(subject, tense)
    if negative:
        verb = "will not be" if verb == "will be" else f"{verb} not"
    return f"{subject.subject()} {verb} {complement}"


def verb_clause(subject: Noun, verb: str, rest: str, tense: Tense, *, negative: bool = False, adverb: str = "") -> str:
    """`verb` is a base form with its particles: "get up", "talk about", "be afraid of"."""
    if verb.startswith("be "):
        state: Tense = "present" if tense in ("progressive", "soon") else tense
        return be_clause(subject, f"{verb.removeprefix('be ')} {rest}", state, negative=negative)
    return " ".join(part for part in (subject.subject(), adverb, _verb(subject, verb, tense, negative), rest) if part)


def modal_clause(subject: Noun, modal: str, rest: str, tense: Tense, *, negative: bool = False) -> str:
    """A clause with can; the other helping verbs ("want to") inflect and go through `verb_clause`."""
    could = "could" if tense == "past" else modal
    word = {"can": "can't", "could": "could not"}[could] if negative else could
    return f"{subject.subject()} {word} {rest}"


def yes_no(subject: Noun, verb: str, rest: str, tense: Tense) -> str:
    helper = "did" if tense == "past" else "do" if _plain(subject) else "does"
    return " ".join(part for part in (helper, subject.subject(), verb, rest) if part)


def _verb(subject: Noun, verb: str, tense: Tense, negative: bool) -> str:
    if tense == "past":
        return f"did not {verb}" if negative else past(verb)
    if tense == "future":
        return f"will not {verb}" if negative else f"will {verb}"
    if tense in ("progressive", "soon"):
        helper = be(subject, "present") + (" not" if negative else "")
        return f"{helper} {participle(verb)}" if tense == "progressive" else f"{helper} going to {verb}"
    if negative:
        return f"{'do' if _plain(subject) else 'does'}n't {verb}"
    return verb if _plain(subject) else third_person(verb)


def _plain(subject: Noun) -> bool:
    return subject.text in ("I", "you", "we", "they") or subject.is_plural


def sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
