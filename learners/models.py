"""The rows of this room: who learns, what was said and where, what it showed, what is still to be delivered."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from infra.columns import MYSQL_TABLE, Base, CanonicalJson, NfcString, NfcText, UtcDateTime

# AUTOINCREMENT in SQLite needs the type INTEGER.
_Id = BigInteger().with_variant(Integer(), "sqlite")


def _of_learner() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["tenant", "learner_id"], ["learners.tenant", "learners.learner_id"], ondelete="CASCADE"
    )


class LearnerRow(Base):
    """A learner: the profile, the counters, and the lock that puts one learner's writes in order."""

    __tablename__ = "learners"

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(NfcString(80), default="")
    age: Mapped[int | None] = mapped_column(Integer)
    level: Mapped[str] = mapped_column(String(8), default="A1")
    address: Mapped[str] = mapped_column(NfcString(8), default="bạn")
    vietnamese_help: Mapped[bool] = mapped_column(Boolean, default=False)
    session_minutes: Mapped[int | None] = mapped_column(Integer)
    turns: Mapped[int] = mapped_column(Integer, default=0)
    evidence_id: Mapped[int] = mapped_column(_Id, default=0)  # newest id in the evidence log
    last_seen: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TurnRow(Base):
    """One turn of the transcript; `number` counts the learner's turns from 1."""

    __tablename__ = "turns"
    __table_args__ = (_of_learner(), UniqueConstraint("tenant", "learner_id", "turn_id"), MYSQL_TABLE)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    turn_id: Mapped[str] = mapped_column(String(64))
    thread_id: Mapped[str] = mapped_column(NfcText)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    said: Mapped[str] = mapped_column(NfcText)
    replied: Mapped[str] = mapped_column(NfcText)
    replied_vi: Mapped[str] = mapped_column(NfcText)
    context: Mapped[str] = mapped_column(NfcText)
    language: Mapped[str] = mapped_column(NfcText)
    provider: Mapped[str] = mapped_column(NfcText)
    directive: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    safety_label: Mapped[str] = mapped_column(NfcText)


class EvidenceRow(Base):
    """One observation; append-only. `id` counts the learner's observations from 1."""

    __tablename__ = "evidence"
    __table_args__ = (_of_learner(), MYSQL_TABLE)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[int] = mapped_column(_Id, primary_key=True, autoincrement=False)
    turn_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(32))
    item: Mapped[str] = mapped_column(NfcText)
    lesson_id: Mapped[str] = mapped_column(NfcText)
    step_id: Mapped[str] = mapped_column(NfcText)
    correct: Mapped[bool | None] = mapped_column(Boolean)
    hints: Mapped[int] = mapped_column(Integer)
    detail: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)


class ProgressRow(Base):
    """The stored fold of a learner's evidence: a cache. `fold_version` names the fold that made it."""

    __tablename__ = "progress"
    __table_args__ = (_of_learner(), MYSQL_TABLE)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    fold_version: Mapped[str] = mapped_column(String(64))
    state: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)


class OutboxRow(Base):
    """A message that is still to be delivered. `available_at` ends a lease (`claimed_by`) or a back-off."""

    __tablename__ = "outbox"
    __table_args__ = (
        _of_learner(),
        Index(None, "tenant", "learner_id", "id"),
        Index(None, "parked_at", "id"),
        {"sqlite_autoincrement": True, **MYSQL_TABLE},  # an id is never given twice: subscribers remember it
    )

    id: Mapped[int] = mapped_column(_Id, primary_key=True, autoincrement=True)
    tenant: Mapped[str] = mapped_column(String(64))
    learner_id: Mapped[str] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    available_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    parked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ThreadRow(Base):
    """A conversation that a client made by itself; `learner_id` is None until its first turn tells whose it is."""

    __tablename__ = "threads"
    __table_args__ = (_of_learner(), Index(None, "tenant", "updated_at"), MYSQL_TABLE)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    thread_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    learner_id: Mapped[str | None] = mapped_column(String(64))
    labels: Mapped[dict[str, Any]] = mapped_column(CanonicalJson)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class InboxRow(Base):
    """A subscriber that is done with a message which others still wait for; goes with its message."""

    __tablename__ = "inbox"
    __table_args__ = (ForeignKeyConstraint(["message_id"], ["outbox.id"], ondelete="CASCADE"), MYSQL_TABLE)

    message_id: Mapped[int] = mapped_column(_Id, primary_key=True, autoincrement=False)
    subscriber: Mapped[str] = mapped_column(NfcString(190), primary_key=True)
