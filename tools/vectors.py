"""What the sentence classifiers ask of an embedding model."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

READ_CHARACTERS = 400  # intent and mood show early; one cut for all, so that they share one cached vector


class Encoder(Protocol):
    """`providers.embeddings.E5` is one. Unit vectors of shape (len(texts), dimensions), safe from several threads."""

    def encode(self, texts: Sequence[str], *, query: bool) -> NDArray[np.float32]: ...
