"""Delivers outbox messages to their subscribers, at least once and off the reply's path."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from infra.clock import Clock, new_id
from infra.database import Database
from infra.errors import CoachError, DeadlineExceeded
from learners.delivery import Delivery, Subscriber
from learners.ports import OutboxMessage
from learners.queue import Claim, OutboxQueue
from learners.relay_policy import RelayPolicy

logger = logging.getLogger(__name__)


class OutboxRelay:
    """A background task: one learner's messages in order, several learners at once.

    Rows stay until every subscriber of the topic returned, so a killed process loses nothing; subscribers
    are idempotent on the message's id. After `max_attempts` a message is parked: logged, kept, passed by.
    Topics without a subscriber here are left for another process.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        subscribers: Mapping[str, Sequence[Subscriber]],
        policy: RelayPolicy | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._policy = policy or RelayPolicy()
        self._delivery = Delivery(database, subscribers, self._policy.deadline_seconds)
        self._topics = self._delivery.topics
        self._owner = new_id()
        self._woken = asyncio.Event()
        self._moved = asyncio.Event()
        self._streams: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def wake(self) -> None:
        """Says that there is something to deliver. Returns at once; call it on the event loop."""
        self._woken.set()

    async def start(self) -> None:
        if self._task is None:
            self._stopping = False
            self._task = asyncio.create_task(self._run(), name="outbox-relay")

    async def stop(self) -> None:
        """Starts nothing more, waits `grace_seconds` for deliveries under way, gives back what is left."""
        if self._task is None:
            return
        self._stopping = True
        await _cancelled({self._task})
        self._task = None
        if self._streams:
            await asyncio.wait(self._streams, timeout=self._policy.grace_seconds)
        await _cancelled(self._streams)
        with suppress(CoachError):  # the leases end by themselves
            async with self._database.transaction() as connection:
                await OutboxQueue(connection).release(self._owner, self._clock.now())

    async def drain(self, timeout: float = 30.0) -> None:
        """Waits until nothing is left to deliver (parked messages aside); works without `start` too.

        Raises DeadlineExceeded after `timeout` seconds: what is left stays in the outbox.
        """
        running = self._task is not None
        await self.start()
        try:
            async with asyncio.timeout(timeout):
                while await self.pending():
                    await self._movement()
        except TimeoutError:
            raise DeadlineExceeded(f"Messages are still in the outbox after {timeout:g} seconds.") from None
        finally:
            if not running:
                await self.stop()

    async def pending(self) -> int:
        """How many messages wait or are being delivered, in any process."""
        async with self._database.reading() as connection:
            return await OutboxQueue(connection, self._topics).pending()

    async def parked(self) -> int:
        """How many messages were given up."""
        async with self._database.reading() as connection:
            return await OutboxQueue(connection, self._topics).parked()

    async def _movement(self) -> None:
        self._moved.clear()
        await _set_within(self._moved, 0.1)

    async def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            try:
                await self._start_streams()
            except Exception as error:  # the relay outlives whatever the database does
                logger.warning("The outbox cannot be read: %s. Trying again.", type(error).__name__)
            await _set_within(self._woken, self._policy.poll_seconds)

    async def _start_streams(self) -> None:
        free = self._policy.learners_at_once - len(self._streams)
        for claim in await self._claim_ready(free) if free > 0 else ():
            stream = asyncio.create_task(self._stream(claim), name=f"outbox-{claim.message.id}")
            self._streams.add(stream)
            stream.add_done_callback(self._stream_ended)

    def _stream_ended(self, stream: asyncio.Task[None]) -> None:
        self._streams.discard(stream)
        self._moved.set()
        self._woken.set()
        if not stream.cancelled() and (error := stream.exception()) is not None:
            logger.warning("An outbox delivery was cut off: %s. Its lease will end.", type(error).__name__)

    async def _claim_ready(self, limit: int) -> list[Claim]:
        async with self._database.reading() as connection:
            ready = await OutboxQueue(connection, self._topics).ready(self._clock.now(), limit)
        return await self._database.run(partial(self._claim_all, ready)) if ready else []

    async def _claim_all(self, ready: Sequence[OutboxMessage], connection: AsyncConnection) -> list[Claim]:
        claims = [await self._claim(connection, message) for message in ready]
        return [claim for claim in claims if claim is not None]

    async def _claim(self, connection: AsyncConnection, message: OutboxMessage) -> Claim | None:
        now = self._clock.now()
        until = now + timedelta(seconds=self._policy.lease_seconds)
        return await OutboxQueue(connection, self._topics).claim(message, self._owner, now, until)

    async def _stream(self, first: Claim) -> None:
        """Delivers that message and those of the same learner that follow it."""
        claim: Claim | None = first
        while claim is not None:
            worn_out = claim.message.attempts > self._policy.max_attempts  # its holders died, again and again
            failed = "every attempt was cut off" if worn_out else await self._delivery.deliver(claim)
            claim = await self._database.run(partial(self._settle, claim, failed))
            self._moved.set()

    async def _settle(self, claim: Claim, failed: str, connection: AsyncConnection) -> Claim | None:
        """Removes, postpones or parks the message, and claims the learner's next one where that may go."""
        queue = OutboxQueue(connection, self._topics)
        if failed and claim.message.attempts < self._policy.max_attempts:
            await self._postpone(queue, claim, failed)
            return None
        if failed:
            logger.error("Outbox %s is parked: %s.", _described(claim), failed)
            await queue.park(claim, self._clock.now())
        else:
            await queue.finish(claim)
        if self._stopping:
            return None
        following = await queue.ready(self._clock.now(), 1, claim.message.scope)
        return await self._claim(connection, following[0]) if following else None

    async def _postpone(self, queue: OutboxQueue, claim: Claim, failed: str) -> None:
        pause = self._policy.back_off(claim.message.attempts)
        logger.warning("Outbox %s failed: %s. Again in %.1f s.", _described(claim), failed, pause.total_seconds())
        await queue.back_off(claim, self._clock.now() + pause)
        asyncio.get_running_loop().call_later(pause.total_seconds(), self.wake)


def _described(claim: Claim) -> str:
    return f"message {claim.message.id} ({claim.message.topic}), attempt {claim.message.attempts},"


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    """Waits for the event, at most so long. (`wait_for` of Python 3.11 loses a cancellation that meets the event.)"""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


async def _cancelled(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
