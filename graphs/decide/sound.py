"""Decides which one sound of what a child said gets a tip, and what was learned about its sounds."""

from collections.abc import Iterator

from graphs.decide.care import is_sorrowful
from graphs.decide.correction import MAX_RUNNING
from graphs.decide.view import TurnView
from learners.ports import Evidence
from providers.directive import Act, SoundTip
from tools.schemas import SoundHeard

SOUND = "sound:"
_TEACHING = frozenset({Act.CONFIRM, Act.CHAT})


def choose_tip(view: TurnView, act: Act, *, corrected: bool) -> SoundTip | None:
    """The most useful tip of the tool that was not given in this session yet; None beside a correction, while the
    child is sad, and after two corrected turns.
    """
    if view.heard is None or corrected or act not in _TEACHING or is_sorrowful(view):
        return None
    running = view.conversation.corrections_running
    given = view.conversation.tips
    fresh = (tip for tip in view.heard.tips if tip.sound not in given)
    tip = next(fresh, None)
    if tip is None or running >= (MAX_RUNNING if tip.meaning else 1):
        return None
    return tip


def sound_said(view: TurnView, item: str) -> bool:
    """Whether the sound ("sound:TH") was heard, and as it should be."""
    return any(sound.correct for sound in _heard(view) if SOUND + sound.sound == item)


def sounds_observed(view: TurnView) -> Iterator[Evidence]:
    """One observation for each hard sound that was heard, but for the one that was asked for in a review."""
    for sound in _heard(view):
        item = SOUND + sound.sound
        if item != view.conversation.review:
            detail = {"score": sound.score, **({} if sound.heard is None else {"heard": sound.heard})}
            yield Evidence(kind="sound", item=item, correct=sound.correct, detail=detail)


def _heard(view: TurnView) -> tuple[SoundHeard, ...]:
    return () if view.heard is None else view.heard.sounds
