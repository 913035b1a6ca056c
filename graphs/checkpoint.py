"""LangGraph's checkpoints on a plain Redis or Valkey: no modules, one key a thread, one round trip a call."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    get_checkpoint_id,
    get_checkpoint_metadata,
)
from langgraph.checkpoint.serde.base import SerializerProtocol
from redis.asyncio import Redis
from redis.typing import EncodableT

from graphs.checkpoint_layout import (
    APPEND,
    DROP,
    KEEP_NEWEST,
    PUT,
    READ,
    Place,
    counted,
    framed,
    pending_writes,
    places,
    unframed,
)
from infra.errors import Conflict
from infra.redis import open_redis, redis_errors, thread_key, thread_of
from infra.settings import load_settings

LIST_BATCH = 20
DAY_MS = 24 * 60 * 60 * 1000


class RedisSaver(BaseCheckpointSaver[str]):
    """Checkpoints of every thread, each living `ttl_days` after its last write. Asynchronous methods only.

    With `fenced` a checkpoint is refused (Conflict) unless its parent is the newest of the thread: a turn that lost
    its lock cannot overwrite the turn that has it now. That forbids deliberate forks, so it is off by default.

    Every method raises Unavailable when Redis is down; None and an empty list always mean "nothing is stored".
    """

    def __init__(
        self,
        client: Redis,
        *,
        ttl_days: float,
        fenced: bool = False,
        kind: str = "coach:checkpoints",
        serde: SerializerProtocol | None = None,
    ) -> None:
        super().__init__(serde=serde)
        self._client = client
        self._ttl_ms = int(ttl_days * DAY_MS)
        self._fenced = fenced
        self._kind = kind
        self._read = client.register_script(READ)
        self._put = client.register_script(PUT)
        self._append = client.register_script(APPEND)
        self._keep_newest = client.register_script(KEEP_NEWEST)
        self._drop = client.register_script(DROP)

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        thread_id, namespace = _thread(config), _namespace(config)
        with redis_errors():
            found = await self._read([self._key(thread_id)], [namespace, get_checkpoint_id(config) or ""])
        if found is None or found[1] is None:
            return None
        place = Place(found[0].decode(), namespace)
        return self._decoded(thread_id, place, found[1], found[2])

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        """Newest first. Without `config` every thread is visited by scanning the keyspace: for tools, not for turns."""
        left = limit
        async for thread_id in self._threads(config):
            async for found in self._list(thread_id, config or {}, before):
                if left is not None and left <= 0:
                    return
                if all(found.metadata.get(name) == value for name, value in (filter or {}).items()):
                    yield found
                    left = None if left is None else left - 1

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Stores `checkpoint` as a child of the one that `config` names. Raises Conflict as the class says."""
        thread_id, place = _thread(config), Place(checkpoint["id"], _namespace(config))
        parent = get_checkpoint_id(config)
        frame = framed(self.serde, [parent, checkpoint, get_checkpoint_metadata(config, metadata)])
        arguments: list[EncodableT] = [place.namespace, place.id, parent or "", frame, self._ttl_ms, int(self._fenced)]
        with redis_errors():
            newest = await self._put([self._key(thread_id)], arguments)
        if newest is not None:
            raise Conflict("Another turn of this conversation was stored first: read the conversation and send again.")
        return _config(thread_id, place)

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        place = Place(config["configurable"]["checkpoint_id"], _namespace(config))
        indexed = [
            [WRITES_IDX_MAP.get(channel, index), channel, value] for index, (channel, value) in enumerate(writes)
        ]
        frame = counted(framed(self.serde, [task_id, task_path, indexed]))
        with redis_errors():
            await self._append([self._key(_thread(config))], [f"w{place.name}", frame, self._ttl_ms])

    async def adelete_thread(self, thread_id: str) -> None:
        with redis_errors():
            await self._client.delete(self._key(thread_id))

    async def adelete_for_runs(self, run_ids: Sequence[str]) -> None:
        """Deletes what these runs stored in any thread, by scanning the keyspace. See `delete_runs` for one thread."""
        if run_ids:
            async for thread_id in self._threads(None):
                await self.delete_runs(thread_id, run_ids)

    async def delete_runs(self, thread_id: str, run_ids: Sequence[str]) -> None:
        """Deletes the checkpoints and writes of these runs (``run_id`` in their metadata) in one thread."""
        doomed = [
            Place(found.checkpoint["id"], _namespace(found.config)).name
            async for found in self._list(thread_id, {}, None)
            if found.metadata.get("run_id") in run_ids
        ]
        if doomed:
            with redis_errors():
                await self._drop([self._key(thread_id)], doomed)

    async def acopy_thread(self, source_thread_id: str, target_thread_id: str) -> None:
        with redis_errors():
            fields: dict[Any, Any] = await self._client.hgetall(self._key(source_thread_id))
            if fields:
                async with self._client.pipeline(transaction=True) as pipeline:
                    pipeline.hset(self._key(target_thread_id), mapping=fields)
                    pipeline.pexpire(self._key(target_thread_id), self._ttl_ms)
                    await pipeline.execute()

    async def aprune(self, thread_ids: Sequence[str], *, strategy: str = "keep_latest") -> None:
        for thread_id in thread_ids:
            if strategy == "keep_latest":
                await self.keep_newest(thread_id)
            else:
                await self.adelete_thread(thread_id)

    async def keep_newest(self, thread_id: str) -> int:
        """Drops all but the newest checkpoint of each namespace, with their writes. Returns how many fields went.

        For the turn service, after each turn under the thread's lock: it keeps the cost of a turn flat.
        """
        with redis_errors():
            return int(await self._keep_newest([self._key(thread_id)]))

    def get_next_version(self, current: str | int | None, channel: None) -> str:
        """Versions as text that sorts by number: threads of LangGraph's own server (``<number>.<random>``) go on."""
        number = int(str(current).partition(".")[0]) if current is not None else 0
        return f"{number + 1:032}"

    async def _threads(self, config: RunnableConfig | None) -> AsyncIterator[str]:
        if config is not None:
            yield _thread(config)
            return
        with redis_errors():
            async for key in self._client.scan_iter(match=f"{self._kind}:{{*}}", count=1000):
                yield thread_of(key.decode())

    async def _list(
        self, thread_id: str, config: RunnableConfig, before: RunnableConfig | None
    ) -> AsyncIterator[CheckpointTuple]:
        key = self._key(thread_id)
        with redis_errors():
            names: list[Any] = await self._client.hkeys(key)
        wanted = [place for place in places(names) if _asked(place, config, before)]
        for start in range(0, len(wanted), LIST_BATCH):
            batch = wanted[start : start + LIST_BATCH]
            with redis_errors():
                values: list[Any] = await self._client.hmget(
                    key, [kind + place.name for place in batch for kind in "cw"]
                )
            for place, frame, writes in zip(batch, values[::2], values[1::2], strict=True):
                if frame is not None:
                    yield self._decoded(thread_id, place, frame, writes)

    def _decoded(self, thread_id: str, place: Place, frame: bytes, writes: bytes | None) -> CheckpointTuple:
        parent, checkpoint, metadata = unframed(self.serde, frame)
        return CheckpointTuple(
            config=_config(thread_id, place),
            checkpoint=checkpoint,
            metadata=metadata,
            parent_config=_config(thread_id, Place(parent, place.namespace)) if parent else None,
            pending_writes=pending_writes(self.serde, writes or b""),
        )

    def _key(self, thread_id: str) -> str:
        return thread_key(self._kind, thread_id)


def _thread(config: RunnableConfig) -> str:
    return str(config["configurable"]["thread_id"])


def _namespace(config: RunnableConfig) -> str:
    return str(config["configurable"].get("checkpoint_ns", ""))


def _config(thread_id: str, place: Place) -> RunnableConfig:
    return {
        "configurable": {"thread_id": thread_id, "checkpoint_ns": place.namespace, "checkpoint_id": place.id},
    }


def _asked(place: Place, config: RunnableConfig, before: RunnableConfig | None) -> bool:
    asked = config.get("configurable", {})
    if asked.get("checkpoint_ns") not in (None, place.namespace):
        return False
    if asked.get("checkpoint_id") not in (None, "", place.id):
        return False
    limit = get_checkpoint_id(before) if before else None
    return not limit or place.id < limit


@contextlib.asynccontextmanager
async def create_checkpointer() -> AsyncIterator[RedisSaver]:
    """The saver of the configured Redis, or of the embedded Valkey: `langgraph.json` names this function."""
    settings = await asyncio.to_thread(load_settings)
    async with open_redis(settings) as client:
        yield RedisSaver(client, ttl_days=settings.thread_ttl_days)
