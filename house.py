"""The composition root: the one place that knows which adapter is real."""

import asyncio
import functools
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from graphs.coach import CoachGraph, coach_graph
from graphs.decide.care import URGENT
from graphs.erasure import Erasure, everywhere
from graphs.services import Services
from graphs.turns import CoachService, TurnLedger, TurnSaver
from infra import filelock
from infra.clock import Clock, SystemClock
from infra.database import Database
from infra.errors import CoachError, Conflict, DeadlineExceeded, Unavailable
from infra.executors import BoundedExecutor
from infra.fetch import Fetcher
from infra.files import StoredFiles
from infra.redis import open_redis
from infra.redis import ping as redis_health
from infra.settings import ROOT, Settings, load_settings
from learners.outbox import OutboxRelay
from learners.ports import LearnerService, OutboxMessage
from learners.relay_policy import RelayPolicy
from learners.service import SqlLearnerService
from learners.telling import told_in
from lessons.service import CONTENT, Lessons
from memory.modelled import Finder, finder_of
from memory.ports import Said
from memory.repository import StoredMemories
from memory.service import Memories
from prompts.coach import as_data, reply_instructions
from prompts.library import PromptLibrary
from providers.chain import WordingChain
from providers.chat import connect
from providers.config import load_providers
from providers.embeddings import E5, LocalEmbedder
from providers.scripted import ScriptedCoach
from providers.scripted.templates import default_templates
from providers.structured import StructuredModels
from tools.executor import ToolExecutor
from tools.grammar import GrammarTool
from tools.image import ImageAnalysisTool, ImageMatchingTool
from tools.image.network import Network
from tools.image.vision import VisionRoute
from tools.intent import IntentTool
from tools.jobs import ToolJobs
from tools.jobs.store import JobStore
from tools.language import LanguageTool
from tools.model_route import chosen_routes
from tools.mood import MoodTool
from tools.ports import AnyTool, Route
from tools.profile import ProfileExtractionTool, ProfileMatchingTool
from tools.pronunciation.tips import drills
from tools.pronunciation.tool import PronunciationTool
from tools.safety import SafetyTool
from tools.safety.outgoing import check_sentence
from tools.summary import ConversationSummaryTool
from tools.summary.observed import Readers
from tools.summary.route import SummaryRoute, summary_instructions

_log = logging.getLogger(__name__)

Announce = Callable[[str], None]

TOOL_THREADS, TOOL_PENDING, CACHED_ANSWERS = 4, 256, 2048
LONG_TOOL_THREADS, LONG_TOOL_PENDING = 2, 32
# a second and a half to load: the turns before that are not corrected
WARMED_BEHIND = (GrammarTool.name,)
# 300 MB: a server whose children only type never loads it
LOADED_AT_USE = (
    PronunciationTool.name,
    ImageAnalysisTool.name,
    ImageMatchingTool.name,
    ProfileExtractionTool.name,
    ConversationSummaryTool.name,
)
PATIENT_MODEL_DEADLINE_S = 20.0  # for pictures and whole conversations: no turn waits for these
EMBED_THREADS, EMBED_PENDING = 2, 512
TURN_RECORDED = "turn.recorded"
# Remembering a turn takes a fraction of a second: what a killed process held is free again soon.
RELAY = RelayPolicy(deadline_seconds=8, lease_seconds=10)
DRAIN_SECONDS = 5
MEMORY_MODEL_DEADLINE_S = 5.0  # behind the reply, within the relay's
SWEEP_SECONDS = 600
OWNER_LOCK, SERVER_ADDRESS = "owner.lock", "server.url"


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
        self._stack.callback(os.close, await asyncio.to_thread(self._take_folder))
        self._build_files()
        self._build_pools()
        announce("lessons and words")
        self._lessons = await asyncio.to_thread(Lessons.load, CONTENT, self.embedder, drills())
        self._library = await asyncio.to_thread(PromptLibrary.load, ROOT / "prompts" / "templates")
        await asyncio.to_thread(default_templates)
        tools = build_tools(self._e5, self.fetcher, self.settings.whisper_dir)
        self.tools = _tool_executor(self._stack, self.settings, tools, self._library, self.fetcher, self.clock)
        announce("database and checkpoints")
        await asyncio.gather(self._open_database(), self._open_checkpoints())
        announce("language tools")
        await self.tools.warm([name for name in self.tools.names() if name not in (*WARMED_BEHIND, *LOADED_AT_USE)])
        self._build_memory()
        self._settling = asyncio.ensure_future(self._settle())
        await self._open_conversation()

    async def _settle(self) -> None:
        try:
            await asyncio.gather(self.tools.warm(WARMED_BEHIND), self.memory.open(), self._lessons.open())
        except Exception as error:
            _log.error("memory or lessons could not be opened: %s", type(error).__name__)
            raise

    def _take_folder(self) -> int:
        """The open file whose lock says that this process owns the data folder. Blocks."""
        folder = self.settings.data_dir
        folder.mkdir(parents=True, exist_ok=True)
        file = filelock.take(folder / OWNER_LOCK)
        if file is None:
            raise Conflict(f"Another coach already uses {folder}. Stop it, or set COACH_DATA_DIR to another folder.")
        return file

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
            self.redis, self._coach, self._learners, self.memories, drops, self.settings.data_dir, self.clock
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
            forget_recording=self._forget_recording,
            clock=self.clock,
            recall_deadline_ms=self.settings.recall_deadline_ms,
        )
        return coach_graph(services)

    async def _forget_recording(self, recording: str) -> None:
        await asyncio.to_thread(self.files.delete, recording)

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
        return await asyncio.gather(
            _checked("database", self._ping_database, "Check COACH_DATABASE_URL, or unset it to use SQLite."),
            _checked("checkpoints", self._ping_redis, "Check COACH_REDIS_URL, or unset it to use the embedded Valkey."),
            _checked(
                "memory", self._ping_memory, "Check COACH_QDRANT_URL, or unset it to keep memories in the data folder."
            ),
            _checked("tools", self._ping_tools, "They are loading: wait a few seconds."),
            _checked("providers", self._ping_providers, "Check config/providers.yaml and COACH_PROVIDERS."),
        )

    async def _ping_database(self) -> str:
        return await self.database.ping()

    async def _ping_redis(self) -> str:
        return str(await redis_health(self.redis))

    async def _ping_memory(self) -> str:
        return await self.memory.ping()

    async def _ping_tools(self) -> str:
        if loading := self.tools.warming():
            raise Unavailable(f"loading {', '.join(loading)}", retry_after=2)
        return f"{len(self.tools.names())} tools"

    async def _ping_providers(self) -> str:
        return ", ".join([*(provider.name for provider in load_providers(self.settings)), "scripted"])

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


def build_tools(e5: E5, fetcher: Fetcher, whisper_dir: Path | None = None) -> list[AnyTool]:
    """Every tool there is: a new one is a line here."""
    language, grammar, safety, network = LanguageTool(), GrammarTool(), SafetyTool(e5), Network()
    mood = MoodTool(e5, language)
    return [
        safety,
        language,
        grammar,
        IntentTool(e5, language),
        mood,
        PronunciationTool(fetcher, whisper_dir),
        ImageAnalysisTool(fetcher, network),
        ImageMatchingTool(fetcher, network),
        ProfileExtractionTool(told_in, language),
        ProfileMatchingTool(),
        ConversationSummaryTool(Readers(told_in, language, grammar, mood, safety)),
    ]


def _tool_executor(
    stack: AsyncExitStack,
    settings: Settings,
    tools: Sequence[AnyTool],
    library: PromptLibrary,
    fetcher: Fetcher,
    clock: Clock,
) -> ToolExecutor:
    """The tools on pools of their own, with the models they may ask; closed with `stack`."""
    pool = BoundedExecutor("tools", threads=TOOL_THREADS, pending=TOOL_PENDING)
    long_pool = BoundedExecutor("tools-long", threads=LONG_TOOL_THREADS, pending=LONG_TOOL_PENDING)
    stack.callback(pool.close)
    stack.callback(long_pool.close)
    providers = load_providers(settings)
    models = StructuredModels(providers, deadline_s=settings.tool_model_deadline_ms / 1000, clock=clock)
    patient = StructuredModels(providers, deadline_s=PATIENT_MODEL_DEADLINE_S, clock=clock)
    stack.push_async_callback(models.close)
    stack.push_async_callback(patient.close)
    wider = _wider_routes(tools, patient, library, fetcher, long_pool)
    routes = chosen_routes(settings.tool_models, models, library, wider)
    return ToolExecutor(
        tools,
        pool,
        long_executor=long_pool,
        deadline_ms=settings.tool_deadline_ms,
        cache_size=CACHED_ANSWERS,
        routes=routes if providers else {},
        clock=clock,
    )


def _wider_routes(
    tools: Sequence[AnyTool], models: StructuredModels, library: PromptLibrary, fetcher: Fetcher, pool: BoundedExecutor
) -> Mapping[str, Mapping[str, Route]]:
    """Routes for what is more than one line of text, by the name they are chosen by."""
    safety = next((tool for tool in tools if isinstance(tool, SafetyTool)), None)
    sight = VisionRoute(models, lambda word: library.render("tool_image", word=as_data(word)).text, fetcher, pool)
    routes: dict[str, Mapping[str, Route]] = {"image": {ImageAnalysisTool.name: sight, ImageMatchingTool.name: sight}}
    if safety is not None:
        summary = SummaryRoute(models, functools.partial(summary_instructions, library), safety, pool)
        routes["summary"] = {ConversationSummaryTool.name: summary}
    return routes


@asynccontextmanager
async def opened_tools(settings: Settings, tools: Sequence[AnyTool] | None = None) -> AsyncIterator[ToolExecutor]:
    """The tools alone, for what needs no conversation: no store is opened and no data folder owned."""
    async with AsyncExitStack() as stack:
        fetcher = Fetcher(private_hosts=settings.fetch_private_hosts)
        stack.callback(fetcher.close)
        library = await asyncio.to_thread(PromptLibrary.load, ROOT / "prompts" / "templates")
        chosen = build_tools(E5(), fetcher, settings.whisper_dir) if tools is None else tools
        yield _tool_executor(stack, settings, chosen, library, fetcher, SystemClock())


async def _checked(name: str, ping: Callable[[], Awaitable[str]], remedy: str) -> Mapping[str, Any]:
    try:
        return {"name": name, "ok": True, "detail": await ping()}
    except Exception as error:  # a health report must not fail itself
        detail = error.detail if isinstance(error, CoachError) else type(error).__name__
        return {"name": name, "ok": False, "detail": detail, "remedy": remedy}


def running_server(settings: Settings) -> str | None:
    """The URL of the server that owns the data folder; None when there is none."""
    lock = settings.data_dir / OWNER_LOCK
    if not lock.is_file() or not filelock.held(lock):
        return None
    address = settings.data_dir / SERVER_ADDRESS
    return address.read_text("utf-8").strip() if address.is_file() else None


@functools.cache
def shared_house() -> House:
    """The one house of a process that did not build its own: LangGraph's server loads graph and app apart."""
    return House(load_settings())
