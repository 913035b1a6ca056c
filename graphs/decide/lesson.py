"""Decides where the lesson goes after a turn: which step, which question, which hint."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from graphs.decide.sight import shown_card
from graphs.decide.sound import SOUND
from graphs.decide.talk import WAITS, follows
from graphs.decide.view import TurnView
from lessons.schemas import DueReview, Line, Position
from providers.directive import Act, Bilingual, Card

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
HARDLY_BEGUN = 1  # index of a step
LARGEST_HINT = 2
TRIES_BEFORE_MOVING_ON = 2


@dataclass(frozen=True, slots=True)
class Move:
    """The lesson after this turn: where it stands and what is asked next (no `prompt`: nothing is asked)."""

    position: Position
    prompt: Bilingual | None = None
    hint: Bilingual | None = None
    model: str = ""
    tries: int = 0
    hints: int = 0
    asked: bool = False
    review: str = ""  # the item the prompt reviews
    card: Card | None = None


def move(view: TurnView, act: Act) -> Move:
    """The lesson's move for an act. Acts that are not about the lesson leave it where it is."""
    return _MOVES.get(act, _stay_silent)(view)


def _ask(position: Position, *, smaller: bool = False, tries: int = 0, hints: int = 0) -> Move:
    line = position.step.smaller if smaller else position.step.ask
    return Move(
        position=position,
        prompt=Bilingual(en=line.en, vi=line.vi),
        tries=tries,
        hints=hints,
        asked=True,
        card=_card(position),
    )


def _card(position: Position) -> Card | None:
    word = position.step.card
    return None if word is None else Card(word=word.en, vi=word.vi, picture=word.picture)


def _start(view: TurnView) -> Move:
    review = _due(view)
    return _review(view.position, review) if review is not None else _again(view)


def _go_on(view: TurnView) -> Move:
    """To the next step; between two steps of a lesson one due review is woven in, once a session."""
    if view.conversation.review:
        return _ask(view.position)
    review = _due(view)
    return _review(view.following, review) if review is not None else _ask(view.following)


def _due(view: TurnView) -> DueReview | None:
    """A review that may be asked now: not the words of the lesson itself, one a session, a sound only of a child that
    speaks."""
    if view.conversation.reviewed or view.conversation.session_turns == 0:
        return None
    own = {f"word:{word.en}" for word in view.position.lesson.words}
    return next((review for review in view.due if review.item not in own and _can_be_asked(view, review)), None)


def _can_be_asked(view: TurnView, review: DueReview) -> bool:
    return view.heard is not None or not review.item.startswith(SOUND)


def _review(position: Position, review: DueReview) -> Move:
    word = review.word
    card = None if word is None else Card(word=word.en, vi=word.vi, picture=word.picture)
    prompt = Bilingual(en=review.ask.en, vi=review.ask.vi)
    return Move(position=position, prompt=prompt, asked=True, review=review.item, card=card, model=review.model)


def _again(view: TurnView) -> Move:
    """The same question: in its smaller form where it was asked already."""
    talk = view.conversation
    return _ask(view.position, smaller=talk.asked, tries=talk.tries, hints=talk.hints)


def _aside(view: TurnView) -> Move:
    """Back to the question after something else. English that does not answer it counts as a try, and after some
    the lesson goes on without a word about it: the child would rather talk. So it does where the question was put in
    both its forms lately."""
    missed = view.verdict is not None and view.verdict.kind in ("attempt", "wrong")
    talk, step = view.conversation, view.position.step
    asked, asked_smaller = _was_said(view, step.ask), _was_said(view, step.smaller)
    if (missed and talk.tries >= TRIES_BEFORE_MOVING_ON) or (asked and asked_smaller):
        return _ask(view.following)
    smaller = (talk.asked or asked) and not asked_smaller
    return _ask(view.position, smaller=smaller, tries=talk.tries + (1 if missed else 0), hints=talk.hints)


def _chat(view: TurnView) -> Move:
    """The child's own story is followed for a while: the lesson waits, and its question is put again later. Where the
    lesson had hardly begun, one about what the child told of comes instead."""
    if not follows(view, Act.CHAT):
        is_new = view.position.index <= HARDLY_BEGUN and view.conversation.talk.turns > 0
        return _ask(view.themed) if view.themed is not None and is_new else _aside(view)
    return _stay_silent(view)


def _answer(view: TurnView) -> Move:
    """After a riddle its question, after "can I tell you something" the child's turn, else the lesson goes on."""
    return _stay_silent(view) if view.asked in WAITS or follows(view, Act.ANSWER) else _aside(view)


def _explained(view: TurnView) -> Move:
    """The question that was not understood is put again: the one about the child's story, else the lesson's."""
    return _stay_silent(view) if follows(view, Act.EXPLAIN) else _again(view)


def _was_said(view: TurnView, line: Line) -> bool:
    """Whether the question of `line`, which is its last sentence, was put in one of the last turns."""
    question = _SENTENCE_END.split(line.en.strip())[-1]
    return any(question == said for turn in view.conversation.recent for said in turn)


def _with_hint(view: TurnView) -> Move:
    talk = view.conversation
    line = view.position.step.hints[min(talk.hints, LARGEST_HINT)]
    asked = _ask(view.position, smaller=True, tries=talk.tries + 1, hints=talk.hints + 1)
    return Move(
        position=asked.position,
        prompt=asked.prompt,
        hint=Bilingual(en=line.en, vi=line.vi),
        tries=asked.tries,
        hints=asked.hints,
        asked=True,
        card=asked.card,
        model=view.position.step.model,
    )


def _together(view: TurnView) -> Move:
    onward = _ask(view.following)
    return Move(
        position=onward.position,
        prompt=onward.prompt,
        model=view.position.step.model,
        asked=True,
        card=onward.card,
    )


def _elsewhere(view: TurnView) -> Move:
    return _ask(view.wanted if view.wanted is not None else view.position)


def _stay_silent(view: TurnView) -> Move:
    """Nothing is asked; the question stays open for later."""
    talk = view.conversation
    return Move(position=view.position, tries=talk.tries, hints=talk.hints, asked=False)


def _stay_open(view: TurnView) -> Move:
    """Nothing new is asked; an answer to the question still counts."""
    talk = view.conversation
    return Move(position=view.position, tries=talk.tries, hints=talk.hints, asked=talk.asked, review=talk.review)


def _shown(view: TurnView) -> Move:
    """What was asked for is named by the child; of anything else it tells, and the question waits."""
    kind = view.sight.kind if view.sight is not None else "unseen"
    if kind == "match" and (view.position.step.kind == "meet" or view.conversation.review):
        return _stay_open(view)
    if view.sight is not None and kind in ("seen", "unsure"):
        return replace(_stay_silent(view), card=shown_card(view.sight))
    return _again(view) if kind in ("match", "unseen") else _aside(view)


def _repeat(view: TurnView) -> Move:
    return _stay_open(view)


_MOVES: dict[Act, Callable[[TurnView], Move]] = {
    Act.GREET: _start,
    Act.CONFIRM: _go_on,
    Act.RETRY: _with_hint,
    Act.HELP: _with_hint,
    Act.WAIT: _with_hint,
    Act.MOVE_ON: _together,
    Act.EXPLAIN: _explained,
    Act.AGAIN: _again,
    Act.SHOW: _shown,
    Act.CHAT: _chat,
    Act.ANSWER: _answer,
    Act.REDIRECT: _aside,
    Act.RECALL: _aside,
    Act.IDENTITY: _aside,
    Act.CALM: _aside,
    Act.STEADY: _aside,
    Act.PRIVACY: _aside,
    Act.MEANING: _again,
    Act.CHANGE_TOPIC: _elsewhere,
    Act.TRANSLATE: _stay_open,
    Act.REPEAT: _repeat,
    Act.EASE: _stay_open,
}
