"""Recognises what a child asks Pika itself, which has a short honest answer."""

import re

from graphs.decide.view import TurnView
from providers.directive import Gloss
from providers.scripted.cues import cue

_NOT_SPELT = frozenset({"it", "that", "this", "the", "word", "a", "your", "my", "name", "me"})
_OPENING = re.compile(r"^\W*(?:(?:hey|hi|hello|ok|okay|haha|oh|so|and|but|pika|robot|um+)\b[\s,.!]*)+", re.I)
_MORE = re.compile(
    r"^\W*(?:(?:haha|hehe|lol|ok|yes|please|tell me)\b[\s,!.]*)*(?:one more|another( one)?|again|more|nữa( đi)?|"
    r"thêm)\b",
    re.I,
)
_YES = re.compile(r"^\W*(?:yes|yeah|yep|sure|ok|okay|please|có|dạ|ừ)\b", re.I)
_WHY = re.compile(r"^why (?:is|are|do|does|did|can) (?!it\b|that\b|this\b|i\b)\w+ \w+", re.I)
_TELLS = re.compile(r"\btell\b|\bkể\b", re.I)
_AGAIN = frozenset({"joke", "riddle", "story"})
_TOLD_BACK = frozenset(
    {"may_tell", "luck", "love", "opposite", "spell", "thanks"}
)  # plain without the form of a question
_ASKS = re.compile(
    r"\?|^(?:what|who|where|when|why|how|which|do|does|did|can|could|are|r|is|will|may|have|tell|say|sing|spell|"
    r"let|give|know|"
    r"a riddle|a joke|riddle|joke|another)\b|\b(?:không|hông|ko|gì|chưa|hả|đi|sao|đâu|nhé|nha|kể|đố)\b",
    re.I,
)
SPELT = re.compile(
    r"(?:spell(?: the word)?|spelling of|đánh vần(?: (?:từ|chữ))?) [\"'“]?(?P<term>[a-z]{2,14})|"
    r"(?P<before>[a-z]{2,14}) đánh vần",
    re.I,
)
OPPOSITE = re.compile(
    r"(?:opposite (?:of|word of|for|to)|trái nghĩa (?:với|của|từ)(?: từ)?) [\"'“]?(?P<term>[a-z]{2,14})", re.I
)
MEANS = re.compile(
    r"^\W*(?:(?:so|is|does|vậy|thì|từ|chữ)\s+)*[\"'“]?(?P<term>[a-z][a-z ]{1,20}?)[\"'”]?\s+(?:có nghĩa )?(?:là|"
    r"la|nghĩa là|means?|mean|is)\s+(?:in vietnamese )?"
    r"[\"'“]?(?P<meaning>[^?\"'”]{2,30}?)[\"'”]?\s*,?\s*(?:(?:đúng|phải|dung|phai|right|correct)\s*(?:không|ko|"
    r"hông|hong|khong|k|hả|ha)?)\W*$",
    re.I,
)


def asked_of(view: TurnView) -> str:
    """Name of the ready answer (templates/answer) that the line asks for; "" for none."""
    text = _OPENING.sub("", view.text)
    if view.checks is not None:
        return "meaning_yes" if view.checks else "meaning_no"
    if view.conversation.talk.question == "ease_choice" and _YES.match(view.text):
        return "game"
    more = _MORE.match(view.text) or (view.conversation.talk.question == "one_more" and _YES.match(view.text))
    if more and view.conversation.asked_of in _AGAIN:
        return view.conversation.asked_of
    name = cue("asks", text) or ("unsure" if _WHY.match(text) else "")
    if not name or (name not in _TOLD_BACK and not _ASKS.search(text)):
        return ""
    wishes_topic = view.intent is not None and view.intent.intent == "change_topic"
    if name == "may_tell" and wishes_topic and not _TELLS.search(text):
        return ""
    if name == "right":
        return _right(view)
    return "" if name in ("spell", "opposite") and answer_gloss(view, name) is None else name


def answer_gloss(view: TurnView, name: str) -> Gloss | None:
    """The word that an answer is about, and what is said of it (`en`); None where there is none."""
    if name in ("meaning_yes", "meaning_no") and view.checked is not None:
        return Gloss(term=view.checked.en, en=view.checked.en, vi=view.checked.vi)
    if name == "right_no" and view.grammar is not None:
        return Gloss(term="", en=quoted(view.grammar.corrected) or view.conversation.recast)
    if name == "opposite":
        return Gloss(term=_term(OPPOSITE, view), en=view.opposite) if view.opposite else None
    word = _term(SPELT, view)
    if name != "spell" or not word or word.lower() in _NOT_SPELT:
        return None
    return Gloss(term=word.lower(), en="-".join(word.upper()))


def quoted(text: str) -> str:
    """What stands in quotation marks; "" where nothing does."""
    found = re.search(r"[\"'“‘](.{2,80})[\"'”’]", text)
    return found[1].strip() if found else ""


def means_check(text: str) -> tuple[str, str]:
    """The word and the meaning that a line asks to have confirmed ("fish là con cá đúng không"); two "" for none."""
    found = MEANS.match(text)
    return (found["term"].strip(), found["meaning"].strip()) if found else ("", "")


def opposite_of(text: str) -> str:
    """The word whose opposite is asked for; "" for none."""
    found = OPPOSITE.search(text)
    return found["term"].lower() if found else ""


def _right(view: TurnView) -> str:
    if quoted(view.text):
        return "right_no" if view.grammar is not None and view.grammar.edits else "right_yes"
    return "right_no" if view.conversation.recast else "right_yes"


def _term(pattern: re.Pattern[str], view: TurnView) -> str:
    found = pattern.search(view.text)
    return next((word for word in found.groups() if word), "") if found else ""
