"""What rooms above may ask of models."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol, TypedDict

import numpy as np
import numpy.typing as npt
from langchain_core.messages import AnyMessage

from providers.directive import Directive

Vector = npt.NDArray[np.float32]
Matrix = npt.NDArray[np.float32]


class Sentence(TypedDict):
    """One sentence of a reply as it streams: text, its Vietnamese support line ("" when none), who worded it.

    `message_id` is the id of the model's message it belongs to: one reply may fall back to a second model.
    """

    text: str
    vi: str
    provider: str
    message_id: str


class Wording(Protocol):
    """Words a Directive, sentence by sentence."""

    def sentences(
        self, directive: Directive, instructions: str, history: Sequence[AnyMessage]
    ) -> AsyncIterator[Sentence]:
        """Streams the reply to the end of `history`; `instructions` is the Directive put for a provider's model.

        Recovers from a failing provider before its first sentence; the scripted coach is last and does not fail.
        """
        ...


class Embedder(Protocol):
    """Turns sentences into unit vectors of `dimensions` float32, English and Vietnamese in one space.

    Cosines are comparable only within one `version` (model, quantisation and centring).
    """

    @property
    def version(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    async def query(self, text: str) -> Vector:
        """Vector of something asked or said now. Concurrent and repeated calls for one text share one computation."""
        ...

    async def passages(self, texts: Sequence[str]) -> Matrix:
        """Vectors of things to be found, shape (len(texts), dimensions)."""
        ...
