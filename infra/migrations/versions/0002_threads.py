"""Threads: conversations that clients made by themselves."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mysql import DATETIME, MEDIUMTEXT

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SERVERS = ("mysql", "mariadb")
_TEXT = sa.Text().with_variant(MEDIUMTEXT(), *_SERVERS)
_INSTANT = sa.DateTime().with_variant(DATETIME(fsp=6), *_SERVERS)
_TABLE: dict[str, Any] = {
    f"{server}_{option}": value
    for server in _SERVERS
    for option, value in {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}.items()
}


def upgrade() -> None:
    op.create_table(
        "threads",
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("thread_id", sa.String(64), nullable=False),
        sa.Column("learner_id", sa.String(64), nullable=True),
        sa.Column("labels", _TEXT, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant", "learner_id"],
            ["learners.tenant", "learners.learner_id"],
            name="fk_threads_learners",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant", "thread_id", name="pk_threads"),
        **_TABLE,
    )
    op.create_index("ix_threads_tenant_updated_at", "threads", ["tenant", "updated_at"])


def downgrade() -> None:
    op.drop_table("threads")
