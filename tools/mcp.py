"""Every tool over the Model Context Protocol, so that other assistants can use it."""

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from infra.errors import CoachError
from tools.batch import error_view
from tools.executor import ToolExecutor
from tools.failures import failure_of

if TYPE_CHECKING:  # the SDK takes most of a second to import: not for a server that does not speak it
    from mcp.server.lowlevel import Server

NAME = "pika-coach"

Ready = Callable[[], Awaitable[object]]


def mcp_server(executor: ToolExecutor, ready: Ready) -> "Server[Any]":
    """A server on the official SDK. Calls wait for `ready`, the list of tools does not.

    An answer comes as structured content and as JSON text; what goes wrong as an error result that says who acts next.
    """
    from mcp import types
    from mcp.server.lowlevel import Server

    async def list_tools(context: Any, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_shown(types, described) for described in executor.describe()])

    async def call_tool(context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        await ready()
        body, is_error = await _called(executor, params.name, params.arguments or {})
        text = types.TextContent(type="text", text=json.dumps(body, ensure_ascii=False))
        return types.CallToolResult(content=[text], structured_content=None if is_error else body, is_error=is_error)

    return Server(NAME, on_list_tools=list_tools, on_call_tool=call_tool)


def _shown(types: Any, described: dict[str, Any]) -> Any:
    return types.Tool(
        name=described["name"],
        description=described["purpose"],
        input_schema=described["request"],
        output_schema=described["answer"],
        annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True),
    )


async def _called(executor: ToolExecutor, name: str, fields: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """The answer or the error, and whether it is an error."""
    try:
        outcome = await executor.run(name, fields)
    except CoachError as error:
        return error_view(error), True
    if outcome.answer is None:
        return error_view(failure_of(outcome)), True
    return outcome.answer.model_dump(mode="json"), False
