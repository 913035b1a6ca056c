"""A change of the embedding version loses no memory."""

import asyncio
from datetime import timedelta
from pathlib import Path

from infra.clock import ManualClock
from infra.scope import Scope, scope_of
from memory.ports import Said
from memory.reembedding import reembed_all
from memory.repository import StoredMemories
from memory.service import Memories
from providers.embeddings import LocalEmbedder
from providers.ports import Matrix, Vector
from tests.memory.conftest import START

AN, BINH = scope_of("an"), scope_of("binh")


class Versioned:
    """The embedder under another name."""

    def __init__(self, inner: LocalEmbedder, version: str) -> None:
        self._inner = inner
        self.version = version
        self.dimensions = inner.dimensions

    async def query(self, text: str) -> Vector:
        return await self._inner.query(text)

    async def passages(self, texts: list[str]) -> Matrix:
        return await self._inner.passages(texts)


async def room(folder: Path, embedder: LocalEmbedder, clock: ManualClock, version: str) -> Memories:
    opened = Memories(folder, Versioned(embedder, version), clock)  # type: ignore[arg-type]
    await opened.open()
    return opened


async def tell(memories: Memories, scope: Scope, *texts: str) -> None:
    for number, text in enumerate(texts):
        said = Said(turn_id=f"t{number}", text=text, said_at=START + timedelta(days=number))
        await memories.remember(scope, said)


async def known(memories: Memories, clock: ManualClock, scope: Scope) -> set[tuple[str, str]]:
    return {(memory.kind, memory.text) for memory in await StoredMemories(memories, clock).export(scope)}


async def test_every_learner_is_brought_over_and_old_shards_go(
    tmp_path: Path, embedder: LocalEmbedder, clock: ManualClock
) -> None:
    old = await room(tmp_path, embedder, clock, "one")
    await tell(old, AN, "my dog name is Rex", "my dog name is Max", "my dog name is Rex")
    await tell(old, BINH, "i like to draw")
    before = await known(old, clock, AN), await known(old, clock, BINH)
    await old.close()
    new = await room(tmp_path, embedder, clock, "two")
    steps: list[tuple[int, int]] = []
    assert await reembed_all(new, lambda done, total: steps.append((done, total))) == 8
    assert steps[-1] == (2, 2)
    assert (await known(new, clock, AN), await known(new, clock, BINH)) == before
    answer = await new.answer(AN, "what is my dog's name?", await embedder.query("what is my dog's name?"))
    assert answer is not None
    assert answer.answer == "Rex"
    await new.close()
    assert _versions(tmp_path) == {"two.2"}


def _versions(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.rglob("segments")}


async def test_a_learners_first_words_bring_the_old_ones_over(
    tmp_path: Path, embedder: LocalEmbedder, clock: ManualClock
) -> None:
    old = await room(tmp_path, embedder, clock, "one")
    await tell(old, AN, "my dog name is Rex")
    await old.close()
    new = await room(tmp_path, embedder, clock, "two")
    await new.remember(AN, Said(turn_id="now", text="i like to draw", said_at=START + timedelta(days=9)))
    await asyncio.gather(*new._tasks)
    assert ("episodic", "my dog name is Rex") in await known(new, clock, AN)
    assert ("episodic", "i like to draw") in await known(new, clock, AN)
    await new.close()
