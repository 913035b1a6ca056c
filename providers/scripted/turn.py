"""What one turn's wording works with: the Directive, its slots and the chooser."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from providers.directive import Bilingual, Directive
from providers.scripted.choose import Chooser
from providers.scripted.line import Line
from providers.scripted.second_person import to_second_person
from providers.scripted.templates import Templates

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”']?\s+")
_NAMEABLE = re.compile(r"[^\W\d_][\w' -]{0,29}")
_OWNED = re.compile(r"\b(?:my|our|(?:have|got|bought|made) an?) $")
_ARTICLE = re.compile(r"\b(an?) $")
_OWNER = re.compile(r"^(?:my|our|an?|the) ", re.IGNORECASE)
# said back, "two cat" or "go swimming" would model a wrong form or break the sentence around it
_NOT_A_THING = re.compile(
    r"(?:i|you|he|she|it|we|they|do|does|did|is|are|am|was|were|can|want|like|love|have|has|had|go|went|play|played|eat|"
    r"ate|see|saw|lose|lost|win|won|think|know|feel|felt|kill|sing|sleep|walk|come|came|help|learn|study|work|call|"
    r"watch|watched|read|talk|say|said|draw|swim|run|make|made|get|got|buy|bought|not|very|because|and|but|to|"
    r"yes|no|one|two|three|four|five|six|seven|eight|nine|ten|many|much|\d+)\b",
    re.IGNORECASE,
)
_ONLY_LIKE = re.compile(
    r"(?:fast|slow|big|small|tall|good|bad|nice|fun|funny|hard|easy|boring|sick|happy|sad|angry|tired|hungry|scary|hot|"
    r"cold|cute|beautiful|strong|new|old|enormous|huge|tiny|brave|scared|delicious|yummy)$",
    re.IGNORECASE,
)
_INTRODUCES = r"\b(?:i am|i'm|(?:my|me) name(?: is|'s)?|(?:mình|em|con|tớ) (?:tên )?là|tên(?: là)?) "
TOPIC_WORDS = 4
PRAISE_WORDS = 4
LOW = frozenset({"sad", "anxious", "frustrated", "tired", "bored"})  # moods


@dataclass(frozen=True, slots=True)
class Turn:
    """`earlier`: what the child said in the turns before, newest last."""

    directive: Directive
    chooser: Chooser
    earlier: Sequence[str] = ()

    @property
    def in_vietnamese(self) -> bool:
        """Whether a caring or explaining act speaks Vietnamese as well."""
        return self.directive.vietnamese or self.directive.said.language == "vi"


def turn_of(directive: Directive, templates: Templates, rng: random.Random, earlier: Sequence[str]) -> Turn:
    return Turn(directive, Chooser(templates, directive, slots_of(directive), rng), earlier)


def slots_of(directive: Directive) -> dict[str, Line]:
    """What any template of the turn may name: the child, others it told of, the topic, the word praised."""
    name = nameable(directive.learner.name) or _introduced(directive)
    others = [nameable(other) for other in directive.said.names if other.casefold() != name.casefold()]
    other = next((other for other in others if other), "")
    return {
        "you": Line("", directive.learner.address),
        "name": Line(name, name),
        "other": Line(other, other),
        "topic": _topic(directive, "the"),
        "thing": _topic(directive, ""),
        "praise": _both(directive.praise if len(directive.praise.split()) <= PRAISE_WORDS else ""),
        "learned": _learned(directive.learned),
        "model": _both(closed(directive.model)),
    }


def _introduced(directive: Directive) -> str:
    """The name by which a child that is not known yet has just introduced itself."""
    said = directive.said.text.casefold()
    own = (name for name in directive.said.names if re.search(rf"{_INTRODUCES}{re.escape(name.casefold())}\b", said))
    return nameable(next(own, ""))


def nameable(text: str) -> str:
    """`text` where it looks like a name or a short phrase, else "": nothing else of a child's words goes into a gap."""
    text = text.strip()
    return text if _NAMEABLE.fullmatch(text) else ""


def closed(sentence: str) -> str:
    """`sentence` with an end: a full stop where it has none."""
    sentence = sentence.strip()
    return sentence if not sentence or sentence[-1] in '.!?…"' else f"{sentence}."


def opened(sentence: str) -> str:
    """`sentence` without its end."""
    return sentence.strip().rstrip(".!…").strip()


def sentences_of(text: Bilingual) -> list[Line]:
    """`text` sentence by sentence; as one where English and Vietnamese cannot be paired."""
    english, vietnamese = _SENTENCE_END.split(text.en.strip()), _SENTENCE_END.split(text.vi.strip())
    if not text.en or not text.vi:
        return [
            Line(text.en and sentence, "" if text.en else sentence) for sentence in (english if text.en else vietnamese)
        ]
    if len(english) != len(vietnamese):
        return [Line(text.en.strip(), text.vi.strip())]
    return [Line(en, vi) for en, vi in zip(english, vietnamese, strict=True)]


def one_line(text: Bilingual) -> Line:
    return Line(text.en.strip(), text.vi.strip())


def _both(text: str) -> Line:
    return Line(text, text)


def _topic(directive: Directive, one: str) -> Line:
    """The topic as said back to the child, in English only where it is English; "a ball" with `one` as its article."""
    said = directive.said
    topic = nameable(said.topic)
    if not topic or len(topic.split()) > TOPIC_WORDS or _NOT_A_THING.match(topic):
        return Line("")
    if _ONLY_LIKE.match(topic) and topic.casefold() != opened(said.text).casefold():
        return Line("")
    english = topic.isascii() and (
        said.language in ("en", "mixed") or topic.casefold() in said.english.casefold() or topic[0].isupper()
    )
    return Line(_yours(topic, said.text, one), _OWNER.sub("", topic)) if english else Line("", topic)


def _yours(topic: str, said: str, one: str) -> str:
    """The topic as the child's own where it said so: "a new kite" that it has is "your new kite"."""
    before = said.casefold().partition(topic.casefold())[0]
    if _OWNED.search(before):
        return f"your {topic}"
    article = _ARTICLE.search(before)
    return f"{one or article[1]} {topic}" if article else to_second_person(topic)


def _learned(words: Sequence[str]) -> Line:
    few = [f"*{word}*" for word in words if word][:3]
    return Line(_listed(few, "and"), _listed(few, "và"))


def _listed(words: Sequence[str], last: str) -> str:
    return " ".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} {last} {words[-1]}"
