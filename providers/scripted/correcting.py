"""Words the one correction of a turn: recast, choice or short explanation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from providers.directive import Correction, Means
from providers.scripted.budget import Part, Weight
from providers.scripted.cues import cue
from providers.scripted.emphasis import emphasised, marked
from providers.scripted.line import Line, plain
from providers.scripted.second_person import Piece, flipped, is_question, joined, pieces, reads_oddly
from providers.scripted.turn import Turn, closed, nameable, one_line, opened

_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
_OPENERS = re.compile(
    r"(?:(?:yes|yeah|no|nope|oh|ok|okay|fine|sure|actually|maybe|um+|uh|well|wow|haha|hi|hello|hey)\b[\s,.!]*)+|(?:and|but|so)\s+",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"(?:(?:my|our) (?:full |first )?name(?: is|'s)|"
    r"i(?: am|'m) (?:\w+ )?(?:\d+|\w+ years?)\b|i(?: am|'m) from|i live in)",
    re.IGNORECASE,
)
_SMALL_START = frozenset(
    {
        "you", "you're", "you've", "you'd", "you'll", "your", "he", "he's", "she", "she's", "it", "it's", "they",
        "they're", "the", "a", "an", "this", "that", "these", "those", "there", "his", "her",
        "their", "its", "when", "because", "if", "yesterday", "today", "every", "some", "many", "one", "two", "three",
        "in", "on", "at", "last", "now", "tomorrow",
    }
)  # fmt: skip
_PATTERN = re.compile(r"[*(){}|\[\]]")  # a lesson's wrong answer may be an answer pattern: not to be said
_VIETNAMESE_WORD = re.compile(r"\b[a-zđ]*[à-ỹđ][a-zà-ỹđ]*\b")  # small letters: names keep theirs
_PRONOUN = re.compile(r"^(?:it|he|she)\b", re.IGNORECASE)
CHOICE_WORDS = 4
_NAME_FIRST = ("My", "**My")


@dataclass(frozen=True, slots=True)
class Recast:
    """The right sentence, once as the child would say it and once said back; ** marks what was mended."""

    quote: str
    flip: str
    odd: bool  # said back it would be strange: quote it
    question: bool
    introduces: bool  # name, age, home: the child needs the first person


def recast_of(correction: Correction, said: str, names: Sequence[str] = ()) -> Recast:
    """The recast ready to be said; `names` are written as names, whatever the transcript did."""
    sentence = _named(_about(correction, names), names)
    parts = emphasised(sentence, correction.wrong, correction.right, said)
    start = _opener_length(sentence, correction.right)
    core = _without_opener(parts, start)
    own = joined(core)
    return Recast(
        quote=closed(_capital(marked(core))) if not is_question(own) else _asked(_capital(marked(core))),
        flip=opened(marked(flipped(core))),
        odd=reads_oddly(own),
        question=is_question(own),
        introduces=bool(_INTRODUCES.match(own)),
    )


def correction_parts(turn: Turn) -> Iterator[Part]:
    """The sentences that correct; none where the turn's question does (`choice`)."""
    correction = turn.directive.correction
    if correction is None or choice_fits(correction):
        return
    recast = recast_of(correction, turn.directive.said.text, _names(turn))
    slots = _slots(recast)
    if recast.question:
        yield Part(turn.chooser.need("correct.question", **slots), Weight.MUST)
    elif recast.odd:
        yield Part(turn.chooser.need("correct.quote", **slots), Weight.MUST)
    else:
        met = recast.introduces and recast.quote.startswith(_NAME_FIRST) and turn.chooser.pick("correct.meet")
        said_back = met or turn.chooser.need("correct.recast", **slots)
        yield Part(said_back, Weight.ACT if recast.introduces else Weight.MUST)
        if recast.introduces:
            yield Part(turn.chooser.need("correct.say_it", **slots), Weight.MUST)
    yield from _explanation(turn, correction)


def choice(turn: Turn) -> Line | None:
    """The question that lets the child repair the sentence, where the Directive wants one."""
    correction = turn.directive.correction
    if correction is None or not choice_fits(correction):
        return None
    time = cue("times", correction.recast)
    slots = {
        "wrong": Line(correction.wrong.strip(), correction.wrong.strip()),
        "right": Line(correction.right.strip(), correction.right.strip()),
        "time": Line(time, time),
    }
    subject = f"i {correction.right.strip()} ".casefold() in f" {_about(correction)} ".casefold()
    one_word = " " not in correction.right.strip() and " " not in correction.wrong.strip()
    own = ["choice.you_at", "choice.you"] if subject and one_word else []
    groups = [group for group in (*own, "choice.at", "choice.which") if time or not group.endswith("at")]
    return turn.chooser.need(*groups, **slots)


def choice_fits(correction: Correction) -> bool:
    """Whether the repair can be offered as a choice: two short forms that differ to the ear."""
    wrong, right = correction.wrong.strip(), correction.right.strip()
    spoken = not _PATTERN.search(wrong)
    short = all(0 < len(text.split()) <= CHOICE_WORDS for text in (wrong, right))
    return correction.means is Means.PROMPT and short and spoken and wrong.casefold() != right.casefold()


def lowered(sentence: str) -> str:
    """`sentence` for the middle of another one: small first letter where the word is not a name."""
    first = plain(sentence).split(" ")[0].strip(",").replace("’", "'").lower()
    if first not in _SMALL_START:
        return sentence
    at = next(index for index, letter in enumerate(sentence) if letter.isalpha())
    return sentence[:at] + sentence[at].lower() + sentence[at + 1 :]


def _explanation(turn: Turn, correction: Correction) -> Iterator[Part]:
    if correction.means is not Means.EXPLAIN:
        return
    line = one_line(correction.explanation)
    if turn.directive.vietnamese and line.vi:
        yield Part(Line("", line.vi), Weight.ACT)
    elif line.spoken:
        yield Part(line, Weight.ACT)


def _slots(recast: Recast) -> dict[str, Line]:
    bare = plain(recast.quote)
    return {
        "flip": Line(lowered(recast.flip), bare),
        "quote": Line(recast.quote, bare),
        "recast": Line(bare, bare),
    }


def _about(correction: Correction, names: Sequence[str] = ()) -> str:
    """The sentence of the recast that holds the mended words."""
    sentences = _SENTENCES.split(correction.recast.strip() or correction.right)
    wanted = correction.right.casefold().rstrip(".!?")
    sentence = next((sentence for sentence in sentences if wanted in sentence.casefold()), correction.recast.strip())
    return _english_clause(sentence, wanted, names)


def _english_clause(sentence: str, wanted: str, names: Sequence[str]) -> str:
    """Of a sentence that is half Vietnamese, the clause with the mended words, with the name for "it" or "she"."""
    if not _VIETNAMESE_WORD.search(sentence):
        return sentence
    clause = next((part.strip() for part in sentence.split(",") if wanted in part.casefold()), sentence)
    name = next((name for name in names if name in sentence and name not in clause), "")
    return _PRONOUN.sub(name, clause) if name else clause


def _names(turn: Turn) -> list[str]:
    names = (turn.directive.learner.name, *turn.directive.said.names)
    return [name[0].upper() + name[1:] for name in names if nameable(name)]


def _named(sentence: str, names: Sequence[str]) -> str:
    """A name as a name where one is given: elsewhere "an" and "my" are no names, though children are called so."""
    for name in names:
        given = rf"((?:name(?: is|'s)|i am|i'm|called|named) ){re.escape(name)}(?!\w)"
        sentence = re.sub(given, rf"\g<1>{name}", sentence, flags=re.IGNORECASE)
    return sentence


def _opener_length(sentence: str, right: str) -> int:
    match = _OPENERS.match(sentence)
    if match is None or match.end() >= len(sentence):
        return 0
    return match.end() if right.casefold().rstrip(".!?") in sentence[match.end() :].casefold() else 0


def _without_opener(parts: list[Piece], characters: int) -> list[Piece]:
    rest = list(parts)
    while characters > 0 and rest:
        characters -= len(rest.pop(0).text)
    if rest and len(rest) < len(parts):
        rest[0] = replace(rest[0], text=rest[0].text[:1].upper() + rest[0].text[1:])
    return rest or pieces(joined(parts))


def _capital(text: str) -> str:
    at = next((index for index, letter in enumerate(text) if letter.isalnum()), 0)
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def _asked(text: str) -> str:
    return text if text.endswith("?") else f"{opened(text)}?"
