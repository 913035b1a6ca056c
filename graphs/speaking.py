"""Says a reply sentence by sentence, going on where an earlier attempt at the turn was cut off."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from graphs.services import TurnContext
from providers.ports import Sentence

Update = dict[str, Any]


async def speak(
    sentences: AsyncIterator[Sentence], context: TurnContext, ending: Callable[[Sequence[Sentence], bool], Update]
) -> Update:
    """What `ending` makes of what the child has heard, and of whether the reply ended early.

    The last sentences go out together with it, so that the reply is durable in one step. What an earlier attempt said
    stays as it was said. When the sentences now differ (another model, another draw), the reply ends there: two replies
    are never joined.
    """
    said = list(context.said())
    spoken: list[Sentence] = []
    async with aclosing(_until(context.stopped, sentences)) as coming:
        async for batch, is_last in coming:
            again = batch[: max(0, len(said) - len(spoken))]
            if [s["text"] for s in again] != [s["text"] for s in said[len(spoken) : len(spoken) + len(again)]]:
                return ending(said, True)
            spoken += said[len(spoken) : len(spoken) + len(again)]
            fresh = batch[len(again) :]
            if not fresh:
                continue
            update = ending([*spoken, *fresh], False) if is_last else None
            if not await context.say(_events(fresh, is_first=not spoken), update):
                return ending(spoken, True)
            if update is not None:
                return update
            spoken += fresh
    if len(spoken) < len(said):
        return ending(said, True)
    return ending(spoken, context.stopped.is_set())


async def _until(
    stopped: asyncio.Event, sentences: AsyncIterator[Sentence]
) -> AsyncGenerator[tuple[list[Sentence], bool], None]:
    """`sentences`, those together that are there together, and whether they are known to be the last.

    Ended early when `stopped` is set, also during a wait.
    """
    coming: asyncio.Queue[Sentence | None] = asyncio.Queue()

    async def listen() -> None:
        try:
            async for sentence in sentences:
                coming.put_nowait(sentence)
        finally:
            coming.put_nowait(None)

    async def watch() -> None:
        await stopped.wait()
        coming.put_nowait(None)

    listening, watching = asyncio.create_task(listen()), asyncio.create_task(watch())
    try:
        is_open = True
        while is_open:
            batch = [await coming.get()]
            while not coming.empty():
                batch.append(coming.get_nowait())
            is_open = None not in batch and not stopped.is_set()
            ready = [sentence for sentence in batch if sentence is not None]
            if ready and not stopped.is_set():
                yield ready, listening.done() and listening.exception() is None
        if not stopped.is_set():
            await listening  # raises what kept the wording from going on
    finally:
        listening.cancel()
        watching.cancel()
        await asyncio.gather(listening, watching, return_exceptions=True)


def _events(sentences: Sequence[Sentence], *, is_first: bool) -> list[tuple[Mapping[str, Any], Sentence]]:
    """Each sentence with its event; a space joins it to what was said before."""
    deltas = [s["text"] if is_first and index == 0 else f" {s['text']}" for index, s in enumerate(sentences)]
    return [({"event": "token", "delta": delta, "vi": s["vi"]}, s) for delta, s in zip(deltas, sentences, strict=True)]
