"""Decides whether a session opens with a lesson about something the child likes."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lessons.schemas import Position
from providers.directive import Act, Bilingual

if TYPE_CHECKING:
    from graphs.decide.view import TurnView

LIKED = ("me:likes:", "me:favorite:")  # facts that say what the child likes


@dataclass(frozen=True, slots=True)
class Suits:
    """Something the child likes, and where a lesson about it begins and goes on."""

    like: str
    position: Position
    following: Position


def opened_with(view: "TurnView", act: Act) -> "TurnView":
    """The view with the lesson that suits, where a child that came back is greeted between two lessons, or in that very
    lesson; else without it. A lesson that was begun is not left.
    """
    suits = view.suits
    if suits is None or act is not Act.GREET or not view.starts_session or view.profile.turns == 0:
        return replace(view, suits=None)
    if suits.position.lesson.id == view.position.lesson.id:
        return view
    between = view.position.index == 0
    return replace(view, position=suits.position, following=suits.following) if between else replace(view, suits=None)


def topic_liked(view: "TurnView") -> Bilingual | None:
    """The topic of that lesson, to be named beside what the child likes."""
    topic = view.position.lesson.topic
    return Bilingual(en=topic.en, vi=topic.vi) if view.suits is not None else None
