"""Request and answer of the summary tool."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.ports import ToolAnswer, ToolRequest
from tools.turns import Turns

Audience = Literal["coach", "child", "parent"]
SummaryLanguage = Literal["vi", "en"]
Topic = Literal["practised", "went_well", "practise", "likes", "told", "mood", "grown_up", "quiet"]


class SummaryRequest(ToolRequest):
    """One conversation, oldest turn first. `name`: the child's, as it should be written ("" to do without)."""

    turns: Turns
    audience: Audience = "parent"
    language: SummaryLanguage = "vi"
    name: str = Field("", max_length=40, pattern=r"^[^<>{}\n]*$")


class SummarySentence(BaseModel):
    """`turns`: numbers of the turns that the sentence stands on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: Topic
    text: str
    turns: tuple[int, ...]


class SummaryAnswer(ToolAnswer):
    """`needs_grown_up`: something was said that the person responsible for safeguarding must see.

    It is for the service, whoever the summary is for, and not to be shown at home: harm may come from there.
    """

    sentences: tuple[SummarySentence, ...]
    text: str
    needs_grown_up: bool = False
