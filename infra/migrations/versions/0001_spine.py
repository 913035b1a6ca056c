"""The spine: learners, turns, evidence, progress, outbox, inbox."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mysql import DATETIME, MEDIUMTEXT

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SERVERS = ("mysql", "mariadb")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sa.Text().with_variant(MEDIUMTEXT(), *_SERVERS)
_INSTANT = sa.DateTime().with_variant(DATETIME(fsp=6), *_SERVERS)
_TABLE: dict[str, Any] = {
    f"{server}_{option}": value
    for server in _SERVERS
    for option, value in {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}.items()
}


def _column(name: str, kind: Any, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, **{"nullable": False, **options})


def _scope() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return _column("tenant", sa.String(64)), _column("learner_id", sa.String(64))


def _of_learner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant", "learner_id"],
        ["learners.tenant", "learners.learner_id"],
        name=f"fk_{table}_learners",
        ondelete="CASCADE",
    )


def upgrade() -> None:
    _create_learners()
    _create_turns()
    _create_evidence()
    _create_progress()
    _create_outbox()
    _create_inbox()


def _create_learners() -> None:
    op.create_table(
        "learners",
        *_scope(),
        _column("name", sa.String(80)),
        _column("age", sa.Integer(), nullable=True),
        _column("level", sa.String(8)),
        _column("address", sa.String(8)),
        _column("vietnamese_help", sa.Boolean()),
        _column("session_minutes", sa.Integer(), nullable=True),
        _column("turns", sa.Integer()),
        _column("evidence_id", _ID),
        _column("last_seen", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("tenant", "learner_id", name="pk_learners"),
        **_TABLE,
    )


def _create_turns() -> None:
    op.create_table(
        "turns",
        *_scope(),
        _column("number", sa.Integer(), autoincrement=False),
        _column("turn_id", sa.String(64)),
        _column("thread_id", _TEXT),
        _column("at", _INSTANT),
        _column("said", _TEXT),
        _column("replied", _TEXT),
        _column("replied_vi", _TEXT),
        _column("context", _TEXT),
        _column("language", _TEXT),
        _column("provider", _TEXT),
        _column("directive", _TEXT),
        _column("safety_label", _TEXT),
        _of_learner("turns"),
        sa.PrimaryKeyConstraint("tenant", "learner_id", "number", name="pk_turns"),
        sa.UniqueConstraint("tenant", "learner_id", "turn_id", name="uq_turns_tenant_learner_id_turn_id"),
        **_TABLE,
    )


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        *_scope(),
        _column("id", _ID, autoincrement=False),
        _column("turn_id", sa.String(64)),
        _column("at", _INSTANT),
        _column("kind", sa.String(32)),
        _column("item", _TEXT),
        _column("lesson_id", _TEXT),
        _column("step_id", _TEXT),
        _column("correct", sa.Boolean(), nullable=True),
        _column("hints", sa.Integer()),
        _column("detail", _TEXT),
        _of_learner("evidence"),
        sa.PrimaryKeyConstraint("tenant", "learner_id", "id", name="pk_evidence"),
        **_TABLE,
    )


def _create_progress() -> None:
    op.create_table(
        "progress",
        *_scope(),
        _column("fold_version", sa.String(64)),
        _column("state", _TEXT),
        _of_learner("progress"),
        sa.PrimaryKeyConstraint("tenant", "learner_id", name="pk_progress"),
        **_TABLE,
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        _column("id", _ID, autoincrement=True),
        *_scope(),
        _column("topic", sa.String(64)),
        _column("payload", _TEXT),
        _column("at", _INSTANT),
        _column("attempts", sa.Integer()),
        _column("available_at", _INSTANT),
        _column("claimed_by", sa.String(64), nullable=True),
        _column("parked_at", _INSTANT, nullable=True),
        _of_learner("outbox"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
        **_TABLE,
    )
    op.create_index("ix_outbox_tenant_learner_id_id", "outbox", ["tenant", "learner_id", "id"])
    op.create_index("ix_outbox_parked_at_id", "outbox", ["parked_at", "id"])


def _create_inbox() -> None:
    op.create_table(
        "inbox",
        _column("message_id", _ID, autoincrement=False),
        _column("subscriber", sa.String(190)),
        sa.ForeignKeyConstraint(["message_id"], ["outbox.id"], name="fk_inbox_outbox", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message_id", "subscriber", name="pk_inbox"),
        **_TABLE,
    )


def downgrade() -> None:
    for table in ("inbox", "outbox", "progress", "evidence", "turns", "learners"):
        op.drop_table(table)
