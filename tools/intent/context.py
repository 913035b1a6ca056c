"""What the coach's previous line says about the child's next one."""

import re
from dataclasses import dataclass

from tools.loose import loose
from tools.schemas import IntentLabel
from tools.text import fold, words

ECHO = 16.0  # decisive: a drilled "see you later" is no goodbye
_PROMPT = re.compile(
    r"\?|\b(?:say|repeat|tell|describe|make|use|read|write|spell|put|choose|listen|try|show|count|sing|name|talk)\b"
)
_YES_NO = re.compile(r"\b(?:do|does|did|are|is|was|were|can|could|have|has|will|would|shall|should)\b[^.!?]*\?\s*$")
_WH = re.compile(r"\b(?:what|where|when|who|whose|why|how|which)\b[^.!?]*\?\s*$")
_YES_NO_REPLY = re.compile(
    r"^(?:um+ |uh+ |oh )*(?:yes|yeah|yep|no|nope|sure|da|vang|co|khong|roi|chua|u|ko|of course)\b"
    r"(?! (?:way|thanks|more|dau))"
)
_INTERROGATIVE = (
    r"\w+ \w+ \w+ .*\?"
    r"|^(?:what|where|who|when|why|how|which|can (?:you|i|we)|could (?:you|i|we)|do you|are you|will you)\b"
    r"|\b(?:là gì|gì vậy|gì thế|tại sao|vì sao|bao nhiêu|thế nào|nên \w+ (?:gì|ai|nào)|được không|có \w+ không)\b"
)
_DRILL = re.compile(
    r"\b(?:say|repeat|read|listen|try|word|sentence)\b[^.!?:]{0,20}[:'\"]"
    r"|^(?:now |please |can you |ok |let's )*(?:say|repeat)\b"
)


@dataclass(frozen=True)
class Context:
    """The coach's line, folded, and the features that the classifier sees of it."""

    line: str

    @property
    def asks(self) -> bool:
        """Whether the line wants an answer."""
        return bool(_PROMPT.search(self.line))

    @property
    def yes_no(self) -> bool:
        return bool(_YES_NO.search(self.line)) and not _WH.search(self.line)


def read(line: str) -> Context:
    return Context(fold(line))


def adjustments(context: Context, spelled: str, patterned: bool) -> dict[IntentLabel, float]:
    """Log-odds from how the child's line fits the coach's.

    An echo, or a yes or no to a question that wants one, is an answer; "what is X" asks about the coach's word X.

    `patterned` says that some phrase pattern matched the child's line.
    """
    said = words(fold(spelled))
    gains: dict[IntentLabel, float] = {}
    if _echo(context, said):
        gains["answer"] = ECHO
    elif loose(_INTERROGATIVE).search(spelled):
        gains["answer"] = -1.5
    elif context.asks and not patterned:
        gains["answer"] = 1.2
    if context.yes_no and _YES_NO_REPLY.search(fold(spelled)):
        gains["answer"] = gains.get("answer", 0.0) + 2.5
    if term := _bare_what(spelled):
        gains["ask_meaning"] = 4.0 if set(words(fold(term))) & set(words(context.line)) else 1.5
    return gains


def _echo(context: Context, said: list[str]) -> bool:
    """A drill's words said back, or one of the choices that the question offers."""
    if not said or len(said) > 12:
        return False
    whole, asked = f" {' '.join(said)} ", f" {' '.join(words(context.line))} "
    if whole not in asked:
        return False
    return bool(_DRILL.search(context.line)) or (" or " in context.line and len(said) <= 3)


_BARE_WHAT = re.compile(
    r"^(?:what(?:'s| is| are| does)?|wat is)(?: an?| the)? \"?(?P<en>[a-z' -]{3,25})\"?\W*$"
    r"|^(?:từ |chữ )?\"?(?P<vi>[a-z' -]{2,25}?)\"? "
    r"(?:là (?:bị )?(?:gì|sao|làm sao|con gì|cái gì|như thế nào|what)|nghĩa là)\b"
)
_NOT_TERMS = re.compile(r"\b(?:your|my|you|it|that|this|time|name|i|do|nay|do|day|cai|con|ban|minh)\b")


def _bare_what(spelled: str) -> str:
    """The term of a bare "what is X" or "X là gì", "" when the line is not one."""
    found = _BARE_WHAT.search(spelled)
    term = (found["en"] or found["vi"] or "") if found else ""
    return "" if _NOT_TERMS.search(term) else term
