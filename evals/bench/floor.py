"""The floor: a bare LangGraph with as many super-steps and parallel nodes as ours, and an in-memory saver."""

import operator
from typing import Annotated, Any, TypedDict

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graphs.coach import PARALLEL
from graphs.state import window


class FloorState(TypedDict, total=False):
    messages: Annotated[list[AnyMessage], window]
    seen: Annotated[int, operator.add]


def floor_graph() -> CompiledStateGraph[Any, Any, Any, Any]:
    """screen, three nodes side by side, plan, reply, record: each does nothing."""
    graph = StateGraph(FloorState)
    for name in ("screen", *PARALLEL, "plan", "record"):
        graph.add_node(name, _nothing)
    graph.add_node("reply", _reply)
    graph.add_edge(START, "screen")
    for name in PARALLEL:
        graph.add_edge("screen", name)
    graph.add_edge(list(PARALLEL), "plan")
    graph.add_edge("plan", "reply")
    graph.add_edge("reply", "record")
    graph.add_edge("record", END)
    return graph.compile(checkpointer=InMemorySaver())


async def _nothing(state: FloorState) -> dict[str, Any]:
    return {"seen": 1}


async def _reply(state: FloorState) -> dict[str, Any]:
    return {"messages": [AIMessage(content="You like cats! What else do you like?")]}


async def floor_turn(graph: CompiledStateGraph[Any, Any, Any, Any], thread: str, words: str) -> None:
    """One turn of the floor."""
    config: Any = {"configurable": {"thread_id": thread}}
    async for _ in graph.astream({"messages": [HumanMessage(words)]}, config, stream_mode="updates", durability="exit"):
        pass
