"""What callers are told of a tool before they call it."""

import inspect
import sys
from typing import Any

from tools.ports import AnyTool


def described(tool: AnyTool, deadline_ms: float, routes: list[str]) -> dict[str, Any]:
    """Name, purpose, deadline, routes, and JSON schemas of request and answer."""
    return {
        "name": tool.name,
        "purpose": purpose(tool),
        "deadline_ms": deadline_ms,
        "routes": routes,
        "request": tool.request.model_json_schema(),
        "answer": tool.answer.model_json_schema(mode="serialization"),
    }


def purpose(tool: AnyTool) -> str:
    """What the tool is for, in one paragraph: the docstring of its package (of its module where it has none)."""
    module = sys.modules[type(tool).__module__]
    package = sys.modules.get(module.__package__ or "", module)
    return inspect.cleandoc(package.__doc__ or module.__doc__ or "")
