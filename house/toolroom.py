"""Every tool, on pools of its own, with the models that it may ask."""

import asyncio
import functools
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from infra.clock import Clock, SystemClock
from infra.executors import BoundedExecutor
from infra.fetch import Fetcher
from infra.settings import ROOT, Settings
from learners.telling import told_in
from prompts.coach import as_data
from prompts.library import PromptLibrary
from providers.config import load_providers
from providers.embeddings import E5
from providers.structured import StructuredModels
from tools.executor import ToolExecutor
from tools.grammar import GrammarTool
from tools.image import ImageAnalysisTool, ImageMatchingTool
from tools.image.network import Network
from tools.image.vision import VisionRoute
from tools.intent import IntentTool
from tools.language import LanguageTool
from tools.model_route import chosen_routes
from tools.mood import MoodTool
from tools.ports import AnyTool, Route
from tools.profile import ProfileExtractionTool, ProfileMatchingTool
from tools.pronunciation.tool import PronunciationTool
from tools.safety import SafetyTool
from tools.summary import ConversationSummaryTool
from tools.summary.observed import Readers
from tools.summary.route import SummaryRoute, summary_instructions

TOOL_THREADS, TOOL_PENDING, CACHED_ANSWERS = 4, 256, 2048
LONG_TOOL_THREADS, LONG_TOOL_PENDING = 2, 32
# a second and a half to load: the turns before that are not corrected
WARMED_BEHIND = (GrammarTool.name,)
# half a gigabyte: a server whose children only type never loads it
LOADED_AT_USE = (
    PronunciationTool.name,
    ImageAnalysisTool.name,
    ImageMatchingTool.name,
    ProfileExtractionTool.name,
    ConversationSummaryTool.name,
)
PATIENT_MODEL_DEADLINE_S = 20.0  # for pictures and whole conversations: no turn waits for these


def build_tools(e5: E5, fetcher: Fetcher, whisper_dir: Path | None = None) -> list[AnyTool]:
    """Every tool there is: a new one is a line here."""
    language, grammar, network = LanguageTool(), GrammarTool(), Network()
    safety, mood = SafetyTool(e5, language), MoodTool(e5, language)
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


def tool_executor(
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
        yield tool_executor(stack, settings, chosen, library, fetcher, SystemClock())
