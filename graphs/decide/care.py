"""Decides whether a turn is about the child's safety or feelings, before any lesson."""

import re

from graphs.conversation import Care
from graphs.decide.talk import answers_talk
from graphs.decide.view import TurnView
from providers.directive import Act, Tone
from tools.schemas import IntentLabel, MoodLabel, SafetyLabel

URGENT: frozenset[SafetyLabel] = frozenset(
    {
        "self_harm",
        "abuse_disclosure",
        "grooming",
        "secret_keeping",
        "violence_threat",
        "bullying_victim",
        "dangerous_act",
        "sexual",
    }
)
_OTHER: dict[SafetyLabel, Act] = {
    "pii_share": Act.PRIVACY,
    "profanity": Act.CALM,
    "hate": Act.CALM,
    "prompt_injection": Act.STEADY,
}
COMFORT = "comfort"
CARE_TURNS = 4  # a worry is looked after for this many turns unless the child moves on first
MOOD_CONFIDENCE = 0.55
OWN_MATTER_WORDS = 4  # from here on a line has something of its own to be answered
_SORROW: frozenset[MoodLabel] = frozenset({"sad", "anxious"})
_BRIGHT: frozenset[MoodLabel] = frozenset({"happy", "excited"})
_LIGHT: frozenset[Tone] = frozenset({"glad", "wow", "yum", "proud", "party", "haha", "plan", "dream"})
_OPEN_KINDS = frozenset({"kin_does", "kin_is", "pet_does", "at_school", "love_kin", "happy"})  # may hold anything
_MOVES_ON: frozenset[IntentLabel] = frozenset({"ask_meaning", "ask_translation", "change_topic", "goodbye", "greet"})
# what a child says next in a danger that is known already: no new one
_OF_THE_SAME: frozenset[SafetyLabel] = frozenset({"secret_keeping"})
_READY = re.compile(
    r"\b(let'?s|we can|can we|i'?m ok(ay)?|i am ok(ay)?|feel better|ready|"
    r"not (scared|afraid|sad|worried|angry) (any ?more|now)|"
    r"không (sợ|buồn|lo) nữa|tiếp tục|học tiếp|chơi đi)\b",
    re.I,
)
_STILL_ABOUT_IT = re.compile(
    r"\b(tell|told|telling|tells|secrets?|promise|help|who|should|hit|hits|hurts?|scared?|afraid|angry|fault|"
    r"safe|alone|cry|"
    r"bad|wrong|trouble|stay|call|nobody|nothing|anyone|anybody|someone|"
    r"cries|crying|him|her|them|they|he|she|mom|mum|dad|mother|father|teacher|grand(ma|pa|mother|father)|uncle|"
    r"aunt|police|"
    r"kể|nói|gọi|mách|giấu|bí mật|giúp|ai|ở lại|một mình|hư|sai|đánh|đau|sợ|khóc|giận|lỗi|"
    r"nó|họ|ba|bố|mẹ|cô|thầy|ông|bà|chú|bác|công an)\b",
    re.I,
)
_GRAVE = re.compile(
    r"\bi (am sad|feel sad|cry|cried)\b|\b(die|dies|died|dead|hospital|lonely|alone|hate|chết|"
    r"mất rồi|nhập viện|bệnh viện)\b",
    re.I,
)
_SAYS_SAD = re.compile(
    r"\b(sad|cry|cried|crying|alone|lonely|nobody|no one|hate|die|died|dead|miss|worried|scared of (him|her|"
    r"them)|buồn|khóc|"
    r"một mình|không ai|chết|mất rồi|lo lắng|sợ (nó|bố|ba|mẹ|bạn))\b",
    re.I,
)
_MISHAP = re.compile(
    r"\b(broke|break|spilled|dropped|tore|lost|forgot)\b|\blàm (bể|vỡ|đổ|rơi|mất|hư|rách)\b|\blỡ\b"
    r"|\blam (be|vo|do|roi|mat|hu|rach)\b",
    re.I,
)


def care_act(view: TurnView) -> Act | None:
    """The act that safety or feelings ask for; None when the turn is an ordinary one."""
    if _new_danger(view):
        return Act.SAFEGUARD
    label, urgent = view.safety.label if view.safety is not None else None, _is_urgent(view.conversation.care)
    if label in _OTHER and (not urgent or (label == "pii_share" and not _is_about_it(view))):
        return _OTHER[label]
    if view.conversation.care is not None:
        return _continued(view, view.conversation.care)
    return Act.COMFORT if is_sorrowful(view) and not _is_mishap(view) else None


def _new_danger(view: TurnView) -> str:
    """The danger that this turn tells of; "" for none, or where it only goes on about the one that is looked after."""
    label = view.safety.label if view.safety is not None else None
    if label not in URGENT or (label in _OF_THE_SAME and _is_urgent(view.conversation.care)):
        return ""
    return label


def is_sorrowful(view: TurnView) -> bool:
    """Whether the child is sad or anxious now (an answer the lesson expected, "I am sad", does not count)."""
    if view.mood is None or (view.verdict is not None and view.verdict.kind == "right"):
        return False
    return view.mood.mood in _SORROW and view.mood.confidence >= MOOD_CONFIDENCE


def _is_mishap(view: TurnView) -> bool:
    """A small thing that went wrong (a fall, a lost game, a dog that ran off), or a happy one: a kind word and interest
    help more than care does, unless the child says how sad it is."""
    if view.told is None:
        return _is_harmless_answer(view)
    is_light = view.told.kind.tone in _LIGHT and view.told.kind.name not in _OPEN_KINDS
    if not view.told.kind.small and not is_light:
        return False
    grave = _GRAVE if view.told.other else _SAYS_SAD
    return grave.search(view.text) is None


def _is_harmless_answer(view: TurnView) -> bool:
    """An answer about a happy thing without a word of people, hurt or sorrow: a mood read into it is a misreading."""
    light = view.conversation.talk.tone in _LIGHT and answers_talk(view)
    return light and not any(words.search(view.text) for words in (_SAYS_SAD, _GRAVE, _STILL_ABOUT_IT))


def _continued(view: TurnView, care: Care) -> Act | None:
    """The turns after a worry: more care while the child is still about it, else one gentle check-in.

    A danger is not left at once: what follows it is taken as being about it unless the child shows that it goes on.
    A sorrow is left with the child, as soon as it has something else to tell.
    """
    if _leaves_it(view, care):
        return None
    if _is_urgent(care):
        return _after_danger(view, care)
    if view.told is not None and view.told.kind.tone in _LIGHT and not is_sorrowful(view):
        return None
    if not _has_moved_on(view) and care.turns < CARE_TURNS and _is_about_it(view):
        return Act.COMFORT
    return None if len(view.text.split()) >= OWN_MATTER_WORDS else Act.CHECK_IN


def _after_danger(view: TurnView, care: Care) -> Act | None:
    if _asks_for_something(view):
        return None
    if _has_moved_on(view) or care.turns >= CARE_TURNS:
        return Act.CHECK_IN
    if care.about in _OF_THE_SAME and _MISHAP.search(view.text):  # the secret is out, and it is no danger
        return Act.COMFORT
    goes_on = _is_about_it(view) or (care.turns == 1 and len(view.text.split()) >= OWN_MATTER_WORDS)
    return Act.SAFEGUARD if goes_on else Act.CHECK_IN


def _asks_for_something(view: TurnView) -> bool:
    """A question about the coach or about private things, which is nothing of the danger."""
    return view.intent is not None and (view.intent.asks_coach or view.intent.asks_memory) and not _is_about_it(view)


def _leaves_it(view: TurnView, care: Care) -> bool:
    """Whether the child goes on to something else; after a danger, what may still be about it does not count."""
    if view.intent is None or view.intent.intent not in _MOVES_ON:
        return False
    if view.intent.term:
        return True
    return not _is_urgent(care) or view.intent.intent == "goodbye" or not _is_about_it(view)


def _is_about_it(view: TurnView) -> bool:
    """Whether the child still talks of the worry: its mood, or people, hurt, telling and help are in the words."""
    return is_sorrowful(view) or _STILL_ABOUT_IT.search(view.text) is not None


def _has_moved_on(view: TurnView) -> bool:
    if view.mood is not None and view.mood.mood in _BRIGHT and view.mood.confidence >= MOOD_CONFIDENCE:
        return True
    return _READY.search(view.text) is not None


def _is_urgent(care: Care | None) -> bool:
    return care is not None and care.about != COMFORT


def next_care(view: TurnView, act: Act) -> Care | None:
    """What is still looked after in the next turn."""
    current = view.conversation.care
    if act is Act.SAFEGUARD:
        label = _new_danger(view)
        about = label or (current.about if current is not None else "")
        return Care(about=about, turns=1 if label or current is None else current.turns + 1)
    if act is Act.COMFORT:
        return Care(about=COMFORT, turns=current.turns + 1 if current is not None else 1)
    if act in (Act.MEANING, Act.TRANSLATE, Act.REPEAT, Act.PRIVACY):
        return current
    return None
