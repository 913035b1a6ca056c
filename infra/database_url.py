"""Decides which database a setting names."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from infra.errors import Misconfigured

SETTING = "COACH_DATABASE_URL"
EXAMPLE = "mysql://coach:PASSWORD@127.0.0.1:3306/coach"
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "mysql": "mysql+aiomysql", "mariadb": "mariadb+aiomysql"}
_OPTIONS = frozenset({"ssl_ca"})


def database_url(setting: str, data_dir: Path) -> URL:
    """The async SQLAlchemy URL of `setting`; "" is SQLite in `data_dir`/coach.db.

    `mysql://`, `mariadb://` and `sqlite:///path` get the asynchronous driver; `?ssl_ca=/path/ca.pem`
    encrypts the connection to a server. Raises Misconfigured (the password never quoted) for anything
    that cannot be opened by that name.
    """
    if not setting:
        return URL.create("sqlite+aiosqlite", database=str(data_dir / "coach.db"))
    url = _parsed(setting)
    kind = url.get_backend_name()
    if kind not in _DRIVERS or url.drivername not in (kind, _DRIVERS[kind]):
        raise Misconfigured(f"{SETTING}: {url.drivername} is not supported. Use sqlite:///path or {EXAMPLE}.")
    if not url.database or url.database == ":memory:":
        raise Misconfigured(f"{SETTING} names no database. Use sqlite:///path or {EXAMPLE}.")
    unknown = sorted(set(url.query) - _OPTIONS)
    if unknown:
        raise Misconfigured(f"{SETTING}: {', '.join(unknown)} is not an option. Known: {', '.join(sorted(_OPTIONS))}.")
    return url.set(drivername=_DRIVERS[kind])


def _parsed(setting: str) -> URL:
    try:
        return make_url(setting)
    except (ArgumentError, ValueError):  # their text quotes the URL, password included
        raise Misconfigured(f"{SETTING} is not a URL. Use sqlite:///path or {EXAMPLE}.") from None


def shown(url: URL) -> str:
    """The URL for people: without its password."""
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
