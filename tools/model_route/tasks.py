"""Which tools a model may be asked for, and which of them are to be."""

from collections.abc import Mapping, Sequence

from infra.errors import Misconfigured
from prompts.library import PromptLibrary
from tools.model_route.grammar import GRAMMAR
from tools.model_route.intent import INTENT
from tools.model_route.language import LANGUAGE
from tools.model_route.mood import MOOD
from tools.model_route.route import ModelRoute, Models
from tools.model_route.safety import SAFETY
from tools.model_route.task import Task

TASKS: Mapping[str, tuple[str, Task]] = {
    "grammar": ("GRAMMAR_CHECKER_TOOL", GRAMMAR),
    "language": ("LANGUAGE_DETECTION_TOOL", LANGUAGE),
    "mood": ("MOOD_ANALYSIS_TOOL", MOOD),
    "intent": ("INTENT_DETECTION_TOOL", INTENT),
    "safety": ("SAFETY_SCREEN_TOOL", SAFETY),
}


def chosen_routes(names: Sequence[str], models: Models, library: PromptLibrary) -> Mapping[str, ModelRoute]:
    """Routes by tool name, for the `names` of COACH_TOOL_MODELS. Raises Misconfigured for one that is not in TASKS."""
    if unknown := [name for name in names if name not in TASKS]:
        raise Misconfigured(f"COACH_TOOL_MODELS: {', '.join(unknown)} unknown; there are {', '.join(TASKS)}.")
    return {tool: ModelRoute(task, models, library) for tool, task in (TASKS[name] for name in names)}
