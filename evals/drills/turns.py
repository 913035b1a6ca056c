"""Plays accidents at random, and checks after each story that no turn was lost or answered twice."""

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from evals.drills.invariants import check
from evals.drills.world import COACHES, Broken, World
from infra.clock import SystemClock

THREADS = ("a", "b")
STRATEGIES = ("enqueue", "enqueue", "reject", "interrupt", "rollback")
PAUSES_MS = (0, 0, 1, 5, 20)
STEPS = (3, 14)
MOST_TURNS = 18  # of a thread: its window of messages holds them all

Action = Callable[[World, random.Random], Awaitable[None]]


async def send(world: World, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 1, 2, 4))):
        if len(world.sent) < MOST_TURNS:
            pause, number = chance.choice(PAUSES_MS), chance.randrange(COACHES)
            world.send(chance.choice(THREADS), chance.choice(STRATEGIES), pause, number)


async def send_again(world: World, chance: random.Random) -> None:
    if world.sent:
        world.listen(chance.choice(world.sent), chance.randrange(COACHES))


async def hang_up(world: World, chance: random.Random) -> None:
    if world.sent:
        world.hang_up(chance.choice(world.sent))


async def reconnect(world: World, chance: random.Random) -> None:
    if world.sent:
        world.reconnect(chance.choice(world.sent), chance.randrange(COACHES), chance.choice(("send", "follow")))


async def stop(world: World, chance: random.Random) -> None:
    if world.sent:
        await world.stop(chance.choice(world.sent), chance.randrange(COACHES), chance.choice(("interrupt", "rollback")))


async def kill_coach(world: World, chance: random.Random) -> None:
    world.kill(chance.randrange(COACHES))


async def start_coaches(world: World, chance: random.Random) -> None:
    if world.is_valkey_up:
        for number in range(COACHES):
            await world.start(number)


async def stall(world: World, chance: random.Random) -> None:
    world.stall(chance.randrange(COACHES))


async def wake(world: World, chance: random.Random) -> None:
    for number in range(COACHES):
        world.wake(number)


async def kill_valkey(world: World, chance: random.Random) -> None:
    await world.kill_valkey()


async def start_valkey(world: World, chance: random.Random) -> None:
    await world.start_valkey()


async def wait(world: World, chance: random.Random) -> None:
    await asyncio.sleep(chance.choice((0.001, 0.005, 0.02, 0.1)))


ACTIONS: tuple[tuple[Action, int], ...] = (
    (send, 8),
    (wait, 6),
    (send_again, 3),
    (reconnect, 3),
    (hang_up, 2),
    (stop, 2),
    (kill_coach, 3),
    (start_coaches, 3),
    (stall, 1),
    (wake, 2),
    (kill_valkey, 1),
    (start_valkey, 2),
)


async def story(world: World, chance: random.Random) -> Counter[str]:
    """One child's story. Raises Broken. Gives what happened in it."""
    await world.begin()
    happened: Counter[str] = Counter()
    for action in chance.choices(*zip(*ACTIONS, strict=True), k=chance.randint(*STEPS)):
        await action(world, chance)
        await asyncio.sleep(0.002)
        happened[action.__name__] += 1
    streams = await world.settle()
    await check(world, streams)
    happened["turns"] = len(streams)
    happened["refused"] = len(world.sent) - len(streams)
    for events in streams.values():
        happened[events[-1].get("code", "answered")] += 1
        happened["interrupted"] += bool(events[-1].get("outcome", {}).get("interrupted"))
    return happened


async def drill(examples: int, seed: int, **variant: Any) -> dict[str, Any]:
    """Plays `examples` stories. Raises Broken with the number of the story, which `seed` plays again."""
    clock = SystemClock()
    started = clock.monotonic()
    happened: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="coach-drill-") as folder:
        world = World(Path(folder), **variant)
        await world.open()
        try:
            for number in range(examples):
                try:
                    happened += await story(world, random.Random(f"{seed}/{number}"))
                except Broken as broken:
                    raise Broken(f"story {number} of seed {seed}: {broken}") from broken
        finally:
            await world.close()
    return {"examples": examples, "seed": seed, "seconds": round(clock.monotonic() - started, 1), **happened}
