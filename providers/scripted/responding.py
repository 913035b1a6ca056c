"""Words the answer to what the child said, before anything else is said."""

from collections.abc import Iterator

from providers.directive import Act, Told
from providers.scripted.budget import Part, Weight
from providers.scripted.correcting import correction_parts, lowered
from providers.scripted.cues import cue
from providers.scripted.line import Line
from providers.scripted.second_person import pieces, reads_oddly, to_second_person
from providers.scripted.second_person_vi import to_second_person_vi
from providers.scripted.telling import bridge, comments
from providers.scripted.turn import LOW, PRAISE_WORDS, Turn, closed, opened

ANSWER_WORDS = 3  # up to here an answer in Vietnamese needs no English beside it
_GLAD = frozenset({"happy", "excited"})


def opening(turn: Turn, *plain_groups: str) -> Iterator[Part]:
    """Correction or echo, then praise; `plain_groups` are for when there is nothing to echo."""
    corrected = list(correction_parts(turn))
    praise, told = praised(turn), turn.directive.told
    if corrected:
        yield from _greeted_names(turn, corrected)
        yield from corrected
        if told and not told.answers:
            yield from comments(turn, told, echo=False)
    elif told and (told.kind or told.answers):
        yield from _taken_up(turn, told)
    elif turn.directive.said.english and turn.directive.said.language in ("vi", "mixed"):
        yield from _in_english(turn)
    elif turned := _turned(turn):
        yield Part(Line("", turn.chooser.need("respond.flip_vi", flip=Line("", turned)).vi), Weight.RESPONSE)
    elif not praise:
        yield from _echo(turn, plain_groups)
    elif turn.directive.praise.casefold() not in turn.directive.said.topic.casefold():
        yield from _optional(turn.chooser.pick("respond.other", "respond.topic"))
    if praise:
        yield Part(praise, Weight.PRAISE)
    if told:
        yield from bridge(turn, told)


def _taken_up(turn: Turn, told: Told) -> Iterator[Part]:
    """What was understood; of Vietnamese by a comment in Vietnamese, and its English where that is known."""
    said = turn.directive.said
    if said.language != "vi" and not (said.language == "mixed" and said.english):
        yield from comments(turn, told)
        return
    yield from (Part(Line("", part.line.vi), Weight.MUST) for part in comments(turn, told, echo=False))
    if said.english and (not told.answers or len(said.text.split()) > ANSWER_WORDS):
        english = closed(said.english)
        yield Part(turn.chooser.need("respond.english", english=Line(english, english)), Weight.HELP)


def _greeted_names(turn: Turn, corrected: list[Part]) -> Iterator[Part]:
    """A name that the child gave and the recast leaves out."""
    heard = " ".join(part.line.en for part in corrected)
    names = [name for name in turn.directive.said.names if name != turn.directive.learner.name]
    if names and not any(name in heard for name in names):
        line = turn.chooser.pick("respond.other")
        if line:
            yield Part(line, Weight.PLEASANT)


def praised(turn: Turn) -> Line | None:
    """Names the good form; nothing where that form is the one being mended."""
    good, correction = turn.directive.praise, turn.directive.correction
    if not good or (correction and _is_part_of(good, correction.wrong)):
        return None
    return turn.chooser.pick("praise.whole" if len(good.split()) > PRAISE_WORDS else "praise.word")


def _echo(turn: Turn, plain_groups: tuple[str, ...]) -> Iterator[Part]:
    mood = turn.directive.said.mood
    is_low = mood in LOW and not cue("laughter", turn.directive.said.text)
    glad = ["respond.glad"] if mood in _GLAD and turn.directive.act is Act.CHAT else []
    told = ["respond.low"] if is_low else ["respond.other", "respond.topic", *glad]
    yield from _optional(turn.chooser.pick(*told, *plain_groups))


def _optional(line: Line | None) -> Iterator[Part]:
    if line:
        yield Part(line, Weight.RESPONSE)


def _in_english(turn: Turn) -> Iterator[Part]:
    """What was said in Vietnamese is answered by its meaning, and shown in English."""
    english = closed(turn.directive.said.english)
    if not reads_oddly(english):
        flip = lowered(opened(to_second_person(english)))
        yield Part(turn.chooser.need("respond.flip", flip=Line(flip, turn.directive.said.text)), Weight.ACT)
    yield Part(turn.chooser.need("respond.english", english=Line(english, english)), Weight.HELP)


def _turned(turn: Turn) -> str:
    """A Vietnamese line whose English is not known, said back as a friend would."""
    said = turn.directive.said
    if said.language != "vi" or said.english or said.mood in LOW:
        return ""
    return to_second_person_vi(said.text, turn.directive.learner.address)


def _is_part_of(form: str, sentence: str) -> bool:
    words = [piece.word for piece in pieces(form) if piece.is_word]
    return set(words) <= {piece.word for piece in pieces(sentence)}
