"""Decides what a driver's error means to whoever must act."""

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from infra.database_url import SETTING, shown
from infra.errors import CoachError, Misconfigured, Unavailable

_MYSQL = {
    1044: "the account may not use that database: GRANT ALL ON it.",
    1045: "user or password is wrong, or the account wants an encrypted connection (?ssl_ca=).",
    1049: "there is no such database: CREATE DATABASE it with CHARACTER SET utf8mb4 COLLATE utf8mb4_bin.",
    1142: "the account lacks a right that the tables need: GRANT ALL ON that database.",
    1698: "user or password is wrong, or that account logs in through the server's socket only.",
}
_SQLITE = {
    "unable to open database file": "the folder is missing or may not be written.",
    "file is not a database": "the file is not a SQLite database: move it away or name another one.",
    "malformed": "the file is damaged: restore a backup.",
    "readonly database": "the file may not be written by this user.",
}
_SQLITE_BUSY = {
    "locked": "another process holds it for too long.",
    "disk is full": "the disk is full: free some space.",
    "disk I/O error": "the disk answers with errors.",
}
# 1040, 1203: too many connections; 1205: waited too long for a lock; 1213: deadlock; 2xxx: the network.
_MYSQL_RETRY = frozenset({1040, 1053, 1203, 1205, 1213, 1290, 2002, 2003, 2005, 2006, 2013, 2014, 2055})


def explained(error: DBAPIError, url: URL) -> CoachError | None:
    """The error for people, or None when it is a fault of the code (a constraint, a wrong statement).

    It quotes neither the password nor the driver's text, which may hold a child's words.
    """
    return _sqlite(str(error.orig), url) if url.get_backend_name() == "sqlite" else _mysql(error, url)


def _mysql(error: DBAPIError, url: URL) -> CoachError | None:
    arguments = getattr(error.orig, "args", ())
    code = arguments[0] if arguments and isinstance(arguments[0], int) else 0
    if code in _MYSQL:
        return Misconfigured(f"{SETTING} ({shown(url)}): {_MYSQL[code]}")
    if code in _MYSQL_RETRY or error.connection_invalidated:
        question = "Is it running, with a certificate of that ssl_ca?" if "ssl_ca" in url.query else "Is it running?"
        return Unavailable(f"The database {shown(url)} does not answer (code {code}). {question}", retry_after=2)
    return None


def _sqlite(text: str, url: URL) -> CoachError | None:
    for part, remedy in _SQLITE.items():
        if part in text:
            return Misconfigured(f"The database {shown(url)}: {remedy} ({SETTING} or COACH_DATA_DIR.)")
    for part, remedy in _SQLITE_BUSY.items():
        if part in text:
            return Unavailable(f"The database {shown(url)}: {remedy}", retry_after=2)
    return None
