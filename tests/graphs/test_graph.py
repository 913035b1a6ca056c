"""The shape of the graph, so that a change of it is seen in review."""

from pathlib import Path
from typing import Any, cast

from graphs.coach import coach_graph
from graphs.services import Services
from graphs.turns.attempt import REPLAYED
from infra.clock import SystemClock

DRAWN = Path(__file__).parent / "coach_graph.mmd"


class _Drawing:
    """Services are not called when a graph is drawn."""

    clock = SystemClock()


def test_the_drawn_graph_is_as_reviewed() -> None:
    graph = coach_graph(cast(Services, cast(Any, _Drawing()))).compile()
    drawn = graph.get_graph().draw_mermaid()
    assert drawn == DRAWN.read_text("utf-8"), "the graph's shape changed: review it, then write it to coach_graph.mmd"


def test_every_node_but_the_last_is_kept_for_the_next_attempt_at_a_turn() -> None:
    graph = coach_graph(cast(Services, cast(Any, _Drawing())))
    assert graph.nodes.keys() - {"record"} == REPLAYED
