"""A migrated, empty database of each kind for every test that asks for one."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from infra.clock import SystemClock
from infra.database import Database
from learners.service import SqlLearnerService
from tests.databases import mariadb_database, on_mariadb, sqlite_url
from tests.learners.turns import fold


async def _migrate(url: URL) -> None:
    database = Database(url)
    await database.open()
    await database.erase_deleted()
    await database.close()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "coach.db"
    asyncio.run(_migrate(sqlite_url(path)))
    return path


@pytest.fixture(scope="session")
def migrated_mariadb() -> Iterator[URL]:
    with mariadb_database() as url:
        asyncio.run(_migrate(url))
        yield url


@pytest.fixture
def sqlite(migrated_sqlite: Path, tmp_path: Path) -> URL:
    return sqlite_url(Path(shutil.copy(migrated_sqlite, tmp_path / "coach.db")))


@pytest.fixture
def mariadb(migrated_mariadb: URL) -> URL:
    on_mariadb(migrated_mariadb, "DELETE FROM learners")
    return migrated_mariadb


@pytest.fixture(params=["sqlite", "mariadb"])
def url(request: pytest.FixtureRequest) -> URL:
    found: URL = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def database(url: URL) -> AsyncIterator[Database]:
    opened = Database(url)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def learners(database: Database) -> SqlLearnerService:
    return SqlLearnerService(database, SystemClock(), fold)
