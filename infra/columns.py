"""What text, time and JSON look like in a row, the same on every database."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, String, Text, TypeDecorator
from sqlalchemy.dialects.mysql import DATETIME, MEDIUMTEXT
from sqlalchemy.orm import DeclarativeBase

MYSQL = ("mysql", "mariadb")

# Without it `utf8mb4_general_ci` takes "ma", "má" and "Ma" for one word; see docs/adr/0005.
MYSQL_TABLE = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"} | {
    "mariadb_engine": "InnoDB",
    "mariadb_charset": "utf8mb4",
    "mariadb_collate": "utf8mb4_bin",
}

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every row class. Constraints have the same names everywhere, so that migrations can drop them."""

    metadata = MetaData(naming_convention=NAMING)
    __table_args__: Any = MYSQL_TABLE


def nfc(value: Any) -> Any:
    """`value` with every text in it in Unicode normal form C; lists, tuples and mappings are gone through."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {nfc(key): nfc(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [nfc(item) for item in value]
    return value


def canonical_json(value: Any) -> str:
    """The one text of a JSON value: sorted keys, no spaces, NFC. Raises ValueError for NaN and infinities."""
    # Normalised before it is dumped: in the dumped text an escape could merge with a combining mark after it.
    return json.dumps(nfc(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored as UTC to the microsecond. Raises ValueError for a naive one."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DATETIME(fsp=6) if dialect.name in MYSQL else DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A naive datetime has no place in the database: give it a time zone.")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class NfcString(TypeDecorator[str]):
    """A short text, at most `length` characters, in normal form C."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else unicodedata.normalize("NFC", value)


class NfcText(TypeDecorator[str]):
    """A text of any length in normal form C."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(MEDIUMTEXT() if dialect.name in MYSQL else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else unicodedata.normalize("NFC", value)


class CanonicalJson(TypeDecorator[Any]):
    """A JSON value as its canonical text, so that equal values are equal bytes."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(MEDIUMTEXT() if dialect.name in MYSQL else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)
