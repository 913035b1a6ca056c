"""Bringing memories over to a new embedding version."""

from rich.progress import Progress, TaskID

from commands.console import out, quiet_settings, run
from infra.settings import Settings


def reembed() -> None:
    """Make memories of an older embedding version findable again; the server must not run. Safe to stop and repeat."""
    brought = run(_reembed(quiet_settings()))
    out.print(f"{brought} memories brought over.", highlight=False)


async def _reembed(settings: Settings) -> int:
    from infra.clock import SystemClock
    from infra.executors import BoundedExecutor
    from memory.reembedding import reembed_all
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
            return await reembed_all(memories, lambda done, total: shown.update(bar, completed=done, total=total))
    finally:
        await memories.close()
        executor.close()
