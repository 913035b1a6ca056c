"""Requests and answers of the image tools."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.ports import ToolAnswer, ToolRequest

ImageStatus = Literal["ok", "nothing_known"]
Verdict = Literal["yes", "no", "unsure"]
Safety = Literal["not_judged", "safe", "unsafe"]
FINGERPRINT = r"^[0-9a-f]{16}$"
LIMIT_BYTES = 8 * 1024 * 1024
_LONGEST = LIMIT_BYTES * 4 // 3 + 512  # base64 and the head of a data: URL


class ImageRequest(ToolRequest):
    """`image_url`: a data: or http(s) URL, stored:ID, or the file's bytes in base64."""

    image_url: str = Field(min_length=1, max_length=_LONGEST)


class ImageMatchRequest(ImageRequest):
    """`word`: what was asked for ("" to ask for nothing). `known`: fingerprints of pictures seen before."""

    word: str = Field("", max_length=60)
    known: tuple[Annotated[str, Field(pattern=FINGERPRINT)], ...] = Field((), max_length=1000)


class Guess(BaseModel):
    """One thing the picture may show. `wider`: what such a thing also is, nearest first ("pet", "animal")."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    word: str
    confidence: float = Field(ge=0, le=1)
    wider: tuple[str, ...] = ()


class ImageAnswer(ToolAnswer):
    """`guesses` are best first; none when nothing in the picture is known (status "nothing_known").

    `colours` are the large ones, largest first; `fingerprint` is a 64-bit perceptual hash in hexadecimal. `safety` is
    "not_judged" by the embedded route: it has no classifier that could.
    """

    status: ImageStatus
    guesses: tuple[Guess, ...] = ()
    colours: tuple[str, ...] = ()
    fingerprint: str
    width: int
    height: int
    safety: Safety = "not_judged"


class ImageMatchAnswer(ToolAnswer):
    """`match`: does the picture show `word`; "unsure" where it was not asked or cannot be told.

    `confidence` is that of `match`, `seen_confidence` that of `seen`. `same_as`: the nearest of `known`, when it is the
    same picture again ("" otherwise).
    """

    match: Verdict
    seen: str = ""  # what it shows instead, or as well, in a child's word
    seen_confidence: float = Field(0.0, ge=0, le=1)
    same_as: str = ""
    fingerprint: str
    safety: Safety = "not_judged"
