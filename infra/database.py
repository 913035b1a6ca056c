"""Owns the connections to the SQL database: opening, transactions, closing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import TypeVar

from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from infra import migrations
from infra.database_errors import explained
from infra.database_url import database_url, shown
from infra.engine import READ_ONLY, create_engine, is_deadlock
from infra.errors import Unavailable
from infra.settings import Settings

T = TypeVar("T")

DEADLOCK_ATTEMPTS = 6
ERASE_ATTEMPTS = 5


class Database:
    """SQLite or MySQL/MariaDB behind one face. Every error of a connection is Unavailable or Misconfigured."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.embedded = url.get_backend_name() == "sqlite"
        self._engine = create_engine(url)
        self._reader = self._engine.execution_options(**{READ_ONLY: True})
        # In one process writers queue here, in order, instead of polling SQLite's lock.
        self._writing = asyncio.Lock() if self.embedded else nullcontext()

    @classmethod
    def of(cls, settings: Settings) -> "Database":
        """The database that the settings name. Raises Misconfigured; connects to nothing yet."""
        return cls(database_url(settings.database_url.get_secret_value(), settings.data_dir))

    async def open(self) -> None:
        """Creates the file or connects, and brings the tables up to date. Raises Misconfigured or Unavailable."""
        async with self._explaining():
            await asyncio.to_thread(migrations.prepare, self.url)
            if await self._revision() != await asyncio.to_thread(migrations.head):
                await asyncio.to_thread(migrations.upgrade, self.url)

    async def close(self) -> None:
        await self._engine.dispose()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that may write: committed at the end of the block, rolled back when it raises."""
        async with self._explaining(), self._writing, self._engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that only reads: one consistent view, and it waits for no writer."""
        async with self._explaining(), self._reader.begin() as connection:
            yield connection

    async def run(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """`work` in a transaction, run again when the server chose it as the victim of a deadlock."""
        attempt = 1
        async with self._explaining():
            while True:
                try:
                    async with self._writing, self._engine.begin() as connection:
                        return await work(connection)
                except OperationalError as error:
                    if attempt == DEADLOCK_ATTEMPTS or not is_deadlock(error):
                        raise
                    attempt += 1

    async def ping(self) -> str:
        """The server's name and version, after one round trip. Raises Unavailable or Misconfigured."""
        version = "sqlite_version()" if self.embedded else "version()"
        async with self.reading() as connection:
            answer = await connection.scalar(text(f"SELECT {version}"))
        return f"{'SQLite' if self.embedded else self._engine.dialect.name} {answer} at {shown(self.url)}"

    async def erase_deleted(self) -> bool:
        """Empties SQLite's write-ahead log, which holds deleted text until then; False when readers did not let go.

        Deleted pages themselves are overwritten (secure_delete). A server keeps its own logs: True.
        """
        if not self.embedded:
            return True
        for attempt in range(ERASE_ATTEMPTS):
            if await self._emptied():
                return True
            await asyncio.sleep(0.01 * (attempt + 1))
        return False

    async def _emptied(self) -> bool:
        async with self._explaining(), self._writing, self._engine.connect() as connection:
            raw = await connection.get_raw_connection()
            cursor = await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
            busy, _, _ = await cursor.fetchone()
            await cursor.close()
        return bool(busy == 0)

    async def _revision(self) -> str | None:
        try:
            async with self._reader.begin() as connection:
                revision: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
                return revision
        except DBAPIError as error:
            if explained(error, self.url) is None:  # no such table: a new database
                return None
            raise

    @asynccontextmanager
    async def _explaining(self) -> AsyncIterator[None]:
        try:
            yield
        except DBAPIError as error:
            told = explained(error, self.url)
            if told is None:
                raise
            raise told from None
        except PoolTimeout:
            raise Unavailable("All database connections are in use.", retry_after=1) from None
