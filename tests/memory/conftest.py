"""A learner's memories over a real embedder, on a clock that the test moves."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from infra.clock import ManualClock
from infra.executors import BoundedExecutor
from memory.service import Memories
from providers.embeddings import E5, LocalEmbedder

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def model() -> E5:
    return E5()


@pytest.fixture
def embedder(model: E5) -> Iterator[LocalEmbedder]:
    executor = BoundedExecutor("embedding", threads=1, pending=64)
    yield LocalEmbedder(model, executor)
    executor.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
async def memories(tmp_path: Path, embedder: LocalEmbedder, clock: ManualClock) -> AsyncIterator[Memories]:
    room = Memories(tmp_path / "memory", embedder, clock, open_shards=2)
    await room.open()
    yield room
    await room.close()
