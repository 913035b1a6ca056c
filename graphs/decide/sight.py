"""Decides what Pika makes of a picture that the child shows, and what the picture says about the words it knows."""

import re
from collections.abc import Iterator, Sequence

from graphs.conversation import Conversation
from graphs.decide.view import TurnView
from learners.ports import Evidence
from lessons.schemas import Position
from providers.directive import Act, Card, Sight
from tools.image.schemas import ImageMatchAnswer

WORD = "word:"
SURE = 0.75  # Pika names what it sees from this confidence on; below, the child is asked
KEPT_PICTURES = 20  # fingerprints a thread remembers
FOR_GROWN_UPS = frozenset({"gun", "syringe", "wine"})  # what the embedded network knows and Pika does not talk about
_SAID_WITH: frozenset[Act] = frozenset({Act.CONFIRM, Act.CHAT})  # acts that answer words, and thank for the picture
_WHAT = re.compile(
    r"\bwhat('?s| is| are)? (this|that|it|these|those)\b|\b(này|đây|đó|kia)( là)? (con |cái )?gì\b", re.I
)


def words_asked(conversation: Conversation, position: Position) -> tuple[str, ...]:
    """The words that the open question is about; none where none is open."""
    if not conversation.asked:
        return ()
    items = (conversation.review,) if conversation.review else position.step.items
    return tuple(item.removeprefix(WORD) for item in items if item.startswith(WORD))


def sight_of(answer: ImageMatchAnswer | None, asked: Sequence[str], said: str) -> Sight:
    """What is in the picture; `answer` was held against the first of `asked` and the pictures shown before."""
    if answer is None:
        return Sight(kind="unseen")
    if answer.safety == "unsafe" or answer.seen in FOR_GROWN_UPS:
        return Sight(kind="unsafe")
    if answer.same_as:
        return Sight(kind="again")
    word = answer.seen if answer.seen in asked else asked[0] if answer.match == "yes" and asked else ""
    if word:
        return Sight(kind="match", word=word, named=_names(said, word))
    named = bool(answer.seen) and _names(said, answer.seen)
    if answer.seen and (named or answer.seen_confidence >= SURE):
        return Sight(kind="seen", word=answer.seen, named=named)
    return Sight(kind="unsure")


def asks_what_it_is(text: str) -> bool:
    """ "What is this?": with a picture, that is asked about the picture."""
    return _WHAT.search(text) is not None


def sight_told(view: TurnView, act: Act) -> Sight | None:
    """What the reply may say of the picture."""
    if view.sight is None or act is Act.SHOW:
        return view.sight
    return view.sight if act in _SAID_WITH and view.sight.kind not in ("unsafe", "unseen") else None


def shown_card(sight: Sight) -> Card | None:
    """The word of what the child shows; not of what it shall name itself."""
    return Card(word=sight.word, vi=sight.vi) if sight.kind == "seen" and sight.vi else None


def pictures_kept(view: TurnView) -> tuple[str, ...]:
    """Fingerprints of what was shown in this thread, newest last."""
    known = view.conversation.pictures
    fresh = (view.fingerprint,) if view.fingerprint and view.sight is not None and view.sight.kind != "again" else ()
    return (*known, *fresh)[-KEPT_PICTURES:]


def shown_words(view: TurnView, act: Act) -> Iterator[Evidence]:
    """A word understood, where the child shows what was asked for; a word used, where it names what it shows."""
    sight = sight_told(view, act)
    if sight is None or not sight.word:
        return
    lesson = {"lesson_id": view.position.lesson.id, "step_id": view.position.step.id} if sight.kind == "match" else {}
    if sight.kind == "match":
        yield Evidence(kind="shown", item=WORD + sight.word, correct=True, **lesson)
    if sight.named and sight.word not in (view.verdict.words if view.verdict is not None else ()):
        yield Evidence(kind="word_used", item=WORD + sight.word, correct=True, **lesson)


def _names(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}(e?s)?\b", text, re.I) is not None
