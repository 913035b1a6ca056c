"""The tools in a LangGraph agent: a real graph and ToolNode, and a model that calls tools over its wire protocol."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition

from house import opened_tools
from infra.settings import ROOT, load_settings
from providers.chat import connect
from providers.config import load_providers
from tests.model_route.test_route import embedded_tools
from tests.providers.test_chain import environment
from tests.wire import ModelServer, serving
from tools.executor import ToolExecutor
from tools.langchain import langchain_tools

GRAMMAR, LANGUAGE = "GRAMMAR_CHECKER_TOOL", "LANGUAGE_DETECTION_TOOL"


@pytest.fixture
async def executor() -> AsyncIterator[ToolExecutor]:
    settings = load_settings({"COACH_TOOL_DEADLINE_MS": "30000"})
    async with opened_tools(settings, embedded_tools()) as opened:
        yield opened


async def asked(executor: ToolExecutor, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The messages of an agent whose model calls these tools and then says something; the model's requests last."""
    server = ModelServer(calls=tuple((name, json.dumps(arguments)) for name, arguments in calls))
    tools = langchain_tools(executor)
    with serving(server.app()) as url:
        variables = {"COACH_PROVIDERS_FILE": str(ROOT / "config/providers.yaml"), **environment("openai", url)}
        (provider,) = load_providers(load_settings(variables))
        params = provider.params.model_copy(update={"stream": False})
        connection = connect(provider.model_copy(update={"params": params}), timeout_s=30)
        model = connection.model.bind_tools(tools)

        async def think(state: MessagesState) -> dict[str, Any]:
            return {"messages": [await model.ainvoke(state["messages"])]}

        graph = StateGraph(MessagesState)
        graph.add_node("think", think)
        graph.add_node("tools", ToolNode(tools))
        graph.add_edge(START, "think")
        graph.add_conditional_edges("think", tools_condition)
        graph.add_edge("tools", "think")
        try:
            state = await graph.compile().ainvoke({"messages": [HumanMessage("check this")]})
        finally:
            await connection.close()
    return [*state["messages"], server.requests]


async def test_an_agent_calls_tools_and_gets_their_answers(executor: ToolExecutor) -> None:
    calls = (GRAMMAR, {"text": "yesterday i go to school"}), (LANGUAGE, {"text": "con mèo"})
    _, called, grammar, language, said, requests = await asked(executor, *calls)
    assert isinstance(called, AIMessage)
    assert isinstance(grammar, ToolMessage)
    assert json.loads(grammar.text)["corrected"] == "yesterday i went to school"
    assert json.loads(language.text)["language"] == "vi"
    assert said.text
    offered = {tool["function"]["name"]: tool["function"] for tool in requests[0]["tools"]}
    assert set(executor.names()) == set(offered)
    assert all(function["description"] for function in offered.values())
    assert offered[GRAMMAR]["parameters"]["required"] == ["text"]


@pytest.mark.parametrize("arguments", [{}, {"text": 7}, {"text": "x" * 4001}, {"words": "secret"}])
async def test_a_wrong_call_is_told_to_the_model_and_does_not_end_the_agent(
    executor: ToolExecutor, arguments: dict[str, Any]
) -> None:
    _, _, told, said, _ = await asked(executor, (GRAMMAR, arguments))
    assert isinstance(told, ToolMessage)
    assert told.status == "error"
    assert "text" in told.text
    assert "secret" not in told.text
    assert said.text


async def test_every_tool_is_offered_under_its_stable_name_with_its_own_schema(executor: ToolExecutor) -> None:
    for made in langchain_tools(executor):
        tool = executor.tool(made.name)
        assert made.args_schema is tool.request
        assert made.description
