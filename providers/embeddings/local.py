"""The embedder port over E5: off the event loop, one computation for concurrent calls with one text."""

import asyncio
from collections.abc import Sequence

from infra.executors import BoundedExecutor
from providers.embeddings.e5 import E5
from providers.ports import Matrix, Vector


class LocalEmbedder:
    """`Embedder` in-process. The executor is its owner's to close."""

    def __init__(self, model: E5, executor: BoundedExecutor) -> None:
        self._model = model
        self._executor = executor
        self._running: dict[str, asyncio.Task[Vector]] = {}

    @property
    def version(self) -> str:
        return self._model.version

    @property
    def dimensions(self) -> int:
        return self._model.dimensions

    async def query(self, text: str) -> Vector:
        task = self._running.get(text)
        if task is None:
            task = asyncio.ensure_future(self._query(text))
            self._running[text] = task
            task.add_done_callback(lambda _: self._running.pop(text, None))
        return await asyncio.shield(task)

    async def _query(self, text: str) -> Vector:
        matrix = await self._executor.run(self._model.encode, [text], query=True)
        vector: Vector = matrix[0]
        return vector

    async def passages(self, texts: Sequence[str]) -> Matrix:
        return await self._executor.run(self._model.encode, texts, query=False)
