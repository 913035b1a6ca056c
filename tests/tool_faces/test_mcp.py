"""`coach mcp` with the official SDK's client, over a real process's stdin and stdout, and over HTTP."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from house import opened_tools
from infra.settings import ROOT, load_settings
from tests.e2e.processes import COACH, environment
from tests.model_route.test_route import embedded_tools
from tests.wire import serving
from tools.executor import ToolExecutor
from tools.mcp import mcp_server

GRAMMAR, MOOD = "GRAMMAR_CHECKER_TOOL", "MOOD_ANALYSIS_TOOL"


@pytest.fixture
async def executor() -> AsyncIterator[ToolExecutor]:
    settings = load_settings({"COACH_TOOL_DEADLINE_MS": "30000"})
    async with opened_tools(settings, embedded_tools()) as opened:
        yield opened


async def nothing() -> None:
    """Tools that load at their first call need not be waited for."""


async def check(client: Client, names: set[str]) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert names <= set(tools)
    assert tools[GRAMMAR].description
    assert tools[GRAMMAR].input_schema["required"] == ["text"]
    answer: Any = await client.call_tool(GRAMMAR, {"text": "yesterday i go to school"})
    assert not answer.is_error
    assert answer.structured_content["corrected"] == "yesterday i went to school"
    assert json.loads(answer.content[0].text) == answer.structured_content
    for name, fields in ((GRAMMAR, {"words": "secret"}), ("NO_TOOL", {})):
        wrong: Any = await client.call_tool(name, fields)
        assert wrong.is_error
        assert json.loads(wrong.content[0].text)["actor"] == "caller"
        assert "secret" not in wrong.content[0].text


async def test_an_assistant_uses_the_tools_over_stdio_and_hears_nothing_else_there(tmp_path: Path) -> None:
    command, *arguments = COACH
    process = StdioServerParameters(command=command, args=[*arguments, "mcp"], env=environment(tmp_path / "var"))
    unread: list[Exception] = []

    async def note(message: Any) -> None:
        if isinstance(message, Exception):  # a line that is not the protocol's
            unread.append(message)

    async with Client(process, read_timeout_seconds=120, message_handler=note) as client:
        await check(client, {GRAMMAR, MOOD})
        for text in ("I am looking forward to meet you", "con đi học hôm qua"):  # harper-py likes to print
            assert not (await client.call_tool(GRAMMAR, {"text": text})).is_error
    assert unread == []
    assert not (tmp_path / "var").exists()  # no store was opened


async def test_an_assistant_uses_the_tools_over_http(executor: ToolExecutor) -> None:
    with serving(mcp_server(executor, nothing).streamable_http_app()) as url:
        async with Client(f"{url}/mcp", read_timeout_seconds=60) as client:
            await check(client, set(executor.names()))


def test_the_sdk_is_not_imported_before_it_is_used() -> None:
    program = "import sys, tools.mcp, api.app; print('mcp' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
