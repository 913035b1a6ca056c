"""Opening a database: what works, and what people are told when it does not."""

import asyncio
import logging
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from infra.database import Database
from infra.database_url import database_url, shown
from infra.errors import Misconfigured, Unavailable
from infra.settings import load_settings
from tests.databases import mariadb_database, sqlite_url


@pytest.fixture(params=["sqlite", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "coach.db")
    else:
        with mariadb_database() as made:
            yield made


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("", "sqlite+aiosqlite:////somewhere/coach.db"),
        ("sqlite:////data/kids.db", "sqlite+aiosqlite:////data/kids.db"),
        ("sqlite+aiosqlite:////data/kids.db", "sqlite+aiosqlite:////data/kids.db"),
        ("mysql://u:p@h:3306/coach", "mysql+aiomysql://u:p@h:3306/coach"),
        ("mariadb+aiomysql://u:p@h/coach", "mariadb+aiomysql://u:p@h/coach"),
        ("mysql://u:p@h/coach?ssl_ca=/ca.pem", "mysql+aiomysql://u:p@h/coach?ssl_ca=%2Fca.pem"),
    ],
)
def test_a_setting_names_a_database_with_its_asynchronous_driver(setting: str, expected: str) -> None:
    assert database_url(setting, Path("/somewhere")).render_as_string(hide_password=False) == expected


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("my sql", "not a URL"),
        ("mysql://u:s3cret@h:port/coach", "not a URL"),
        ("postgresql://u:s3cret@h/coach", "postgresql is not supported"),
        ("mysql+mysqldb://u:s3cret@h/coach", "mysql.mysqldb is not supported"),
        ("mysql://u:s3cret@h", "names no database"),
        ("sqlite://", "names no database"),
        ("sqlite:///:memory:", "names no database"),
        ("mysql://u:s3cret@h/coach?charset=latin1", "charset is not an option"),
    ],
)
def test_a_wrong_setting_is_refused_without_showing_the_password(setting: str, told: str) -> None:
    with pytest.raises(Misconfigured, match=told) as refused:
        database_url(setting, Path("/somewhere"))
    assert "COACH_DATABASE_URL" in refused.value.detail
    assert "s3cret" not in str(refused.value)


def test_a_certificate_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="ssl_ca"):
        Database(database_url(f"mysql://u:p@h/coach?ssl_ca={tmp_path}/none.pem", tmp_path))


def test_a_url_is_shown_without_its_password() -> None:
    assert "s3cret" not in shown(database_url("mysql://u:s3cret@h/coach", Path()))


async def test_it_opens_answers_and_opens_again(url: URL) -> None:
    for _ in range(2):
        database = Database(url)
        await database.open()
        assert await database.ping()
        await database.close()


async def test_the_settings_default_is_a_private_file_in_the_data_folder(tmp_path: Path) -> None:
    database = Database.of(load_settings({"COACH_DATA_DIR": str(tmp_path / "var")}))
    await database.open()
    assert str(tmp_path / "var" / "coach.db") in await database.ping()
    await database.close()
    assert stat.S_IMODE((tmp_path / "var" / "coach.db").stat().st_mode) == 0o600


async def test_sqlite_runs_with_the_settings_that_keep_updates_and_erase_what_is_deleted(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "coach.db"))
    await database.open()
    expected = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 10_000}
    async with database.reading() as connection:
        found = {name: await connection.scalar(text(f"PRAGMA {name}")) for name in expected}
    assert found == expected
    await database.close()


async def test_concurrent_read_then_write_transactions_lose_no_update(url: URL) -> None:
    database = Database(url)
    await database.open()
    async with database.transaction() as connection:
        await connection.execute(text("CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER)"))
        await connection.execute(text("INSERT INTO counter VALUES (1, 0)"))
    locking = "" if database.embedded else " FOR UPDATE"

    async def increment() -> None:
        async with database.transaction() as connection:
            known = await connection.scalar(text("SELECT n FROM counter WHERE id = 1" + locking))
            await connection.execute(text("UPDATE counter SET n = :n WHERE id = 1"), {"n": known + 1})

    await asyncio.gather(*(increment() for _ in range(200)))
    async with database.reading() as connection:
        assert await connection.scalar(text("SELECT n FROM counter")) == 200
    await database.close()


async def test_a_block_that_raises_leaves_nothing_and_a_reader_waits_for_no_writer(url: URL) -> None:
    database = Database(url)
    await database.open()
    async with database.transaction() as connection:
        await connection.execute(text("CREATE TABLE word (id INTEGER PRIMARY KEY)"))

    async def break_off() -> None:
        async with database.transaction() as connection:
            await connection.execute(text("INSERT INTO word VALUES (1)"))
            async with asyncio.timeout(2), database.reading() as reader:
                assert await reader.scalar(text("SELECT count(*) FROM word")) == 0
            raise KeyError

    with pytest.raises(KeyError):
        await break_off()
    async with database.reading() as reader:
        assert await reader.scalar(text("SELECT count(*) FROM word")) == 0
    await database.close()


async def test_a_deadlock_is_resolved_by_running_the_loser_again(url: URL) -> None:
    database = Database(url)
    await database.open()
    async with database.transaction() as connection:
        await connection.execute(text("CREATE TABLE pair (id INTEGER PRIMARY KEY, n INTEGER)"))
        await connection.execute(text("INSERT INTO pair VALUES (1, 0), (2, 0)"))
    both_hold_one = asyncio.Barrier(2)
    runs = 0

    async def cross(first: int, second: int) -> None:
        tried = 0

        async def work(connection: object) -> None:
            nonlocal tried, runs
            tried += 1
            runs += 1
            update = text("UPDATE pair SET n = n + 1 WHERE id = :id")
            await connection.execute(update, {"id": first})  # type: ignore[attr-defined]
            if tried == 1 and not database.embedded:
                await both_hold_one.wait()
            await connection.execute(update, {"id": second})  # type: ignore[attr-defined]

        await database.run(work)

    await asyncio.gather(cross(1, 2), cross(2, 1))
    async with database.reading() as connection:
        assert list(await connection.scalars(text("SELECT n FROM pair ORDER BY id"))) == [2, 2]
    assert runs == (2 if database.embedded else 3)
    await database.close()


async def test_faults_of_the_code_stay_what_they_are_and_show_no_parameters(url: URL) -> None:
    database = Database(url)
    await database.open()
    async with database.transaction() as connection:
        await connection.execute(text("CREATE TABLE word (id INTEGER PRIMARY KEY, said TEXT)"))

    async def say() -> None:
        async with database.transaction() as connection:
            await connection.execute(text("INSERT INTO word VALUES (:id, :said)"), {"id": 7, "said": "canary"})

    await say()
    with pytest.raises(IntegrityError) as refused:
        await say()
    assert "canary" not in str(refused.value)
    await database.close()


async def test_the_sqlite_driver_does_not_log_parameters(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    database = Database(sqlite_url(tmp_path / "coach.db"))
    await database.open()
    async with database.transaction() as connection:
        await connection.execute(text("SELECT :said"), {"said": "canary"})
    await database.close()
    assert "canary" not in caplog.text


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    database = Database(database_url("mysql://coach:s3cret@127.0.0.1:9/coach", Path()))
    with pytest.raises(Unavailable, match="Is it running") as refused:
        await database.open()
    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is None
    await database.close()


async def test_a_wrong_account_or_database_says_what_to_mend() -> None:
    with mariadb_database() as url:
        for wrong, told in (
            (url.set(username="nobody", password="s3cret"), "user or password"),
            (url.set(database="coach_that_is_not_there"), "CREATE DATABASE"),
        ):
            database = Database(wrong)
            with pytest.raises(Misconfigured, match=told) as refused:
                await database.open()
            assert "s3cret" not in str(refused.value)
            await database.close()


async def test_a_folder_that_cannot_be_made_and_a_file_that_is_no_database_are_misconfigured(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("not a folder, and certainly not a database " * 100)
    for path, told in ((tmp_path / "note.txt" / "coach.db", "cannot be made"), (tmp_path / "note.txt", "not a SQLite")):
        database = Database(sqlite_url(path))
        with pytest.raises(Misconfigured, match=told):
            await database.open()
        await database.close()


async def test_a_file_that_another_program_holds_is_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "coach.db"
    database = Database(sqlite_url(path))
    await database.open()
    async with database.reading() as connection:
        await connection.exec_driver_sql("PRAGMA busy_timeout=50")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="another process"):
        async with database.transaction():
            pass
    holder.execute("ROLLBACK")
    holder.close()
    async with database.transaction() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    await database.close()


async def test_a_wrong_statement_is_not_blamed_on_the_server() -> None:
    with mariadb_database() as url:
        database = Database(url)
        await database.open()
        with pytest.raises(ProgrammingError):
            async with database.transaction() as connection:
                await connection.execute(text("SELECT * FROM nothing_of_the_kind"))
        await database.close()
