"""Times every text tool bare and through the executor, in one run: CPU, wall, memory, throughput, cache."""

import asyncio
import itertools
import platform
import resource
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from house import build_tools, opened_tools
from infra.fetch import Fetcher
from infra.settings import Settings
from providers.embeddings import E5
from tools.executor import ToolExecutor
from tools.ports import AnyTool

AT_ONCE = 8
WARM_UP_CALLS = 5
PATIENT_MS = 60_000.0  # a bench measures how long a call takes; it does not give it up
SENTENCES = (
    "yesterday my brother buy a red kite",
    "con khong biet tu nay",
    "can you say it again please",
    "con thích con thỏ màu trắng",
    "she have three big dog in the garden",
    "i am so happy today because we won",
    "what does lantern mean",
    "my friend is sad and i want to help him",
)
_PAGE_BYTES = 4096
_numbers = itertools.count(1000)
_RSS_UNIT = 1 if platform.system() == "Darwin" else 1024

Call = Callable[[Mapping[str, Any]], Awaitable[object]]


@dataclass(frozen=True)
class Row:
    """One tool measured one way. Milliseconds a call, one after another; CPU is of the whole process."""

    tool: str
    how: str  # "bare": the tool's own `run`; "executor": no answer known; "cached": every answer known
    calls: int
    cpu_p50_ms: float
    cpu_p95_ms: float
    cpu_mean_ms: float
    wall_p50_ms: float
    wall_p95_ms: float


async def measure(settings: Settings, calls: int) -> dict[str, Any]:
    """Rows, the executor's overhead as a ratio of CPU, memory added by each tool, throughput, and what was left out."""
    e5 = E5()
    fetcher = Fetcher()
    memory = {"sentence vectors": _memory_of(e5.warm)}
    tools = build_tools(e5, fetcher)
    measured = [tool for tool in tools if _takes_text_alone(tool)]
    quiet = settings.model_copy(update={"tool_deadline_ms": PATIENT_MS, "tool_models": ()})
    try:
        async with opened_tools(quiet, tools) as executor:
            memory |= {tool.name: _memory_of(tool.warm) for tool in measured}
            rows = [row for tool in measured for row in await _rows(executor, tool, calls)]
            throughput = {tool.name: await _throughput(executor, tool, calls) for tool in measured}
            stats = executor.stats()
    finally:
        fetcher.close()
    return {
        "rows": [vars(row) for row in rows],
        "executor_cpu_ratio": _overheads(rows),
        "memory_mb": memory,
        "throughput": throughput,
        "hit_ratio": {tool.name: stats[tool.name]["hit_ratio"] for tool in measured},
        "not_measured": [tool.name for tool in tools if tool not in measured],
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT / 1e6),
        "machine": f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}",
    }


def _takes_text_alone(tool: AnyTool) -> bool:
    return {name for name, field in tool.request.model_fields.items() if field.is_required()} == {"text"}


async def _rows(executor: ToolExecutor, tool: AnyTool, calls: int) -> list[Row]:
    async def bare(request: Mapping[str, Any]) -> object:
        return tool.run(tool.request.model_validate(request))

    async def through(request: Mapping[str, Any]) -> object:
        return await executor.run(tool.name, request)

    await _timed(bare, _requests(WARM_UP_CALLS))
    known = _requests(calls)
    return [
        _row(tool.name, "bare", await _timed(bare, _requests(calls))),
        _row(tool.name, "executor", await _timed(through, known)),
        _row(tool.name, "cached", await _timed(through, known)),
    ]


async def _timed(call: Call, requests: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    """(CPU, wall) seconds of each call."""
    timings = []
    for request in requests:
        cpu, wall = time.process_time(), time.perf_counter()
        await call(request)
        timings.append((time.process_time() - cpu, time.perf_counter() - wall))
    return timings


async def _throughput(executor: ToolExecutor, tool: AnyTool, calls: int) -> dict[str, float]:
    """Calls a second, `AT_ONCE` at once, and how many cores that kept busy."""
    requests = iter(_requests(calls))

    async def caller() -> None:
        for request in requests:
            await executor.run(tool.name, request)

    cpu, wall = time.process_time(), time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(AT_ONCE)))
    took = time.perf_counter() - wall
    return {"calls_per_second": round(calls / took, 1), "cores": round((time.process_time() - cpu) / took, 2)}


def _requests(count: int) -> list[Mapping[str, Any]]:
    """So many sentences, none of them said before in this run."""
    return [{"text": f"{SENTENCES[index % len(SENTENCES)]} {next(_numbers)}"} for index in range(count)]


def _row(tool: str, how: str, timings: Sequence[tuple[float, float]]) -> Row:
    cpus, walls = [cpu for cpu, _ in timings], [wall for _, wall in timings]
    return Row(
        tool=tool,
        how=how,
        calls=len(timings),
        cpu_p50_ms=_ms(statistics.median(cpus)),
        cpu_p95_ms=_ms(_p95(cpus)),
        cpu_mean_ms=_ms(statistics.fmean(cpus)),
        wall_p50_ms=_ms(statistics.median(walls)),
        wall_p95_ms=_ms(_p95(walls)),
    )


def _overheads(rows: Sequence[Row]) -> dict[str, float]:
    """CPU of a call through the executor over the bare one's, medians."""
    medians = {(row.tool, row.how): row.cpu_p50_ms for row in rows}
    return {tool: round(medians[tool, "executor"] / medians[tool, "bare"], 2) for tool, how in medians if how == "bare"}


def _memory_of(load: Callable[[], None]) -> float:
    """Resident megabytes that loading adds; what an earlier tool loaded already is not counted again."""
    before = _resident_mb()
    load()
    return round(_resident_mb() - before, 1)


def _resident_mb() -> float:
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text("ascii").split()[1]) * _PAGE_BYTES / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT / 1e6


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
