"""Opens every room in order and closes them in reverse."""

import asyncio
import functools
import logging
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import Any

from graphs.coach import CoachGraph, coach_graph
from graphs.decide.care import URGENT
from graphs.erasure import Erasure, everywhere
from graphs.services import Services
from graphs.turns import CoachService, TurnLedger, TurnSaver
from house.folder import take_folder
from house.health import health_of
from house.metrics import Figures
from house.toolroom import LOADED_AT_USE, WARMED_BEHIND, build_tools, tool_executor
from infra.allocator import give_back
from infra.clock import Clock, SystemClock
from infra.database import Database
from infra.errors import DeadlineExceeded, Unavailable
from infra.executors import BoundedExecutor
from infra.fetch import Fetcher
from infra.files import StoredFiles
from infra.redis import open_redis
from infra.settings import ROOT, Settings, load_settings
from learners.outbox import OutboxRelay
from learners.ports import LearnerService, OutboxMessage
from learners.relay_policy import RelayPolicy
from learners.service import SqlLearnerService
from lessons.service import CONTENT, Lessons
from memory.modelled import Finder, finder_of
from memory.ports import Said
from memory.repository import StoredMemories
from memory.service import Memories
from prompts.coach import reply_instructions
from prompts.library import PromptLibrary
from providers.chain import WordingChain
from providers.chat import connect
from providers.config import load_providers
from providers.embeddings import E5, LocalEmbedder
from providers.scripted import ScriptedCoach
from providers.scripted.templates import default_templates
from providers.structured import StructuredModels
from tools.jobs import ToolJobs
from tools.jobs.store import JobStore
from tools.pronunciation.tips import drills
from tools.safety.outgoing import check_sentence

_log = logging.getLogger(__name__)

Announce = Callable[[str], None]

EMBED_THREADS, EMBED_PENDING = 2, 512
TURN_RECORDED = "turn.recorded"
# Remembering a turn takes a fraction of a second: what a killed process held is free again soon.
RELAY = RelayPolicy(deadline_seconds=8, lease_seconds=10)
DRAIN_SECONDS = 5
MEMORY_MODEL_DEADLINE_S = 5.0  # behind the reply, within the relay's
SWEEP_SECONDS = 600


class House:
    """Every room, opened in order and closed in reverse. One process owns a data folder at a time."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._is_open = False
        self._settling: asyncio.Future[Any] | None = None

    @asynccontextmanager
    async def opened(self, announce: Announce = lambda line: None, *, settled: bool = True) -> AsyncIterator[None]:
        """The house, open for the length of the block; with `settled` False it may still be settling."""
        await self.open(announce)
        try:
            if settled:
                await self.settled()
            yield
        finally:
            await self.close()

    async def open(self, announce: Announce = lambda line: None) -> None:
        """Opens what a turn cannot do without; `announce` is told each step. Raises Conflict when the folder is taken.

        Grammar, memory and the meaning of lessons follow in the background, see `settled`: each takes a second or more.
        """
        async with self._opening:
            if self._is_open:
                return
            try:
                await self._open(announce)
            except BaseException:
                await self._stack.aclose()
                raise
            self._is_open = True

    async def close(self) -> None:
        """Finishes running turns, then closes every room."""
        if not self._is_open:
            return
        self._is_open = False
        await self._stack.aclose()

    async def drain(self) -> None:
        """New turns are refused from now on; returns when those that run have ended, or after ten seconds."""
        if self._is_open:
            await self._coach.drain()

    async def settled(self) -> None:
        """Waits until everything is open. Raises what kept a room from opening."""
        if self._settling is not None:
            await asyncio.shield(self._settling)

    async def _open(self, announce: Announce) -> None:
        self._stack.callback(os.close, await asyncio.to_thread(take_folder, self.settings.data_dir))
        self._build_files()
        self._build_pools()
        announce("lessons and words")
        self._lessons = await asyncio.to_thread(Lessons.load, CONTENT, self.embedder, drills())
        self._library = await asyncio.to_thread(PromptLibrary.load, ROOT / "prompts" / "templates")
        await asyncio.to_thread(default_templates)
        tools = build_tools(self._e5, self.fetcher, self.settings.whisper_dir)
        self.tools = tool_executor(self._stack, self.settings, tools, self._library, self.fetcher, self.clock)
        announce("database and checkpoints")
        await asyncio.gather(self._open_database(), self._open_checkpoints())
        announce("language tools")
        await self.tools.warm([name for name in self.tools.names() if name not in (*WARMED_BEHIND, *LOADED_AT_USE)])
        self._build_memory()
        self._settling = asyncio.ensure_future(self._settle())
        await self._open_conversation()

    async def _settle(self) -> None:
        """One after another: each keeps the interpreter to itself. One that fails does not keep the next away."""
        failures = []
        for open_room in (self.memory.open, lambda: self.tools.warm(WARMED_BEHIND), self._lessons.open):
            try:
                await open_room()
            except Exception as error:  # raised at the end, whatever it is
                _log.error("memory or lessons could not be opened: %s", type(error).__name__)
                failures.append(error)
        await asyncio.to_thread(give_back)
        if failures:
            raise failures[0]

    def _build_files(self) -> None:
        self.files = StoredFiles(self.settings.data_dir / "uploads", self.clock)
        self.fetcher = Fetcher(private_hosts=self.settings.fetch_private_hosts, stored=self.files, clock=self.clock)
        self._stack.callback(self.fetcher.close)
        sweeping = asyncio.create_task(self._sweep_files())
        self._stack.callback(sweeping.cancel)

    async def _sweep_files(self) -> None:
        """What a caller uploaded and never used goes when its time is over, also while nobody uploads."""
        while True:
            await asyncio.to_thread(self.files.sweep)
            await asyncio.sleep(SWEEP_SECONDS)

    def _build_pools(self) -> None:
        self._embed_pool = BoundedExecutor("embed", threads=EMBED_THREADS, pending=EMBED_PENDING)
        self._stack.callback(self._embed_pool.close)
        self._e5 = E5()
        self.embedder = LocalEmbedder(self._e5, self._embed_pool)

    async def _open_database(self) -> None:
        self.database = Database.of(self.settings)
        await self.database.open()
        self._stack.push_async_callback(self.database.close)

    async def _open_checkpoints(self) -> None:
        self.redis = await self._stack.enter_async_context(open_redis(self.settings))
        self.saver = TurnSaver(self.redis, ttl_days=self.settings.thread_ttl_days, fenced=True)

    def _build_memory(self) -> None:
        self.memory = Memories(
            self.settings.data_dir / "memory",
            self.embedder,
            self.clock,
            qdrant_url=self.settings.qdrant_url,
            qdrant_api_key=self.settings.qdrant_api_key.get_secret_value(),
            finder=self._finder(),
            time_zone=self.settings.time_zone,
        )
        self.memories = StoredMemories(self.memory, self.clock, self.settings.time_zone)
        self._stack.push_async_callback(self._close_memory)

    def _finder(self) -> Finder | None:
        """A model that finds facts, when that is wanted and one is configured; else rules do."""
        providers = load_providers(self.settings)
        if not self.settings.memory_model or not providers:
            return None
        models = StructuredModels(providers, deadline_s=MEMORY_MODEL_DEADLINE_S, clock=self.clock)
        self._stack.push_async_callback(models.close)
        library = self._library
        return finder_of(models, lambda context: library.render("memory_facts", context=context).text)

    async def _close_memory(self) -> None:
        if self._settling is not None:
            await asyncio.wait([self._settling])
        await self.memory.close()

    async def _open_conversation(self) -> None:
        self._wording = self._build_wording()
        self._stack.push_async_callback(self._wording.close)
        self.relay = OutboxRelay(self.database, self.clock, {TURN_RECORDED: [self._remember]}, RELAY)
        self._learners = SqlLearnerService(self.database, self.clock, self._lessons.fold, wake=self.relay.wake)
        await self.relay.start()
        self._stack.push_async_callback(self._stop_relay)
        graph = self.graph().compile(checkpointer=self.saver, name="coach")
        ledger = TurnLedger(self.redis, serde=self.saver.serde)
        self._coach = CoachService(graph, self.saver, ledger, self.clock)
        self._stack.push_async_callback(self._coach.close)
        self._tool_jobs = ToolJobs(self.tools, JobStore(self.redis), self.clock)
        self._stack.push_async_callback(self._tool_jobs.close)
        await self._coach.start(alone=not self.settings.redis_url.get_secret_value())

    @property
    def erasure(self) -> Erasure:
        self._check_open()
        drops = (self.tools.forget_answers, self._e5.forget_texts)
        places = everywhere(
            self.redis,
            self._coach,
            self._learners,
            self.memories,
            self._tool_jobs,
            self.files,
            drops,
            self.settings.data_dir,
            self.clock,
        )
        return Erasure(places, self.clock)

    async def _stop_relay(self) -> None:
        """What was said last is remembered before the house closes; what is not comes back at the next start."""
        try:
            await self.relay.drain(timeout=DRAIN_SECONDS)
        except DeadlineExceeded:
            _log.warning("the outbox was not empty at the end")
        await self.relay.stop()

    def graph(self) -> CoachGraph:
        """The conversation graph on this house's services, not compiled."""
        library = self._library
        services = Services(
            tools=self.tools,
            embedder=self.embedder,
            memory=self.memory,
            lessons=self._lessons,
            learners=self._learners,
            wording=self._wording,
            instructions=lambda directive, memories: reply_instructions(library, directive, memories),
            forget_upload=self._forget_upload,
            clock=self.clock,
            recall_deadline_ms=self.settings.recall_deadline_ms,
        )
        return coach_graph(services)

    async def _forget_upload(self, name: str) -> None:
        await asyncio.to_thread(self.files.delete, name)

    def _build_wording(self) -> WordingChain:
        timeout = self.settings.model_deadline_s
        models = [
            (provider.name, functools.partial(connect, provider, timeout_s=timeout))
            for provider in load_providers(self.settings)
        ]
        return WordingChain(models, ScriptedCoach(), check=check_sentence, first_sentence_s=timeout, clock=self.clock)

    async def _remember(self, message: OutboxMessage) -> None:
        """A turn into memory, once memory is open.

        What was said in danger stays in the transcript: Pika must not bring it up by itself.
        """
        payload = message.payload
        if payload["safety_label"] in URGENT:
            return
        await self.settled()
        said = Said(
            turn_id=str(payload["turn_id"]),
            text=str(payload["said"]),
            context=str(payload["context"]),
            said_at=datetime.fromisoformat(str(payload["at"])),
            language=str(payload["language"]),
        )
        await self.memory.remember(message.scope, said)

    async def health(self) -> Sequence[Mapping[str, Any]]:
        """One row a backend; nothing is raised."""
        return await health_of(self.database, self.redis, self.memory, self.tools, self.settings)

    def metrics(self) -> bytes:
        """Counters of this process in Prometheus' text format."""
        self._check_open()
        return Figures(self.tools, self._coach, self.memory).exposed()

    @property
    def coach(self) -> CoachService:
        self._check_open()
        return self._coach

    @property
    def tool_jobs(self) -> ToolJobs:
        self._check_open()
        return self._tool_jobs

    @property
    def learners(self) -> LearnerService:
        self._check_open()
        return self._learners

    @property
    def lessons(self) -> Lessons:
        self._check_open()
        return self._lessons

    def _check_open(self) -> None:
        if not self._is_open:
            raise Unavailable("The coach is still starting.", retry_after=2)


@functools.cache
def shared_house() -> House:
    """The one house of a process that did not build its own: LangGraph's server loads graph and app apart."""
    return House(load_settings())
