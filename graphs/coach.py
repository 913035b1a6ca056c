"""The coaching conversation as a LangGraph state graph: its nodes and its edges, nothing else."""

from typing import Any, Protocol

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from graphs.nodes import UPLOADS, CoachNodes, is_urgent
from graphs.services import Services, TurnContext
from graphs.state import CoachInput, CoachOutput, CoachState
from infra.clock import Clock

PARALLEL = ("read", "recall", "place")

CoachGraph = StateGraph[CoachState, TurnContext, CoachInput, CoachOutput]


def coach_graph(services: Services, nodes: CoachNodes | None = None) -> CoachGraph:
    """The graph, not compiled: compile it with the checkpointer of the place it runs in.

    screen, then read | recall | place, with hear and see where there is a recording or a picture, in one super-step,
    then plan, reply, record. A turn with a danger in it goes from screen straight to plan.
    """
    nodes = nodes or CoachNodes(services)
    graph = CoachGraph(CoachState, TurnContext, input_schema=CoachInput, output_schema=CoachOutput)
    for name in ("screen", *PARALLEL, *UPLOADS, "plan", "reply", "record"):
        graph.add_node(name, _step(name, getattr(nodes, name), services.clock))
    graph.add_edge(START, "screen")
    graph.add_conditional_edges("screen", _after_screen, [*PARALLEL, *UPLOADS, "plan"])
    graph.add_edge(list(PARALLEL), "plan")
    for name in UPLOADS:
        graph.add_edge(name, "plan")  # it ends in the same super-step: plan runs once
    graph.add_edge("plan", "reply")
    graph.add_edge("reply", "record")
    graph.add_edge("record", END)
    return graph


def _after_screen(state: CoachState) -> list[str]:
    if is_urgent(state):
        return ["plan"]
    return [*PARALLEL, *(name for name, upload in UPLOADS.items() if state["screened"].get(upload))]


class NodeCall(Protocol):
    """A node as LangGraph calls it."""

    async def __call__(self, state: CoachState, *, runtime: Runtime[TurnContext]) -> dict[str, Any]: ...


def _step(name: str, call: NodeCall, clock: Clock) -> NodeCall:
    """The node, timed, and passed over when an earlier attempt at the turn finished it."""

    async def step(state: CoachState, *, runtime: Runtime[TurnContext]) -> dict[str, Any]:
        context = runtime.context
        earlier = context.earlier(name)
        if earlier is not None:
            return earlier
        started = clock.monotonic()
        try:
            update = await call(state, runtime=runtime)
        finally:
            context.milliseconds[name] = round((clock.monotonic() - started) * 1000, 2)
        context.finished(name, update)
        return update

    return step
