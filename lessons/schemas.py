"""Lesson content as authors write it (YAML under content/) and as rooms above read it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Line(_Content):
    """What Pika says or shows, English with its Vietnamese support line."""

    en: str
    vi: str


class Word(_Content):
    """A target word: its Vietnamese, and the picture's name in web/src/pictures ("" when none)."""

    en: str
    vi: str
    picture: str = ""


class Wrong(_Content):
    """A likely wrong answer (same pattern language as `Step.accept`) and what to do about it."""

    match: str
    right: str  # the right form, whole
    vi: str = ""  # one short Vietnamese line on why


StepKind = Literal["warm_up", "meet", "pattern", "practice", "use", "check", "goodbye"]


class Step(_Content):
    """One exchange: what Pika asks, what counts as an answer, what helps.

    `accept` holds answer patterns: plain words match in order ignoring case and punctuation, with
    `*` any words, `(a|b)` a choice, `[x]` optional, `{word}` any target word of the lesson. `open`
    steps accept any English of one or more words as an attempt. `items` names the evidence the step
    gives: "word:cat", "pattern:i-like".
    """

    id: str
    kind: StepKind
    ask: Line
    smaller: Line  # the same question, easier: asked after a hint
    accept: tuple[str, ...] = ()
    open: bool = False
    wrong: tuple[Wrong, ...] = ()
    hints: tuple[Line, ...] = Field(min_length=3, max_length=3)  # from small to large
    model: str  # a model answer
    items: tuple[str, ...] = ()
    card: Word | None = None


class Lesson(_Content):
    """One lesson of 5 to 8 minutes: at least six steps."""

    id: str
    unit: str
    order: int
    version: int = 1
    level: Literal["A1", "A2"]
    title: Line
    topic: Line
    objective: Line
    words: tuple[Word, ...]
    patterns: tuple[str, ...]
    targets: tuple[str, ...] = ()  # grammar error types that are today's target, e.g. "copula", "plural"
    steps: tuple[Step, ...] = Field(min_length=6)


VerdictKind = Literal["right", "wrong", "attempt", "none"]


class Verdict(_Content):
    """How an answer stands to a step. `right`: accepted. `wrong`: a known wrong answer (`wrong` says which).
    `attempt`: English, on the way or unknown. `none`: nothing that could be an answer."""

    kind: VerdictKind
    wrong: Wrong | None = None
    matched: str = ""
    words: tuple[str, ...] = ()  # target words the child used
    confidence: float = Field(ge=0, le=1)


class Position(_Content):
    """Where a learner is: a step of a lesson, how many of its steps, and what the learner has done so far."""

    lesson: Lesson
    step: Step
    index: int  # 0-based index of the step
    done: bool = False  # every lesson is done: this is a review


class DueReview(_Content):
    """An item whose review is due, with a ready question."""

    item: str
    word: Word | None
    ask: Line
    model: str
