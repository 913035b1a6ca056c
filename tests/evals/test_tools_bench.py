"""The tools' bench measures what it says it does, on few calls."""

from evals.bench.tools import measure
from infra.settings import load_settings

CALLS = 6


async def test_every_text_tool_is_timed_bare_through_the_executor_and_cached() -> None:
    figures = await measure(load_settings({}), CALLS)
    tools = {row["tool"] for row in figures["rows"]}
    assert {"GRAMMAR_CHECKER_TOOL", "SAFETY_SCREEN_TOOL"} <= tools
    assert {(row["tool"], row["how"]) for row in figures["rows"]} == {
        (tool, how) for tool in tools for how in ("bare", "executor", "cached")
    }
    assert all(row["calls"] == CALLS and 0 < row["cpu_p50_ms"] <= row["cpu_p95_ms"] for row in figures["rows"])
    medians = {(row["tool"], row["how"]): row["cpu_p50_ms"] for row in figures["rows"]}
    assert all(medians[tool, "cached"] < medians[tool, "executor"] for tool in tools)
    # of the calls through the executor: known ones, those asked again, and those of the throughput
    assert set(figures["hit_ratio"].values()) == {round(CALLS / (3 * CALLS), 4)}
    assert all(found["calls_per_second"] > 0 for found in figures["throughput"].values())
    assert tools.isdisjoint(figures["not_measured"])
    assert set(figures["executor_cpu_ratio"]) == tools
