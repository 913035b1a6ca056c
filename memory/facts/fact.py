"""A fact a learner told, and the port of whatever finds facts in a turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from memory.ports import Kind, Said
from memory.records import Record


@dataclass(frozen=True, slots=True)
class Fact:
    """`key` names what the fact is about ("pet:dog:name"); a single-valued key holds one live value, a
    multi-valued one carries its value in the key ("me:likes:noodles"). `about` is said to the child:
    "your dog's name". `denied`: the child took it back. `on`: ISO date of an event. `doubt`: why it must not be
    believed ("story", "joke", "order", ...), "" when nothing speaks against it."""

    key: str
    value: str
    about: str
    quote: str
    on: str = ""
    denied: bool = False
    doubt: str = ""
    kind: Kind = "semantic"
    confidence: float = 0.9

    @property
    def text(self) -> str:
        return f"{self.about}: {self.value}" if self.value else self.about


class Extractor(Protocol):
    """Finds the facts in a turn. `recent` holds the learner's memories of the same talk, oldest first.

    Pure and quick for rules; an implementation over a model answers the same question.
    """

    def __call__(self, said: Said, recent: Sequence[Record]) -> Sequence[Fact]: ...
