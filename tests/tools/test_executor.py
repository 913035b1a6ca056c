"""Every promise of the ToolExecutor, with real threads."""

import asyncio
import logging
import threading
import time
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.errors import BadInput, CoachError, DeadlineExceeded, ModelFailed, NotFound, Unavailable
from infra.executors import BoundedExecutor
from tools.call import Call
from tools.content import content_key, normalized
from tools.executor import ToolExecutor
from tools.failures import failure_of
from tools.ports import Tell, Terms, ToolAnswer, ToolRequest
from tools.schemas import TextRequest


class Said(ToolAnswer):
    text: str


class EchoTool:
    name: ClassVar[str] = "ECHO_TOOL"
    request: ClassVar[type[ToolRequest]] = TextRequest
    answer: ClassVar[type[ToolAnswer]] = Said

    def __init__(self, act: Callable[[str], Any] | None = None) -> None:
        self.calls = 0
        self.warmed = False
        self._act = act
        self._lock = threading.Lock()

    def run(self, request: TextRequest, /) -> Said:
        with self._lock:
            self.calls += 1
        made = self._act(request.text) if self._act else None
        return Said(confidence=1, text=request.text) if made is None else made

    def warm(self) -> None:
        self.warmed = True


class Panic(BaseException):
    """What a native library raises past `except Exception`."""


@pytest.fixture
def pool() -> Iterator[BoundedExecutor]:
    made = BoundedExecutor("tools-test", threads=4, pending=4)
    yield made
    made.close()


@pytest.fixture
async def gate() -> AsyncIterator[threading.Event]:
    opened = threading.Event()
    yield opened
    opened.set()


def _executor(tool: EchoTool, pool: BoundedExecutor, *, deadline_ms: float = 5000, cache_size: int = 8) -> ToolExecutor:
    return ToolExecutor([tool], pool, deadline_ms=deadline_ms, cache_size=cache_size)


async def test_a_call_gives_the_tools_answer(pool: BoundedExecutor) -> None:
    outcome = await _executor(EchoTool(), pool).run("ECHO_TOOL", {"text": "hello"})
    assert (outcome.status, outcome.cached) == ("ok", False)
    assert isinstance(outcome.answer, Said)
    assert outcome.answer.text == "hello"


async def test_an_unknown_tool_is_not_found(pool: BoundedExecutor) -> None:
    with pytest.raises(NotFound, match="ECHO_TOOL"):
        await _executor(EchoTool(), pool).run("NO_TOOL", {"text": "hello"})


@pytest.mark.parametrize("request_", [{}, {"text": 5}, {"text": "x" * 4001}, {"text": "a", "more": 1}])
async def test_a_request_that_does_not_fit_is_bad_input_without_its_words(
    request_: dict[str, Any], pool: BoundedExecutor
) -> None:
    executor = _executor(EchoTool(), pool)
    with pytest.raises(BadInput) as caught:
        await executor.run("ECHO_TOOL", request_)
    assert "xxx" not in caught.value.detail
    assert executor.stats()["ECHO_TOOL"]["bad_input"] == 1


async def test_bad_input_raised_by_the_tool_reaches_the_caller(pool: BoundedExecutor) -> None:
    def refuse(_: str) -> None:
        raise BadInput("no")

    with pytest.raises(BadInput):
        await _executor(EchoTool(refuse), pool).run("ECHO_TOOL", TextRequest(text="hello"))


async def test_text_reaches_the_tool_in_nfc_and_both_forms_share_one_answer(pool: BoundedExecutor) -> None:
    tool = EchoTool()
    executor = _executor(tool, pool)
    decomposed = unicodedata.normalize("NFD", "tiếng Việt")
    first = await executor.run("ECHO_TOOL", TextRequest(text=decomposed))
    second = await executor.run("ECHO_TOOL", {"text": "tiếng Việt"})
    assert isinstance(first.answer, Said)
    assert first.answer.text == "tiếng Việt"
    assert second.cached
    assert tool.calls == 1


async def test_the_least_recently_used_answer_leaves_the_cache(pool: BoundedExecutor) -> None:
    tool = EchoTool()
    executor = _executor(tool, pool, cache_size=2)
    for text in ("a", "b", "a", "c", "a", "b"):
        await executor.run("ECHO_TOOL", {"text": text})
    assert tool.calls == 4  # a, b, c, and b again


async def test_a_cache_of_none_keeps_none(pool: BoundedExecutor) -> None:
    tool = EchoTool()
    executor = _executor(tool, pool, cache_size=0)
    await executor.run("ECHO_TOOL", {"text": "a"})
    await executor.run("ECHO_TOOL", {"text": "a"})
    assert tool.calls == 2


async def test_a_call_that_was_begun_ahead_is_joined_and_its_answer_kept(
    pool: BoundedExecutor, gate: threading.Event
) -> None:
    tool = EchoTool(lambda _: gate.wait(5) and None)
    executor = _executor(tool, pool)
    executor.ahead("ECHO_TOOL", {"text": "a"})
    joined = asyncio.create_task(executor.run("ECHO_TOOL", {"text": "a"}))
    await asyncio.sleep(0)
    gate.set()
    assert (await joined).status == "ok"
    assert (await executor.run("ECHO_TOOL", {"text": "a"})).cached
    assert tool.calls == 1


async def test_identical_concurrent_calls_run_once(pool: BoundedExecutor, gate: threading.Event) -> None:
    tool = EchoTool(lambda _: gate.wait(5) and None)
    executor = _executor(tool, pool)
    calls = [asyncio.create_task(executor.run("ECHO_TOOL", {"text": "a"})) for _ in range(20)]
    await asyncio.sleep(0.02)
    gate.set()
    outcomes = await asyncio.gather(*calls)
    assert tool.calls == 1
    assert {outcome.status for outcome in outcomes} == {"ok"}
    assert executor.stats()["ECHO_TOOL"]["coalesced"] == 19


async def test_a_caller_that_leaves_does_not_end_the_call_of_the_others(
    pool: BoundedExecutor, gate: threading.Event
) -> None:
    executor = _executor(EchoTool(lambda _: gate.wait(5) and None), pool)
    leaver = asyncio.create_task(executor.run("ECHO_TOOL", {"text": "a"}))
    stayer = asyncio.create_task(executor.run("ECHO_TOOL", {"text": "a"}))
    await asyncio.sleep(0.02)
    leaver.cancel()
    gate.set()
    assert (await stayer).status == "ok"
    with pytest.raises(asyncio.CancelledError):
        await leaver


async def test_a_slow_tool_times_out_and_its_thread_keeps_its_slot(gate: threading.Event) -> None:
    pool = BoundedExecutor("tools-test", threads=1, pending=1)
    executor = _executor(EchoTool(lambda _: gate.wait(5) and None), pool, deadline_ms=30)
    started = time.perf_counter()
    outcome = await executor.run("ECHO_TOOL", {"text": "a"})
    assert (outcome.status, outcome.answer) == ("timeout", None)
    assert time.perf_counter() - started < 4
    assert pool.in_flight == 1
    assert (await executor.run("ECHO_TOOL", {"text": "b"})).status == "unavailable"
    gate.set()
    await asyncio.to_thread(pool.close)  # the abandoned thread has ended
    await asyncio.sleep(0)
    assert pool.in_flight == 0


async def test_overload_is_refused_at_once_and_nobody_waits(gate: threading.Event) -> None:
    pool = BoundedExecutor("tools-test", threads=2, pending=2)
    executor = _executor(EchoTool(lambda _: gate.wait(5) and None), pool)
    calls = [asyncio.create_task(executor.run("ECHO_TOOL", {"text": str(n)})) for n in range(10)]
    await asyncio.sleep(0.05)
    refused = [call for call in calls if call.done() and call.result().status == "unavailable"]
    assert len(refused) == 8
    gate.set()
    outcomes = await asyncio.gather(*calls)
    assert sum(outcome.status == "ok" for outcome in outcomes) == 2
    pool.close()


def _raiser(error: BaseException) -> Callable[[str], Any]:
    def act(_: str) -> Any:
        raise error

    return act


@pytest.mark.parametrize(
    ("act", "status"),
    [
        (_raiser(ValueError("my secret word")), "failed"),
        (_raiser(Panic("my secret word")), "failed"),
        (_raiser(SystemExit(1)), "failed"),
        (_raiser(Unavailable("down")), "unavailable"),
        (lambda _: "not an answer", "failed"),
    ],
)
async def test_a_poisoned_tool_harms_nobody_and_the_log_does_not_quote_the_child(
    act: Callable[[str], Any], status: str, pool: BoundedExecutor, caplog: pytest.LogCaptureFixture
) -> None:
    executor = _executor(EchoTool(act), pool)
    with caplog.at_level(logging.DEBUG):
        outcome = await executor.run("ECHO_TOOL", {"text": "my secret word"})
        again = await executor.run("ECHO_TOOL", {"text": "my secret word"})
    assert (outcome.status, again.status, again.cached) == (status, status, False)
    assert "secret" not in caplog.text
    assert executor.stats()["ECHO_TOOL"][status] == 2


async def test_stats_count_and_time_every_call(pool: BoundedExecutor) -> None:
    executor = _executor(EchoTool(), pool)
    await executor.run("ECHO_TOOL", {"text": "a"})
    await executor.run("ECHO_TOOL", {"text": "a"})
    seen = executor.stats()["ECHO_TOOL"]
    assert (seen["ok"], seen["cached"], seen["failed"]) == (1, 1, 0)
    assert 0 < seen["p50_ms"] <= seen["p95_ms"] <= seen["max_ms"]


async def test_warm_warms_all_tools_and_names_those_that_cannot(pool: BoundedExecutor) -> None:
    class Cold(EchoTool):
        name: ClassVar[str] = "COLD_TOOL"

        def warm(self) -> None:
            raise OSError("no weights")

    good = EchoTool()
    executor = ToolExecutor([good, Cold()], pool, deadline_ms=100, cache_size=0)
    assert await executor.warm() == ("COLD_TOOL",)
    assert good.warmed
    assert executor.names() == ("ECHO_TOOL", "COLD_TOOL")


async def test_a_tool_that_is_being_warmed_is_unavailable_at_once_and_the_others_are_not(
    pool: BoundedExecutor, gate: threading.Event
) -> None:
    class Slow(EchoTool):
        name: ClassVar[str] = "SLOW_TOOL"

        def warm(self) -> None:
            gate.wait(30)

    executor = ToolExecutor([EchoTool(), Slow()], pool, deadline_ms=60_000, cache_size=0)
    assert await executor.warm(["ECHO_TOOL"]) == ()
    warming = asyncio.create_task(executor.warm(["SLOW_TOOL"]))
    await asyncio.sleep(0)
    assert executor.warming() == ("SLOW_TOOL",)
    assert (await executor.run("SLOW_TOOL", {"text": "hello"})).status == "unavailable"
    assert (await executor.run("ECHO_TOOL", {"text": "hello"})).status == "ok"
    gate.set()
    assert await warming == ()
    assert (await executor.run("SLOW_TOOL", {"text": "hello"})).status == "ok"


async def test_describe_gives_both_schemas(pool: BoundedExecutor) -> None:
    (described,) = _executor(EchoTool(), pool).describe()
    assert described["name"] == "ECHO_TOOL"
    assert "text" in described["request"]["properties"]
    assert {"confidence", "source", "text"} <= set(described["answer"]["properties"])


async def test_two_tools_of_one_name_are_refused(pool: BoundedExecutor) -> None:
    with pytest.raises(ValueError, match="same name"):
        ToolExecutor([EchoTool(), EchoTool()], pool, deadline_ms=1, cache_size=0)


@given(st.text(max_size=40), st.text(max_size=40))
def test_content_keys_agree_exactly_when_normal_forms_do(first: str, second: str) -> None:
    one, two = (TextRequest(text=normalized(text)) for text in (first, second))
    assert (content_key("T", one) == content_key("T", two)) == (one == two)
    assert content_key("T", one) != content_key("U", one)


@given(
    st.recursive(
        st.text(max_size=8) | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=4), inner)
    )
)
def test_normalizing_twice_changes_nothing_more(value: Any) -> None:
    assert normalized(normalized(value)) == normalized(value)


class Fetching(EchoTool):
    """A tool that asks for more time than the executor gives, and may be tried again."""

    name: ClassVar[str] = "FETCHING_TOOL"
    terms: ClassVar[Terms] = Terms(deadline_ms=20_000, attempts=3)


async def test_a_tools_own_deadline_counts_and_its_work_keeps_no_quick_tool_waiting(gate: threading.Event) -> None:
    quick, slow = (BoundedExecutor(name, threads=1, pending=1) for name in ("tools-test", "tools-test-long"))
    begun = threading.Event()

    def hold(_: str) -> None:
        begun.set()
        gate.wait(10)

    held = Fetching(hold)
    executor = ToolExecutor([EchoTool(), held], quick, long_executor=slow, deadline_ms=50, cache_size=0)
    long = asyncio.create_task(executor.run("FETCHING_TOOL", {"text": "a"}))
    assert await asyncio.to_thread(begun.wait, 10)
    assert (quick.in_flight, slow.in_flight) == (0, 1)
    await asyncio.sleep(0.1)  # past the executor's own deadline
    gate.set()
    assert (await long).status == "ok"
    quick.close()
    slow.close()


async def test_what_is_unavailable_is_tried_as_often_as_the_tool_says(pool: BoundedExecutor) -> None:
    failures = iter([Unavailable("down"), Unavailable("down")])

    def flaky(_: str) -> None:
        for failure in failures:
            raise failure

    tool = Fetching(flaky)
    outcome = await ToolExecutor([tool], pool, deadline_ms=1000, cache_size=0).run("FETCHING_TOOL", {"text": "a"})
    assert (outcome.status, tool.calls) == ("ok", 3)
    assert outcome.steps.count("embedded: tried again") == 2


async def test_bad_input_is_not_tried_again(pool: BoundedExecutor) -> None:
    tool = Fetching(_raiser(BadInput("no")))
    with pytest.raises(BadInput):
        await ToolExecutor([tool], pool, deadline_ms=1000, cache_size=0).run("FETCHING_TOOL", {"text": "a"})
    assert tool.calls == 1


async def test_what_a_web_address_holds_is_asked_for_anew(pool: BoundedExecutor) -> None:
    tool = EchoTool()
    executor = _executor(tool, pool)
    for text in ("https://example.org/a.wav", "https://example.org/a.wav", "data:,a", "data:,a"):
        await executor.run("ECHO_TOOL", {"text": text})
    assert tool.calls == 3


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (_raiser(ValueError("my secret word")), ModelFailed),
        (_raiser(Unavailable("down", retry_after=7)), Unavailable),
        (_raiser(DeadlineExceeded("slow")), DeadlineExceeded),
    ],
)
async def test_an_outcome_without_an_answer_says_who_acts_next(
    act: Callable[[str], Any], error: type[CoachError], pool: BoundedExecutor
) -> None:
    outcome = await _executor(EchoTool(act), pool).run("ECHO_TOOL", {"text": "a"})
    failure = failure_of(outcome)
    assert type(failure) is error
    assert failure.actor == "retry"
    assert failure.retry_after == (7 if error is Unavailable else 1)
    assert "secret" not in failure.detail


async def test_steps_are_told_to_everyone_who_follows_a_call(pool: BoundedExecutor, gate: threading.Event) -> None:
    executor = _executor(EchoTool(lambda _: gate.wait(5) and None), pool)
    calls = [executor.start("ECHO_TOOL", {"text": "a"}) for _ in range(2)]
    heard: list[list[str]] = [[], []]
    all_heard = asyncio.Barrier(3)

    async def hear(index: int) -> None:
        call = calls[index]
        assert isinstance(call, Call)
        async for step in call.follow():
            heard[index].append(step)
            if len(heard[index]) == 1:
                await all_heard.wait()

    hearing = [asyncio.create_task(hear(index)) for index in range(2)]
    await all_heard.wait()
    assert heard == [["embedded: begun"]] * 2
    gate.set()
    await asyncio.gather(*hearing)
    assert heard == [["embedded: begun", "answered by embedded"]] * 2


async def test_a_route_is_asked_beside_the_tool_and_its_answer_is_kept(pool: BoundedExecutor) -> None:
    class Second:
        proposal: object | None = "better"
        asked = 0

        async def propose(self, request: ToolRequest, tell: Tell) -> object | None:
            self.asked += 1
            tell("model: asked")
            return self.proposal

        def settle(self, request: ToolRequest, embedded: ToolAnswer, proposal: object, tell: Tell) -> ToolAnswer | None:
            return None if proposal == "bad" else Said(confidence=1, source="model:x", text=str(proposal))

    second = Second()
    executor = ToolExecutor([EchoTool()], pool, deadline_ms=5000, cache_size=8, routes={"ECHO_TOOL": second})
    for _ in range(2):
        outcome = await executor.run("ECHO_TOOL", {"text": "a"})
        assert isinstance(outcome.answer, Said)
        assert (outcome.answer.text, outcome.answer.source) == ("better", "model:x")
    assert (outcome.cached, second.asked) == (True, 1)
    for proposal in (None, "bad"):  # the fall-back is not kept: the model is asked again
        second.proposal = proposal
        for _ in range(2):
            outcome = await executor.run("ECHO_TOOL", {"text": "b"})
            assert outcome.answer is not None
            assert (outcome.answer.source, outcome.cached) == ("embedded", False)
    assert second.asked == 5
    assert executor.stats()["ECHO_TOOL"]["routes"] == {"model:x": 1, "embedded": 4}


@pytest.mark.parametrize("broken", ["propose", "settle"])
async def test_a_route_that_breaks_does_not_take_the_tools_answer_with_it(broken: str, pool: BoundedExecutor) -> None:
    class Breaking:
        async def propose(self, request: ToolRequest, tell: Tell) -> object | None:
            if broken == "propose":
                raise ValueError("my secret word")
            return "x"

        def settle(self, request: ToolRequest, embedded: ToolAnswer, proposal: object, tell: Tell) -> ToolAnswer | None:
            raise ValueError("my secret word")

    executor = ToolExecutor([EchoTool()], pool, deadline_ms=5000, cache_size=8, routes={"ECHO_TOOL": Breaking()})
    outcome = await executor.run("ECHO_TOOL", {"text": "a"})
    assert (outcome.status, outcome.steps[-2:]) == ("ok", ("model: broke", "answered by embedded"))


async def test_a_tool_that_fails_does_not_wait_for_its_route(pool: BoundedExecutor) -> None:
    class Slow:
        async def propose(self, request: ToolRequest, tell: Tell) -> object | None:
            await asyncio.Event().wait()
            return None

        def settle(self, request: ToolRequest, embedded: ToolAnswer, proposal: object, tell: Tell) -> ToolAnswer | None:
            return None

    tool = EchoTool(_raiser(ValueError("broken")))
    executor = ToolExecutor([tool], pool, deadline_ms=5000, cache_size=8, routes={"ECHO_TOOL": Slow()})
    async with asyncio.timeout(5):
        assert (await executor.run("ECHO_TOOL", {"text": "a"})).status == "failed"
