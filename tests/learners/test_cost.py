"""What a turn costs does not depend on how many turns there were before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, event, text

from infra.clock import SystemClock
from infra.database import Database
from infra.scope import scope_of
from learners.queue import OutboxQueue
from learners.service import SqlLearnerService
from tests.learners.turns import answer, fold, turn

MINH = scope_of("minh")
Statement = tuple[str, Any]


@contextmanager
def statements(database: Database) -> Iterator[list[Statement]]:
    """Every statement sent meanwhile, with its parameters."""
    seen: list[Statement] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        seen.append((statement, parameters))

    engine = database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def a_turn(service: SqlLearnerService, number: int) -> None:
    """All that a conversation asks of this room in one turn."""
    await service.profile(MINH)
    await service.progress(MINH)
    await service.record(MINH, turn(f"t{number}", answer(), answer("word:dog", False), minutes=number))
    await service.transcript(MINH, limit=5)
    await service.evidence(MINH, after=max(0, 2 * number - 5), limit=10)


async def test_no_statement_of_a_turn_scans_a_table_or_counts_the_log(sqlite: URL) -> None:
    database = Database(sqlite)
    await database.open()
    service = SqlLearnerService(database, SystemClock(), fold)
    try:
        await a_turn(service, 0)
        with statements(database) as seen:
            await a_turn(service, 1)
            async with database.transaction() as connection:
                queue = OutboxQueue(connection, ["turn.recorded"])
                for message in await queue.ready(SystemClock().now(), 8):
                    claim = await queue.claim(message, "me", SystemClock().now(), SystemClock().now())
                    assert claim is not None
                    await queue.finish(claim)
        asked = [(sql, values) for sql, values in seen if sql.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE")]
        assert len(asked) >= 10
        plans = [(sql, await plan(database, sql, values)) for sql, values in asked]
    finally:
        await database.close()
    assert [sql for sql, steps in plans if any("SCAN" in step for step in steps)] == []
    assert [sql for sql, _ in plans if "count(" in sql.lower()] == []


async def plan(database: Database, statement: str, parameters: Any) -> list[str]:
    values = parameters[0] if isinstance(parameters, list) else parameters
    async with database.reading() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values))
        return [row.detail for row in rows]


async def test_a_turn_sends_the_same_statements_however_many_turns_there_were(database: Database) -> None:
    service = SqlLearnerService(database, SystemClock(), fold)
    counts = []
    for number in range(20):
        with statements(database) as seen:
            await a_turn(service, number)
        counts.append(len(seen))
    assert len(set(counts[1:])) == 1
    assert counts[-1] <= 20


async def test_on_mariadb_a_late_turn_reads_as_many_rows_as_an_early_one(mariadb: URL) -> None:
    database = Database(mariadb)
    await database.open()
    service = SqlLearnerService(database, SystemClock(), fold)
    try:
        reads = []
        for number in range(40):
            before = await rows_read(database)
            await a_turn(service, number)
            reads.append(await rows_read(database) - before)
    finally:
        await database.close()
    early, late = reads[10:20], reads[-10:]
    assert min(early) > 0
    assert sum(late) <= sum(early)


async def rows_read(database: Database) -> int:
    """Rows that the server read so far for the pool's only connection: calls in sequence share it."""
    async with database.reading() as connection:
        rows = await connection.execute(text("SHOW SESSION STATUS LIKE 'Handler_read%'"))
        return sum(int(row[1]) for row in rows)
