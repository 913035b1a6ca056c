"""Accidents on real processes, a real Valkey and a real database; and what happens without each safeguard."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from evals.drills.invariants import check
from evals.drills.light import Asked, learners_on
from evals.drills.turns import MOST_TURNS, PAUSES_MS, STRATEGIES, THREADS, drill
from evals.drills.world import COACHES, Broken, World
from infra.scope import scope_of
from tests.databases import mariadb_database
from tests.turns.waiting import until

EXAMPLES, STEPS = 40, 12
STORIES_TO_NOTICE = 80
STORIES_ON_MARIADB = 6

Run = Callable[[Awaitable[Any]], Any]

coaches = st.integers(0, COACHES - 1)
turns = st.integers(0, MOST_TURNS - 1)


class Turns(RuleBasedStateMachine):
    """Children, clients, and what may happen to the servers between them. The end of each example checks all of it."""

    world: ClassVar[World]
    do: ClassVar[Run]

    @initialize()
    def begin(self) -> None:
        type(self).do(self.world.begin())

    @precondition(lambda self: len(self.world.sent) < MOST_TURNS)
    @rule(
        thread=st.sampled_from(THREADS),
        strategy=st.sampled_from(STRATEGIES),
        pause=st.sampled_from(PAUSES_MS),
        coach=coaches,
    )
    def send(self, thread: str, strategy: str, pause: int, coach: int) -> None:
        self._then(lambda: self.world.send(thread, strategy, pause, coach))

    @precondition(lambda self: self.world.sent)
    @rule(turn=turns, coach=coaches)
    def send_again(self, turn: int, coach: int) -> None:
        self._then(lambda: self.world.listen(self._sent(turn), coach))

    @precondition(lambda self: self.world.sent)
    @rule(turn=turns)
    def hang_up(self, turn: int) -> None:
        self._then(lambda: self.world.hang_up(self._sent(turn)))

    @precondition(lambda self: self.world.sent)
    @rule(turn=turns, coach=coaches, how=st.sampled_from(("send", "follow")))
    def reconnect(self, turn: int, coach: int, how: Asked) -> None:
        self._then(lambda: self.world.reconnect(self._sent(turn), coach, how))

    @precondition(lambda self: self.world.sent)
    @rule(turn=turns, coach=coaches, how=st.sampled_from(("interrupt", "rollback")))
    def stop(self, turn: int, coach: int, how: Asked) -> None:
        type(self).do(self.world.stop(self._sent(turn), coach, how))

    @rule(coach=coaches)
    def kill_the_app(self, coach: int) -> None:
        self._then(lambda: self.world.kill(coach))

    @rule(coach=coaches)
    def restart_the_app(self, coach: int) -> None:
        if self.world.is_valkey_up:
            type(self).do(self.world.start(coach))

    @rule(coach=coaches)
    def stall(self, coach: int) -> None:
        self._then(lambda: self.world.stall(coach))

    @rule(coach=coaches)
    def wake(self, coach: int) -> None:
        self._then(lambda: self.world.wake(coach))

    @rule()
    def kill_valkey(self) -> None:
        type(self).do(self.world.kill_valkey())

    @rule()
    def restart_valkey(self) -> None:
        type(self).do(self.world.start_valkey())

    @rule(milliseconds=st.sampled_from((1, 5, 20, 100)))
    def wait(self, milliseconds: int) -> None:
        type(self).do(asyncio.sleep(milliseconds / 1000))

    def teardown(self) -> None:
        type(self).do(self._checked())

    async def _checked(self) -> None:
        await check(self.world, await self.world.settle())

    def _sent(self, number: int) -> Any:
        return self.world.sent[number % len(self.world.sent)]

    def _then(self, action: Callable[[], object]) -> None:
        """Does it on the event loop, which then has a moment to go on."""

        async def act() -> None:
            action()
            await asyncio.sleep(0.002)

        type(self).do(act())


@pytest.fixture
def run() -> Iterator[Run]:
    with asyncio.Runner() as runner:
        yield runner.run  # type: ignore[misc]


@pytest.mark.slow
def test_every_accepted_turn_is_answered_exactly_once_whatever_happens(tmp_path: Path, run: Run) -> None:
    world = World(tmp_path)
    run(world.open())
    Turns.world, Turns.do = world, staticmethod(run)
    try:
        run_state_machine_as_test(
            Turns,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                phases=[Phase.generate],  # what happened is not the same twice: nothing to shrink
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        run(world.close())


@pytest.mark.slow
@pytest.mark.parametrize("ledger", ["Lockless", "Forgetful"])
def test_the_drill_notices_a_missing(ledger: str) -> None:
    with pytest.raises(Broken):
        asyncio.run(drill(STORIES_TO_NOTICE, 1, settle_s=3, ledger=f"tests.turns.broken:{ledger}"))


@pytest.mark.slow
def test_no_turn_is_lost_or_answered_twice_on_mariadb_either() -> None:
    with mariadb_database() as url:
        figures = asyncio.run(drill(STORIES_ON_MARIADB, 5, database_url=url.render_as_string(hide_password=False)))
    assert figures["turns"] > STORIES_ON_MARIADB


async def late_holder(world: World) -> None:
    """A coach is stopped between transcript and checkpoint, for longer than its lock lives; another goes on."""
    await world.begin()
    first = world.send("a", "enqueue", 100, 0)
    learners, scope = learners_on(world.database), scope_of(world.learner)
    await until(lambda: learners.transcript(scope))
    world.stall(0)
    second = world.send("a", "enqueue", 0, 1)
    assert second.listenings[0].task is not None
    await second.listenings[0].task
    world.wake(0)
    await asyncio.sleep(0.3)
    assert first.accepted_at
    await check(world, await world.settle())


@pytest.mark.slow
@pytest.mark.parametrize("fenced", [True, False])
async def test_a_holder_that_comes_too_late_overwrites_nothing_thanks_to_the_fence(
    tmp_path: Path, fenced: bool
) -> None:
    world = World(tmp_path, fenced=fenced)
    await world.open()
    try:
        if fenced:
            await late_holder(world)
        else:
            with pytest.raises(Broken, match="checkpoint"):
                await late_holder(world)
    finally:
        await world.close()
