"""What a Prometheus server reads of this process: tools, turns, memory."""

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from graphs.turns import CoachService
from memory.ports import MemoryService
from tools.executor import ToolExecutor

STATUSES = ("ok", "timeout", "unavailable", "failed", "bad_input", "cached", "coalesced")
QUANTILES = {"0.5": "p50_ms", "0.95": "p95_ms"}


class Figures(Collector):
    """Reads counters that the rooms keep anyway: nothing is counted twice, and no learner is named."""

    def __init__(self, tools: ToolExecutor, coach: CoachService, memory: MemoryService) -> None:
        self._tools = tools
        self._coach = coach
        self._memory = memory

    def exposed(self) -> bytes:
        """Prometheus' text format 0.0.4."""
        return generate_latest(self)

    def collect(self) -> Iterator[Metric]:
        yield from self._of_tools()
        turns = CounterMetricFamily("coach_turns", "Turns that ended in this process, by how.", labels=("ended",))
        for ended, count in sorted(self._coach.ended().items()):
            turns.add_metric((ended,), count)
        yield turns
        counted = self._memory.counted()
        yield CounterMetricFamily("coach_memory_recalls", "Recalls asked for.", value=counted["recalls"])
        late = "Turns that went on without their memories: late, or memory unavailable."
        yield CounterMetricFamily("coach_memory_recalls_missed", late, value=counted["late"])

    def _of_tools(self) -> Iterator[Metric]:
        calls = CounterMetricFamily("coach_tool_calls", "Calls of a tool, by status.", labels=("tool", "status"))
        seconds = GaugeMetricFamily("coach_tool_seconds", "Time of its last calls.", labels=("tool", "quantile"))
        for tool, report in self._tools.stats().items():
            for status in STATUSES:
                calls.add_metric((tool, status), report[status])
            for quantile, name in QUANTILES.items():
                seconds.add_metric((tool, quantile), report[name] / 1000)
        yield from (calls, seconds)
