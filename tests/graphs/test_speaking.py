"""A reply said sentence by sentence: what goes out together, what it leaves when it ends early."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import pytest

from graphs.services import TurnContext
from graphs.speaking import speak
from providers.ports import Sentence


def sentence(text: str) -> Sentence:
    return {"text": text, "vi": "", "provider": "test", "message_id": "m1"}


class Listener(TurnContext):
    """Keeps what it was told: the sentences of each call, and whether the reply's ending came with them."""

    def __init__(self, said: Sequence[str] = (), refuses: bool = False) -> None:
        super().__init__()
        self.told: list[tuple[list[str], bool]] = []
        self._said, self._refuses, self._stop = [sentence(text) for text in said], refuses, asyncio.Event()

    def said(self) -> Sequence[Sentence]:
        return self._said

    @property
    def stopped(self) -> asyncio.Event:
        return self._stop

    async def say(
        self, said: Sequence[tuple[Mapping[str, Any], Sentence]], ending: Mapping[str, Any] | None = None
    ) -> bool:
        self.told.append(([event["delta"] for event, _ in said], ending is not None))
        return not self._refuses


def ending(spoken: Sequence[Sentence], is_cut: bool) -> dict[str, Any]:
    return {"said": [part["text"] for part in spoken], "is_cut": is_cut}


async def together(*texts: str) -> AsyncIterator[Sentence]:
    for text in texts:
        yield sentence(text)


async def apart(*texts: str) -> AsyncIterator[Sentence]:
    """Each after a wait, the end too."""
    for text in texts:
        await asyncio.sleep(0.001)
        yield sentence(text)
    await asyncio.sleep(0.001)


async def broken(*texts: str) -> AsyncIterator[Sentence]:
    for text in texts:
        yield sentence(text)
    raise ConnectionError("the model went away")


async def test_sentences_that_come_together_go_out_together_with_the_ending() -> None:
    listener = Listener()
    assert await speak(together("One.", "Two."), listener, ending) == {"said": ["One.", "Two."], "is_cut": False}
    assert listener.told == [(["One.", " Two."], True)]


async def test_sentences_that_come_apart_go_out_at_once() -> None:
    listener = Listener()
    assert await speak(apart("One.", "Two."), listener, ending) == {"said": ["One.", "Two."], "is_cut": False}
    assert listener.told == [(["One."], False), ([" Two."], False)]


async def test_a_reply_that_breaks_has_no_ending() -> None:
    listener = Listener()
    with pytest.raises(ConnectionError):
        await speak(broken("One."), listener, ending)
    assert listener.told == [(["One."], False)]


async def test_what_was_not_let_out_was_not_said() -> None:
    listener = Listener(refuses=True)
    assert await speak(together("One."), listener, ending) == {"said": [], "is_cut": True}


@pytest.mark.parametrize(
    ("said", "now", "told", "left"),
    [
        (["One."], ["One.", "Two."], [([" Two."], True)], {"said": ["One.", "Two."], "is_cut": False}),
        (["One.", "Two."], ["One.", "Two."], [], {"said": ["One.", "Two."], "is_cut": False}),
        (["One."], ["Another."], [], {"said": ["One."], "is_cut": True}),
        (["One.", "Two."], ["One."], [], {"said": ["One.", "Two."], "is_cut": True}),
    ],
    ids=["goes on", "was whole", "differs", "is shorter"],
)
async def test_what_an_earlier_attempt_said_stays(
    said: list[str], now: list[str], told: list[tuple[list[str], bool]], left: dict[str, Any]
) -> None:
    listener = Listener(said)
    assert await speak(together(*now), listener, ending) == left
    assert listener.told == told


async def test_a_stopped_reply_says_no_more() -> None:
    listener = Listener()
    listener.stopped.set()
    assert await speak(together("One."), listener, ending) == {"said": [], "is_cut": True}
    assert listener.told == []
