"""Keeps a turn out of its thread's checkpoint until the turn was recorded.

LangGraph stores what a failed or cancelled run did; for a conversation that would be a child's message without an
answer, which the transcript does not have.
"""

from collections.abc import Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import ChannelVersions, Checkpoint, CheckpointMetadata

from graphs.checkpoint import RedisSaver

TURN = "turn_id"  # in the run's `configurable`


class TurnSaver(RedisSaver):
    """A saver that stores nothing of a turn between `shut` and `pass_on`. Runs without a turn id are stored."""

    _shut: set[tuple[str, str]]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._shut = set()

    def shut(self, thread_id: str, turn_id: str) -> None:
        self._shut.add((thread_id, turn_id))

    def pass_on(self, thread_id: str, turn_id: str) -> None:
        self._shut.discard((thread_id, turn_id))

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        return config if self._holds_back(config) else await super().aput(config, checkpoint, metadata, new_versions)

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        if not self._holds_back(config):
            await super().aput_writes(config, writes, task_id, task_path)

    def _holds_back(self, config: RunnableConfig) -> bool:
        run = config["configurable"]
        return (str(run["thread_id"]), run.get(TURN)) in self._shut
