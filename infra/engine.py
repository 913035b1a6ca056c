"""Sets up a connection to each kind of database, so that no update is lost and no statement waits for ever."""

import logging
import ssl
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, Pool, event
from sqlalchemy import create_engine as create_sync_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from infra.database_url import SETTING
from infra.errors import Misconfigured

BUSY_TIMEOUT_MS = 10_000
POOL_SIZE = 10
READ_ONLY = "coach_read_only"  # execution option of a transaction that writes nothing

_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


def create_engine(url: URL, *, poolclass: type[Pool] | None = None) -> AsyncEngine:
    """An engine for `url`. Parameters never appear in its errors or logs: they are children's words."""
    pool: dict[str, Any] = {"poolclass": poolclass} if poolclass else {"pool_size": POOL_SIZE, "pool_timeout": 30}
    if url.get_backend_name() == "sqlite":
        logging.getLogger("aiosqlite").setLevel(logging.INFO)  # at DEBUG it writes every parameter down
        engine = create_async_engine(url, **_SQLITE, **pool)
        _prepare_sqlite(engine.sync_engine)
        return engine
    return create_async_engine(url.set(query={}), **_mysql(url), pool_pre_ping=True, pool_recycle=1800, **pool)


def create_blocking_engine(url: URL) -> Engine:
    """The same without an event loop and without a pool: for migrations, which read files while they run."""
    if url.get_backend_name() == "sqlite":
        engine = create_sync_engine(url.set(drivername="sqlite"), **_SQLITE, poolclass=NullPool)
        _prepare_sqlite(engine)
        return engine
    return create_sync_engine(url.set(drivername="mysql+pymysql", query={}), **_mysql(url), poolclass=NullPool)


_SQLITE: dict[str, Any] = {"hide_parameters": True, "connect_args": {"isolation_level": None}}


def _mysql(url: URL) -> dict[str, Any]:
    encryption = {"ssl": _trusting(url.query["ssl_ca"])} if "ssl_ca" in url.query else {}
    return {
        "hide_parameters": True,
        "isolation_level": "READ COMMITTED",  # takes no gap locks: learners do not wait for each other
        "connect_args": {"charset": "utf8mb4", "connect_timeout": 5, **encryption},
    }


def _prepare_sqlite(engine: Engine) -> None:
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _trusting(certificate: object) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(certificate))
    except OSError:
        raise Misconfigured(f"{SETTING}: ssl_ca names no certificate that can be read: {certificate}.") from None


def _set_up_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    _use_wal(cursor)
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """The first switch to WAL needs the file alone and does not always wait for it by itself."""
    for wait_seconds in (0.02, 0.1, 0.3, 1.0):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except Exception as error:  # the adapter raises the driver's own class
            if "locked" not in str(error):
                raise
            time.sleep(wait_seconds)
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: Connection) -> None:
    """A deferred transaction that reads first loses the update of whoever wrote in between: take the lock at once."""
    reads = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def is_deadlock(error: BaseException) -> bool:
    """Whether the server rolled a transaction back to let another go on: running it again is right."""
    return isinstance(error, OperationalError) and _code(error) in (1213, 1020)


def _code(error: OperationalError) -> int:
    arguments = getattr(error.orig, "args", ())
    return arguments[0] if arguments and isinstance(arguments[0], int) else 0
