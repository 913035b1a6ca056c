"""Every tool as a LangChain tool, so that any LangGraph agent can use it."""

from collections.abc import Awaitable, Callable
from typing import Any

from langchain_core.tools import StructuredTool, ToolException
from pydantic import BaseModel, ValidationError
from pydantic.v1 import ValidationError as OldValidationError

from infra.errors import CoachError
from tools.described import purpose
from tools.executor import ToolExecutor
from tools.failures import failure_of
from tools.ports import AnyTool


def langchain_tools(executor: ToolExecutor) -> list[StructuredTool]:
    """One asynchronous tool each, with the tool's own name; its arguments are the fields of the tool's request.

    A call gives the answer as JSON. What goes wrong is told to the model as the tool's message, never raised.
    """
    return [_langchain_tool(executor, executor.tool(name)) for name in executor.names()]


def _langchain_tool(executor: ToolExecutor, tool: AnyTool) -> StructuredTool:
    return StructuredTool.from_function(
        coroutine=_call(executor, tool.name),
        name=tool.name,
        description=purpose(tool),
        args_schema=tool.request,
        infer_schema=False,
        handle_tool_error=True,
        handle_validation_error=_misread,
    )


def _call(executor: ToolExecutor, name: str) -> Callable[..., Awaitable[str]]:
    async def call(**fields: Any) -> str:
        try:
            outcome = await executor.run(name, {field: _plain(value) for field, value in fields.items()})
        except CoachError as error:
            raise ToolException(error.detail) from None
        if outcome.answer is None:
            raise ToolException(failure_of(outcome).detail)
        return outcome.answer.model_dump_json()

    return call


def _plain(value: Any) -> Any:
    """LangChain gives nested parts as models."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _misread(error: ValidationError | OldValidationError) -> str:
    """Fields and reasons, for the model to mend its call; not the values."""
    return "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
