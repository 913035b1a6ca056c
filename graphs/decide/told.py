"""Reads what a child tells: of which kind it is, who and what it is about, and how it can be said back."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graphs.decide.kinds import Kind, kinds
from graphs.decide.said_back import is_past, said_back
from lessons.ports import Entry
from lessons.tokens import nfc
from providers.directive import Bilingual
from providers.scripted import to_second_person

MAX_CHARACTERS = 240

Gloss = Callable[[str], Entry | None]

_SPELT = (
    (r"\b(i)'?m\b", r"\1 am"), (r"\b(he|she|it|that|there)'s\b", r"\1 is"), (r"\b(we|they|you)'re\b", r"\1 are"),
    (r"\b(i|we|they|you)'ve\b", r"\1 have"), (r"\b(i|we|they|you|he|she|it)'ll\b", r"\1 will"),
    (r"\b(can)'?t\b", r"\1 not"), (r"\b(do|does|did|is|are|was|were|could|have|has)n'?t\b", r"\1 not"),
    (r"\bi'd like\b", "i would like"), (r"\bgonna\b", "going to"), (r"\bwanna\b", "want to"),
)  # fmt: skip
_CONTRACTIONS = tuple((re.compile(pattern, re.I), spelt) for pattern, spelt in _SPELT)
_MARKS = re.compile(r"\s*[.!?,;…]+\s*")
_FILLERS = re.compile(
    r"^(?:(?:oh|hi|hello|hey|um+|uh+|ok|okay|yes|yeah|no|well|haha|wow|pika|teacher|and|but|so|then|"
    r"today(?! (?:is|was)\b)|guess what)\b[ ,|]*)+",
    re.I,
)
_INTRODUCES = re.compile(
    r"^\W*(?:(?:hi|hello|hey)\W+)?(?:i ?'?m|i am|my name(?: is|'s)?|me name|mình là|(?:con|em|mình|"
    r"tớ) tên(?: là)?|tên (?:con|em|mình) là) "
    r"(?P<name>[^,!?]{2,30}?)(?: (?:and )?i(?: am|'m| ?m) \w+(?: years?(?: old)?)?)?\W*$",
    re.I,
)
_ASKS = re.compile(r"^(?:what|who|where|when|why|how|which|whose|do|does|did|can|could|are|is|will|would|may|tell)\b")
_AFTER_QUESTION = re.compile(
    r"(?<=.{8}) (?=(?:i|we|my \w+) (?:have|has|had|like|love|am|was|were|went|play|played|got|is|are)\b)"
)
_OTHERS = re.compile(r"(?:my|our|his|her) (?!\w+ and (?:i|me)\b)|(?:he|she|they|it)\b")
_LEFT_OUT = frozenset({"it", "him", "her", "he", "she", "they", "me", "us", "them", "this", "that", "something"})
_ARTICLES = re.compile(r"^(?:a|an|the|my|our|your|his|her|some|many|one|new|two|three) ", re.I)
_NOTHING = Bilingual()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was told. `flip`: the child's clause with "you" for "I" where it is safe to say it back, else ""."""

    kind: Kind
    what: Bilingual = _NOTHING
    who: Bilingual = _NOTHING
    where: Bilingual = _NOTHING
    flip: str = ""
    past: bool = False
    other: bool = False  # it is about somebody else than the child


def read_told(
    english: str, vietnamese: str, gloss: Gloss, names: Sequence[str] = (), *, in_past: bool = False
) -> Reading | None:
    """The first kind that fits `english` (a line without its errors), else `vietnamese`; None where none does.

    `gloss` knows the lexicon's line for a word, `names` are those of people and pets in the line;
    `in_past`: the story so far is over, so that "we swim" is meant as "we swam".
    """
    if name := _introduced(english or vietnamese, names):
        return Reading(kind=kinds()[0], who=Bilingual(en=name, vi=name))
    line = levelled(english[:MAX_CHARACTERS])
    lowered = line.lower()
    if _ASKS.match(lowered) and (after := _AFTER_QUESTION.search(lowered)):  # "do you like it i have a red one"
        line, lowered = line[after.end() :], lowered[after.end() :]
    if english and not _ASKS.match(lowered):
        found = next(_in_english(line, lowered, gloss, in_past=in_past), None)
        if found is not None:
            return found
    spoken = nfc(vietnamese[:MAX_CHARACTERS]).casefold()
    if _ASKS.match(spoken):
        return None
    return next((Reading(kind=kind) for kind in kinds() if any(p.search(spoken) for p in kind.vietnamese)), None)


def _introduced(text: str, names: Sequence[str]) -> str:
    """The name by which the child introduces itself with nothing else said; "" for none."""
    match = _INTRODUCES.match(text)
    said = match["name"].strip(" .!").casefold() if match is not None else ""
    return next((name for name in names if name.casefold() == said), "")


def levelled(text: str) -> str:
    """`text` in its own letters with contractions spelt out, fillers gone and " | " between its sentences."""
    line = nfc(text).replace("’", "'").strip()
    for pattern, spelt in _CONTRACTIONS:
        line = pattern.sub(spelt, line)
    line = _FILLERS.sub("", " ".join(_MARKS.sub(" | ", line).split()))
    return re.sub(r"(?: \|)+$", "", line).strip(" |")


def _in_english(line: str, lowered: str, gloss: Gloss, *, in_past: bool) -> Iterator[Reading]:
    for kind in kinds():
        for pattern in kind.english:
            match = pattern.search(lowered)
            if (
                match is not None
                and (reading := _reading(kind, match, line, lowered, gloss, in_past=in_past)) is not None
            ):
                yield reading


def _reading(
    kind: Kind, match: re.Match[str], line: str, lowered: str, gloss: Gloss, *, in_past: bool
) -> Reading | None:
    slots = {name: line[slice(*match.span(name))].strip() for name in match.groupdict() if match[name]}
    if kind.topics:
        known = _known(slots.get("what", ""), gloss)
        if known is None or known.topic not in kind.topics:
            return None
    return Reading(
        kind=kind,
        what=_named(slots.get("what", ""), gloss),
        who=_named(slots.get("who", ""), gloss),
        where=_named(slots.get("where", ""), gloss),
        flip=said_back(line, lowered, match.start(), in_past=in_past or kind.past),
        past=is_past(lowered, in_past=in_past or kind.past),
        other=_OTHERS.match(lowered[match.start() :]) is not None,
    )


def _known(phrase: str, gloss: Gloss) -> Entry | None:
    """The lexicon's line for a phrase or for its last word, which is its head."""
    bare = _ARTICLES.sub("", phrase).strip()
    return (gloss(bare) or gloss(bare.split()[-1])) if bare else None


def _named(phrase: str, gloss: Gloss) -> Bilingual:
    """A phrase to be named in both languages, with "your" for "my"; empty for "it" and the like."""
    if not phrase or phrase.lower() in _LEFT_OUT:
        return _NOTHING
    own = phrase.lower().startswith(("my ", "our "))
    entry = gloss(_ARTICLES.sub("", phrase).strip())
    vietnamese = entry.vi if entry is not None else _ARTICLES.sub("", phrase)
    phrase = phrase[0].lower() + phrase[1:] if own else phrase
    return Bilingual(en=to_second_person(phrase), vi=f"{vietnamese} của bạn" if own else vietnamese)
