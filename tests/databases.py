"""Throw-away databases for tests: a SQLite file, and a database of its own on a local MariaDB."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, make_url

from infra.database_url import database_url
from tests.servers import NO_MARIADB, mariadb_url


def sqlite_url(path: Path) -> URL:
    return database_url(f"sqlite:///{path}", path.parent)


@contextmanager
def mariadb_database() -> Iterator[URL]:
    """A new, empty database, dropped at the end. Skips the test when no server answers."""
    server = mariadb_url()
    if server is None:
        pytest.skip(NO_MARIADB)
    # The server's default collation confuses "ma" and "má": the tables must bring their own.
    url = make_url(server).set(database=f"coach_test_{uuid.uuid4().hex[:12]}")
    on_mariadb(url, f"CREATE DATABASE {url.database} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci", inside=False)
    try:
        yield url
    finally:
        on_mariadb(url, f"DROP DATABASE {url.database}", inside=False)


def on_mariadb(url: URL, statement: str, *, inside: bool = True) -> tuple[Any, ...]:
    """Runs one statement as the server's administrator; returns its rows."""
    import pymysql  # type: ignore[import-untyped]

    connection = pymysql.connect(
        host=url.host, port=url.port or 3306, user=url.username, database=url.database if inside else None
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            rows = cursor.fetchall()
        connection.commit()
    finally:
        connection.close()
    return tuple(rows)
