"""The Directive: what one coach turn shall do, decided before a word of it is chosen.

It is the seam between deciding (`graphs/plan.py`) and wording: the scripted coach renders it with
templates, a provider's model gets the same Directive in its prompt. It lives here, below both.
"""

from enum import StrEnum
from typing import Any, Literal

from langchain_core.messages import BaseMessage, SystemMessage
from pydantic import BaseModel, ConfigDict, Field

DIRECTIVE_KEY = "directive"


Tone = Literal[
    "glad", "wow", "sorry", "kind", "plain", "yum", "proud", "party", "ouch", "hm", "haha", "plan", "weather", "dream",
    "love",
]  # fmt: skip
Answered = Literal["", "said", "agreed", "denied", "dont_know", "because"]
Unheard = Literal["", "no_speech", "too_noisy", "wrong_sentence", "too_long", "unavailable"]


class Act(StrEnum):
    """What a coach turn is for. Exactly one per turn."""

    GREET = "greet"  # say hello (a new session, or the child greets), then `prompt`
    CONFIRM = "confirm"  # the child answered well: respond to it, then `prompt` (the next step)
    RETRY = "retry"  # not the answer yet: respond, give `hint`, then `prompt` (the same step, smaller)
    MOVE_ON = "move_on"  # enough tries: say `model` together kindly, then `prompt` (the next step)
    EXPLAIN = "explain"  # the child did not understand `previous`: explain it, then `prompt`
    MEANING = "meaning"  # the child asked what `gloss.term` means
    TRANSLATE = "translate"  # the child asked how to say `gloss.term` in the other language
    REPEAT = "repeat"  # say `previous` again
    HELP = "help"  # the child asked for help with the answer: `hint`, then `prompt`
    RECALL = "recall"  # the child asked what the coach remembers: `recall`
    CHAT = "chat"  # the child shares something: respond to it, then one question (`prompt` or about `topic`)
    REDIRECT = "redirect"  # out of scope: friendly, short, then `prompt`
    CHANGE_TOPIC = "change_topic"  # the child wants another topic: `topic`, then `prompt` of the new lesson
    EASE = "ease"  # tired, bored, frustrated, or does not want to: offer less, a choice, or goodbye
    AGAIN = "again"  # the child spoke, and was not heard (`unheard` says why): say so kindly, then `prompt`
    SHOW = "show"  # the child showed a picture: `sight` says what Pika sees; then `prompt`, or a question about it
    WAIT = "wait"  # silence, "um", nothing to work with: wait, then a smaller step
    COMFORT = "comfort"  # sad or anxious: listen; no teaching
    SAFEGUARD = "safeguard"  # danger (`danger` names it): believe, not your fault, tell an adult, 111; no lesson
    CHECK_IN = "check_in"  # the turn after SAFEGUARD or COMFORT: gentle, ready to stop or go on
    PRIVACY = "privacy"  # personal data was shared: keep it safe, never repeat it
    CALM = "calm"  # rude or hateful words: not repeated, not shamed, one calm sentence and on
    STEADY = "steady"  # "ignore your rules", dares, tricks: same Pika, friendly
    ANSWER = "answer"  # the child asks Pika something small (`asked`): answer it in a line or two
    IDENTITY = "identity"  # the child asks who or what Pika is: a robot, and says so
    FAREWELL = "farewell"  # goodbye now; `learned` in one line; no question
    PROPOSE_FAREWELL = "propose_farewell"  # planned time is over: Pika itself offers to finish


class Means(StrEnum):
    """How a correction is given, from the lightest to the heaviest."""

    RECAST = "recast"  # the right form inside a natural reply
    PROMPT = "prompt"  # a choice that lets the child repair it
    EXPLAIN = "explain"  # recast plus one short line in the hint language


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(_Part):
    """One line in English with its Vietnamese support line (either may be empty)."""

    en: str = ""
    vi: str = ""


class Learner(_Part):
    """Whom the words are for."""

    name: str = ""
    age: int | None = None
    level: Literal["A1", "A2"] = "A1"
    address: Literal["bạn", "con"] = "bạn"  # how Pika says "you" in Vietnamese; Pika is "mình"


class Said(_Part):
    """What the child said, as far as the reply may use it."""

    text: str = ""
    language: Literal["en", "vi", "mixed", "other"] = "en"
    english: str = ""  # the English of it where the child said it in Vietnamese and it is known
    topic: str = ""  # the thing it is about, e.g. "diamond sword"; may be named in the reply
    names: tuple[str, ...] = ()  # names of people or pets in it
    mood: str = "neutral"


class Correction(_Part):
    """The one correction of this turn. `recast` is the whole thing said right, ready to be quoted."""

    wrong: str
    right: str
    recast: str
    type: str  # error type, e.g. "tense"
    rule: str = ""  # id of the rule
    means: Means = Means.RECAST
    explanation: Bilingual = Bilingual()
    confidence: float = Field(1.0, ge=0, le=1)


class SoundTip(_Part):
    """How to make one sound (ARPAbet; "" where a whole word was left out), and what to practise it with.

    `word`: the word of the child's sentence it is about. `heard`: what was heard instead ("": left out, None: not
    clear). `how`: tongue, lips, breath. `why`: how the two sounds differ. `pair`: two words that differ in nothing
    else, the asked sound first. `meaning`: whether a listener would often take the word for another.
    """

    sound: str
    spelled: str
    word: str
    heard: str | None = None
    meaning: bool = False
    how: Bilingual
    why: Bilingual | None = None
    pair: tuple[str, str] | None = None
    practise: str = ""  # one easy word
    sentence: str = ""


class Gloss(_Part):
    """A word or sentence and its meaning in the other language."""

    term: str
    en: str = ""
    vi: str = ""
    known: bool = True


class Told(_Part):
    """What the child told, as far as it was understood.

    `kind` names the ready comments on it ("" where only an answer was understood), `flip` is the child's clause said
    back ("your dog ran away"), `what`, `who` and `where` may be named. `answers`: the question (as `ask`, of an earlier
    turn) that this answers, `answered` how, `answer` the words of it. `ask`: the one question about it ("" for none);
    where it is set there is no `prompt`. `back`: the lesson that the reply leads back to, after some turns of the
    child's own story.
    """

    kind: str = ""
    tone: Tone = "plain"
    past: bool = False
    flip: str = ""
    what: Bilingual = Bilingual()
    who: Bilingual = Bilingual()
    where: Bilingual = Bilingual()
    answers: str = ""
    answered: Answered = ""
    answer: str = ""
    ask: str = ""
    back: Bilingual | None = None


class Recall(_Part):
    """The answer to a question about what the child told before. `known` False: say so, never invent."""

    question: str
    answer: str = ""
    about: str = ""  # e.g. "your dog's name"
    quote: str = ""  # what the child said, verbatim
    known: bool = False


class Card(_Part):
    """A word card for the page: the word, its Vietnamese, and the name of an inline picture ("" when none)."""

    word: str
    vi: str = ""
    picture: str = ""


SightKind = Literal["match", "seen", "unsure", "again", "unsafe", "unseen"]


class Sight(_Part):
    """What Pika sees in a picture that the child shows.

    "match": what the lesson asks for. "seen": something else, `word`. "unsure": cannot be told. "again": the same
    picture as before. "unsafe": nothing to look at with a child. "unseen": it could not be opened. `word` is in a
    child's words, with its Vietnamese where that is known; "" where Pika shall not name it. `named`: what the child
    said with the picture names it too.
    """

    kind: SightKind
    word: str = ""
    vi: str = ""
    named: bool = False


class Directive(_Part):
    """Everything a wording model needs for one turn, and nothing it must decide.

    Parts are worded in this order: response to what the child said, `praise`, `correction`, `tip`, what
    the act asks for, `prompt` (the question at the end). At most one of each.
    """

    act: Act
    learner: Learner = Learner()
    said: Said = Said()
    vietnamese: bool = False  # say the support line in Vietnamese as well, this turn
    praise: str = ""  # the good form to name, e.g. "went"; "" for no praise
    correction: Correction | None = None
    tip: SoundTip | None = None  # one sound of what the child said, never beside a correction
    hint: Bilingual | None = None
    model: str = ""  # a model answer to say together
    gloss: Gloss | None = None
    recall: Recall | None = None
    asked: str = ""  # ANSWER: what was asked; a group of templates/answer
    told: Told | None = None  # CHAT, CONFIRM: what the child told, and what is asked about it
    previous: Bilingual | None = None  # the coach's last line, for REPEAT and EXPLAIN
    topic: Bilingual | None = None  # CHANGE_TOPIC: the new topic; GREET: the lesson's, which suits what is remembered
    unheard: Unheard = ""  # AGAIN: why
    sight: Sight | None = None  # SHOW: what is in the picture; CONFIRM, CHAT: one came with the words
    danger: str = ""  # safety label, for SAFEGUARD
    follow_up: bool = False  # SAFEGUARD or COMFORT goes on: the first words were said already
    prompt: Bilingual | None = None  # the question at the end; None: no question
    card: Card | None = None
    learned: tuple[str, ...] = ()  # FAREWELL: words met or used today
    well_said: str = ""  # FAREWELL: a sentence that the child said well today
    returning: bool = False  # GREET: the child was here before
    remember: Recall | None = None  # GREET: one remembered thing to mention
    recent: tuple[str, ...] = ()  # sentences of the last ten coach turns: do not repeat one
    variant: int = 0  # seed of the choice between equally good wordings: differs from turn to turn


def directive_message(directive: Directive, instructions: str) -> SystemMessage:
    """The system message that carries a Directive: `instructions` for provider models, itself for the scripted one."""
    return SystemMessage(content=instructions, additional_kwargs={DIRECTIVE_KEY: directive.model_dump(mode="json")})


def directive_of(messages: list[BaseMessage]) -> Directive | None:
    """The Directive carried by the last message that has one."""
    for message in reversed(messages):
        carried: Any = message.additional_kwargs.get(DIRECTIVE_KEY)
        if carried is not None:
            return Directive.model_validate(carried)
    return None
