"""The face of this room: what a learner is, said, showed and can do, in transactions of its own."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from infra.clock import Clock
from infra.database import Database
from infra.scope import Scope
from learners.log import TURN_RECORDED, checked, message, observations
from learners.ports import Opening, Profile, StoredEvidence, TranscriptLine, TurnRecord
from learners.queue import OutboxQueue
from learners.repository import LearnerRepository, Stored

Fold = Callable[[Mapping[str, Any], Sequence[StoredEvidence]], dict[str, Any]]

REPLAY_PAGE = 1000
FORGET_POLL_S = 0.02
FORGET_WAIT_S = 60.0  # longer than a relay's lease

logger = logging.getLogger(__name__)


def _nobody() -> None:
    """Nobody listens: the relay finds the message when it polls."""


class SqlLearnerService:
    """Implements `learners.ports.LearnerService` on a `Database`.

    `fold` is pure, with fold(fold(p, a), b) == fold(p, a + b), and gives plain JSON values. Progress is
    a cache of it: change `fold_version` with the fold and every learner's progress is replayed when it
    is next needed. `wake` is called after a turn is committed (`OutboxRelay.wake`).
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        fold: Fold,
        *,
        fold_version: str = "1",
        wake: Callable[[], None] = _nobody,
    ) -> None:
        self._database = database
        self._clock = clock
        self._fold = fold
        self._fold_version = fold_version
        self._wake = wake

    async def profile(self, scope: Scope) -> Profile:
        """The profile with `turns` and `last_seen` counted from the turns recorded."""
        async with self._database.reading() as connection:
            return await LearnerRepository(connection).profile(scope)

    async def save_profile(self, scope: Scope, profile: Profile) -> None:
        """Stores what a person says of the learner; `turns` and `last_seen` in it are not taken over."""

        async def save(connection: AsyncConnection) -> None:
            await LearnerRepository(connection).save_profile(scope, profile)

        await self._database.run(save)

    async def progress(self, scope: Scope) -> Mapping[str, Any]:
        async with self._database.reading() as connection:
            version, state = await LearnerRepository(connection).progress(scope)
        return state if version in (None, self._fold_version) else await self.rebuild_progress(scope)

    async def rebuild_progress(self, scope: Scope) -> Mapping[str, Any]:
        """Replays the whole evidence log into the stored progress, and returns it."""

        async def rebuild(connection: AsyncConnection) -> Mapping[str, Any]:
            repository = LearnerRepository(connection)
            if not await repository.hold(scope):
                return {}
            state = await self._replay(repository, scope)
            await repository.save_progress(scope, self._fold_version, state)
            return state

        return await self._database.run(rebuild)

    async def record(self, scope: Scope, turn: TurnRecord) -> bool:
        """One transaction; its cost does not depend on how many turns there were. Raises BadInput, Unavailable."""
        turn = checked(turn)

        async def write(connection: AsyncConnection) -> bool:
            repository = LearnerRepository(connection)
            stored = await repository.lock(scope, turn.turn_id)
            if not stored.recorded:
                await self._append(repository, scope, stored, turn)
                await OutboxQueue(connection).add(scope, TURN_RECORDED, message(turn), self._clock.now())
            return not stored.recorded

        added = await self._database.run(write)
        if added:
            self._wake()
        return added

    async def opening(self, scope: Scope, turn_id: str) -> Opening:
        """One transaction: beginning and ending one costs more than what is read in it."""
        async with self._database.reading() as connection:
            repository = LearnerRepository(connection)
            profile, is_recorded = await repository.profile(scope), await repository.has_turn(scope, turn_id)
            version, progress = await repository.progress(scope)
        if version not in (None, self._fold_version):
            progress = await self.rebuild_progress(scope)
        return Opening(profile=profile, progress=progress, is_recorded=is_recorded)

    async def transcript(self, scope: Scope, *, limit: int = 50) -> Sequence[TranscriptLine]:
        if limit <= 0:
            return []
        async with self._database.reading() as connection:
            return await LearnerRepository(connection).transcript(scope, limit)

    async def evidence(self, scope: Scope, *, after: int = 0, limit: int = 1000) -> Sequence[StoredEvidence]:
        """The log in order, from the first id above `after`."""
        if limit <= 0:
            return []
        async with self._database.reading() as connection:
            return await LearnerRepository(connection).evidence(scope, after, limit)

    async def forget_learner(self, scope: Scope) -> int:
        """Removes the learner's rows and their traces in SQLite's files; waits for a delivery that is under way.

        So when it returns, no subscriber is about to store what was forgotten.
        """
        removed, finished = 0, False
        deadline = self._clock.monotonic() + FORGET_WAIT_S
        while not finished:
            late = self._clock.monotonic() > deadline
            rows, finished = await self._database.run(partial(self._forget, scope, late))
            removed += rows
            if not finished:
                await asyncio.sleep(FORGET_POLL_S)
        if not await self._database.erase_deleted():
            logger.warning("Deleted rows are gone; their traces in the write-ahead log go at its next checkpoint.")
        return removed

    async def _forget(self, scope: Scope, late: bool, connection: AsyncConnection) -> tuple[int, bool]:
        """Rows removed, and whether that was all: not while a relay delivers one of the learner's messages."""
        repository = LearnerRepository(connection)
        if not await repository.hold(scope):
            return 0, True
        withdrawn, held = await OutboxQueue(connection).withdraw(scope, self._clock.now())
        if held and not late:
            return withdrawn, False
        return withdrawn + await repository.delete(scope), True

    async def _append(self, repository: LearnerRepository, scope: Scope, stored: Stored, turn: TurnRecord) -> None:
        observed = observations(turn, after=stored.evidence_id)
        await repository.add_turn(scope, turn, stored.turns + 1)
        await repository.add_evidence(scope, observed)
        await repository.count(
            scope,
            turns=stored.turns + 1,
            evidence_id=stored.evidence_id + len(observed),
            last_seen=max(turn.at, stored.last_seen or turn.at),
        )
        if observed:
            await self._fold_in(repository, scope, stored, observed)

    async def _fold_in(
        self, repository: LearnerRepository, scope: Scope, stored: Stored, observed: Sequence[StoredEvidence]
    ) -> None:
        known = stored.state if stored.state is not None else {}
        if stored.fold_version in (None, self._fold_version):
            state = self._fold(known, observed)
        else:
            state = await self._replay(repository, scope)
        await repository.save_progress(scope, self._fold_version, state)

    async def _replay(self, repository: LearnerRepository, scope: Scope) -> dict[str, Any]:
        state: dict[str, Any] = {}
        after = 0
        while page := await repository.evidence(scope, after, REPLAY_PAGE):
            state = self._fold(state, page)
            after = page[-1].id
        return state
