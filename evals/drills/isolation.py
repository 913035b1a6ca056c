"""Asks learners' memories for other learners' secrets, with fuzzed ids and words: not one may come back."""

import random
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from infra.clock import SystemClock
from infra.executors import BoundedExecutor
from infra.scope import Scope
from memory.ports import Said
from memory.service import Memories
from providers.embeddings import E5, LocalEmbedder
from providers.ports import Embedder

LOOKALIKES = ("a", "A", "aa", "a-a", "a_a", "a--a", "an", "An", "AN", "1", "01", "user_id")
TENANTS = ("local", "Local", "school")
START = datetime(2026, 1, 1, tzinfo=UTC)
_ODD = (
    "*",
    "%",
    "' OR 1=1 --",
    '{"must": []}',
    "user_id:*",
    "\u202e",
    "\ufeff",
    "ｓｅｃｒｅｔ",
    "bí mật",
    "{}",
    "\\",
    "🐈",
)
SECRETS = 2


async def drill(memories: Memories, embedder: Embedder, *, queries: int, seed: int) -> Mapping[str, int]:
    """Learners, queries and leaks: memories that came back to a learner who had not told them."""
    chance = random.Random(seed)
    scopes = [Scope(TENANTS[index % len(TENANTS)], name) for index, name in enumerate(LOOKALIKES)]
    for index, scope in enumerate(scopes):
        for number in range(SECRETS):
            text = f"my secret number {index} {number} is kept with {_ODD[(index + number) % len(_ODD)]}"
            await memories.remember(scope, Said(turn_id=f"turn-{number}", text=text, said_at=START))
    vectors = {text: await embedder.query(text) for text in ("secret", "*", "my secret number is kept with")}
    leaks = 0
    for _ in range(queries):
        scope = chance.choice(scopes)
        text = chance.choice((*vectors, *_ODD)) + chance.choice(("", " secret", " number 3"))
        vector = vectors[chance.choice(tuple(vectors))]
        found = await memories.recall(scope, text, vector, limit=50, max_tokens=10_000)
        mine = f"my secret number {scopes.index(scope)} "
        leaks += sum(mine not in memory.text for memory in found)
    return {"learners": len(scopes), "queries": queries, "leaks": leaks}


async def drill_alone(queries: int, seed: int) -> dict[str, int]:
    """The drill in a folder of its own, with the real embedder."""
    executor = BoundedExecutor("embed", threads=1, pending=64)
    embedder = LocalEmbedder(E5(), executor)
    with tempfile.TemporaryDirectory(prefix="coach-drill-") as folder:
        memories = Memories(Path(folder), embedder, SystemClock())
        await memories.open()
        try:
            return dict(await drill(memories, embedder, queries=queries, seed=seed))
        finally:
            await memories.close()
            executor.close()
