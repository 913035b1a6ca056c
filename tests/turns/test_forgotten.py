"""A learner forgotten in the middle of a turn: nobody plays it on, and nothing of it comes back."""

import asyncio

from redis.asyncio import Redis

from graphs.erasure.redis_keepers import TurnsKeeper
from graphs.turns.ledger import Input, Turn, TurnLedger
from graphs.turns.service import thread_key
from infra.database import Database
from infra.scope import scope_of
from tests.turns.conftest import Build
from tests.turns.test_service import SCOPE, asks, begun, recorded

OTHER = scope_of("minh")
NOW = 1_700_000_000.0


async def keys_of(redis: Redis) -> list[bytes]:
    return sorted([key async for key in redis.scan_iter(match=f"*{SCOPE.key}:*")])


async def test_nothing_comes_back_while_listeners_would_take_the_turn_up(
    build: Build, redis: Redis, database: Database
) -> None:
    mine, sibling = build(), build()
    for number in range(5):
        request = asks(f"{number} 20", turn_id=f"t{number}")
        heard = [await begun(mine, request, sentences=1), await begun(sibling, request, sentences=1)]
        await TurnsKeeper(redis, mine).remove(SCOPE, ())
        for listener in heard:
            listener.cancel()
        await asyncio.gather(*heard, return_exceptions=True)
        await sibling.abandon(SCOPE)
        assert await keys_of(redis) == []
    assert await recorded(database) == 0


async def test_queues_go_first_then_locks(redis: Redis) -> None:
    ledger = TurnLedger(redis)
    turn = Turn(thread_key(SCOPE, "main"), "t1")
    await ledger.open(turn, Input(asks("1 0"), SCOPE.tenant, ""), "token", {"event": "status"}, NOW)
    keeper = TurnsKeeper(redis, None)  # type: ignore[arg-type]
    kinds = [key.split(":")[1] for key in sorted(await keeper._keys(SCOPE), key=keeper._order)]
    assert kinds[:2] == ["turn-queue", "turn-lock"]


async def test_whoever_finds_no_turn_left_lets_the_lock_go(redis: Redis) -> None:
    """A turn that was closed, or forgotten, between the taking of its thread and its loading."""
    ledger = TurnLedger(redis)
    turn, later = (Turn(thread_key(OTHER, "main"), name) for name in ("t1", "t2"))
    asked = Input(asks("1 0"), OTHER.tenant, "")
    await ledger.open(turn, asked, "mine", {"event": "status"}, NOW)
    async for key in redis.scan_iter(match="*:turn:t1:*"):
        await redis.unlink(key)
    assert await ledger.load(turn, "mine") is None
    assert (await ledger.open(later, asked, "another", {"event": "status"}, NOW)).head == "t2"
