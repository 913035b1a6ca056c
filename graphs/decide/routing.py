"""Decides what a turn is for: the first route that applies."""

import re
from collections.abc import Callable

from graphs.decide.care import care_act
from graphs.decide.lesson import TRIES_BEFORE_MOVING_ON
from graphs.decide.pacing import time_is_over
from graphs.decide.sight import asks_what_it_is
from graphs.decide.talk import answers_talk, says_it_does_not_know, says_yes_or_no
from graphs.decide.view import TurnView
from providers.directive import Act
from tools.schemas import IntentLabel, MoodLabel

SHORT_ANSWER_WORDS = 3
WEARY_WORDS = 5  # a longer line is only weary where it says so
_WEARY: frozenset[MoodLabel] = frozenset({"tired", "bored", "frustrated"})
_WEARY_CONFIDENCE = 0.6
INTENT_CONFIDENCE = 0.45  # below it a guess is not acted on: the turn is taken as talk
_HESITATION = re.compile(r"^\W*((u+m+|u+h+|e+r+|h+m+|ờ+|ừ+m*|à+)\W*)*$", re.I)
_YES = re.compile(r"^\W*(yes|yeah|yep|ok|okay|sure|dạ|vâng|ừ|có|được)\b", re.I)
_OF_ITSELF = re.compile(
    r"\b(i|we) (have|had|like|love|play|played|am|was|got|saw|see|lost|lose|win|won|go|went)\b"
    r"|\b(i|we) (make|made|eat|ate|watch|watched)\b|\bmy\b|\b(con|em|tớ|mình) (có|thích|chơi|xem|ăn|đi|được)\b",
    re.I,
)
_ASKS = re.compile(r"^\W*(what|who|where|when|why|how|which|can you|could you|tell me|ai|cái gì|tại sao|sao)\b", re.I)
_OF_ITS_OWN = re.compile(
    r"^\W*(what|who|where|when|how|which)\b.*\bmy (?!answer|sentence|english|word|homework|turn|name\b)\w+", re.I
)
_HOMEWORK = re.compile(
    r"^\W*(please |pls |now |can you |ok )*(write|do|finish|make|answer)\b.*\bfor me\b|\b(my|the) homework for me\b"
    r"|\b(viết|làm) (giúp|hộ|dùm|giùm)\b",
    re.I,
)
_WANTED_OF_IT = re.compile(  # somebody asks the child for what it should keep
    r"\b(asks?|asked|asking|wants?|wanted) .*\b(my|me for (a|the)) (password|address|phone|number|photo|picture)"
    r"|\b(give|gave|tell|told|send|sent) .*\bmy (password|address|phone)"
    r"|\b(hỏi|xin|đòi|cho|gửi)\b.*\b(mật khẩu|địa chỉ|số điện thoại)",
    re.I,
)
_LEAVES = re.compile(r"\b((can|may) i (go|leave|stop)|i (have to|must|need to|gotta|should) go)( now| home)?\W*$", re.I)
_STOPS = re.compile(
    r"^\W*(no|nope|nah|stop|enough|không|ko|hông|thôi|nghỉ|dừng)\W*(thanks?|thank you|more|đi|ạ|nữa)?\W*$", re.I
)
_WEARY_WORDS = re.compile(
    r"\b(bor(ed|ing)|tired|sleepy|hard|difficult|hate|stop|enough|chán|mệt|buồn ngủ|khó|ghét|thôi|nghỉ)\b", re.I
)
_STORY_END = re.compile(r"\b(that'?s|that is|it'?s|it is) the end\b|\bhết (chuyện|truyện) rồi\b", re.I)
_WAS = re.compile(r"\b(was|were|yesterday|last|hôm qua|lúc đó)\b", re.I)
_PRIVATE = re.compile(
    r"\b(address|phone|password|số điện thoại|so dien thoai|địa chỉ|dia chi|mật khẩu|mat khau|e-?mail)\b", re.I
)

Route = tuple[Act, Callable[[TurnView], bool]]


def route(view: TurnView) -> Act:
    """The act of this turn."""
    cared = care_act(view)
    if cared is not None:
        return cared
    return next((act for act, applies in _ROUTES if applies(view)), Act.CHAT)


def _intent_is(*labels: IntentLabel) -> Callable[[TurnView], bool]:
    return lambda view: (
        view.intent is not None and view.intent.intent in labels and view.intent.confidence >= INTENT_CONFIDENCE
    )


def _is_silent(view: TurnView) -> bool:
    return _HESITATION.match(view.text) is not None


def _shows(view: TurnView) -> bool:
    """A picture that is not for a child, that came without words, or that the child asks about."""
    if view.sight is None:
        return False
    return view.sight.kind == "unsafe" or _is_silent(view) or asks_what_it_is(view.text)


def _says_goodbye(view: TurnView) -> bool:
    if _LEAVES.search(view.text):
        return True
    if _intent_is("goodbye")(view):
        return _STORY_END.search(view.text) is None
    offered = view.conversation.last_act
    if offered == Act.PROPOSE_FAREWELL and _YES.match(view.text):
        return True
    return offered == Act.EASE and _does_not_want(view) and _STOPS.match(view.text) is not None


def _does_not_want(view: TurnView) -> bool:
    return _intent_is("refuse")(view)


def _is_weary(view: TurnView) -> bool:
    if _answers(view, "right") or _WAS.search(view.text) is not None:  # tired then, not now
        return False
    tells = view.told is not None or answers_talk(view) or len(view.text.split()) > WEARY_WORDS
    if tells and _WEARY_WORDS.search(view.text) is None:  # somebody in its story is, perhaps
        return False
    return view.mood is not None and view.mood.mood in _WEARY and view.mood.confidence >= _WEARY_CONFIDENCE


def _asks_private(view: TurnView) -> bool:
    return _PRIVATE.search(view.text) is not None and (_asks_memory(view) or view.remembered is not None)


def _asks_memory(view: TurnView) -> bool:
    return view.intent is not None and view.intent.asks_memory


def _remembers(view: TurnView) -> bool:
    """A question with an answer in memory; a question about a word is not one about the past."""
    if view.remembered is None or not view.remembered.known:
        return False
    return _asks_memory(view) or not _intent_is("ask_meaning", "ask_translation")(view)


def _wants_vietnamese(view: TurnView) -> bool:
    """ "Speak Vietnamese, please": with nothing named, it is the coach's own line that shall be said so."""
    names_nothing = view.gloss is None and not view.term and not view.english
    return _intent_is("ask_translation")(view) and names_nothing and bool(view.conversation.previous.en)


def _answers(view: TurnView, *kinds: str) -> bool:
    return view.verdict is not None and view.verdict.kind in kinds


def _wants_known_topic(view: TurnView) -> bool:
    return _intent_is("change_topic")(view) and view.wanted is not None


def _wants_free_talk(view: TurnView) -> bool:
    """About something that no lesson is about."""
    return _intent_is("change_topic")(view) and view.told is not None


def _opens(view: TurnView) -> bool:
    return (
        view.starts_session and (_intent_is("greet")(view) or view.conversation.turns == 0) and _is_plain_opening(view)
    )


def _is_plain_opening(view: TurnView) -> bool:
    """A first line without matter of its own: "hi", "let's learn"."""
    return (
        _intent_is("greet", "answer", "small_talk")(view)
        and view.told is None
        and len(view.text.split()) <= 4
        and not _answers(view, "right")
    )


def _answers_well(view: TurnView) -> bool:
    return _answers(view, "right") or (_answers(view, "attempt") and view.position.step.open)


def _is_short(view: TurnView) -> bool:
    return len(view.text.split()) <= SHORT_ANSWER_WORDS


def _names_something(view: TurnView) -> bool:
    """ "football" to another question: something to respond to, not a failed answer."""
    return view.intent is not None and bool(view.intent.topic)


def _keeps_failing(view: TurnView) -> bool:
    """Three answers that were not it. A story instead of an answer is a story, not a failure."""
    missed = _answers(view, "wrong", "none") or (_answers(view, "attempt") and _is_short(view))
    return missed and view.conversation.tries >= TRIES_BEFORE_MOVING_ON


def _said_it_in_vietnamese(view: TurnView) -> bool:
    return _answers(view, "none") and bool(view.english)


def _shares(view: TurnView) -> bool:
    return view.verdict is None or _intent_is("small_talk", "off_topic")(view)


def _tells_of_itself(view: TurnView) -> bool:
    """Off the topic, but of the child's own life: that is answered, not redirected."""
    if _ASKS.match(view.text) is not None:
        return False
    return view.told is not None or answers_talk(view) or _OF_ITSELF.search(view.text) is not None


_ROUTES: tuple[Route, ...] = (
    (Act.SHOW, _shows),
    (Act.AGAIN, lambda view: view.unheard != ""),
    (Act.WAIT, _is_silent),
    (Act.FAREWELL, _says_goodbye),
    (Act.PRIVACY, _asks_private),
    (Act.PRIVACY, lambda view: _WANTED_OF_IT.search(view.text) is not None),
    (Act.ANSWER, lambda view: view.asked != ""),
    (Act.IDENTITY, lambda view: view.intent is not None and view.intent.asks_coach),
    (Act.RECALL, _remembers),
    (Act.CHAT, says_it_does_not_know),
    (Act.MEANING, _intent_is("ask_meaning")),
    (Act.EXPLAIN, _wants_vietnamese),
    (Act.TRANSLATE, _intent_is("ask_translation")),
    (Act.RECALL, lambda view: view.remembered is not None and _asks_memory(view)),
    (Act.REPEAT, lambda view: _intent_is("ask_repeat")(view) and view.told is None),
    (Act.EXPLAIN, _intent_is("dont_understand")),
    (Act.HELP, lambda view: _intent_is("ask_help")(view) or _HOMEWORK.search(view.text) is not None),
    (Act.CHANGE_TOPIC, _wants_known_topic),
    (Act.CHAT, lambda view: says_yes_or_no(view) or _wants_free_talk(view)),
    (Act.CHAT, lambda view: view.told is not None and view.told.kind.name == "story_end"),
    (Act.RECALL, lambda view: not _answers(view, "right") and _OF_ITS_OWN.search(view.text) is not None),
    (Act.EASE, lambda view: _does_not_want(view) or _is_weary(view)),
    (Act.GREET, _opens),
    (Act.REDIRECT, lambda view: _intent_is("off_topic")(view) and not _tells_of_itself(view)),
    (Act.PROPOSE_FAREWELL, time_is_over),
    (Act.CONFIRM, _answers_well),
    (Act.CHAT, lambda view: view.sight is not None),
    (Act.CHAT, lambda view: answers_talk(view) or (view.told is not None and _said_it_in_vietnamese(view))),
    (Act.TRANSLATE, _said_it_in_vietnamese),
    (Act.GREET, _intent_is("greet")),
    (Act.MOVE_ON, _keeps_failing),
    (Act.CHAT, _shares),
    (Act.CHAT, lambda view: view.is_vietnamese and _answers(view, "none") and _tells_of_itself(view)),
    (Act.RETRY, lambda view: _answers(view, "wrong", "none") or (_is_short(view) and not _names_something(view))),
    (Act.CHAT, lambda view: True),
)
