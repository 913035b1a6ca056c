"""Looking after memories while the server does not run."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from rich.progress import Progress, TaskID

from commands.console import out, quiet_settings, run
from infra.settings import Settings

if TYPE_CHECKING:
    from memory.service import Memories

Shown = Callable[[int, int], None]


def reembed() -> None:
    """Make memories of an older embedding version findable again; the server must not run. Safe to stop and repeat."""
    from memory.reembedding import reembed_all

    brought = run(_with_memories(quiet_settings(), reembed_all))
    out.print(f"{brought} memories brought over.", highlight=False)


def consolidate() -> None:
    """Sum up days that have faded; facts and what is pinned stay. The server must not run. Safe to stop and repeat."""
    from memory.consolidating import consolidate_all

    summed = run(_with_memories(quiet_settings(), consolidate_all))
    out.print(f"{summed} turns summed up.", highlight=False)


async def _with_memories(settings: Settings, work: "Callable[[Memories, Shown], Awaitable[int]]") -> int:
    from infra.clock import SystemClock
    from infra.executors import BoundedExecutor
    from memory.service import Memories
    from providers.embeddings import E5, LocalEmbedder

    executor = BoundedExecutor("embed", threads=1, pending=64)
    memories = Memories(
        settings.data_dir / "memory",
        LocalEmbedder(E5(), executor),
        SystemClock(),
        qdrant_url=settings.qdrant_url,
        qdrant_api_key=settings.qdrant_api_key.get_secret_value(),
        time_zone=settings.time_zone,
    )
    try:
        await memories.open()
        with Progress(console=out) as shown:
            bar: TaskID = shown.add_task("learners", total=None)
            return await work(memories, lambda done, total: shown.update(bar, completed=done, total=total))
    finally:
        await memories.close()
        executor.close()
