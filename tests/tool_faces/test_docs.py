"""The page about the tools says what is so."""

import json
import re
from typing import Any

import pytest

from house import opened_tools
from infra.settings import ROOT, load_settings
from tests.model_route.test_route import embedded_tools
from tools.batch import MOST_CALLS
from tools.jobs.service import MOST_HERE
from tools.jobs.store import MOST_KEPT, MOST_OPEN
from tools.langchain import langchain_tools
from tools.model_route.tasks import TASKS
from tools.ports import AnyTool

PAGE = (ROOT / "docs" / "tools.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


async def test_its_own_tool_runs_and_is_offered_like_every_other() -> None:
    names: dict[str, Any] = {"__name__": "tests.tool_faces"}  # the package a real tool's folder would be
    exec(compile(blocks("python")[1], "docs/tools.md", "exec"), names)
    tool: AnyTool = names["SyllablesTool"]()
    async with opened_tools(load_settings({}), [tool]) as executor:
        outcome = await executor.run("SYLLABLES_TOOL", {"text": "banana split"})
        assert outcome.answer is not None
        assert outcome.answer.model_dump()["syllables"] == 4
        (offered,) = langchain_tools(executor)
        assert json.loads(await offered.ainvoke({"text": "cat"}))["syllables"] == 1


async def test_its_agent_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    exec(compile(blocks("python")[0], "docs/tools.md", "exec"), names)
    settings = load_settings({"COACH_TOOL_DEADLINE_MS": "30000"})
    names["load_settings"] = lambda: settings
    names["opened_tools"] = lambda given: opened_tools(given, embedded_tools())
    await names["main"]()
    assert json.loads(capsys.readouterr().out)["language"] == "vi"


def test_its_json_is_json_and_its_curl_bodies_too() -> None:
    for text in [*blocks("json"), *re.findall(r"-d '(.*?)'", PAGE, re.DOTALL)]:
        assert json.loads(text)


def test_its_figures_are_the_programs() -> None:
    assert f"up to {MOST_CALLS} calls" in PAGE
    assert f"At most {MOST_OPEN} open jobs a tenant and {MOST_HERE} a process" in PAGE
    assert f"{MOST_KEPT} kept a tenant" in PAGE
    assert all(f"| {name} |" in PAGE for name in TASKS)
