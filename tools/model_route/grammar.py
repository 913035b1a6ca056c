"""Grammar by a model: it may add corrections to those of the rules, each of them small and in its place."""

import re
from collections.abc import Sequence

from tools.grammar.types import ErrorType
from tools.model_route.task import Refused, Shape, Task
from tools.safety.outgoing import check_sentence
from tools.schemas import Edit, GrammarAnswer, TextRequest
from tools.text import has_marks

CONFIDENCE = 0.75  # of a correction that only the model makes; not measured with any provider
MOST_WORDS = 6  # in one correction, on either side
MOST_CHANGED = 0.6  # share of the text's words: more is a rewriting, not a correction
LONGEST_EXPLANATION = 160
_WRITTEN = re.compile(r"[A-Za-z0-9' ,.?!-]+")
_LETTERS = re.compile(r"[^a-z0-9' ]")


class ModelEdit(Shape):
    """`wrong` as it stands in the text, `right` in its place."""

    wrong: str
    right: str
    type: ErrorType
    explanation_en: str
    explanation_vi: str


class ModelGrammar(Shape):
    """Corrections in the order of the text; none for a text that is right."""

    edits: list[ModelEdit]


def settle(request: TextRequest, embedded: GrammarAnswer, shaped: ModelGrammar, source: str) -> GrammarAnswer:
    """The rules' corrections, and the model's where the rules make none."""
    placed = _placed(request.text, shaped.edits, source)
    added = [edit for edit in placed if not any(_meet(edit, known) for known in embedded.edits)]
    edits = tuple(sorted((*embedded.edits, *added), key=lambda edit: edit.start))
    changed = sum(len(edit.wrong.split()) for edit in edits)
    if added and changed > max(2, MOST_CHANGED * len(request.text.split())):
        raise Refused("it rewrites the text")
    return GrammarAnswer(
        corrected=_corrected(request.text, edits),
        edits=edits,
        confidence=min((edit.confidence for edit in edits), default=embedded.confidence),
        source=source,
    )


def _placed(text: str, edits: Sequence[ModelEdit], source: str) -> list[Edit]:
    at, placed = 0, []
    for edit in edits:
        found = re.compile(rf"(?<!\w){re.escape(edit.wrong)}(?!\w)").search(text, at) if edit.wrong.strip() else None
        if found is None:
            raise Refused("a correction is not in the text")
        at = found.end()
        if _is_correction(edit):
            placed.append(_edit(edit, found.start(), source))
    return placed


def _is_correction(edit: ModelEdit) -> bool:
    """Capitals and punctuation are no errors of speech; Vietnamese words are not touched."""
    if has_marks(edit.wrong):
        raise Refused("it corrects Vietnamese")
    if not _WRITTEN.fullmatch(edit.right) or max(len(edit.wrong.split()), len(edit.right.split())) > MOST_WORDS:
        raise Refused("a correction is too long or not English")
    return _spoken(edit.wrong) != _spoken(edit.right)


def _spoken(text: str) -> list[str]:
    return _LETTERS.sub("", text.lower()).split()


def _edit(edit: ModelEdit, start: int, source: str) -> Edit:
    return Edit(
        start=start,
        end=start + len(edit.wrong),
        wrong=edit.wrong,
        right=edit.right,
        type=edit.type,
        rule=source,
        confidence=CONFIDENCE,
        explanation_en=_sayable(edit.explanation_en),
        explanation_vi=_sayable(edit.explanation_vi),
    )


def _sayable(explanation: str) -> str:
    return explanation if len(explanation) <= LONGEST_EXPLANATION and not check_sentence(explanation) else ""


def _meet(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end


def _corrected(text: str, edits: Sequence[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.right + text[edit.end :]
    return text


GRAMMAR = Task("tool_grammar", ModelGrammar, settle, exact=True)
