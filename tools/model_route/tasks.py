"""Which tools a model may be asked for, and which of them are to be."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from infra.errors import Misconfigured
from prompts.library import PromptLibrary
from tools.model_route.grammar import GRAMMAR
from tools.model_route.intent import INTENT
from tools.model_route.language import LANGUAGE
from tools.model_route.mood import MOOD
from tools.model_route.route import ModelRoute, Models
from tools.model_route.safety import SAFETY
from tools.model_route.task import Task
from tools.ports import Route

NO_MORE: Mapping[str, Mapping[str, Route]] = MappingProxyType({})

TASKS: Mapping[str, tuple[str, Task]] = {
    "grammar": ("GRAMMAR_CHECKER_TOOL", GRAMMAR),
    "language": ("LANGUAGE_DETECTION_TOOL", LANGUAGE),
    "mood": ("MOOD_ANALYSIS_TOOL", MOOD),
    "intent": ("INTENT_DETECTION_TOOL", INTENT),
    "safety": ("SAFETY_SCREEN_TOOL", SAFETY),
}


def chosen_routes(
    names: Sequence[str], models: Models, library: PromptLibrary, more: Mapping[str, Mapping[str, Route]] = NO_MORE
) -> Mapping[str, Route]:
    """Routes by tool name, for the `names` of COACH_TOOL_MODELS; `more`: routes of other kinds, by such a name.

    Raises Misconfigured for a name that is in neither.
    """
    if unknown := [name for name in names if name not in TASKS and name not in more]:
        known = ", ".join([*TASKS, *more])
        raise Misconfigured(f"COACH_TOOL_MODELS: {', '.join(unknown)} unknown; there are {known}.")
    routes: dict[str, Route] = {}
    for name in names:
        if name in TASKS:
            tool, task = TASKS[name]
            routes[tool] = ModelRoute(task, models, library)
        else:
            routes |= more[name]
    return routes
