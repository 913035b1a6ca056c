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
    """The most useful tip of the tool that was not given in this session yet (or once more, where the child has just
    practised it); None beside a correction, while the child is sad, and after two corrected turns.
    """
    if view.heard is None or corrected or act not in _TEACHING or is_sorrowful(view):
        return None
    running = view.conversation.corrections_running
    most, given = (2 if practised(view) else 1), view.conversation.tips
    tip = next((tip for tip in view.heard.tips if given.count(tip.sound) < most), None)
    if tip is None or running >= (MAX_RUNNING if tip.meaning else 1):
        return None
    return tip


def practised(view: TurnView) -> str:
    """The word that the last tip asked for, where the child has just said it and nothing else; else ""."""
    word = view.conversation.practise
    is_said = view.heard is not None and bool(word) and view.text.casefold() == word.casefold()
    return word if is_said else ""


def practised_well(view: TurnView) -> str:
    """The same, where all of it sounded as it should."""
    return practised(view) if view.heard is not None and not view.heard.tips else ""


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
