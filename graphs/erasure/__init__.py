"""Forgetting a learner everywhere, with a receipt."""

from collections.abc import Callable, Sequence
from pathlib import Path

from redis.asyncio import Redis

from graphs.erasure.erase import Erasure, Keeper, Place, Receipt
from graphs.erasure.keepers import CachesKeeper, DatabaseKeeper, FilesKeeper, MemoryKeeper
from graphs.erasure.passing_keepers import JobsKeeper, UploadsKeeper
from graphs.erasure.redis_keepers import RedisLogKeeper, TurnsKeeper
from graphs.turns import CoachService
from infra.clock import Clock
from infra.files import StoredFiles
from learners.ports import LearnerService
from memory.ports import MemoryRepository
from tools.jobs import ToolJobs


def everywhere(
    redis: Redis,
    coach: CoachService,
    learners: LearnerService,
    memories: MemoryRepository,
    jobs: ToolJobs,
    files: StoredFiles,
    drops: Sequence[Callable[[], int]],
    data_dir: Path,
    clock: Clock,
) -> Sequence[Keeper]:
    """Every place that knows a learner: first what writes, last what keeps the bytes of what was deleted.

    `drops` empty the caches of this process and say how much was in them.
    """
    return (
        TurnsKeeper(redis, coach),
        DatabaseKeeper(learners),
        MemoryKeeper(memories),
        UploadsKeeper(files),
        JobsKeeper(jobs),
        CachesKeeper(drops),
        RedisLogKeeper(redis, clock),
        FilesKeeper(data_dir),
    )


__all__ = ["Erasure", "Keeper", "Place", "Receipt", "everywhere"]
