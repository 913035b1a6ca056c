"""Migrations add up to the models, on every database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, text

from infra import migrations
from infra.database import Database
from infra.errors import Misconfigured
from tests.databases import mariadb_database, on_mariadb, sqlite_url


@pytest.fixture(params=["sqlite", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "coach.db")
    else:
        with mariadb_database() as made:
            yield made


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, migrations.all_rows()))


async def differences(database: Database) -> list[Any]:
    async with database.reading() as connection:
        return await connection.run_sync(_differences)


async def test_migrations_and_models_agree(url: URL) -> None:
    database = Database(url)
    await database.open()
    assert {"learners", "turns", "evidence", "progress", "outbox", "inbox"} <= set(migrations.all_rows().tables)
    assert await differences(database) == []
    async with database.transaction() as connection:
        await connection.execute(text("ALTER TABLE turns ADD COLUMN forgotten INTEGER"))
    assert len(await differences(database)) == 1
    await database.close()


async def test_every_table_on_a_server_tells_accents_and_case_apart() -> None:
    with mariadb_database() as url:
        database = Database(url)
        await database.open()
        await database.close()
        asked = f"SELECT table_name, table_collation FROM information_schema.tables WHERE table_schema='{url.database}'"
        found = dict(on_mariadb(url, asked))
    found.pop("alembic_version")
    assert len(found) >= 6
    assert set(found.values()) == {"utf8mb4_bin"}


def test_the_newest_revision_is_read_from_the_file_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.FOLDER))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [migrations.head()]
    for script in scripts.walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")


async def test_a_database_of_a_newer_version_is_refused(url: URL) -> None:
    database = Database(url)
    await database.open()
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Misconfigured, match="newer"):
        await database.open()
    await database.close()
