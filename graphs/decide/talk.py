"""Decides how the child's own story is followed: what of it is taken up, what is asked, when the lesson goes on."""

import re

from graphs.conversation import ASKED_KEPT, Talk
from graphs.decide.kinds import kinds
from graphs.decide.said_back import is_past
from graphs.decide.view import TurnView
from providers.directive import Act, Answered, Bilingual, Told
from providers.scripted import to_second_person
from tools.schemas import MoodLabel

MAX_QUESTIONS = 2  # of a story in a row; then a question of the lesson
ANSWER_WORDS = 6
STORY_WORDS = 4  # a line of no known kind is a story from here on
WAITS = frozenset({"may_tell"})  # asked of Pika: now the child shall go on
_COMMENTED = frozenset({Act.CHAT, Act.CONFIRM, Act.PROPOSE_FAREWELL, Act.ANSWER, Act.EASE, Act.EXPLAIN})
_NO_NEWS = frozenset({Act.EASE, Act.EXPLAIN})
_CLOSED = ("riddle", "ease", "you_", "one_more", "story")  # games and questions back: one answer ends them
_EASE = "ease_choice"
_LOW: frozenset[MoodLabel] = frozenset({"tired", "sad", "anxious", "frustrated"})
_RIDDLES = ("riddle_cow", "riddle_clock", "riddle_sun", "riddle_fish")
_ASKED_BACK = {
    "riddle": _RIDDLES, "game": _RIDDLES, "story": ("story_then",), "joke": ("one_more",), "eat": ("you_eat",),
    "sleep": ("you_sleep",), "family": ("you_family",), "friends": ("you_friends",), "pets": ("you_pets",),
    "own": ("you_own",), "school": ("you_school",), "sing": ("you_sing",), "dance": ("you_dance",),
    "move": ("you_can",),
    "colour": ("you_colour",), "likes": ("you_like",), "feelings": ("you_feel",), "what_do": ("you_learn",),
}  # fmt: skip
_ANY = ("more_story",)
_QUESTION = re.compile(
    r"\?\s*$|^\W*(?:what|who|where|when|why|how|which|do you|does|did|can you|can i|can we|could|are you|is it|"
    r"tell me)\b",
    re.I,
)
_YES = re.compile(r"^\W*(?:yes|yeah|yep|yup|sure|of course|ok|dạ|vâng|ừ|có|rồi)\b[\s,.!]*", re.I)
_NO = re.compile(r"^\W*(?:no|nope|nah|not yet|never|không|ko|hông|chưa)\b[\s,.!]*", re.I)
_UNSURE = re.compile(
    r"^\W*(?:i |con |em |mình |tớ )?(?:do ?n[o']?t know|dont know|idk|not sure|forget|forgot|không biết|ko biết|"
    r"chưa biết|quên)\b",
    re.I,
)
_BECAUSE = re.compile(r"^\W*(?:because|cause|cuz|so that|vì|tại vì|tại)\b", re.I)
_OVER = re.compile(r"\b(?:trip|story|stories|weekend|holiday|vacation|party|dream|happened|chuyến đi|kỳ nghỉ)\b", re.I)
_SAID_ALREADY = (
    ("who", re.compile(r"\bwith\b|\band (?:i|my)\b|\bme and\b|\bvới\b")),
    ("play_with", re.compile(r"\bwith\b|\bvới\b")),
    ("where", re.compile(r"\b(?:in|at|under|on|near|behind|next to) (?:the|my|our|a|his|her)\b|\bở\b")),
    ("why", re.compile(r"\bbecause\b|\bvì\b")),
    ("like_why", re.compile(r"\bbecause\b|\bvì\b")),
    ("subject_why", re.compile(r"\bbecause\b|\bvì\b")),
    ("animal_why", re.compile(r"\bbecause\b|\bvì\b")),
)


def is_question(text: str) -> bool:
    """Whether a line asks rather than tells."""
    return _QUESTION.search(text) is not None


def answers_talk(view: TurnView) -> bool:
    """Whether the line answers the open question about the child's own story."""
    return bool(view.conversation.talk.question) and bool(view.text.strip()) and not is_question(view.text)


def says_it_does_not_know(view: TurnView) -> bool:
    """ "I don't know" to a question about the child's own story: that is fine, and no cry for help."""
    return answers_talk(view) and len(view.text.split()) <= ANSWER_WORDS and _UNSURE.match(view.text) is not None


def says_yes_or_no(view: TurnView) -> bool:
    """Such an answer with next to nothing else."""
    short = len(view.text.split()) <= ANSWER_WORDS and view.conversation.talk.question != _EASE
    return answers_talk(view) and short and bool(_YES.match(view.text) or _NO.match(view.text))


def follows(view: TurnView, act: Act) -> bool:
    """Whether this turn asks about the child's story instead of the lesson's question."""
    if act is Act.ANSWER:
        return bool(_next_question(view))
    if act is Act.EASE:
        return _may_play(view)
    if act is Act.EXPLAIN:
        return bool(view.conversation.talk.question)
    return act is Act.CHAT and view.conversation.talk.turns < MAX_QUESTIONS and bool(_next_question(view))


def told_in(view: TurnView, act: Act, *, back: Bilingual | None) -> Told | None:
    """What the reply takes up of the line; None where nothing was understood. `back`: the lesson to return to."""
    if act not in _COMMENTED:
        return None
    reading, talk = (None if act in _NO_NEWS else view.told), view.conversation.talk
    ask = _next_question(view, act) if follows(view, act) else ""
    returns = back if act is Act.CHAT and not ask and talk.turns > 0 else None
    answers = talk.question if act is Act.CHAT and _is_answer(view) else ""
    if reading is None and not (answers or ask or returns):
        return None
    told = Told(ask=ask, back=returns, past=talk.past or is_past(view.text.lower(), in_past=False))
    if answers:
        taken_up = {"tone": talk.tone, "answers": answers, "answered": _answered(view), "answer": _answer(view)}
        return told.model_copy(update=taken_up)
    if reading is None:
        return told
    return told.model_copy(
        update={
            "kind": reading.kind.name,
            "tone": reading.kind.tone,
            "past": reading.past,
            "flip": reading.flip,
            "what": reading.what,
            "who": reading.who,
            "where": reading.where,
        }
    )


def next_talk(view: TurnView, act: Act) -> Talk:
    """The story that is followed after this turn."""
    talk = view.conversation.talk
    if not follows(view, act):
        return Talk(asked=talk.asked, past=_goes_on_in_past(view, act))
    question = _next_question(view, act)
    told = None if _is_answer(view) else view.told
    return Talk(
        kind=told.kind.name if told is not None else talk.kind,
        tone=told.kind.tone if told is not None else talk.tone,
        past=(told is not None and told.past) or talk.past or is_past(view.text.lower(), in_past=False),
        question=question,
        turns=talk.turns + 1,
        asked=(*talk.asked, question)[-ASKED_KEPT:],
    )


def _goes_on_in_past(view: TurnView, act: Act) -> bool:
    """Whether what the child tells next is of the past: after "can I tell you about my trip", or past the lesson's
    question in the middle of its story."""
    if view.asked in WAITS:
        return _OVER.search(view.text) is not None
    return act is Act.CHAT and (view.conversation.talk.past or (view.told is not None and view.told.past))


def _is_answer(view: TurnView) -> bool:
    """A short line after a question, or one of no known kind: it answers, and is no new story."""
    if not answers_talk(view):
        return False
    return view.told is None or view.told.kind.name == "did"


def _may_play(view: TurnView) -> bool:
    """A bored child is offered a game; a tired or an upset one is left in peace."""
    low = view.mood is not None and view.mood.mood in _LOW
    return not low and view.conversation.talk.question != _EASE


def _next_question(view: TurnView, act: Act = Act.CHAT) -> str:
    """The first question about the story that was not asked in this session and not answered by the line itself."""
    if act is Act.EASE:
        return _EASE
    if act is Act.EXPLAIN:
        return view.conversation.talk.question
    if view.asked:
        return _play(view)
    if is_question(view.text):
        return ""
    line = view.text.lower()
    asked = view.conversation.talk.asked
    return next((ask for ask in _questions(view) if ask not in asked and not _is_said(ask, line)), "")


def _play(view: TurnView) -> str:
    """The riddle of the game asked for; else what Pika asks back, once ("I only eat electricity! What do you eat?")."""
    asks, asked = _ASKED_BACK.get(view.asked, ()), view.conversation.talk.asked
    fresh = next((ask for ask in asks if ask not in asked), "")
    return fresh or (_RIDDLES[-1] if asks == _RIDDLES else "")


def _questions(view: TurnView) -> tuple[str, ...]:
    talk = view.conversation.talk
    if view.told is not None and not _is_answer(view):
        return view.told.kind.asks
    if talk.question.startswith(_CLOSED):
        return ()
    if answers_talk(view):
        return () if _UNSURE.match(view.text) else _asks_of(talk.kind)
    return _ANY if len(view.text.split()) >= STORY_WORDS else ()


def _asks_of(kind: str) -> tuple[str, ...]:
    return next((known.asks for known in kinds() if known.name == kind), ())


def _is_said(ask: str, line: str) -> bool:
    return any(ask.startswith(begin) and said.search(line) for begin, said in _SAID_ALREADY)


def _answered(view: TurnView) -> Answered:
    known: tuple[tuple[Answered, re.Pattern[str]], ...] = (
        ("dont_know", _UNSURE), ("agreed", _YES), ("denied", _NO), ("because", _BECAUSE),
    )  # fmt: skip
    return next((name for name, pattern in known if pattern.match(view.text)), "said")


def _answer(view: TurnView) -> str:
    """The words of the child's answer, to be taken up; "" where they hold an error or are none."""
    if view.grammar is not None and view.grammar.edits:
        return ""
    return to_second_person(_NO.sub("", _YES.sub("", view.text.strip())).strip(" .!,"))
