"""What a thread remembers of itself between turns, beside its messages."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from providers.directive import Bilingual, Tone

RECENT_TURNS = 10
ASKED_KEPT = 8
SESSION_GAP = timedelta(minutes=30)


class Care(BaseModel):
    """A worry that is being looked after: the safety label (or "comfort") and for how many turns already."""

    model_config = ConfigDict(frozen=True)

    about: str
    turns: int = 1


class Talk(BaseModel):
    """The child's own story that is being followed: its kind and tone, the question open about it, for how many turns.

    `asked`: the questions of this session, newest last, at most `ASKED_KEPT`.
    """

    model_config = ConfigDict(frozen=True)

    kind: str = ""
    tone: Tone = "plain"
    past: bool = False
    question: str = ""
    turns: int = 0
    asked: tuple[str, ...] = ()


class Conversation(BaseModel):
    """The thread's own memory: where the lesson stands, how corrections are paced, what was said lately."""

    model_config = ConfigDict(frozen=True)

    lesson_id: str = ""
    step_id: str = ""
    asked: bool = False  # the step's question was put to the child
    tries: int = 0  # answers to this step that were not right
    hints: int = 0  # hints given on this step
    started_at: datetime | None = None  # of this session
    last_at: datetime | None = None
    turns: int = 0
    session_turns: int = 0
    error_turns_uncorrected: int = 0  # error turns let pass since the last correction
    corrections_running: int = 0  # consecutive turns that were corrected
    not_understood: int = 0  # consecutive turns the child did not understand
    care: Care | None = None
    talk: Talk = Talk()
    farewell_proposed: bool = False
    last_act: str = ""
    asked_of: str = ""  # what the child asked Pika itself in the last turn
    recast: str = ""  # the sentence that the last reply corrected, said right
    review: str = ""  # the item a review question was just asked about
    reviewed: bool = False  # this session already had its review
    tips: tuple[str, ...] = ()  # sounds that got a tip in this session
    practise: str = ""  # the word that the last reply's tip asked to be said again
    pictures: tuple[str, ...] = ()  # fingerprints of what the child showed, newest last
    previous: Bilingual = Bilingual()  # the coach's last reply
    recent: tuple[tuple[str, ...], ...] = ()  # sentences of the last turns, oldest first

    def opened(self, now: datetime) -> "Conversation":
        """The conversation as it stands when a turn arrives: a long silence starts a new session."""
        if self.last_at is not None and now - self.last_at < SESSION_GAP:
            return self
        return self.model_copy(
            update={
                "started_at": now,
                "session_turns": 0,
                "farewell_proposed": False,
                "corrections_running": 0,
                "error_turns_uncorrected": 0,
                "asked": False,
                "review": "",
                "reviewed": False,
                "tips": (),
                "practise": "",
                "talk": Talk(),
            }
        )

    def cut_off(self) -> "Conversation":
        """The conversation when the reply ended early: its question, which comes last, was not put to the child."""
        talk = self.talk.model_copy(update={"question": ""})
        return self.model_copy(update={"asked": False, "review": "", "talk": talk})

    def spoken(self, sentences: tuple[str, ...], previous: Bilingual, now: datetime) -> "Conversation":
        """The conversation after the coach's reply."""
        return self.model_copy(
            update={
                "recent": (*self.recent, sentences)[-RECENT_TURNS:],
                "previous": previous,
                "last_at": now,
                "turns": self.turns + 1,
                "session_turns": self.session_turns + 1,
            }
        )
