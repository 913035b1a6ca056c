"""Runs migrations on one connection that keeps other processes out meanwhile.

`infra.migrations.upgrade` hands the URL over; the `alembic` command reads the settings:
``alembic -c infra/migrations/alembic.ini revision --autogenerate --rev-id 0002 -m title``
"""

import hashlib
from typing import Any

from alembic import context
from sqlalchemy import URL, Connection, MetaData, event, text

from infra.columns import MYSQL
from infra.database_url import database_url
from infra.engine import create_blocking_engine
from infra.errors import Unavailable
from infra.migrations import all_rows
from infra.settings import load_settings

LOCK_SECONDS = 60


def migrate(connection: Connection, metadata: MetaData | None) -> None:
    """On SQLite the write lock is already held (BEGIN IMMEDIATE) and DDL is part of the transaction."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        if connection.dialect.name in MYSQL:
            lock(connection)
        context.run_migrations()


def lock(connection: Connection) -> None:
    """A lock of the server, freed when this connection closes: its DDL commits by itself, so no transaction holds."""
    name = "coach-" + hashlib.sha256(str(connection.engine.url.database).encode()).hexdigest()[:32]
    if connection.scalar(text("SELECT GET_LOCK(:name, :seconds)"), {"name": name, "seconds": LOCK_SECONDS}) != 1:
        raise Unavailable(f"Another process has been migrating the database for {LOCK_SECONDS} seconds.")


def without_foreign_keys(connection: Any, _record: object) -> None:
    """SQLite alters a table by making it anew; with foreign keys on, dropping the old one deletes what points to it."""
    connection.execute("PRAGMA foreign_keys=OFF").close()


def run(url: URL, metadata: MetaData | None) -> None:
    engine = create_blocking_engine(url)
    if engine.dialect.name not in MYSQL:
        event.listen(engine, "connect", without_foreign_keys)
    try:
        with engine.begin() as connection:
            migrate(connection, metadata)
    finally:
        engine.dispose()


def settings_url() -> URL:
    settings = load_settings()
    return database_url(settings.database_url.get_secret_value(), settings.data_dir)


handed_over: URL | None = context.config.attributes.get("url")
if handed_over is None:
    run(settings_url(), all_rows())
else:
    run(handed_over, None)
