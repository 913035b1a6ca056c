"""One statement that inserts a row, or changes the row that has its primary key."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from infra.columns import MYSQL, Base


async def upsert(
    connection: AsyncConnection, row: type[Base], key: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Sets `values` in the row with that primary `key`, made first when there is none. The row is locked after it."""
    if connection.dialect.name in MYSQL:
        made = mysql.insert(row).values(**key, **values)
        # Setting the key to itself changes nothing and still takes the row's lock.
        changes = values or {name: made.inserted[name] for name in key}
        await connection.execute(made.on_duplicate_key_update(dict(changes)))
    elif values:
        insert = sqlite.insert(row).values(**key, **values)
        await connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=dict(values)))
    else:
        await connection.execute(sqlite.insert(row).values(**key).on_conflict_do_nothing())
