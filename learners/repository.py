"""Reads and writes a learner's rows in somebody else's transaction; every call takes the `Scope` first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from infra.scope import Scope
from infra.upsert import upsert
from learners.models import EvidenceRow, LearnerRow, OutboxRow, ProgressRow, TurnRow
from learners.ports import Profile, StoredEvidence, TranscriptLine, TurnRecord

Owned = type[LearnerRow] | type[TurnRow] | type[EvidenceRow] | type[ProgressRow] | type[OutboxRow]

_COUNTED = ("turns", "last_seen")  # these come from the turns, not from who saves a profile
_PROFILE = tuple(name for name in Profile.model_fields if name not in _COUNTED)
_EVIDENCE = tuple(StoredEvidence.model_fields)
_LINE = tuple(TranscriptLine.model_fields)


@dataclass(frozen=True, slots=True)
class Stored:
    """What a turn is added to: counters, the stored progress and the fold that made it, and whether it is known."""

    turns: int = 0
    evidence_id: int = 0
    last_seen: datetime | None = None
    fold_version: str | None = None
    state: Mapping[str, Any] | None = None
    recorded: bool = False


def owned(row: Owned, scope: Scope) -> ColumnElement[bool]:
    """The condition that keeps a statement inside the scope."""
    return and_(row.tenant == scope.tenant, row.learner_id == scope.learner_id)


def key(scope: Scope) -> dict[str, str]:
    return {"tenant": scope.tenant, "learner_id": scope.learner_id}


class LearnerRepository:
    """Statements on one connection. None of them reads more rows than it gives back."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def profile(self, scope: Scope) -> Profile:
        columns = [getattr(LearnerRow, name) for name in Profile.model_fields]
        row = (await self._connection.execute(select(*columns).where(owned(LearnerRow, scope)))).mappings().first()
        return Profile() if row is None else Profile(**row)

    async def save_profile(self, scope: Scope, profile: Profile) -> None:
        await upsert(self._connection, LearnerRow, key(scope), profile.model_dump(include=set(_PROFILE)))

    async def progress(self, scope: Scope) -> tuple[str | None, Mapping[str, Any]]:
        """The version of the fold and its result; (None, {}) when nothing is stored."""
        wanted = select(ProgressRow.fold_version, ProgressRow.state).where(owned(ProgressRow, scope))
        row = (await self._connection.execute(wanted)).first()
        return (None, {}) if row is None else (row.fold_version, row.state)

    async def save_progress(self, scope: Scope, version: str, state: Mapping[str, Any]) -> None:
        await upsert(self._connection, ProgressRow, key(scope), {"fold_version": version, "state": state})

    async def lock(self, scope: Scope, turn_id: str = "") -> Stored:
        """The learner, made when new; nobody else writes to this learner until the transaction ends."""
        stored = await self._locked(scope, turn_id)
        if stored is None:
            await upsert(self._connection, LearnerRow, key(scope), {})
            stored = await self._locked(scope, turn_id)
        return stored or Stored()

    async def _locked(self, scope: Scope, turn_id: str) -> Stored | None:
        row = (await self._connection.execute(_stored(scope, turn_id).with_for_update())).first()
        if row is None:
            return None
        return Stored(row.turns, row.evidence_id, row.last_seen, row.fold_version, row.state, row.number is not None)

    async def hold(self, scope: Scope) -> bool:
        """Locks the learner like `lock`, but makes none: False when there is no such learner."""
        found = select(LearnerRow.turns).where(owned(LearnerRow, scope)).with_for_update()
        return (await self._connection.execute(found)).first() is not None

    async def add_turn(self, scope: Scope, turn: TurnRecord, number: int) -> None:
        values = turn.model_dump(exclude={"evidence"})
        await self._connection.execute(insert(TurnRow), {**key(scope), "number": number, **values})

    async def add_evidence(self, scope: Scope, observed: Sequence[StoredEvidence]) -> None:
        if observed:
            rows = [{**key(scope), **seen.model_dump()} for seen in observed]
            await self._connection.execute(insert(EvidenceRow), rows)

    async def count(self, scope: Scope, *, turns: int, evidence_id: int, last_seen: datetime) -> None:
        values = {"turns": turns, "evidence_id": evidence_id, "last_seen": last_seen}
        await self._connection.execute(update(LearnerRow).where(owned(LearnerRow, scope)).values(**values))

    async def has_turn(self, scope: Scope, turn_id: str) -> bool:
        same = select(TurnRow.number).where(owned(TurnRow, scope), TurnRow.turn_id == turn_id)
        return (await self._connection.execute(same)).first() is not None

    async def transcript(self, scope: Scope, limit: int) -> Sequence[TranscriptLine]:
        """The newest `limit` turns, oldest first."""
        newest = select(*(getattr(TurnRow, name) for name in _LINE)).where(owned(TurnRow, scope))
        rows = await self._connection.execute(newest.order_by(TurnRow.number.desc()).limit(limit))
        return [TranscriptLine(**row) for row in rows.mappings()][::-1]

    async def evidence(self, scope: Scope, after: int, limit: int) -> Sequence[StoredEvidence]:
        following = select(*(getattr(EvidenceRow, name) for name in _EVIDENCE)).where(
            owned(EvidenceRow, scope), EvidenceRow.id > after
        )
        rows = await self._connection.execute(following.order_by(EvidenceRow.id).limit(limit))
        return [StoredEvidence(**row) for row in rows.mappings()]

    async def delete(self, scope: Scope) -> int:
        """Removes every row of the learner; returns how many."""
        removed = 0
        rows: tuple[Owned, ...] = (OutboxRow, ProgressRow, EvidenceRow, TurnRow, LearnerRow)
        for row in rows:
            removed += (await self._connection.execute(delete(row).where(owned(row, scope)))).rowcount
        return removed


def _stored(scope: Scope, turn_id: str) -> Select[Any]:
    same_turn = and_(_joined(TurnRow), TurnRow.turn_id == turn_id)
    return (
        select(
            LearnerRow.turns,
            LearnerRow.evidence_id,
            LearnerRow.last_seen,
            ProgressRow.fold_version,
            ProgressRow.state,
            TurnRow.number,
        )
        .select_from(LearnerRow)
        .outerjoin(ProgressRow, _joined(ProgressRow))
        .outerjoin(TurnRow, same_turn)
        .where(owned(LearnerRow, scope))
    )


def _joined(row: Owned) -> ColumnElement[bool]:
    return and_(row.tenant == LearnerRow.tenant, row.learner_id == LearnerRow.learner_id)
